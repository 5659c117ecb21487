//! Signed notes: a text, a blank line, and one line for each signature (C2SP signed-note).
//!
//! ```text
//! <text, ends with LF>
//! <LF>
//! — <key name> <base64(key id[4] || signature)><LF>      one or more
//! ```
//!
//! Contains strict parsing, verification with known keys, and signing, all with plain Ed25519 keys
//! (type 01). Does not contain keys of cosigners (type 04, see [`cosignature`](crate::cosignature))
//! and of ML-DSA-44 (type 06), which are refused by type, and the meaning of the text (see
//! [`checkpoint`](crate::checkpoint)).
//!
//! Three rules are stricter than in some other readers. A second line of the same name and id is
//! malformed, although others skip it unverified. Base64 must be canonical, so that no byte of a
//! note can change under a valid signature. And a known key that fails rejects the whole note.

mod key_error;
mod named_key;
mod signer;
mod verifier_key;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

pub use self::key_error::{KeyError, MAX_NAME_BYTES};
pub(crate) use self::named_key::NamedKey;
pub use self::signer::{NoteSigner, write_note};
pub use self::verifier_key::VerifierKey;
use crate::canonical::{decode_base64, encode_base64};

/// The most bytes a note may have: a thousand times the largest checkpoint, yet soon read.
pub const MAX_NOTE_BYTES: usize = 1 << 20;

/// The most signature lines a note may have; C2SP asks for at least 16, Go's reader stops at 100.
pub const MAX_SIGNATURES: usize = 100;

/// A note that is well formed; whether its signatures hold is not said yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<SignatureLine>,
}

impl Note {
    /// Reads a note.
    ///
    /// # Errors
    ///
    /// Every [`NoteError`] that speaks of the form: all but those of [`verify`](Self::verify).
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        let (text, lines) = split_note(require_readable(bytes)?)?;
        let signatures = SignatureLine::parse_lines(lines)?;
        for (position, line) in signatures.iter().enumerate() {
            if signatures.iter().take(position).any(|earlier| earlier.is_of(&line.name, line.id)) {
                return Err(NoteError::DuplicateLine { name: line.name.clone(), position });
            }
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Reads the note of a checkpoint for who knows nobody but its log, whose key is named as the first line of the text: of lines of other names,
    /// which are unknown and ignored, a second one of the same name and id is left out.
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse); [`NoteError::DuplicateLine`] for the log's name alone.
    pub(crate) fn parse_for_log(bytes: &[u8]) -> Result<Self, NoteError> {
        let (text, lines) = split_note(require_readable(bytes)?)?;
        let origin = text.split('\n').next().unwrap_or_default();
        let mut signatures: Vec<SignatureLine> = Vec::new();
        for (position, line) in SignatureLine::parse_lines(lines)?.into_iter().enumerate() {
            match signatures.iter().any(|earlier| earlier.is_of(&line.name, line.id)) {
                false => signatures.push(line),
                true if line.name == origin => {
                    return Err(NoteError::DuplicateLine { name: line.name, position });
                }
                true => {}
            }
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Writes the note, byte for byte as it was read.
    #[must_use]
    pub fn encode(&self) -> String {
        let lines: String = self.signatures.iter().map(SignatureLine::encode).collect();
        alloc::format!("{}\n{lines}", self.text)
    }

    /// Returns the signed text, including its last line feed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the signature lines in the order of the note.
    #[must_use]
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// Returns the known keys that signed this note, in the order of its lines.
    ///
    /// Lines of unknown keys are ignored. A key is known by name and id together.
    ///
    /// # Errors
    ///
    /// [`NoteError::InvalidSignature`] if the line of a known key fails, whatever the others say;
    /// [`NoteError::AmbiguousKey`] if two different known keys share name and id;
    /// [`NoteError::NoKnownKey`] if no line is of a known key.
    pub fn verify<'k>(&self, keys: &'k [VerifierKey]) -> Result<Vec<&'k VerifierKey>, NoteError> {
        let mut verified = Vec::new();
        for line in &self.signatures {
            let Some(key) = line.known_key(keys)? else { continue };
            if !key.verifies(self.text.as_bytes(), &line.signature) {
                return Err(NoteError::InvalidSignature { name: line.name.clone() });
            }
            verified.push(key);
        }
        if verified.is_empty() { Err(NoteError::NoKnownKey { known: keys.len() }) } else { Ok(verified) }
    }
}

