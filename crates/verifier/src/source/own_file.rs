//! A file of a published ledger: here, or long and left in its folder with what it was found to be.
//!
//! A file that changes after it was measured is none that can be judged: that is told, and never taken for the ledger's fault.

use std::{borrow::Cow, path::PathBuf};

use event::{Hash, sha256};

use crate::source::{leaves::Unreadable, paper::Paper};

/// A long file is looked through so many bytes at a time.
#[cfg(feature = "folder")]
const PORTION_BYTES: usize = 1 << 20;

/// A file of a published ledger.
#[derive(Debug, Clone)]
pub(crate) struct OwnFile<'a> {
    place: FilePlace<'a>,
    measured: Paper,
}

/// Where its bytes are.
#[derive(Debug, Clone)]
enum FilePlace<'a> {
    Held(&'a [u8]),
    Apart(PathBuf),
}

impl<'a> OwnFile<'a> {
    /// One that is here.
    pub(crate) fn held(bytes: &'a [u8]) -> Self {
        let measured = Paper { sha256: sha256(&[bytes]), size: bytes.len() as u64 };
        Self { place: FilePlace::Held(bytes), measured }
    }

    /// One that was measured and left where it is.
    pub(crate) fn apart(path: PathBuf, measured: Paper) -> Self {
        Self { place: FilePlace::Apart(path), measured }
    }

    /// Its hash.
    pub(crate) fn hash(&self) -> Hash {
        self.measured.sha256
    }

    /// How many bytes it has.
    pub(crate) fn size(&self) -> u64 {
        self.measured.size
    }

    /// The bytes of one that is here; notes and manifests always are.
    pub(crate) fn held_bytes(&self) -> Option<&'a [u8]> {
        match &self.place {
            FilePlace::Held(bytes) => Some(bytes),
            FilePlace::Apart(_) => None,
        }
    }

    /// Its bytes.
    ///
    /// # Errors
    /// The machine does not give them, or others than were measured.
    pub(crate) fn read(&self) -> Result<Cow<'a, [u8]>, Unreadable> {
        match &self.place {
            FilePlace::Held(bytes) => Ok(Cow::Borrowed(bytes)),
            FilePlace::Apart(path) => self.read_apart(path).map(Cow::Owned),
        }
    }

    /// The first byte that is not as expected, or the end of the shorter one; nothing where all are the same.
    pub(crate) fn find_difference(&self, expected: &[u8]) -> Option<usize> {
        if expected.len() as u64 == self.size() && sha256(&[expected]) == self.hash() {
            return None;
        }
        let first = |found: &[u8]| expected.iter().zip(found).take_while(|(a, b)| a == b).count();
        Some(match &self.place {
            FilePlace::Held(bytes) => first(bytes),
            FilePlace::Apart(path) => first(&read_beginning(path, expected.len() as u64)),
        })
    }

    /// Shows the bytes from the first to the last, some at a time where they are not here. A portion ends behind a quotation mark or a line, where it has
    /// one near its end, so that no word of a text is parted.
    ///
    /// # Errors
    /// The machine does not give them.
    pub(crate) fn look_through(&self, look: &mut dyn FnMut(&[u8])) -> Result<(), Unreadable> {
        match &self.place {
            FilePlace::Held(bytes) => {
                look(bytes);
                Ok(())
            }
            FilePlace::Apart(path) => look_through_file(path, look),
        }
    }

    #[cfg(feature = "folder")]
    fn read_apart(&self, path: &std::path::Path) -> Result<Vec<u8>, Unreadable> {
        use crate::source::{bounded::read_file, limits::FILE_BYTES_MAX};
        let unreadable = |found: String| Unreadable { path: path.to_owned(), found };
        let bytes = read_file(path, FILE_BYTES_MAX).map_err(|fault| unreadable(fault.to_string()))?;
        if sha256(&[&bytes]) == self.hash() {
            return Ok(bytes);
        }
        Err(Unreadable { path: path.to_owned(), found: "other bytes than a moment ago".to_owned() })
    }

    #[cfg(not(feature = "folder"))]
    fn read_apart(&self, path: &std::path::Path) -> Result<Vec<u8>, Unreadable> {
        Err(Unreadable { path: path.to_owned(), found: "no files here".to_owned() })
    }
}

