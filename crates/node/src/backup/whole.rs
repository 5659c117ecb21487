//! A backup that lies somewhere: read, and verified from its first entry to its checkpoint.

use std::ops::ControlFlow;

use event::Hash;
use ledger::{Entry, Head, LogKeys, replay};

use super::{
    fault::BackupError,
    list::{BackupList, PortionLine},
    place::BackupPlace,
    portions::split_portion,
};

/// A backup that lies somewhere.
pub struct KeptBackup {
    place: BackupPlace,
    list: BackupList,
}

impl KeptBackup {
    /// Opens the backup in a folder or an object store; what it holds is read later.
    ///
    /// # Errors
    /// [`BackupError`]: there is none, or its list does not read.
    pub fn open(at: &str) -> Result<Self, BackupError> {
        let place = BackupPlace::open(at)?;
        let list = place.read_list()?.ok_or_else(|| BackupError::NoList { place: place.name() })?.0;
        Ok(Self { place, list })
    }

    pub(crate) fn of(place: BackupPlace, list: BackupList) -> Self {
        Self { place, list }
    }

    pub(crate) fn into_place(self) -> BackupPlace {
        self.place
    }

    /// Every entry, in order.
    ///
    /// # Errors
    /// [`BackupError`]: half a backup, or a damaged one.
    pub fn read_entries(&self) -> Result<Vec<Vec<u8>>, BackupError> {
        let mut entries = Vec::new();
        self.read_portions(|some| {
            entries.extend(some.iter().map(|entry| entry.to_vec()));
            Ok(())
        })?;
        Ok(entries)
    }

    /// The checkpoint over its entries.
    #[must_use]
    pub fn checkpoint(&self) -> &[u8] {
        self.list.checkpoint.as_bytes()
    }

    /// Every other file, with its path in the ledger's folder.
    ///
    /// # Errors
    /// [`BackupError`]: half a backup, or a damaged one.
    pub fn read_files(
        &self,
        mut each: impl FnMut(&str, Vec<u8>) -> Result<(), BackupError>,
    ) -> Result<(), BackupError> {
        for line in &self.list.files {
            each(&line.path, self.place.read_listed(&line.kept_path(), line.sha256)?)?;
        }
        Ok(())
    }

    fn read_portions(
        &self,
        mut each: impl FnMut(&[&[u8]]) -> Result<(), BackupError>,
    ) -> Result<(), BackupError> {
        let mut first = 0;
        for portion in &self.list.entries {
            let bytes = self.place.read_listed(&portion.path(), portion.sha256)?;
            each(&self.split(portion, &bytes, portion.end.saturating_sub(first))?)?;
            first = portion.end;
        }
        Ok(())
    }

    fn split<'b>(
        &self,
        portion: &PortionLine,
        bytes: &'b [u8],
        expected: u64,
    ) -> Result<Vec<&'b [u8]>, BackupError> {
        let entries = split_portion(bytes).unwrap_or_default();
        if entries.len() as u64 == expected {
            return Ok(entries);
        }
        let (place, path, found) = (self.place.name(), portion.path(), entries.len() as u64);
        Err(BackupError::Portion { place, path, expected, found })
    }

    /// Reads all of it again, checks every signature, admits every entry, and compares root and checkpoint.
    ///
    /// # Errors
    /// [`BackupError`] with the first fault.
    pub(crate) fn verify(&self) -> Result<(), BackupError> {
        let mut head = Head::default();
        self.read_portions(|some| {
            replay(&mut head, verifier::decode_all(some), |_| ControlFlow::Continue(()))
                .map_err(|error| BackupError::Unlawful { place: self.place.name(), error })
        })?;
        let unsigned = |error| BackupError::Unsigned { place: self.place.name(), error };
        let opened =
            LogKeys::of(head.state()).and_then(|keys| keys.open(self.checkpoint())).map_err(unsigned)?;
        let list = &self.list;
        let untrue = opened.size != list.size
            || Hash(opened.root) != list.root
            || head.size() != list.size
            || head.root() != list.root
            || head.state().ledger != Some(list.ledger);
        if untrue {
            return Err(BackupError::Untrue { place: self.place.name(), size: list.size });
        }
        self.read_files(|_, _| Ok(()))
    }
}

/// The id of the ledger whose first entry this is.
pub(crate) fn ledger_id_of(charter: &[u8]) -> Result<Hash, BackupError> {
    Ok(Entry::decode(charter)?.checked().hash())
}
