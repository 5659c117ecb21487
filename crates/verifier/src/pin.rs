//! What the observer holds from elsewhere.
//!
//! Reads a pin; `checks` judges it.

use event::{Checked, Hash, SignedEvent};
use tlog::{
    checkpoint::{Checkpoint, CheckpointError},
    note::{Note, NoteError},
    policy::Policy,
    receipt::{Receipt, ReceiptError},
};

use crate::pasted::restore_pasted_text;

/// Something that the ledger must agree with.
#[derive(Debug, Clone)]
pub enum Pin {
    /// The ledger's id: hash of its first event, as printed in the gazette.
    Genesis(Hash),
    /// An older checkpoint: the bytes of its signed note.
    Checkpoint(Vec<u8>),
    /// Whom the observer trusts to have seen the newest checkpoint: logs, witnesses, how many.
    Policy(Box<Policy>),
    /// A receipt that the log gave for an entry.
    Receipt(Box<Receipt>),
    /// A signed event that a commission handed out.
    Event(Box<Checked>),
    /// Heads from paper, a newspaper, a messenger: sizes and roots that nobody signed.
    Heads(Vec<(u64, Hash)>),
}

/// Why a pin cannot be read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum PinError {
    /// Neither an id nor a signed note.
    #[error(
        "expected a ledger id (64 lower-case hexadecimal digits), a signed checkpoint, a receipt, a signed event or lines \
         of a size and a root, found none of these: {0}"
    )]
    Unknown(NoteError),
    /// A signed note, as that over a manifest, or a checkpoint in another spelling.
    #[error("expected a signed checkpoint, found another signed note: {0}")]
    OtherNote(CheckpointError),
    /// A carriage return before a line feed: somebody's editor changed what was signed.
    #[error(
        "expected lines that end in a line feed, found a carriage return before it: an editor or a mail program changed the file, fetch it again as it was"
    )]
    CarriageReturn,
    /// A receipt that does not read.
    #[error("expected a receipt, found one that does not read: {0}")]
    Receipt(ReceiptError),
    /// A file that begins like an event and is none, or is not signed.
    #[error("expected a signed event, found {0}")]
    Event(String),
}

impl Pin {
    /// Reads a pin by what it begins with: 64 hexadecimal digits are a ledger's id, `{` a signed event, the first line of a
    /// receipt a receipt; lines of a size and a root are heads, and a signed note is a checkpoint.
    ///
    /// # Errors
    /// [`PinError`].
    pub fn read(bytes: &[u8]) -> Result<Self, PinError> {
        let as_given = bytes;
        let bytes = &*restore_pasted_text(bytes);
        if let Some(id) = core::str::from_utf8(bytes).ok().and_then(|text| Hash::parse(text.trim()).ok()) {
            return Ok(Self::Genesis(id));
        }
        if bytes.starts_with(b"c2sp.org/tlog-proof@") {
            return Ok(Self::Receipt(Box::new(Receipt::parse(bytes).map_err(PinError::Receipt)?)));
        }
        if bytes.starts_with(b"{") {
            let end = bytes.iter().rposition(|byte| !byte.is_ascii_whitespace()).map_or(0, |last| last + 1);
            let signed = SignedEvent::decode(bytes.get(..end).unwrap_or_default());
            let signed = signed.map_err(|error| PinError::Event(error.to_string()))?;
            return match signed.missing_signers().len() {
                0 => signed.check().map(|checked| Self::Event(Box::new(checked))),
                missing => return Err(PinError::Event(format!("one without {missing} of its signatures"))),
            }
            .map_err(|error| PinError::Event(error.to_string()));
        }
        if let Some(heads) = core::str::from_utf8(bytes).ok().and_then(parse_heads) {
            return Ok(Self::Heads(heads));
        }
        // A checkpoint is held against the log's own, byte by byte: what was changed on the way is told, not mended.
        if as_given.contains(&b'\r') {
            return Err(PinError::CarriageReturn);
        }
        let note = Note::parse(bytes).map_err(PinError::Unknown)?;
        Checkpoint::parse(note.text()).map_err(PinError::OtherNote)?;
        Ok(Self::Checkpoint(bytes.to_vec()))
    }
}

/// Lines of a size and a root, with empty lines and lines that begin with `#` left out.
fn parse_heads(text: &str) -> Option<Vec<(u64, Hash)>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let head = |line: &str| {
        let (size, root) = line.split_once(char::is_whitespace)?;
        let root: String = root.split_whitespace().collect();
        Some((size.parse().ok()?, Hash::parse(&root).ok()?))
    };
    let heads: Vec<(u64, Hash)> = lines.map(head).collect::<Option<_>>()?;
    (!heads.is_empty()).then_some(heads)
}