/// One line of a note: who says to have signed it, and the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureLine {
    name: String,
    id: [u8; 4],
    signature: Vec<u8>,
}

impl SignatureLine {
    /// Returns the name of the key.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the id of the key.
    #[must_use]
    pub const fn id(&self) -> [u8; 4] {
        self.id
    }

    /// Returns the bytes after the id; for a key of unknown type they may mean anything.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// Writes the line as it stands in a note, with its line feed.
    #[must_use]
    pub fn encode(&self) -> String {
        let blob = [self.id.as_slice(), &self.signature].concat();
        alloc::format!("{LINE_START}{} {}\n", self.name, encode_base64(&blob))
    }

    /// Makes a line; whoever calls has a key, hence a name that may stand here.
    pub(crate) fn new(name: &str, id: [u8; 4], signature: Vec<u8>) -> Self {
        Self { name: name.to_owned(), id, signature }
    }

    /// Tells whether this line says to be of the key with this name and id.
    pub(crate) fn is_of(&self, name: &str, id: [u8; 4]) -> bool {
        self.id == id && self.name == name
    }

    /// Reads lines that arrive without a text; two of them may be of one key.
    pub(crate) fn parse_all(bytes: &[u8]) -> Result<Vec<Self>, NoteError> {
        Self::parse_lines(require_readable(bytes)?)
    }

    fn parse_lines(lines: &str) -> Result<Vec<Self>, NoteError> {
        let lines = lines.strip_suffix('\n').ok_or(NoteError::UnendedLine)?;
        let count = lines.split('\n').count();
        if count > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures { found: count });
        }
        lines.split('\n').enumerate().map(|(position, line)| Self::parse(line, position)).collect()
    }

    /// Reads a line without its line feed; `position` counts lines from zero.
    fn parse(line: &str, position: usize) -> Result<Self, NoteError> {
        let rest = line.strip_prefix(LINE_START).ok_or(NoteError::NotASignatureLine { position })?;
        let (name, blob) = rest.split_once(' ').ok_or(NoteError::NotASignatureLine { position })?;
        named_key::check_name(name).map_err(|fault| NoteError::KeyName { position, fault })?;
        let blob = decode_base64(blob).ok_or(NoteError::NotBase64 { position })?;
        match blob.split_first_chunk() {
            Some((id, signature)) if !signature.is_empty() => {
                Ok(Self { name: name.to_owned(), id: *id, signature: signature.to_vec() })
            }
            _ => Err(NoteError::ShortSignature { position, found: blob.len() }),
        }
    }

    fn known_key<'k>(&self, keys: &'k [VerifierKey]) -> Result<Option<&'k VerifierKey>, NoteError> {
        let mut known = keys.iter().filter(|key| self.is_of(key.name(), key.id()));
        let Some(first) = known.next() else { return Ok(None) };
        if known.any(|other| other != first) {
            return Err(NoteError::AmbiguousKey { name: self.name.clone() });
        }
        Ok(Some(first))
    }
}

