//! What a ledger remembers of where it was shown: the places, the policy, whether a witness cosigned it. A file beside the head.
//!
//! Whoever opens the ledger for writing asks these places and witnesses, whether they are named again or not.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

use crate::files::{FileError, read_file, rename_durably, write_durably};

/// The file, in the ledger's folder.
pub(crate) const ANCHORS: &str = "anchors.json";

/// One change at a time in this process.
static CHANGING: Mutex<()> = Mutex::new(());

/// A policy and some places have some kilobytes.
const BYTES_MAX: u64 = 1 << 20;

/// What a ledger remembers of where it was shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnchorMemory {
    /// Where it was published.
    #[serde(default)]
    pub(crate) places: Vec<RememberedPlace>,
    /// The text of the policy under which it was opened last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) policy: Option<String>,
    /// Whether a witness of the policy ever cosigned it.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub(crate) witnessed: bool,
    /// Whether its folder bears the mark by which a copy is told.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub(crate) marked: bool,
    /// Whether it was restored while its old node might still run: until people say otherwise nothing is acknowledged before the quorum.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub(crate) quorum_first: bool,
}

/// Whether others have seen a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShownBefore {
    /// Whether a checkpoint was ever shown at a place.
    pub(crate) published: bool,
    /// Whether a witness ever cosigned one.
    pub(crate) witnessed: bool,
}

impl ShownBefore {
    /// Either of them.
    pub(crate) const fn at_all(self) -> bool {
        self.published || self.witnessed
    }
}

/// A place where it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RememberedPlace {
    /// Its address; a folder or a zip as an absolute path.
    pub(crate) at: String,
    /// Entries under the checkpoint that was shown there last; none where a first publication was begun and not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) size: Option<u64>,
}

/// The memory cannot be read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum AnchorMemoryError {
    /// It is no longer what was written.
    #[error(
        "expected in {path} what this ledger remembers of its places and witnesses, found: {error}; put the file of the newest \
         backup there"
    )]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: serde_json::Error,
    },
    /// It cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

impl AnchorMemory {
    /// Reads the memory of the ledger in a folder; none where it was never shown, or only by a program without a memory.
    pub(crate) fn read(dir: &Path) -> Result<Option<Self>, AnchorMemoryError> {
        let path = dir.join(ANCHORS);
        match read_file(&path, BYTES_MAX) {
            Ok(bytes) => match serde_json::from_slice(&bytes) {
                Ok(memory) => Ok(Some(memory)),
                Err(error) => Err(AnchorMemoryError::Form { path, error }),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(FileError::at(&path)(error).into()),
        }
    }

    /// Changes the memory durably; nothing is written where nothing changes.
    pub(crate) fn update(dir: &Path, change: impl FnOnce(&mut Self)) -> Result<(), AnchorMemoryError> {
        // The control socket and those who ask witnesses change it at the same time.
        let _one = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
        let before = Self::read(dir)?.unwrap_or_default();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return Ok(());
        }
        let path = dir.join(ANCHORS);
        let form = |error| AnchorMemoryError::Form { path: path.clone(), error };
        let mut bytes = serde_json::to_vec_pretty(&after).map_err(form)?;
        bytes.push(b'\n');
        let beside = path.with_extension("new");
        write_durably(&beside, &bytes)?;
        Ok(rename_durably(&beside, &path)?)
    }

    /// Notes that a publication to a place begins, or that its checkpoint covers so many entries.
    pub(crate) fn note_place(&mut self, at: &str, size: Option<u64>) {
        match self.places.iter_mut().find(|place| place.at == at) {
            Some(place) => place.size = size.max(place.size),
            None => self.places.push(RememberedPlace { at: at.to_owned(), size }),
        }
    }

    /// Entries under the largest checkpoint that was shown at a place.
    pub(crate) fn largest_size(&self) -> Option<u64> {
        self.places.iter().filter_map(|place| place.size).max()
    }

    /// Whether others have seen the ledger in `dir`; `announced` tells whether it holds a snapshot, which is all that is known of one whose
    /// program remembered no places.
    pub(crate) fn shown_before(&self, dir: &Path, announced: bool) -> ShownBefore {
        let shown = self.places.iter().any(|place| place.size.is_some());
        // A ledger of a program without a memory has at least the checkpoint that its quorum cosigned.
        ShownBefore {
            published: shown || (self.places.is_empty() && announced),
            witnessed: self.witnessed || dir.join("witnessed").is_file(),
        }
    }
}

/// A place as it is remembered: an address as it is, a path from the root of the file system.
pub(crate) fn absolute_place(at: &str) -> String {
    if at.contains("://") {
        return at.trim_end_matches('/').to_owned();
    }
    std::path::absolute(at).map_or_else(|_| at.to_owned(), |path| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_memory_keeps_the_largest_size_of_each_place() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(AnchorMemory::read(dir.path()).unwrap(), None);
        AnchorMemory::update(dir.path(), |memory| memory.note_place("/srv/a", None)).unwrap();
        let begun = AnchorMemory::read(dir.path()).unwrap().unwrap();
        assert!(!begun.shown_before(dir.path(), true).at_all());
        AnchorMemory::update(dir.path(), |memory| memory.note_place("/srv/a", Some(9))).unwrap();
        AnchorMemory::update(dir.path(), |memory| memory.note_place("/srv/a", None)).unwrap();
        let memory = AnchorMemory::read(dir.path()).unwrap().unwrap();
        assert_eq!(memory.places, [RememberedPlace { at: "/srv/a".to_owned(), size: Some(9) }]);
        assert!(memory.shown_before(dir.path(), false).published);
        // A ledger whose program remembered no places was shown if it holds a snapshot.
        assert!(AnchorMemory::default().shown_before(dir.path(), true).published);
        assert!(!AnchorMemory::default().shown_before(dir.path(), false).at_all());
        fs::write(dir.path().join(ANCHORS), "{").unwrap();
        assert!(matches!(AnchorMemory::read(dir.path()), Err(AnchorMemoryError::Form { .. })));
    }

    #[test]
    fn no_bytes_stop_its_reader_and_what_it_reads_it_writes_again() {
        let dir = tempfile::tempdir().unwrap();
        let whole = r#"{"places":[{"at":"s3://a/b","size":18446744073709551615}],"policy":"quorum none","witnessed":true,"marked":true}"#;
        let mut read = 0;
        for bytes in crate::files::spoil_bytes(whole.as_bytes()) {
            fs::write(dir.path().join(ANCHORS), &bytes).unwrap();
            let Ok(memory) = AnchorMemory::read(dir.path()) else { continue };
            let memory = memory.unwrap();
            AnchorMemory::update(dir.path(), |kept| kept.note_place("elsewhere", Some(1))).unwrap();
            let again = AnchorMemory::read(dir.path()).unwrap().unwrap();
            assert_eq!(
                (again.witnessed, again.marked, &again.policy),
                (memory.witnessed, memory.marked, &memory.policy)
            );
            read += 1;
        }
        assert!(read > 10, "{read}");
    }
}
