//! What a --pin on the command line is: something kept from elsewhere that the ledger must agree with.
//!
//! An id, a size and a root, a file with a checkpoint, a receipt or an event, and everything that has a checkpoint.
//! Pins are judged by `verifier`.

use std::{io::Read as _, path::Path};

use event::Hash;
use texts::program::say;
use tlog::note::MAX_NOTE_BYTES;
use verifier::{Pin, PinError, address, archive, limits::Limits};

use crate::source::{Shape, SourceFault, find_shape, limits_aloud};

/// Fewer digits than this are taken for a file's name.
const ID_DIGITS_MIN: usize = 8;

/// Why a pin is not read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum PinFault {
    #[error("expected all 64 digits of a ledger's id, found {found}: {text}")]
    Short { text: String, found: usize },
    #[error("expected a ledger's id in lower-case digits, found {text}")]
    UpperCase { text: String },
    #[error("{text}: {error}")]
    Unknown { text: String, error: PinError },
    #[error("expected a checkpoint, found none in {text}")]
    NoCheckpoint { text: String },
    #[error(transparent)]
    Source(#[from] SourceFault),
}

impl PinFault {
    /// 1: refused on its merits; 2: could not tell; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Source(fault) => fault.exit_code(),
            Self::Short { .. }
            | Self::UpperCase { .. }
            | Self::Unknown { .. }
            | Self::NoCheckpoint { .. } => 2,
        }
    }

    /// How to mend it, in one line.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Short { .. } => Some(say("hint-pin-short", &[])),
            Self::UpperCase { text } => Some(say("hint-pin-case", &[("text", text.to_lowercase().into())])),
            Self::Unknown { .. } | Self::NoCheckpoint { .. } => Some(say("hint-pin", &[])),
            Self::Source(fault) => fault.hint(),
        }
    }
}

/// Reads a pin.
pub(crate) fn read_pin(text: &str) -> Result<Pin, PinFault> {
    // A size and a root, as printed on paper: their digits together would look like an id that is too long.
    if let Ok(heads @ Pin::Heads(_)) = Pin::read(text.as_bytes()) {
        return Ok(heads);
    }
    // Reports print ids in groups of four digits.
    let digits: String = text.split_whitespace().collect();
    if Hash::parse(&digits).is_ok() {
        return parse_pin(text, digits.as_bytes());
    }
    let path = Path::new(text);
    let hexadecimal = digits.len() >= ID_DIGITS_MIN && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if hexadecimal && !path.exists() {
        let text = digits.clone();
        return Err(match digits.len() {
            64 => PinFault::UpperCase { text },
            found => PinFault::Short { text, found },
        });
    }
    parse_pin(text, &find_checkpoint(path)?)
}

fn parse_pin(text: &str, bytes: &[u8]) -> Result<Pin, PinFault> {
    Pin::read(bytes).map_err(|error| PinFault::Unknown { text: text.to_owned(), error })
}

/// The newest checkpoint of whatever lies there.
fn find_checkpoint(path: &Path) -> Result<Vec<u8>, PinFault> {
    let none = || PinFault::NoCheckpoint { text: path.display().to_string() };
    let failed = |path: &Path, error| SourceFault::Read { path: path.to_owned(), error };
    match find_shape(path)? {
        Shape::Address(address) => {
            Ok(address::checkpoint(address, &limits_aloud()).map_err(SourceFault::from)?)
        }
        Shape::Zip(file) => Ok(archive::checkpoint(file, &Limits::default())
            .map_err(|error| SourceFault::Zip { path: path.to_owned(), error })?),
        Shape::Ledger => {
            let (_, head) = store::read::snapshot_of(path).map_err(SourceFault::from)?;
            head.map(|(_, checkpoint)| checkpoint).ok_or_else(none)
        }
        Shape::Backup => {
            let backup = node::KeptBackup::open(&path.display().to_string()).map_err(SourceFault::from)?;
            Ok(backup.checkpoint().to_vec())
        }
        Shape::Published => {
            let path = path.join("checkpoint");
            match find_shape(&path)? {
                Shape::File(file) => Ok(read_note(file).map_err(|error| failed(&path, error))?),
                _ => Err(none()),
            }
        }
        Shape::File(file) => Ok(read_note(file).map_err(|error| failed(path, error))?),
        Shape::Folder => Err(none()),
    }
}

/// No more than a note may have, and one byte by which a longer file is known.
fn read_note(file: impl std::io::Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(MAX_NOTE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
