//! What a member of a zip is called, and what it is.
//!
//! Contains refusing every name that another system could read as another one, and everything but files. Elsewhere:
//! which files a published ledger has (`published`).

use phrase::phrase;
use zip::{CompressionMethod, read::ZipFileEntry};

use crate::source::archive::fault::ArchiveError;

/// Bits of a unix mode that say what a file is.
const KIND: u32 = 0o170_000;
const FILE: u32 = 0o100_000;
const FOLDER: u32 = 0o040_000;
const LINK: u32 = 0o120_000;

/// One member as the directory tells of it.
pub(super) struct ZipMember {
    /// Its place in the directory.
    pub(super) index: usize,
    /// Its name; a folder's ends with a slash.
    pub(super) name: String,
    /// Its size, decompressed, as it claims.
    pub(super) size: u64,
}

impl ZipMember {
    /// Takes a member that is a file or a plain folder.
    pub(super) fn of(index: usize, entry: &ZipFileEntry<'_>) -> Result<Self, ArchiveError> {
        let name = name_of(entry.name_raw())?;
        // Some programs leave the kind out; a name with a slash at its end is then a folder.
        let kind = (entry.external_attributes() >> 16) & KIND;
        let folder = name.ends_with('/');
        let plain = kind == 0 || kind == if folder { FOLDER } else { FILE };
        if !plain {
            let found = match kind {
                LINK => phrase!("zip-symbolic-link", "a symbolic link"),
                FOLDER => phrase!("zip-folder-named-as-a-file", "a folder with the name of a file"),
                FILE => phrase!("zip-file-named-as-a-folder", "a file with the name of a folder"),
                _ => phrase!("zip-device-or-pipe", "a device or a pipe"),
            };
            return Err(ArchiveError::NotPlain { name, found });
        }
        if entry.encrypted() {
            return Err(ArchiveError::Encrypted { name });
        }
        if folder && entry.size() > 0 {
            return Err(ArchiveError::FullFolder { name, found: entry.size() });
        }
        let method = entry.compression();
        if !matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(ArchiveError::Method { name, found: method.to_string() });
        }
        Ok(Self { index, name, size: entry.size() })
    }
}

/// A name that means the same place to everybody.
fn name_of(raw: &[u8]) -> Result<String, ArchiveError> {
    let Ok(name) = core::str::from_utf8(raw) else {
        return Err(ArchiveError::NotUtf8 { found: String::from_utf8_lossy(raw).into_owned() });
    };
    let found = name.to_owned();
    if name.contains('\\') {
        return Err(ArchiveError::Backslash { found });
    }
    if name.starts_with('/') || name.as_bytes().get(1) == Some(&b':') {
        return Err(ArchiveError::Absolute { found });
    }
    if name.chars().any(char::is_control) {
        return Err(ArchiveError::Control { found });
    }
    let parts = name.strip_suffix('/').unwrap_or(name);
    if parts.split('/').any(str::is_empty) {
        return Err(ArchiveError::EmptyPart { found });
    }
    if parts.split('/').any(|part| part == ".." || part == ".") {
        return Err(ArchiveError::Climbing { found });
    }
    Ok(found)
}