/// A reason to refuse a note.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum NoteError {
    /// The note is larger than a note may be.
    #[error("expected a note of at most {MAX_NOTE_BYTES} bytes, found {found}")]
    TooLong {
        /// How many bytes there are.
        found: usize,
    },
    /// The note is not text.
    #[error("expected UTF-8, found another byte at {valid_up_to}")]
    NotUtf8 {
        /// Where the text stops.
        valid_up_to: usize,
    },
    /// The note has a character that can hide or move others on a screen.
    #[error("expected no control character but line feeds, found {found:#04x} at byte {position}")]
    ControlCharacter {
        /// The character.
        found: u8,
        /// Where it is.
        position: usize,
    },
    /// Nothing parts the text from signatures.
    #[error("expected a blank line before the signatures, found none")]
    NoBlankLine,
    /// The text to sign is empty or breaks off.
    #[error("expected a text that ends with a line feed, found one that does not")]
    UnendedText,
    /// The last signature line is missing or breaks off.
    #[error("expected a signature line that ends with a line feed, found none")]
    UnendedLine,
    /// There are more signature lines than are looked at.
    #[error("expected at most {MAX_SIGNATURES} signature lines, found {found}")]
    TooManySignatures {
        /// How many there are.
        found: usize,
    },
    /// A line after the blank line is not of the form of a signature.
    #[error("expected an em dash, a key name and base64 in signature line {position}, found another form")]
    NotASignatureLine {
        /// Which line, counted from zero.
        position: usize,
    },
    /// The key name of a line cannot be one.
    #[error("in signature line {position}: {fault}")]
    KeyName {
        /// Which line, counted from zero.
        position: usize,
        /// What is wrong with the name.
        #[source]
        fault: KeyError,
    },
    /// The signature of a line is not base64, or not in the one spelling of it.
    #[error("expected canonical base64 in signature line {position}, found another spelling")]
    NotBase64 {
        /// Which line, counted from zero.
        position: usize,
    },
    /// The signature of a line has no room for an id and a signature.
    #[error("expected at least 5 bytes in signature line {position}, found {found}")]
    ShortSignature {
        /// Which line, counted from zero.
        position: usize,
        /// How many bytes there are.
        found: usize,
    },
    /// Two lines are of the same key.
    #[error("expected one line for each key, found a second one of {name} in signature line {position}")]
    DuplicateLine {
        /// The name of the key.
        name: String,
        /// Which line, counted from zero.
        position: usize,
    },
    /// Two different known keys have the same name and id.
    #[error("expected one known key for a name and id, found several of {name}")]
    AmbiguousKey {
        /// The name of the keys.
        name: String,
    },
    /// A known key did not sign this text.
    #[error("expected a valid signature of {name}, found an invalid one")]
    InvalidSignature {
        /// The name of the key.
        name: String,
    },
    /// Nobody known signed this text.
    #[error("expected a signature of one of {known} known keys, found none")]
    NoKnownKey {
        /// How many keys are known.
        known: usize,
    },
}

/// Checks what holds for every byte of a note.
fn require_readable(bytes: &[u8]) -> Result<&str, NoteError> {
    if bytes.len() > MAX_NOTE_BYTES {
        return Err(NoteError::TooLong { found: bytes.len() });
    }
    let text = core::str::from_utf8(bytes)
        .map_err(|fault| NoteError::NotUtf8 { valid_up_to: fault.valid_up_to() })?;
    refuse_control_characters(text)?;
    Ok(text)
}

/// Splits at the last blank line; of its two line feeds, the first one ends the text.
fn split_note(whole: &str) -> Result<(&str, &str), NoteError> {
    let blank = whole.rfind("\n\n").ok_or(NoteError::NoBlankLine)?;
    let (text, rest) = whole.split_at_checked(blank + 1).ok_or(NoteError::NoBlankLine)?;
    Ok((text, rest.strip_prefix('\n').ok_or(NoteError::NoBlankLine)?))
}

fn refuse_control_characters(text: &str) -> Result<(), NoteError> {
    match text.bytes().enumerate().find(|(_, byte)| *byte < b' ' && *byte != b'\n') {
        Some((position, found)) => Err(NoteError::ControlCharacter { found, position }),
        None => Ok(()),
    }
}

/// An em dash and a space.
const LINE_START: &str = "\u{2014} ";

#[cfg(test)]
mod tests;
