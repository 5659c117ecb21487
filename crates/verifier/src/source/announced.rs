//! What in a ledger leads to further files: announcements of snapshots, and the lists of their manifests.
//!
//! Contains what of them is read before anything is judged. Elsewhere: which files are asked for (`reading_plan`), what
//! the files mean (`published`).

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

/// What of a manifest leads to further files; everything else in it is for the checks.
#[derive(Deserialize)]
pub(super) struct Listed {
    pub(super) files: Vec<ListedFile>,
    #[serde(default)]
    pub(super) attachments: Vec<ListedAttachment>,
    #[serde(default)]
    pub(super) site: Option<u64>,
}

#[derive(Deserialize)]
pub(super) struct ListedFile {
    pub(super) name: String,
    pub(super) sha256: String,
    pub(super) size: u64,
}

#[derive(Deserialize)]
pub(super) struct ListedAttachment {
    pub(super) sha256: String,
    pub(super) size: u64,
}

impl Listed {
    pub(super) fn read_file_list(manifest: &[u8]) -> Option<Self> {
        serde_json::from_slice(manifest).ok()
    }
}

/// A name that leads nowhere but into the snapshot's own folder; another is not asked for, and the checks find nothing.
pub(super) fn is_safe_name(name: &str) -> bool {
    let known = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'/');
    name.len() <= 255
        && name.bytes().all(known)
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_not_asked_for() {
        for name in ["checkpoint", "projections/tallies.json", "a_b-c/0.1"] {
            assert!(is_safe_name(name), "{name}");
        }
        for name in
            ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "A", "a b", "a\\b", "a?b", "a%2e"]
        {
            assert!(!is_safe_name(name), "{name}");
        }
        assert!(!is_safe_name(&"a".repeat(256)));
    }

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
