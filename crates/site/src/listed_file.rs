//! What a page says of a file beside it.

use event::{Hash, sha256};

use crate::site_file::SiteFile;

/// A file's path, its length and its hash; its bytes are not kept.
pub(crate) struct ListedFile {
    pub(crate) path: String,
    pub(crate) size: u64,
    pub(crate) sha256: Hash,
}

impl ListedFile {
    pub(crate) fn of((path, bytes): &SiteFile) -> Self {
        Self { path: path.clone(), size: bytes.len() as u64, sha256: sha256(&[bytes]) }
    }
}