#[cfg(feature = "folder")]
fn look_through_file(path: &std::path::Path, look: &mut dyn FnMut(&[u8])) -> Result<(), Unreadable> {
    use std::io::Read as _;
    let unreadable = |error: std::io::Error| Unreadable { path: path.to_owned(), found: error.to_string() };
    let opened = crate::source::bounded::open_plain_file(path).map_err(unreadable)?;
    let (file, _) = opened.ok_or_else(|| unreadable(std::io::ErrorKind::InvalidInput.into()))?;
    let mut file = file.take(crate::source::limits::FILE_BYTES_MAX);
    let mut portion = Vec::new();
    loop {
        let room = PORTION_BYTES.saturating_sub(portion.len()) as u64;
        let read = file.by_ref().take(room).read_to_end(&mut portion).map_err(unreadable)?;
        if (read as u64) < room {
            if !portion.is_empty() {
                look(&portion);
            }
            return Ok(());
        }
        let near = portion.len().saturating_sub(4_096);
        let last = portion.get(near..).unwrap_or_default();
        let end = last.iter().rposition(|byte| matches!(byte, b'"' | b'\n')).map(|place| near + place + 1);
        let rest = portion.split_off(end.unwrap_or(portion.len()));
        look(&portion);
        portion = rest;
    }
}

#[cfg(not(feature = "folder"))]
fn look_through_file(path: &std::path::Path, _look: &mut dyn FnMut(&[u8])) -> Result<(), Unreadable> {
    Err(Unreadable { path: path.to_owned(), found: "no files here".to_owned() })
}

/// So many bytes of a file at most; none where it cannot be read, which is told where it is read as a whole.
#[cfg(feature = "folder")]
fn read_beginning(path: &std::path::Path, most: u64) -> Vec<u8> {
    crate::source::bounded::read_file(path, most).unwrap_or_default()
}

#[cfg(not(feature = "folder"))]
fn read_beginning(_path: &std::path::Path, _most: u64) -> Vec<u8> {
    Vec::new()
}

#[cfg(all(test, feature = "folder"))]
mod tests {
    use super::*;
    use crate::source::bounded::measure_file;

    #[test]
    fn a_file_apart_says_what_the_same_bytes_here_say() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("long");
        let line = b"\"a line of some length\"\n".as_slice();
        let bytes: Vec<u8> = line.iter().copied().cycle().take(2 * PORTION_BYTES + 77).collect();
        std::fs::write(&path, &bytes).unwrap();
        let (here, apart) =
            (OwnFile::held(&bytes), OwnFile::apart(path.clone(), measure_file(&path).unwrap()));
        assert_eq!((apart.hash(), apart.size()), (here.hash(), here.size()));
        assert_eq!(apart.read().unwrap(), bytes);
        let (mut ends, mut length) = (Vec::new(), 0);
        let look = &mut |portion: &[u8]| {
            ends.push(*portion.last().unwrap());
            length += portion.len();
        };
        apart.look_through(look).unwrap();
        assert!(ends.len() == 3 && ends[..2].iter().all(|end| matches!(end, b'"' | b'\n')), "{ends:?}");
        assert_eq!(length, bytes.len());
        for (expected, difference) in [
            (bytes.clone(), None),
            (bytes[..100].to_vec(), Some(100)),
            ([bytes.as_slice(), b"x"].concat(), Some(bytes.len())),
            (b"\"b".to_vec(), Some(1)),
        ] {
            assert_eq!(apart.find_difference(&expected), difference);
            assert_eq!(here.find_difference(&expected), difference);
        }
        // Other bytes than were measured, and none: neither is the ledger's fault.
        std::fs::write(&path, b"other").unwrap();
        assert!(apart.read().is_err());
        std::fs::remove_file(&path).unwrap();
        assert!(apart.read().is_err() && apart.look_through(&mut |_| ()).is_err());
    }
}
