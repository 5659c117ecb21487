//! Which file of a crate takes what from which, and the rings among them.
//!
//! A path is followed to the file that defines its end: what a parent merely hands on (`pub use`) is taken from the file
//! that holds it. A parent's `mod child;` takes nothing; a parent that uses what its child defines, while the child uses what
//! its parent defines, is a ring.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::{
    parser::parse,
    source::{Scope, Source},
};

/// A module: the file that holds it, and its place inside that file.
struct Module {
    file: usize,
    inside: Vec<String>,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
}

/// Where a path ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Module(usize),
    Item(usize),
}

/// The files of one crate and its modules.
#[derive(Default)]
pub(crate) struct Crate {
    pub(crate) files: Vec<PathBuf>,
    sources: Vec<Source>,
    modules: Vec<Module>,
}

/// What one file takes from another: its names, with the line of the first.
pub(crate) type Arrows = BTreeMap<(usize, usize), BTreeMap<String, usize>>;

/// How many imports a name may be handed on through.
const HANDED_ON_MAX: usize = 12;

impl Crate {
    /// Reads the crate whose `src` folder this is.
    pub(crate) fn read(src: &Path) -> Self {
        let mut own = Self::default();
        for root in ["lib.rs", "main.rs"] {
            if src.join(root).exists() {
                own.read_module(&src.join(root), src.to_owned(), None);
            }
        }
        own
    }

    fn read_module(&mut self, path: &Path, folder: PathBuf, parent: Option<usize>) -> usize {
        let source = parse(&fs::read_to_string(path).unwrap());
        let scopes: Vec<Vec<String>> = source.scopes.keys().cloned().collect();
        let file = self.files.len();
        self.files.push(path.to_owned());
        self.sources.push(source);
        let mut places: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        // A scope comes after those around it.
        for inside in scopes {
            let above = inside.split_last().map(|(_, above)| places[above]).or(parent);
            let id = self.modules.len();
            self.modules.push(Module {
                file,
                inside: inside.clone(),
                parent: above,
                children: BTreeMap::new(),
            });
            if let Some(name) = inside.last() {
                self.modules[above.unwrap()].children.insert(name.clone(), id);
            }
            places.insert(inside.clone(), id);
            for name in self.scope(id).files.clone() {
                let below = inside.iter().fold(folder.clone(), |folder, name| folder.join(name));
                let [beside, within] = [below.join(format!("{name}.rs")), below.join(&name).join("mod.rs")];
                let Some(path) = [beside, within].into_iter().find(|path| path.exists()) else { continue };
                let child = self.read_module(&path, below.join(&name), Some(id));
                self.modules[id].children.insert(name, child);
            }
        }
        places[&Vec::new()]
    }

    fn scope(&self, module: usize) -> &Scope {
        let module = &self.modules[module];
        &self.sources[module.file].scopes[&module.inside]
    }

    fn root(&self, mut module: usize) -> usize {
        while let Some(parent) = self.modules[module].parent {
            module = parent;
        }
        module
    }

    /// Where a path leads that stands in a module; nowhere, if it leads out of the crate.
    fn resolve(&self, from: usize, segments: &[String], depth: usize) -> Option<End> {
        let (first, mut rest) = segments.split_first()?;
        let mut module = match first.as_str() {
            "crate" => self.root(from),
            "self" => from,
            "super" => self.modules[from].parent?,
            name => match self.member(from, name, depth)? {
                End::Module(module) => module,
                item @ End::Item(_) => return Some(item),
            },
        };
        while let Some((segment, after)) = rest.split_first() {
            match segment.as_str() {
                "super" => module = self.modules[module].parent?,
                "self" | "*" => {}
                name => match self.member(module, name, depth) {
                    Some(End::Module(child)) => module = child,
                    Some(item) => return Some(item),
                    // Made by a macro: it is where the path says.
                    None => return Some(End::Item(module)),
                },
            }
            rest = after;
        }
        Some(End::Module(module))
    }

    /// What a name is in a module.
    fn member(&self, module: usize, name: &str, depth: usize) -> Option<End> {
        if let Some(child) = self.modules[module].children.get(name) {
            return Some(End::Module(*child));
        }
        let scope = self.scope(module);
        if scope.items.contains(name) {
            return Some(End::Item(module));
        }
        let depth = depth.checked_sub(1)?;
        let named = scope.imports.iter().find(|import| import.name == name);
        if let Some(import) = named.filter(|import| import.path[0] != name || import.path.len() > 1) {
            return self.resolve(module, &import.path, depth);
        }
        let whole = scope.imports.iter().filter(|import| import.name == "*");
        whole.filter_map(|import| self.taken_whole(module, &import.path, name, depth)).next()
    }

    /// What a name is that `use path::*` may bring in.
    fn taken_whole(&self, module: usize, path: &[String], name: &str, depth: usize) -> Option<End> {
        match self.resolve(module, &path[..path.len() - 1], depth)? {
            End::Module(other) if other != module => self.member(other, name, depth),
            _ => None,
        }
    }

    fn file_of(&self, end: End) -> usize {
        let (End::Module(module) | End::Item(module)) = end;
        self.modules[module].file
    }

