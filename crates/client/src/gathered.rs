//! Folders that are named in place of the drafts in them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::files::FileFault;

/// Pieces of keys lie beside drafts and are none.
const PIECE: &str = ".piece.json";

/// The files that are meant: a folder stands for its drafts (`NAME.json`), in the order of their names.
///
/// # Errors
/// [`FileFault`]: a folder that cannot be read, or has no draft.
pub fn gather_drafts(named: &[PathBuf]) -> Result<Vec<PathBuf>, FileFault> {
    let mut files = Vec::with_capacity(named.len());
    for path in named {
        if path.is_dir() {
            files.extend(list_drafts(path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn list_drafts(dir: &Path) -> Result<Vec<PathBuf>, FileFault> {
    let failed = |error| FileFault::Read { path: dir.to_owned(), error };
    let mut drafts = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_draft = name.ends_with(".json") && !name.ends_with(PIECE) && !name.starts_with('.');
        if is_draft && path.is_file() {
            drafts.push(path);
        }
    }
    if drafts.is_empty() {
        return Err(FileFault::NoDrafts { path: dir.to_owned() });
    }
    drafts.sort();
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_its_drafts() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        let empty = gather_drafts(&[dir.path().to_owned()]);
        assert!(matches!(empty, Err(FileFault::NoDrafts { .. })));
        for name in ["b.json", "a.json", "a.json.tlog-proof", "c.piece.json", ".d.json", "e.txt"] {
            fs::write(at(name), "").unwrap();
        }
        fs::create_dir(at("z.json")).unwrap();
        let files = gather_drafts(&[at("e.txt"), dir.path().to_owned(), at("nowhere.json")]).unwrap();
        assert_eq!(files, [at("e.txt"), at("a.json"), at("b.json"), at("nowhere.json")]);
    }
}
