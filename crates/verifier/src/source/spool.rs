//! Files of a source that came one after the other: here as long as they are few bytes, then in a temporary folder, which is removed with the source.

use std::{collections::BTreeMap, fs, io, path::Path, sync::Arc};

use tempfile::TempDir;

use crate::source::{
    bounded::read_file,
    content::{Source, SourceKind},
    folder::open_folder,
    limits::{FILE_BYTES_MAX, HELD_BYTES, Limits},
};

/// Files by path with forward slashes; none of the paths leads elsewhere.
#[derive(Default)]
pub(crate) struct SpooledFiles {
    held: BTreeMap<String, Vec<u8>>,
    bytes: u64,
    folder: Option<TempDir>,
}

impl SpooledFiles {
    /// Takes a file in.
    pub(crate) fn insert(&mut self, path: String, bytes: Vec<u8>) -> io::Result<()> {
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        if let Some(folder) = &self.folder {
            return write_below(folder.path(), &path, &bytes);
        }
        self.held.insert(path, bytes);
        if self.bytes > HELD_BYTES {
            let folder = tempfile::Builder::new().prefix("hattama-").tempdir()?;
            for (path, bytes) in std::mem::take(&mut self.held) {
                write_below(folder.path(), &path, &bytes)?;
            }
            self.folder = Some(folder);
        }
        Ok(())
    }

    /// Whether a file came.
    pub(crate) fn contains(&self, path: &str) -> bool {
        match &self.folder {
            Some(folder) => folder.path().join(path).is_file(),
            None => self.held.contains_key(path),
        }
    }

    /// The bytes of a file that came.
    pub(crate) fn read(&self, path: &str) -> Option<Vec<u8>> {
        match &self.folder {
            Some(folder) => read_file(&folder.path().join(path), FILE_BYTES_MAX).ok(),
            None => self.held.get(path).cloned(),
        }
    }

    /// All of them as a source.
    pub(crate) fn into_source(self, name: &str, kind: SourceKind, limits: &Limits) -> io::Result<Source> {
        let Some(folder) = self.folder else {
            return Ok(Source::from_published_files(name, self.held).read_as(kind));
        };
        let source = open_folder(folder.path(), limits).map_err(io::Error::other)?;
        Ok(Source { name: name.to_owned(), spool: Some(Arc::new(folder)), ..source.read_as(kind) })
    }
}

fn write_below(folder: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let whole = folder.join(path);
    if let Some(parent) = whole.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(whole, bytes)
}
