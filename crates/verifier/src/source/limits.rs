//! How much a reader takes in before it says that this is no published ledger.
//!
//! Contains the numbers, one set for every reader of untrusted sources, and how much is held of each kind of file. Elsewhere: the readers (`archive`, `address`,
//! `folder`).

use tlog::{note::MAX_NOTE_BYTES, tile::EntriesPath};

/// Largest file that a published ledger may hold: a full entry bundle of longest entries has 16.8 MB, a projection of a
/// whole country's election some tens.
pub const FILE_BYTES_MAX: u64 = 256 << 20;

/// So many bytes of a full tile: 256 hashes.
const TILE_BYTES: u64 = 256 * 32;

/// A full entry bundle of longest entries, each behind its length.
const BUNDLE_BYTES: u64 = 256 * (2 + 65_535);

/// So many bytes of an entry bundle are read.
#[cfg(feature = "folder")]
pub(crate) const BUNDLE_BYTES_HELD: u64 = BUNDLE_BYTES + 1;

/// So much is kept of a file that is no part of a ledger: it is only named.
const FOREIGN_BYTES: u64 = 64 << 10;

/// A longer file of a snapshot stays in its folder, and is read when it is asked for.
#[cfg(feature = "folder")]
pub(crate) const HELD_FILE_BYTES: u64 = 256 << 10;

/// Where so many bytes of a folder are held, no more files are but notes, manifests and tiles.
#[cfg(feature = "folder")]
pub(crate) const HELD_BYTES: u64 = 32 << 20;

/// A manifest with a line for each of a hundred thousand papers and files has this many.
const MANIFEST_BYTES: u64 = 16 << 20;

/// So many bytes a zip may always bring forth.
#[cfg(feature = "archive")]
const ZIP_BYTES: u64 = 128 << 20;

/// So many times its own length a zip may bring forth; texts of a ledger come to five.
#[cfg(feature = "archive")]
const ZIP_RATIO: u64 = 32;

/// How many bytes of the file at a path are read: one more than it can have. What is longer is held as far as that and is
/// judged by it, as any other wrong bytes.
#[must_use]
pub fn bytes_to_hold(path: &str) -> u64 {
    let last = path.rsplit('/').next().unwrap_or(path);
    let longest = if EntriesPath::parse(path).is_ok() {
        BUNDLE_BYTES
    } else if path.starts_with("tile/") {
        TILE_BYTES
    } else if last == "checkpoint" || last == "manifest.sig" {
        MAX_NOTE_BYTES as u64
    } else if last == "manifest.json" && (path.starts_with("snapshots/") || path == last) {
        MANIFEST_BYTES
    } else if ["snapshots/", "attachments/", "projections/"].iter().any(|folder| path.starts_with(folder)) {
        return FILE_BYTES_MAX;
    } else {
        FOREIGN_BYTES
    };
    longest + 1
}

/// How many bytes a zip of this length may bring forth in all.
#[cfg(feature = "archive")]
#[must_use]
pub(crate) fn bytes_of_zip(length: u64, limits: &Limits) -> u64 {
    length.saturating_mul(ZIP_RATIO).max(ZIP_BYTES).min(limits.total_bytes)
}

/// What a reader of a zip or of a server takes in at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Files.
    pub files: u64,
    /// Bytes of one file, decompressed.
    pub file_bytes: u64,
    /// Bytes of all files together, decompressed.
    pub total_bytes: u64,
    /// Seconds that reading from a server may take in all.
    pub seconds: u64,
    /// Told the server's address and the seconds, when it asks for patience and gets it.
    pub tell_wait: fn(&str, u64),
}

impl Default for Limits {
    /// Far beyond what an election of a whole country leaves: two million files, four GiB, an hour.
    fn default() -> Self {
        Self {
            files: 1 << 21,
            file_bytes: FILE_BYTES_MAX,
            total_bytes: 4 << 30,
            seconds: 3600,
            tell_wait: |_, _| {},
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_file_has_its_bound() {
        for (path, bytes) in [
            ("checkpoint", (1 << 20) + 1),
            ("snapshots/1/checkpoint", (1 << 20) + 1),
            ("snapshots/12/manifest.sig", (1 << 20) + 1),
            ("tile/0/000", 8_193),
            ("tile/0/x001/000.p/17", 8_193),
            ("tile/0/nonsense", 8_193),
            ("tile/entries/000", 16_777_473),
            ("tile/entries/x001/067.p/3", 16_777_473),
            ("snapshots/3/manifest.json", (16 << 20) + 1),
            ("snapshots/1/projections/tallies.json", FILE_BYTES_MAX),
            // The folder of one snapshot, as `diff` takes it.
            ("manifest.json", (16 << 20) + 1),
            ("projections/tallies.json", FILE_BYTES_MAX),
            ("other/manifest.json", 65_537),
            ("Thumbs.db", 65_537),
            ("report/results.csv", 65_537),
        ] {
            assert_eq!(bytes_to_hold(path), bytes, "{path}");
        }
        let limits = Limits::default();
        assert_eq!(bytes_of_zip(5 << 20, &limits), 160 << 20);
        assert_eq!(bytes_of_zip(1, &limits), 128 << 20);
        assert_eq!(bytes_of_zip(u64::MAX, &limits), 4 << 30);
    }
}
