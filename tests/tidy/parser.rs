//! Rust source text read as what it declares and names; code under `#[cfg(test)]` and `#[test]` is left out.

use super::{
    source::{Function, Import, Path, Scope, Source},
    tokens::{Kind, Token, tokens},
};

/// What encloses an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    Module,
    Trait,
    TraitImpl,
    Impl,
}

struct Block {
    around: Around,
    ends: usize,
    is_module: bool,
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    blocks: Vec<Block>,
    modules: Vec<String>,
    source: Source,
}

/// Reads a source text.
pub(crate) fn parse(text: &str) -> Source {
    let mut parser = Parser {
        tokens: tokens(text),
        at: 0,
        blocks: Vec::new(),
        modules: Vec::new(),
        source: Source::default(),
    };
    parser.scope();
    while parser.at < parser.tokens.len() {
        parser.leave_blocks();
        parser.read_item();
    }
    parser.source
}

impl Parser {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.token(at).is_some_and(|token| token.is(text))
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.token(at).filter(|token| token.is_word()).map(|token| token.text.as_str())
    }

    fn scope(&mut self) -> &mut Scope {
        self.source.scopes.entry(self.modules.clone()).or_default()
    }

    fn around(&self) -> Around {
        self.blocks.last().map_or(Around::Module, |block| block.around)
    }

    fn leave_blocks(&mut self) {
        while self.blocks.last().is_some_and(|block| self.at > block.ends) {
            let block = self.blocks.pop().unwrap();
            if block.is_module {
                self.modules.pop();
            }
        }
    }

    /// The place of the bracket that closes the one here.
    fn closing(&self, open: usize) -> usize {
        let mut depth = 0_i64;
        for at in open..self.tokens.len() {
            let token = &self.tokens[at];
            if token.kind == Kind::Mark {
                match token.text.as_str() {
                    "(" | "[" | "{" => depth += 1,
                    ")" | "]" | "}" => depth -= 1,
                    _ => {}
                }
            }
            if depth == 0 {
                return at;
            }
        }
        self.tokens.len() - 1
    }

    /// The first `{` or `;` from here that stands in no round or square bracket.
    fn body_or_end(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.tokens.len() && !self.is(at, "{") && !self.is(at, ";") {
            at = if self.is(at, "(") || self.is(at, "[") { self.closing(at) + 1 } else { at + 1 };
        }
        at.min(self.tokens.len() - 1)
    }

    /// Whether an item may begin here.
    fn begins_item(&self) -> bool {
        let Some(before) = self.at.checked_sub(1) else { return true };
        ["}", ";", "{", "]", ")", "pub", "unsafe", "const", "async", "default", "auto", "extern"]
            .iter()
            .any(|text| self.is(before, text))
            || self.token(before).is_some_and(|token| token.kind == Kind::Literal)
    }

    fn read_item(&mut self) {
        if self.is(self.at, "#") {
            return self.read_attribute();
        }
        let name = self.word(self.at + 1).map(str::to_owned);
        let keyword = self.word(self.at).unwrap_or_default().to_owned();
        match (keyword.as_str(), name) {
            ("use", _) if self.begins_item() => self.read_use(),
            ("mod", Some(name)) if self.is(self.at + 2, ";") => {
                self.scope().files.insert(name);
                self.at += 3;
            }
            ("mod", Some(name)) if self.is(self.at + 2, "{") => {
                let ends = self.closing(self.at + 2);
                self.blocks.push(Block { around: Around::Module, ends, is_module: true });
                self.modules.push(name);
                self.scope();
                self.at += 3;
            }
            ("fn", Some(name)) => self.read_function(name),
            ("impl", _) if self.begins_item() => self.read_impl(),
            ("trait", Some(name)) if self.begins_item() => {
                self.source.traits += 1;
                self.add_type(name);
                let body = self.body_or_end(self.at);
                let ends = self.closing(body);
                self.blocks.push(Block { around: Around::Trait, ends, is_module: false });
                self.at += 2;
            }
            ("struct" | "enum", Some(name)) => {
                self.add_type(name);
                self.at += 2;
            }
            ("union", Some(name)) if self.begins_item() && self.around() == Around::Module => {
                self.add_type(name);
                self.at += 2;
            }
            ("type", Some(name)) if self.begins_item() && self.around() == Around::Module => {
                self.scope().items.insert(name);
                self.at += 2;
            }
            ("const" | "static", Some(name)) if name != "fn" && self.begins_item() => {
                self.scope().items.insert(if name == "mut" { String::new() } else { name });
                self.at += 2;
            }
            ("macro_rules", None) if self.is(self.at + 1, "!") => {
                let name = self.word(self.at + 2).unwrap_or_default().to_owned();
                self.scope().items.insert(name);
                let ends = self.closing(self.at + 3);
                self.at += 3;
                while self.at <= ends {
                    self.read_path();
                }
            }
            _ => self.read_path(),
        }
    }

    fn add_type(&mut self, name: String) {
        let line = self.tokens[self.at].line;
        self.source.types.push((name.clone(), line));
        self.scope().items.insert(name);
    }

    /// An attribute; what it keeps for tests is passed over.
    fn read_attribute(&mut self) {
        let open = self.at + 1 + usize::from(self.is(self.at + 1, "!"));
        if !self.is(open, "[") {
            self.at += 1;
            return;
        }
        let ends = self.closing(open);
        let line = self.tokens[self.at].line;
        let words: Vec<&str> = (open..ends).filter_map(|at| self.word(at)).collect();
        let test = words.first() == Some(&"test")
            || (words.first() == Some(&"cfg") && words.contains(&"test") && !words.contains(&"not"));
        self.at = ends + 1;
        if test {
            self.pass_item();
            let last = self.at.saturating_sub(1);
            self.source.test_lines += self.tokens[last].line - line + 1;
        }
    }

    fn pass_item(&mut self) {
        while self.is(self.at, "#") {
            self.at = self.closing(self.at + 1) + 1;
        }
        let mut first = self.at;
        while self.is(first, "pub") || self.is(first, "(") {
            first = if self.is(first, "(") { self.closing(first) + 1 } else { first + 1 };
        }
        let keyword = self.word(first).unwrap_or_default();
        let items = [
            "use",
            "mod",
            "fn",
            "impl",
            "trait",
            "struct",
            "enum",
            "union",
            "type",
            "const",
            "static",
            "async",
            "unsafe",
            "extern",
            "macro_rules",
            "let",
        ];
        if !items.contains(&keyword) {
            return;
        }
        if keyword == "mod" && self.is(first + 2, ";") {
            let name = self.word(first + 1).unwrap_or_default().to_owned();
            self.source.test_modules.insert(name);
        }
        let end = self.body_or_end(first);
        self.at = if self.is(end, "{") { self.closing(end) + 1 } else { end + 1 };
        if matches!(self.word(first), Some("use" | "const" | "static" | "let")) && self.is(self.at, ";") {
            self.at += 1;
        }
    }

    fn read_function(&mut self, name: String) {
        let around = self.around();
        let body = self.body_or_end(self.at);
        let line = self.tokens[self.at].line;
        if self.is(body, "{") {
            let lines = self.tokens[self.closing(body)].line - line + 1;
            let of_a_trait = matches!(around, Around::Trait | Around::TraitImpl);
            self.source.functions.push(Function { name: name.clone(), lines, of_a_trait, line });
        }
        if around == Around::Module {
            self.scope().items.insert(name);
        }
        self.at += 2;
    }

    fn read_impl(&mut self) {
        let body = self.body_or_end(self.at);
        let of_a_trait = (self.at..body).any(|at| self.is(at, "for") && !self.is(at + 1, "<"));
        let around = if of_a_trait { Around::TraitImpl } else { Around::Impl };
        let ends = self.closing(body);
        self.blocks.push(Block { around, ends, is_module: false });
        self.at += 1;
    }

    fn read_use(&mut self) {
        let public = self.at > 0 && (self.is(self.at - 1, "pub") || self.is(self.at - 1, ")"));
        let line = self.tokens[self.at].line;
        self.at += 1;
        let mut found = Vec::new();
        self.read_use_tree(&mut Vec::new(), &mut found);
        let import = |(path, name)| Import { path, name, public, line };
        self.scope().imports.extend(found.into_iter().map(import));
        while self.at < self.tokens.len() && !self.is(self.at, ";") {
            self.at += 1;
        }
        self.at += 1;
    }

    fn read_use_tree(&mut self, before: &mut Vec<String>, found: &mut Vec<(Vec<String>, String)>) {
        let depth = before.len();
        loop {
            if self.is(self.at, ":") {
                if before.is_empty() {
                    // `::name` is a crate, whatever is called so here.
                    before.push("::".to_owned());
                }
                self.at += 2;
            } else if self.is(self.at, "{") {
                let ends = self.closing(self.at);
                self.at += 1;
                while self.at < ends {
                    self.read_use_tree(before, found);
                    self.at += usize::from(self.is(self.at, ","));
                }
                self.at = ends + 1;
                break;
            } else if self.is(self.at, "*") {
                self.at += 1;
                let path = before.iter().cloned().chain(["*".to_owned()]).collect();
                found.push((path, "*".to_owned()));
                break;
            } else if let Some(word) = self.word(self.at).map(str::to_owned) {
                self.at += 1;
                before.push(word.clone());
                if self.is(self.at, ":") {
                    continue;
                }
                let mut name = word;
                if self.is(self.at, "as") {
                    self.word(self.at + 1).unwrap_or_default().clone_into(&mut name);
                    self.at += 2;
                }
                if before.last().is_some_and(|last| last == "self") && before.len() > 1 {
                    before.pop();
                    if name == "self" {
                        before.last().unwrap().clone_into(&mut name);
                    }
                }
                found.push((before.clone(), name));
                break;
            } else {
                break;
            }
        }
        before.truncate(depth);
    }

    /// A path of at least one word, or any other token.
    fn read_path(&mut self) {
        let Some(first) = self.word(self.at).map(str::to_owned) else {
            self.at += 1;
            return;
        };
        let line = self.tokens[self.at].line;
        let field = self.at > 0 && self.is(self.at - 1, ".");
        let global = self.at > 1 && self.is(self.at - 1, ":") && self.is(self.at - 2, ":");
        self.scope().words.insert(first.clone());
        let mut segments = vec![first];
        self.at += 1;
        while self.is(self.at, ":") && self.is(self.at + 1, ":") && self.word(self.at + 2).is_some() {
            let word = self.word(self.at + 2).unwrap().to_owned();
            self.scope().words.insert(word.clone());
            segments.push(word);
            self.at += 3;
        }
        if segments.len() > 1 && !field && !global {
            self.scope().paths.push(Path { segments, line });
        }
    }
}

