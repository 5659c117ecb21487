//! What one Rust file declares and names: modules, imports, items, functions, types, paths.

use std::collections::{BTreeMap, BTreeSet};

/// One import of one name.
#[derive(Debug, Clone)]
pub(crate) struct Import {
    /// The whole path, last segment `*` for everything in it.
    pub(crate) path: Vec<String>,
    /// The name that it has here.
    pub(crate) name: String,
    /// Whether others may take it from here.
    pub(crate) public: bool,
    pub(crate) line: usize,
}

/// One function with a body.
#[derive(Debug, Clone)]
pub(crate) struct Function {
    pub(crate) name: String,
    /// From the line of `fn` to that of the closing brace.
    pub(crate) lines: usize,
    /// Its name is another's choice: it implements a trait.
    pub(crate) of_a_trait: bool,
    pub(crate) line: usize,
}

/// A path as it stands in the code.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
}

/// A module that stands in a file: the file's own, or one between braces.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    /// Modules that have a file of their own.
    pub(crate) files: BTreeSet<String>,
    /// Items by name.
    pub(crate) items: BTreeSet<String>,
    pub(crate) imports: Vec<Import>,
    pub(crate) paths: Vec<Path>,
    /// Every word outside of imports, to tell an import that is used here from one that is handed on.
    pub(crate) words: BTreeSet<String>,
}

/// What a file holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Source {
    /// By the names of the modules around it inside the file; the file's own has none.
    pub(crate) scopes: BTreeMap<Vec<String>, Scope>,
    pub(crate) functions: Vec<Function>,
    /// Structs, enums, unions and traits with their lines; an alias is another name of a type, not a type.
    pub(crate) types: Vec<(String, usize)>,
    pub(crate) traits: usize,
    /// Lines that are compiled for tests alone.
    pub(crate) test_lines: usize,
    /// Modules that are compiled for tests alone.
    pub(crate) test_modules: BTreeSet<String>,
}
