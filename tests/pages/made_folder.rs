//! The folder that `hattama site` makes: whole or not at all, and marked where the copy failed.

use std::{fs, path::Path};

use super::read_tree;
use crate::{
    commands::run,
    named::{laid, stage},
};

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let (_, files) = stage();
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("copy");
    laid(files, &copy);
    let words = |to: &Path| run(&["site", copy.to_str().unwrap(), "--to", to.to_str().unwrap()]);
    let mine = dir.path().join("mine");
    fs::create_dir(&mine).unwrap();
    assert_eq!(words(&mine).0, 0, "an empty folder is taken");
    fs::write(mine.join("letter.txt"), "mine").unwrap();
    let (code, out, err) = words(&mine);
    assert_eq!((code, out.as_str()), (64, ""));
    assert!(err.contains("empty folder"), "{err}");
    assert_eq!(fs::read(mine.join("letter.txt")).unwrap(), b"mine");
    let (code, _, err) = words(&mine.join("letter.txt"));
    assert_eq!(code, 64, "{err}");
    // Where not one entry may stand there is nothing to show, and no folder is left.
    let mut lied = files.clone();
    let bundle = lied.keys().rfind(|name| name.starts_with("tile/entries/")).unwrap().clone();
    lied.get_mut(&bundle).unwrap()[700] ^= 1;
    laid(&lied, &dir.path().join("lied"));
    let to = dir.path().join("none");
    let (code, out, err) =
        run(&["site", dir.path().join("lied").to_str().unwrap(), "--to", to.to_str().unwrap()]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(!to.exists());
    // Pages of a copy that holds up to some entry say so on top of each.
    let mut lied = files.clone();
    let last = lied[&bundle].len() - 40;
    lied.get_mut(&bundle).unwrap()[last] ^= 1;
    laid(&lied, &dir.path().join("half"));
    let half = dir.path().join("half").display().to_string();
    let (code, out, err) = run(&["site", &half, "--to", to.to_str().unwrap()]);
    assert_eq!(code, 1, "{out}{err}");
    assert!(out.contains("FAILED") && out.contains("INT-03"), "{out}");
    let failed = read_tree(&to);
    assert!(failed.len() > 20, "{:?}", failed.keys());
    for (path, page) in failed.iter().filter(|(path, _)| path.ends_with(".html") && *path != "verify.html") {
        let page = String::from_utf8_lossy(page);
        assert!(page.contains("FAILED") && page.contains("INT-03: "), "{path}");
        let (top, rest) = page.split_once("FAILED").unwrap();
        assert!(!top.contains("<h1") || path == "index.html", "{path}: not on top");
        assert!(!rest.is_empty());
    }
    let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|item| item.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_str().unwrap().starts_with(".site")), "{left:?}");
}
