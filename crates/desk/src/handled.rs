//! What became of a finding: who looked at it, when, and what they say; kept in this desk's own folder, and nowhere else.

use std::{collections::BTreeMap, path::Path};

use client::files::{FileFault, list_files, read_bounded, write_atomically};
use event::{Hash, Id, Time};
use serde::{Deserialize, Serialize};

/// The folder of these notes.
const HANDLED: &str = "handled";
const NOTE_BYTES_MAX: u64 = 64 * 1024;
/// Characters of what somebody says.
pub(crate) const NOTE_CHARS_MAX: usize = 2_000;

/// What one person says of one finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandledFinding {
    /// When, by the clock of the desk.
    pub(crate) at: Time,
    /// The commission.
    pub(crate) commission: Id,
    /// The finding by its name.
    pub(crate) finding: String,
    /// The ledger.
    pub(crate) ledger: Hash,
    /// The explanation.
    pub(crate) note: String,
    /// The seat of who says it.
    pub(crate) seat: Id,
}

/// Reads the notes on a ledger, by finding; what is no note counts for nothing.
pub(crate) fn read_handled(folder: &Path, ledger: Hash) -> BTreeMap<String, HandledFinding> {
    let files = list_files(&folder.join(HANDLED)).unwrap_or_default();
    let notes = files.iter().filter_map(|file| read_note(&read_bounded(file, NOTE_BYTES_MAX).ok()?));
    let own = notes.filter(|note| note.ledger == ledger);
    own.map(|note| (note.finding.clone(), note)).collect()
}

fn read_note(text: &[u8]) -> Option<HandledFinding> {
    serde_json::from_slice(text).ok()
}

/// Keeps a note as a file of its own.
pub(crate) fn keep_handled(folder: &Path, note: &HandledFinding) -> Result<(), FileFault> {
    let folder = folder.join(HANDLED);
    std::fs::create_dir_all(&folder).map_err(|error| FileFault::Write { path: folder.clone(), error })?;
    // The name of a finding is made of a number, the id of a rule and a number.
    write_atomically(&folder.join(format!("{}.json", note.finding)), &encode_note(note))
}

fn encode_note(note: &HandledFinding) -> Vec<u8> {
    serde_json::to_vec(note).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> HandledFinding {
        HandledFinding {
            at: Time::parse("2025-10-12T23:10:00+05:00").unwrap(),
            commission: Id::new("tec-1").unwrap(),
            finding: "31-ARI-04-1".to_owned(),
            ledger: Hash([3; 32]),
            note: "Қағазбен салыстырылды \"\n".to_owned(),
            seat: Id::new("secretary").unwrap(),
        }
    }

    #[test]
    fn a_note_comes_back_as_it_was_and_nothing_else_is_one() {
        let dir = tempfile::tempdir().unwrap();
        assert!(read_handled(dir.path(), Hash([3; 32])).is_empty());
        keep_handled(dir.path(), &note()).unwrap();
        let read = read_handled(dir.path(), Hash([3; 32]));
        assert_eq!(read.values().collect::<Vec<_>>(), [&note()]);
        assert!(read_handled(dir.path(), Hash([4; 32])).is_empty(), "of another ledger");
        let whole = encode_note(&note());
        for end in 0..whole.len() {
            assert!(read_note(&whole[..end]).is_none(), "cut at {end}");
        }
        let more = String::from_utf8(whole).unwrap().replacen('{', "{\"extra\":1,", 1);
        assert!(read_note(more.as_bytes()).is_none());
    }
}
