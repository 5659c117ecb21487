//! One snapshot's folder: its files, its manifest, and which of them the CEC stands for.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use event::json;
use publication::Manifest;

use crate::source::{leaves::Unreadable, own_file::OwnFile};

/// One snapshot's folder.
pub(crate) struct Snapshot<'a> {
    /// Its number.
    pub(crate) n: u64,
    /// Its files by path inside its folder.
    pub(crate) files: BTreeMap<&'a str, OwnFile<'a>>,
    /// Its manifest, if there is one.
    pub(crate) manifest: Option<Result<Manifest, json::DecodeError>>,
    /// Those of its files that are as the manifest lists them.
    pub(crate) sound: BTreeSet<&'a str>,
    /// Whether an entry of the ledger announces just this manifest.
    pub(crate) vouched: bool,
    /// Files that were there and that the machine did not give when they were asked for.
    pub(super) lost: Mutex<BTreeMap<PathBuf, Unreadable>>,
}

impl<'a> Snapshot<'a> {
    /// A file that the CEC stands for, to be read into: strangers' bytes are compared, and never taken apart.
    pub(crate) fn of_office(&self, path: &str) -> Option<Cow<'a, [u8]>> {
        self.files.get(path).filter(|_| self.vouched && self.sound.contains(path))?;
        self.read_file(path)
    }

    /// A file; one that is there and cannot be read is kept among those that are lost.
    pub(crate) fn read_file(&self, path: &str) -> Option<Cow<'a, [u8]>> {
        match self.files.get(path)?.read() {
            Ok(bytes) => Some(bytes),
            Err(fault) => {
                let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
                lost.insert(fault.path.clone(), fault);
                None
            }
        }
    }

    /// A note or the manifest, which are never left in a folder.
    pub(crate) fn held(&self, path: &str) -> Option<&'a [u8]> {
        self.files.get(path)?.held_bytes()
    }

    /// What was there and could not be read.
    pub(crate) fn list_lost(&self) -> Vec<Unreadable> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// The form of its pages, where its manifest says that it has pages.
    pub(crate) fn site_format(&self) -> Option<u64> {
        self.manifest.as_ref().and_then(|manifest| manifest.as_ref().ok()).and_then(|manifest| manifest.site)
    }

    /// The size that its manifest claims.
    pub(crate) fn size(&self) -> Option<u64> {
        self.manifest.as_ref().and_then(|manifest| manifest.as_ref().ok()).map(|manifest| manifest.size)
    }
}
