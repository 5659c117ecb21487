//! What of an entry leads a reader to the folder of a snapshot.
//!
//! Contains what of an announcement is read before anything is judged. Elsewhere: what a manifest leads to
//! (`listed_files`), which files are asked for (`reading_plan`), what the files mean (`published`).

use serde::Deserialize;

/// A snapshot that an entry announces.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SnapshotFolder {
    pub(super) n: u64,
    /// Entries that it covers.
    pub(super) size: u64,
    /// The announcement's own index.
    pub(super) index: u64,
}

/// What an entry announces; whether it may is for the replay to say.
pub(super) fn read_announcement(entry: &[u8], index: u64) -> Option<SnapshotFolder> {
    #[derive(Deserialize)]
    struct EntryPeek {
        event: EventPeek,
    }
    #[derive(Deserialize)]
    struct EventPeek {
        body: BodyPeek,
        fact: String,
    }
    #[derive(Deserialize)]
    struct BodyPeek {
        n: u64,
        size: u64,
    }
    // Few entries announce anything: the others are not read twice.
    if !ledger::may_state_fact(entry, &["snapshot-published"]) {
        return None;
    }
    let EntryPeek { event } = serde_json::from_slice(entry).ok()?;
    (event.fact == "snapshot-published").then_some(SnapshotFolder {
        n: event.body.n,
        size: event.body.size,
        index,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_announcements_announce() {
        let entry = br#"{"event":{"body":{"n":3,"size":45},"fact":"snapshot-published"},"index":45}"#;
        let found = read_announcement(entry, 45).unwrap();
        assert_eq!((found.n, found.size, found.index), (3, 45, 45));
        for other in [
            br#"{"event":{"body":{"n":3,"size":45},"fact":"other"},"index":45}"#.as_slice(),
            br#"{"event":{"body":{"n":3,"size":45,"x":"snapshot-published"},"fact":"other"}}"#,
            br#"{"event":{"body":{"n":-3,"size":45},"fact":"snapshot-published"}}"#,
            b"\"snapshot-published\"",
        ] {
            assert!(read_announcement(other, 45).is_none());
        }
    }
}
