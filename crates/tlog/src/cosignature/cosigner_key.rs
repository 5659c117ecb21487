//! The public half of a cosigner's key.
//!
//! Contains its text, which is that of a [`VerifierKey`](crate::note::VerifierKey) with type byte
//! 04, and verifying one line. Does not contain ML-DSA-44 keys (type 06), which are refused by
//! name.

use alloc::string::{String, ToString};
use core::fmt;

use super::{MAX_TIME, TIMED_SIGNATURE_BYTES, cosigned_message};
use crate::note::{KeyError, NamedKey, SignatureLine};

/// A public key that may have cosigned a checkpoint, known by its name and id.
#[derive(Clone, PartialEq, Eq)]
pub struct CosignerKey(NamedKey);

impl CosignerKey {
    /// Names a public key.
    ///
    /// # Errors
    ///
    /// As [`VerifierKey::new`](crate::note::VerifierKey::new).
    pub fn new(name: &str, key: [u8; 32]) -> Result<Self, KeyError> {
        NamedKey::new(COSIGNING_ED25519, name, key).map(Self)
    }

    /// Writes the key as text, without a line feed.
    #[must_use]
    pub fn encode(&self) -> String {
        self.0.encode()
    }

    /// Reads a key from its text.
    ///
    /// # Errors
    ///
    /// Every [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        NamedKey::parse(COSIGNING_ED25519, text).map(Self)
    }

    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// Returns the Ed25519 public key.
    #[must_use]
    pub fn key(&self) -> [u8; 32] {
        self.0.key()
    }

    /// Returns the key id, which signature lines begin with.
    #[must_use]
    pub const fn id(&self) -> [u8; 4] {
        self.0.id()
    }

    /// Tells whether a line says to be of this key.
    #[must_use]
    pub fn claims_line(&self, line: &SignatureLine) -> bool {
        line.is_of(self.name(), self.id())
    }

    /// Checks that this key cosigned the text of a checkpoint, and returns when: in seconds since 1970.
    ///
    /// # Errors
    ///
    /// Every [`CosignatureError`].
    pub fn verify(&self, text: &str, line: &SignatureLine) -> Result<u64, CosignatureError> {
        let name = || self.name().to_string();
        if !self.claims_line(line) {
            return Err(CosignatureError::ForeignLine { expected: name(), found: line.name().to_string() });
        }
        let found = line.signature().len();
        let Some((time, signature)) =
            line.signature().split_first_chunk().filter(|_| found == TIMED_SIGNATURE_BYTES)
        else {
            return Err(CosignatureError::Length { name: name(), found });
        };
        let time = u64::from_be_bytes(*time);
        if time > MAX_TIME {
            return Err(CosignatureError::TimeBeyondLimit { name: name(), found: time });
        }
        if !self.0.verifies(cosigned_message(text, time).as_bytes(), signature) {
            return Err(CosignatureError::InvalidSignature { name: name() });
        }
        Ok(time)
    }
}

impl fmt::Debug for CosignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CosignerKey({})", self.encode())
    }
}

/// A reason to refuse the line of a cosigner.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum CosignatureError {
    /// The line has the name or the id of another key.
    #[error("expected a line of the key of {expected}, found one of another key, named {found}")]
    ForeignLine {
        /// The name of the key.
        expected: String,
        /// The name in the line.
        found: String,
    },
    /// The line has not the bytes of a time and a signature.
    #[error("expected {TIMED_SIGNATURE_BYTES} bytes after the key id of {name}, found {found}")]
    Length {
        /// The name of the key.
        name: String,
        /// How many bytes there are.
        found: usize,
    },
    /// The time is later than other readers can hold.
    #[error("expected a time of at most {MAX_TIME} from {name}, found {found}")]
    TimeBeyondLimit {
        /// The name of the key.
        name: String,
        /// The time.
        found: u64,
    },
    /// The key did not cosign this text at this time.
    #[error("expected a valid cosignature of {name}, found an invalid one")]
    InvalidSignature {
        /// The name of the key.
        name: String,
    },
}

/// The type byte of an Ed25519 key that signs the time and the text.
const COSIGNING_ED25519: u8 = 0x04;
