//! What a ledger's folder has beside its entries, wherever it is kept: one file at a time, since all papers together can be larger than
//! the memory.

use std::path::Path;

use verifier::Source;

use super::{copy::read_kept_files, fault::BackupError, whole::KeptBackup};
use crate::files::FileError;

/// Where attachments, what is staged and what the ledger remembers are kept.
pub enum KeptFiles<'a> {
    /// In a backup.
    Backup(&'a KeptBackup),
    /// In the ledger's own folder, or in a copy of it.
    Folder(&'a Path),
    /// In what was published: attachments alone.
    Published(&'a Source),
}

impl KeptFiles<'_> {
    /// Hands over each file with its path in the ledger's folder.
    pub(crate) fn read_each(
        &self,
        mut each: impl FnMut(&str, &[u8]) -> Result<(), FileError>,
    ) -> Result<(), BackupError> {
        match self {
            Self::Backup(backup) => backup.read_files(|path, bytes| Ok(each(path, &bytes)?)),
            Self::Folder(ledger) => read_kept_files(ledger, each),
            Self::Published(source) => {
                Ok(source.read_attachments().try_for_each(|(path, bytes)| each(&path, &bytes))?)
            }
        }
    }
}
