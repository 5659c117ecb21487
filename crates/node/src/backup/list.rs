//! The list of a backup, `backup.json`: of which ledger it is, how far it goes, and every file that belongs to it.

use event::Hash;
use serde::{Deserialize, Serialize};

use super::fault::BackupError;

/// The list's own name.
pub(crate) const LIST: &str = "backup.json";

/// Folder of the portions of entries.
pub(crate) const ENTRIES: &str = "entries";

/// Folder of all other files.
pub(crate) const FILES: &str = "files";

/// The form of this program.
pub(crate) const FORM: &str = "hattama-backup-v1";

/// What belongs to a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BackupList {
    /// [`FORM`].
    pub(crate) form: String,
    /// The ledger's id.
    pub(crate) ledger: Hash,
    /// Entries.
    pub(crate) size: u64,
    /// Root over them.
    pub(crate) root: Hash,
    /// The checkpoint over them, as the log signed it.
    pub(crate) checkpoint: String,
    /// When it was made, by the clock of the machine that made it.
    pub(crate) made: String,
    /// Portions of entries in order.
    pub(crate) entries: Vec<PortionLine>,
    /// Other files, by path.
    pub(crate) files: Vec<KeptLine>,
}

/// Entries that stand together in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PortionLine {
    /// The first entry after them.
    pub(crate) end: u64,
    /// Bytes of the file.
    pub(crate) bytes: u64,
    /// SHA-256 of the file, and its name.
    pub(crate) sha256: Hash,
}

/// Another file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptLine {
    /// Where it lies in the ledger's folder.
    pub(crate) path: String,
    /// Its bytes.
    pub(crate) bytes: u64,
    /// SHA-256 of the file, and its name.
    pub(crate) sha256: Hash,
}

/// The form alone, for a list that a later program wrote.
#[derive(Deserialize)]
struct FormAlone {
    form: String,
}

impl BackupList {
    /// Reads a list.
    pub(crate) fn parse(place: &str, bytes: &[u8]) -> Result<Self, BackupError> {
        let damaged = |error| BackupError::List { place: place.to_owned(), error };
        let form = serde_json::from_slice::<FormAlone>(bytes).map_err(damaged)?.form;
        if form != FORM {
            return Err(BackupError::Form { place: place.to_owned(), found: form });
        }
        let list: Self = serde_json::from_slice(bytes).map_err(damaged)?;
        list.require_order(place)?;
        Ok(list)
    }

    /// As it is written.
    pub(crate) fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The portions follow one another up to the size, and no path leads out of a ledger's folder.
    fn require_order(&self, place: &str) -> Result<(), BackupError> {
        let mut end = 0;
        for portion in &self.entries {
            if portion.end <= end {
                return Err(BackupError::Order { place: place.to_owned(), found: portion.end, after: end });
            }
            end = portion.end;
        }
        if end != self.size {
            return Err(BackupError::Order { place: place.to_owned(), found: self.size, after: end });
        }
        match self.files.iter().find(|line| !is_kept_path(&line.path)) {
            Some(line) => Err(BackupError::Path { place: place.to_owned(), found: line.path.clone() }),
            None => Ok(()),
        }
    }
}

impl PortionLine {
    /// Where it lies in the backup.
    pub(crate) fn path(&self) -> String {
        format!("{ENTRIES}/{}", self.sha256)
    }
}

impl KeptLine {
    /// Where it lies in the backup.
    pub(crate) fn kept_path(&self) -> String {
        format!("{FILES}/{}", self.sha256)
    }
}

/// Whether a file of a ledger belongs to its backup: never a key, never what is made again, never outside of its folder.
pub(crate) fn is_kept_path(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0']);
    let mut parts = path.split('/');
    let first = parts.next().unwrap_or_default();
    let inside = ["attachments", "staging"].contains(&first) && path.contains('/');
    (inside || ["anchors.json", "witnessed"].contains(&path))
        && path.split('/').all(plain)
        && !path.to_ascii_lowercase().ends_with(".pem")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_and_no_path_out_of_the_folder_is_kept() {
        for path in ["anchors.json", "witnessed", "attachments/ab", "staging/3/report/a.csv"] {
            assert!(is_kept_path(path), "{path}");
        }
        for path in [
            "log-key.pem",
            "attachments/log-key.PEM",
            "attachments",
            "attachments/",
            "attachments/../log-key",
            "staging//x",
            "/etc/passwd",
            "journal",
            "head",
            "sled/db",
            "instance.json",
            "staging/a\\b",
            "",
        ] {
            assert!(!is_kept_path(path), "{path}");
        }
    }
}