    /// Everything that files take from one another.
    pub(crate) fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (id, module) in self.modules.iter().enumerate() {
            let scope = self.scope(id);
            let mut add = |end: Option<End>, name: &str, line: usize| {
                let Some(file) = end.map(|end| self.file_of(end)).filter(|file| *file != module.file) else {
                    return;
                };
                arrows.entry((module.file, file)).or_default().entry(name.to_owned()).or_insert(line);
            };
            for import in &scope.imports {
                if import.name == "*" {
                    for name in &scope.words {
                        let own = self.modules[id].children.contains_key(name) || scope.items.contains(name);
                        if !own {
                            add(self.taken_whole(id, &import.path, name, HANDED_ON_MAX), name, import.line);
                        }
                    }
                    continue;
                }
                let used = scope.words.contains(&import.name);
                let end = self.resolve(id, &import.path, HANDED_ON_MAX);
                // A module is taken by what is named in it; what is handed on and not used here is not taken here.
                if matches!(end, Some(End::Item(_))) && (used || !import.public) {
                    add(end, import.path.last().unwrap(), import.line);
                }
            }
            for path in &scope.paths {
                let end = self.resolve(id, &path.segments, HANDED_ON_MAX);
                add(end, path.segments.last().unwrap(), path.line);
            }
        }
        arrows
    }

    /// The rings: sets of files each of which leads to each other.
    pub(crate) fn rings(&self) -> Vec<BTreeSet<usize>> {
        let mut reached: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.files.len()];
        for (from, to) in self.arrows().into_keys() {
            reached[from].insert(to);
        }
        loop {
            let before: usize = reached.iter().map(BTreeSet::len).sum();
            for file in 0..reached.len() {
                let further: Vec<usize> =
                    reached[file].iter().flat_map(|next| reached[*next].iter().copied()).collect();
                reached[file].extend(further);
            }
            if reached.iter().map(BTreeSet::len).sum::<usize>() == before {
                break;
            }
        }
        let together = |a: usize, b: usize| reached[a].contains(&b) && reached[b].contains(&a);
        let rings: BTreeSet<BTreeSet<usize>> = (0..reached.len())
            .filter(|file| together(*file, *file))
            .map(|file| (0..reached.len()).filter(|other| together(file, *other)).collect())
            .collect();
        rings.into_iter().collect()
    }

    /// A ring in words: its files, and what ties each to the next.
    pub(crate) fn describe(&self, ring: &BTreeSet<usize>, base: &Path) -> String {
        let shown = |file: usize| self.files[file].strip_prefix(base).unwrap_or(&self.files[file]).display();
        let mut text = format!("{} files import each other in a ring:\n", ring.len());
        for ((from, to), names) in self.arrows() {
            if ring.contains(&from) && ring.contains(&to) {
                let names: Vec<String> =
                    names.into_iter().map(|(name, line)| format!("{name} ({line})")).collect();
                text.push_str(&format!("  {} -> {}: {}\n", shown(from), shown(to), names.join(", ")));
            }
        }
        text
    }
}

/// A crate of files that exist for this test alone.
#[cfg(test)]
fn rings_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let place = std::thread::current().name().unwrap_or("ring").replace(':', "-");
    let dir = std::env::temp_dir().join(format!("{}-{place}", std::process::id()));
    for (path, text) in files {
        fs::create_dir_all(dir.join(path).parent().unwrap()).unwrap();
        fs::write(dir.join(path), text).unwrap();
    }
    let own = Crate::read(&dir);
    let name = |file: &usize| own.files[*file].strip_prefix(&dir).unwrap().display().to_string();
    let rings = own.rings().iter().map(|ring| ring.iter().map(name).collect()).collect();
    fs::remove_dir_all(&dir).unwrap();
    rings
}

#[test]
fn a_ring_is_found_through_imports_paths_and_parents() {
    let two = |a: &str, b: &str| rings_of(&[("lib.rs", "mod a; mod b;"), ("a.rs", a), ("b.rs", b)]).len();
    assert_eq!(two("use crate::b::B; pub struct A(B);", "pub struct B;"), 0);
    assert_eq!(two("use crate::b::B; pub struct A(B);", "pub struct B(crate::a::A);"), 1);
    assert_eq!(two("use super::b; pub struct A(b::B);", "use super::a::*; pub struct B(A);"), 1);
    assert_eq!(two("use super::b; pub struct A(b::B);", "#[cfg(test)] use super::a::A; pub struct B;"), 0);
    assert_eq!(two("use crate::b::{self, B}; pub struct A;", "pub(crate) use crate::a::A; pub struct B;"), 0);
    let parent = |a: &str, child: &str| {
        rings_of(&[("lib.rs", "mod a;"), ("a.rs", &format!("mod b; {a}")), ("a/b.rs", child)]).len()
    };
    assert_eq!(parent("struct A; use b::B; fn f(_: B) {}", "pub struct B;"), 0);
    assert_eq!(parent("struct A; use b::B; fn f(_: B) {}", "use super::A; pub struct B(A);"), 1);
    assert_eq!(parent("struct A; fn f(_: b::B) {}", "pub struct B(super::A);"), 1);
    assert_eq!(parent("struct A; pub use b::B;", "use super::A; pub struct B(A);"), 0, "handed on");
}

#[test]
fn what_is_handed_on_is_taken_from_where_it_is_defined() {
    let lib = ("lib.rs", "mod a; mod b; mod c; pub use a::A; pub use b::B;");
    let through = [lib, ("a.rs", "pub struct A;"), ("b.rs", "use crate::A; pub struct B(A);"), ("c.rs", "")];
    assert_eq!(rings_of(&through).len(), 0);
    let long = [
        lib,
        ("a.rs", "use crate::b::B; pub struct A(B);"),
        ("b.rs", "use crate::c::C; pub struct B(C);"),
        ("c.rs", "use crate::A as D; pub struct C(D);"),
    ];
    assert_eq!(rings_of(&long), [["a.rs", "b.rs", "c.rs"]]);
}
