//! How much a reader takes in before it says that this is no published ledger.
//!
//! Contains the numbers, one set for every reader of untrusted sources. Elsewhere: the readers (`archive`, `address`,
//! `folder`).

/// Largest file that a published ledger may hold: a full entry bundle of longest entries has 16.8 MB, a projection of a
/// whole country's election some tens.
pub const FILE_BYTES_MAX: u64 = 256 << 20;

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
}

impl Default for Limits {
    /// Far beyond what an election of a whole country leaves: two million files, four GiB, an hour.
    fn default() -> Self {
        Self { files: 1 << 21, file_bytes: FILE_BYTES_MAX, total_bytes: 4 << 30, seconds: 3600 }
    }
}
