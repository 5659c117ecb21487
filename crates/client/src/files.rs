//! Files of people: signed events, and what is written as a whole or not at all.

use std::{
    fs, io,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

use event::{SignedEvent, json::DecodeError};
use texts::say_fault;

use crate::durable::open_to_readers;

/// Where the receipt of a file lies: `protocol.json.tlog-proof`.
pub const RECEIPT: &str = ".tlog-proof";

/// Where the signed refusal of a file lies: `protocol.json.refusal`.
pub const REFUSAL: &str = ".refusal";

/// Longer than any signed event, with room for the spaces of an editor at its end.
const SIGNED_BYTES_MAX: u64 = 1 << 20;

/// Why a file was not read or not written.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum FileFault {
    /// The system gave nothing to read.
    #[error("cannot read {path}: {error}", path = .path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The system took nothing to write.
    #[error("cannot write {path}: {error}", path = .path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file longer than anything it could be.
    #[error("{path}: expected a file of at most {expected} bytes, found {found} bytes", path = .path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
        /// How many bytes it may have.
        expected: u64,
        /// How many it has.
        found: u64,
    },
    /// A folder or a device.
    #[error("{path}: expected a file of at most {expected} bytes, found no file", path = .path.display())]
    NotAFile {
        /// What stands under this name.
        path: PathBuf,
        /// How many bytes a file may have here.
        expected: u64,
    },
    /// A folder in which no draft lies.
    #[error("expected a folder with drafts (NAME.json), found none in {path}", path = .path.display())]
    NoDrafts {
        /// The folder.
        path: PathBuf,
    },
    /// Bytes that are no signed event.
    #[error("{path} is no signed event: {error}", path = .path.display())]
    SignedEvent {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: DecodeError,
    },
    /// Something stands where a new folder or file should be.
    #[error("expected no {path} there, found one", path = .path.display())]
    Occupied {
        /// Where.
        path: PathBuf,
    },
}

impl FileFault {
    /// 1: what was found is not what was asked for; 2: nothing could be read or written.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::SignedEvent { .. } | Self::Occupied { .. } => 1,
            Self::Read { .. }
            | Self::Write { .. }
            | Self::TooLong { .. }
            | Self::NotAFile { .. }
            | Self::NoDrafts { .. } => 2,
        }
    }

    /// What is wrong, in the language of the answers.
    #[must_use]
    pub fn to_sentence(&self) -> String {
        say_fault(self)
    }
}

/// A name beside a file: the file's own with an ending more.
#[must_use]
pub fn path_beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Reads a file that cannot be longer than it is meant to be, in bytes: no device, no film.
///
/// # Errors
/// [`FileFault`]: `Read`, `TooLong`, `NotAFile`.
pub fn read_bounded(path: &Path, expected: u64) -> Result<Vec<u8>, FileFault> {
    let failed = |error| FileFault::Read { path: path.to_owned(), error };
    let (file, length) = open_bounded(path, expected)?;
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    // It may grow while it is read.
    file.take(expected.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    let found = bytes.len() as u64;
    if found > expected {
        return Err(FileFault::TooLong { path: path.to_owned(), expected, found });
    }
    Ok(bytes)
}

/// Reads a text that somebody pasted into an editor or sent by mail, in bytes at most: without the mark that editors put in
/// front, and with lines that end in a line feed. What was signed reads again as it was signed, and nothing else does.
///
/// # Errors
/// As [`read_bounded`].
pub fn read_pasted(path: &Path, expected: u64) -> Result<Vec<u8>, FileFault> {
    Ok(verifier::restore_pasted_text(&read_bounded(path, expected)?))
}

/// Opens a file that cannot be longer than it is meant to be, and tells how long it is: no device, no pipe, no film. It may still grow.
///
/// # Errors
/// [`FileFault`]: `Read`, `TooLong`, `NotAFile`.
pub fn open_bounded(path: &Path, expected: u64) -> Result<(fs::File, u64), FileFault> {
    let failed = |error| FileFault::Read { path: path.to_owned(), error };
    let (file, length) = verifier::source::open_plain_file(path)
        .map_err(failed)?
        .ok_or_else(|| FileFault::NotAFile { path: path.to_owned(), expected })?;
    if length > expected {
        return Err(FileFault::TooLong { path: path.to_owned(), expected, found: length });
    }
    Ok((file, length))
}

/// Reads the file of a signed event.
///
/// # Errors
/// [`FileFault`]: what [`read_bounded`] says, `SignedEvent`.
pub fn read_signed(file: &Path) -> Result<SignedEvent, FileFault> {
    // What editors put before and after is no part of the event.
    let bytes = read_pasted(file, SIGNED_BYTES_MAX)?;
    let bytes = bytes.trim_ascii_end();
    SignedEvent::decode(bytes).map_err(|error| FileFault::SignedEvent { path: file.to_owned(), error })
}

/// Writes a JSON file as a whole or not at all, and ends its line.
///
/// # Errors
/// [`FileFault::Write`].
pub fn write_json_line(file: &Path, json: &[u8]) -> Result<(), FileFault> {
    write_atomically(file, &[json, b"\n"].concat())
}

/// Writes a file as a whole or not at all.
///
/// # Errors
/// [`FileFault::Write`].
pub fn write_atomically(file: &Path, bytes: &[u8]) -> Result<(), FileFault> {
    let failed = |error| FileFault::Write { path: file.to_owned(), error };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut whole = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    whole.write_all(bytes).map_err(failed)?;
    // Like any file that a person makes: readable, as the umask has it, and not as a temporary file is.
    open_to_readers(whole.path()).map_err(failed)?;
    whole.as_file().sync_all().map_err(failed)?;
    whole.persist(file).map_err(|error| failed(error.error))?;
    Ok(())
}

/// The files of signed events in a folder, by name: those that end in `.json` and are not hidden.
///
/// # Errors
/// [`FileFault::Read`].
pub fn list_signed(dir: &Path) -> Result<Vec<PathBuf>, FileFault> {
    let mut files = list_files(dir)?;
    files
        .retain(|file| file.file_name().and_then(|name| name.to_str()).is_some_and(|n| n.ends_with(".json")));
    Ok(files)
}

/// The files of a folder, by name, without hidden ones.
///
/// # Errors
/// [`FileFault::Read`].
pub fn list_files(dir: &Path) -> Result<Vec<PathBuf>, FileFault> {
    let failed = |error| FileFault::Read { path: dir.to_owned(), error };
    let mut files = Vec::new();
    for item in fs::read_dir(dir).map_err(failed)? {
        let file = item.map_err(failed)?.path();
        let hidden = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if file.is_file() && !hidden {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}
