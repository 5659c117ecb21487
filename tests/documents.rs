//! The documents are true where a program can tell: files, tests, crates and commands that they name are there.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::commands::run;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every page of the repository, by its path.
fn pages() -> Vec<(PathBuf, String)> {
    let in_folder = |folder: PathBuf| fs::read_dir(folder).unwrap().map(|item| item.unwrap().path());
    let paths = in_folder(root()).chain(in_folder(root().join("docs")));
    let pages = paths.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let pages: Vec<_> = pages.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect();
    assert!(pages.len() >= 16, "{} pages", pages.len());
    pages
}

/// Every Rust file of a folder and of those in it.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()) {
        if path.is_dir() && !path.ends_with("target") {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// What stands between two marks of code on one line.
fn quoted(page: &str) -> impl Iterator<Item = &str> {
    page.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn every_file_that_a_page_names_is_there() {
    for (path, page) in pages() {
        let folders = ["crates/", "tests/", "docs/", "keys-example/", ".ci/"];
        let named = quoted(&page).filter(|name| folders.iter().any(|folder| name.starts_with(folder)));
        for name in named.filter(|name| !name.contains(['*', '<', ' ', '{'])) {
            assert!(root().join(name).exists(), "{} names {name}", path.display());
        }
        let links = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://") && !link.contains(' ')) {
            let file = link.split('#').next().unwrap();
            assert!(path.parent().unwrap().join(file).exists(), "{} links to {link}", path.display());
        }
    }
}

#[test]
fn every_test_that_a_page_names_is_there() {
    let files = ["crates", "tests"].map(|folder| sources(&root().join(folder))).concat();
    let code: String = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let is_test = |name: &&str| {
            name.matches('_').count() > 3 && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        };
        for name in quoted(&text).filter(is_test) {
            assert!(code.contains(&format!("fn {name}(")), "{page} names {name}");
        }
    }
}

#[test]
fn every_crate_is_on_the_map() {
    for page in ["README.md", "ARCHITECTURE.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        for item in fs::read_dir(root().join("crates")).unwrap() {
            let name = item.unwrap().file_name().into_string().unwrap();
            assert!(text.contains(&format!("`{name}`")), "{page} does not name {name}");
        }
    }
}

#[test]
fn every_command_is_listed() {
    let (code, help, _) = run(&["--help"]);
    assert_eq!(code, 0);
    let listed = fs::read_to_string(root().join("docs/commands.md")).unwrap();
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: Vec<_> = commands.take_while(|line| !line.is_empty()).collect();
    let names =
        commands.iter().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    let names: Vec<_> = names.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 15, "{names:?}");
    for name in names.into_iter().filter(|name| *name != "help") {
        assert!(listed.contains(&format!("`{name}")), "docs/commands.md does not list {name}");
    }
}
