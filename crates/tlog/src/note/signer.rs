//! The secret half of a note key.
//!
//! Contains signing a text with one key. Does not contain where the seed comes from and how it is
//! kept; the copy in here is wiped when it is dropped.

use alloc::string::String;
use core::fmt;

use ed25519_dalek::{Signer as _, SigningKey};

use super::{KeyError, MAX_NOTE_BYTES, NoteError, SignatureLine, VerifierKey, refuse_control_characters};

/// A named Ed25519 key that signs notes.
pub struct NoteSigner {
    secret: SigningKey,
    public: VerifierKey,
}

impl NoteSigner {
    /// Names the key of a seed.
    ///
    /// # Errors
    ///
    /// [`KeyError::EmptyName`], [`KeyError::LongName`] or [`KeyError::NameCharacter`].
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let secret = SigningKey::from_bytes(seed);
        let public = VerifierKey::new(name, secret.verifying_key().to_bytes())?;
        Ok(Self { secret, public })
    }

    /// Returns the public half.
    #[must_use]
    pub const fn verifier_key(&self) -> &VerifierKey {
        &self.public
    }

    /// Writes the whole note: the text, a blank line, and the signature line of this key.
    ///
    /// # Errors
    ///
    /// [`NoteError::UnendedText`], [`NoteError::ControlCharacter`] or [`NoteError::TooLong`].
    pub fn sign(&self, text: &str) -> Result<String, NoteError> {
        write_note(&self.public, text, &self.secret.sign(text.as_bytes()).to_bytes())
    }
}

/// Writes the whole note with a signature of its text that was made elsewhere, as in a token. Whether it is one is not asked here.
///
/// # Errors
///
/// [`NoteError::UnendedText`], [`NoteError::ControlCharacter`] or [`NoteError::TooLong`].
pub fn write_note(key: &VerifierKey, text: &str, signature: &[u8; 64]) -> Result<String, NoteError> {
    if !text.ends_with('\n') {
        return Err(NoteError::UnendedText);
    }
    refuse_control_characters(text)?;
    let line = SignatureLine::new(key.name(), key.id(), signature.to_vec());
    let note = alloc::format!("{text}\n{}", line.encode());
    if note.len() > MAX_NOTE_BYTES {
        return Err(NoteError::TooLong { found: note.len() });
    }
    Ok(note)
}

/// Shows the public half only.
impl fmt::Debug for NoteSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoteSigner({})", self.public.encode())
    }
}
