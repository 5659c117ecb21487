//! Files of a source that came one after the other: here as long as they are few bytes, then in a temporary folder, which is removed with the source.

use std::{borrow::Cow, collections::BTreeMap, io};

#[cfg(feature = "folder")]
use std::{fs, path::Path, sync::Arc};

#[cfg(feature = "folder")]
use tempfile::TempDir;

#[cfg(feature = "folder")]
use crate::source::{
    bounded::read_file,
    content::{Source, SourceKind},
    folder::open_folder,
    limits::{FILE_BYTES_MAX, HELD_BYTES, Limits},
};

/// Files by path with forward slashes; none of the paths leads elsewhere.
#[derive(Debug)]
pub(crate) struct SpooledFiles {
    held: BTreeMap<String, Vec<u8>>,
    /// How many came.
    count: usize,
    #[cfg(feature = "folder")]
    bytes: u64,
    /// So many bytes are held in memory.
    #[cfg(feature = "folder")]
    most: u64,
    #[cfg(feature = "folder")]
    folder: Option<TempDir>,
}

impl SpooledFiles {
    /// None yet; all of them stay in memory, as in a browser.
    pub(crate) fn in_memory() -> Self {
        Self {
            held: BTreeMap::new(),
            count: 0,
            #[cfg(feature = "folder")]
            bytes: 0,
            #[cfg(feature = "folder")]
            most: u64::MAX,
            #[cfg(feature = "folder")]
            folder: None,
        }
    }

    /// None yet; they go into a temporary folder once they are many bytes.
    #[cfg(feature = "folder")]
    pub(crate) fn apart_when_long() -> Self {
        Self { most: HELD_BYTES, ..Self::in_memory() }
    }

    /// Takes a file in.
    ///
    /// # Errors
    /// The temporary folder has no room for it.
    pub(crate) fn insert(&mut self, path: String, bytes: Vec<u8>) -> io::Result<()> {
        self.count += usize::from(!self.contains(&path));
        #[cfg(feature = "folder")]
        {
            self.bytes = self.bytes.saturating_add(bytes.len() as u64);
            if let Some(folder) = &self.folder {
                return write_below(folder.path(), &path, &bytes);
            }
        }
        self.held.insert(path, bytes);
        #[cfg(feature = "folder")]
        if self.bytes > self.most {
            let folder = tempfile::Builder::new().prefix("hattama-").tempdir()?;
            for (path, bytes) in std::mem::take(&mut self.held) {
                write_below(folder.path(), &path, &bytes)?;
            }
            self.folder = Some(folder);
        }
        Ok(())
    }

    /// How many came.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Whether a file came.
    pub(crate) fn contains(&self, path: &str) -> bool {
        #[cfg(feature = "folder")]
        if let Some(folder) = &self.folder {
            return folder.path().join(path).is_file();
        }
        self.held.contains_key(path)
    }

    /// The bytes of a file that came.
    pub(crate) fn read(&self, path: &str) -> Option<Cow<'_, [u8]>> {
        #[cfg(feature = "folder")]
        if let Some(folder) = &self.folder {
            return read_file(&folder.path().join(path), FILE_BYTES_MAX).ok().map(Cow::Owned);
        }
        self.held.get(path).map(|bytes| Cow::Borrowed(bytes.as_slice()))
    }

    /// Those that are in memory.
    pub(crate) fn into_map(self) -> BTreeMap<String, Vec<u8>> {
        self.held
    }

    /// All of them as a source.
    ///
    /// # Errors
    /// The temporary folder does not give them.
    #[cfg(feature = "folder")]
    pub(crate) fn into_source(self, name: &str, kind: SourceKind, limits: &Limits) -> io::Result<Source> {
        let Some(folder) = self.folder else {
            return Ok(Source::from_published_files(name, self.held).read_as(kind));
        };
        let source = open_folder(folder.path(), limits).map_err(io::Error::other)?;
        Ok(Source { name: name.to_owned(), spool: Some(Arc::new(folder)), ..source.read_as(kind) })
    }
}

#[cfg(feature = "folder")]
fn write_below(folder: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let whole = folder.join(path);
    if let Some(parent) = whole.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(whole, bytes)
}

#[cfg(all(test, feature = "folder"))]
mod tests {
    use super::*;

    #[test]
    fn many_bytes_go_apart_and_say_the_same() {
        let mut files = SpooledFiles { most: 10, ..SpooledFiles::in_memory() };
        files.insert("checkpoint".to_owned(), b"note".to_vec()).unwrap();
        assert!(files.folder.is_none());
        files.insert("snapshots/1/results.csv".to_owned(), b"12345678".to_vec()).unwrap();
        files.insert("tile/0/000".to_owned(), b"hash".to_vec()).unwrap();
        files.insert("tile/0/000".to_owned(), b"hasht".to_vec()).unwrap();
        assert!(files.folder.is_some() && files.held.is_empty());
        assert_eq!(files.count(), 3);
        assert!(files.contains("checkpoint") && !files.contains("other"));
        assert_eq!(files.read("tile/0/000").as_deref(), Some(b"hasht".as_slice()));
        let folder = files.folder.as_ref().unwrap().path().to_owned();
        let source = files.into_source("name", SourceKind::Zip, &Limits::default()).unwrap();
        let mut own: Vec<&str> = source.list_own_files().map(|(path, _)| path).collect();
        own.sort_unstable();
        assert_eq!(own, ["checkpoint", "snapshots/1/results.csv", "tile/0/000"]);
        assert_eq!(source.name, "name");
        let copy = source.clone();
        drop(source);
        assert!(folder.is_dir());
        drop(copy);
        assert!(!folder.exists());
    }
}