#[test]
fn a_file_is_read_as_what_it_declares_and_names() {
    let source = parse(
        "mod a; pub mod b { use super::a::{C as D, self}; fn f() { crate::x::y(); } }
         #[cfg(test)] mod tests { use crate::z; fn g() {} }
         impl Clone for E { fn clone(&self) -> Self { Self } }
         impl<'a> E { fn own<T: for<'b> Fn(&'b str)>(t: T) -> impl Fn() { b::f(); } }
         pub struct E; pub use a::*; pub(crate) use ::event::Time;",
    );
    let own = &source.scopes[&Vec::new()];
    assert!(own.files.contains("a") && own.items.contains("E") && !own.items.contains("own"));
    let imports = |scope: &Scope| -> Vec<String> {
        scope.imports.iter().map(|i| format!("{} as {} {}", i.path.join("/"), i.name, i.public)).collect()
    };
    assert_eq!(imports(own), ["a/* as * true", "::/event/Time as Time true"]);
    let inner = &source.scopes[&vec!["b".to_owned()]];
    assert_eq!(imports(inner), ["super/a/C as D false", "super/a as a false"]);
    assert_eq!(inner.paths[0].segments, ["crate", "x", "y"]);
    let functions: Vec<_> = source.functions.iter().map(|f| (f.name.as_str(), f.of_a_trait)).collect();
    assert_eq!(functions, [("f", false), ("clone", true), ("own", false)]);
    assert_eq!(source.types, [("E".to_owned(), 5)]);
}
