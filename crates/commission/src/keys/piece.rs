//! The piece by which a key is registered: public key, seat and proof of possession in one file that its holder hands over.
//!
//! Nothing in it is secret. Its bytes stand in `docs/format.md`, section 13.

use std::{
    fs,
    path::{Path, PathBuf},
};

use client::files::{FileFault, read_bounded, write_json_line};
use event::{
    Hash, Id, Key, KeyFault, Signature, Text,
    json::{self, DecodeError},
    key_text, require_strong, verify,
};
use serde::{Deserialize, Serialize};

use super::{signing_key::MemberKey, signing_program::SigningProgramFault};

/// The ending of a piece's file.
pub const PIECE: &str = ".piece.json";
/// The seat of the key that signs checkpoints: it signs no proof.
pub const LOG_SEAT: &str = "log";
/// A piece has some four hundred bytes; a name in it may be long.
const PIECE_BYTES_MAX: u64 = 16 * 1024;
/// The version that this program reads and writes.
const VERSION: u64 = 1;

/// What is registered of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyPiece {
    /// The commission, `cec` for the keys of a charter.
    pub commission: Id,
    /// The public key.
    pub key: Key,
    /// The ledger, 64 zeros for the keys of a charter.
    pub ledger: Hash,
    /// The member, as the commission's list has the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Version of this form: 1.
    pub piece: u64,
    /// The key's signature over [`key_text`]; the log key has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Signature>,
    /// The seat.
    pub seat: Id,
}

/// Why a piece is not made, not read, or proves nothing.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum PieceFault {
    #[error(transparent)]
    File(#[from] FileFault),
    #[error(transparent)]
    Signing(#[from] SigningProgramFault),
    #[error("{path} is no registration piece: {error}", path = .path.display())]
    Form { path: PathBuf, error: DecodeError },
    #[error(
        "{path}: expected a registration piece, found a secret key: never hand it over, hand over the file that ends in {PIECE}",
        path = .path.display()
    )]
    SecretKey { path: PathBuf },
    #[error("{path}: expected a piece of version {VERSION}, found version {found}: read it with a newer program", path = .path.display())]
    Version { path: PathBuf, found: u64 },
    #[error("{path}: {error}: make another key", path = .path.display())]
    Weak { path: PathBuf, error: KeyFault },
    #[error("{path}: expected a proof that its holder has the key, found none: make the piece with `hattama key member`", path = .path.display())]
    NoProof { path: PathBuf },
    #[error(
        "{path}: expected a proof by {key} for seat {seat} of {commission} in ledger {ledger}, found another: make the piece again with `hattama key member`",
        path = .path.display()
    )]
    Proof { path: PathBuf, key: Key, seat: Id, commission: Id, ledger: Hash },
    #[error("{path}: expected no other piece there, found one of {found}: move it away or name another file", path = .path.display())]
    Occupied { path: PathBuf, found: Key },
    #[error(transparent)]
    Encode(#[from] DecodeError),
}

impl PieceFault {
    /// 1: proves nothing, or something else; 2: nothing could be read, written or signed.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::File(fault) => fault.exit_code(),
            Self::Signing(fault) => fault.exit_code(),
            Self::Encode(_) | Self::Version { .. } => 2,
            Self::Form { .. }
            | Self::SecretKey { .. }
            | Self::Weak { .. }
            | Self::NoProof { .. }
            | Self::Proof { .. }
            | Self::Occupied { .. } => 1,
        }
    }
}

impl KeyPiece {
    /// The piece of a key, with its proof; the log key signs none.
    ///
    /// # Errors
    /// [`SigningProgramFault`], where a program holds the key.
    pub fn prove(
        key: &MemberKey,
        ledger: Hash,
        commission: Id,
        seat: Id,
        name: Option<Text>,
    ) -> Result<Self, SigningProgramFault> {
        let text = key_text(&ledger, &commission, &seat);
        let of_log = commission == law::cec_id() && seat.as_str() == LOG_SEAT;
        let proof = if of_log { None } else { Some(key.sign(text.as_bytes())?) };
        Ok(Self { commission, key: key.public_key(), ledger, name, piece: VERSION, proof, seat })
    }

    /// Reads a piece, and checks its proof.
    ///
    /// # Errors
    /// [`PieceFault`]: no piece, another version, a weak key, no proof, a proof of something else.
    pub fn read(path: &Path) -> Result<Self, PieceFault> {
        let bytes = read_bounded(path, PIECE_BYTES_MAX)?;
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes).trim_ascii();
        if text.starts_with(b"-----BEGIN") {
            return Err(PieceFault::SecretKey { path: path.to_owned() });
        }
        // Mail and editors indent and wrap; what is proved is what it says, not how it is set.
        let plain = serde_json::from_slice::<serde_json::Value>(text).ok();
        if let Some(found) =
            plain.as_ref().and_then(|value| value.get("piece")?.as_u64()).filter(|v| *v != VERSION)
        {
            return Err(PieceFault::Version { path: path.to_owned(), found });
        }
        let canonical = plain.and_then(|value| json::encode(&value).ok());
        let read = json::decode::<Self>(canonical.as_deref().unwrap_or(text));
        let piece = read.map_err(|error| PieceFault::Form { path: path.to_owned(), error })?;
        piece.require_proof(path)?;
        Ok(piece)
    }

    fn require_proof(&self, path: &Path) -> Result<(), PieceFault> {
        let path = path.to_owned();
        if let Err(error) = require_strong(&self.key) {
            return Err(PieceFault::Weak { path, error });
        }
        let text = key_text(&self.ledger, &self.commission, &self.seat);
        match &self.proof {
            None if self.is_of_charter() && self.seat.as_str() == LOG_SEAT => Ok(()),
            None => Err(PieceFault::NoProof { path }),
            Some(proof) if verify(&self.key, text.as_bytes(), proof) => Ok(()),
            Some(_) => Err(PieceFault::Proof {
                path,
                key: self.key,
                seat: self.seat.clone(),
                commission: self.commission.clone(),
                ledger: self.ledger,
            }),
        }
    }

    /// Whether it registers a key in a charter.
    #[must_use]
    pub fn is_of_charter(&self) -> bool {
        self.ledger == Hash::ZERO && self.commission == law::cec_id()
    }

    /// Writes it to a file; where the same piece stands already, that is kept.
    ///
    /// # Errors
    /// [`PieceFault::Occupied`] where another one stands; a file that cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), PieceFault> {
        if fs::symlink_metadata(path).is_ok() {
            let found = Self::read(path)?;
            return match found == *self {
                true => Ok(()),
                false => Err(PieceFault::Occupied { path: path.to_owned(), found: found.key }),
            };
        }
        Ok(write_json_line(path, &json::encode(self)?)?)
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;

    use super::*;

    fn piece(seat: &str) -> KeyPiece {
        let key = MemberKey::from(SigningKey::from_bytes(&[7; 32]));
        let id = |text: &str| Id::new(text).unwrap();
        KeyPiece::prove(&key, Hash::ZERO, law::cec_id(), id(seat), None).unwrap()
    }

    #[test]
    fn a_piece_is_read_however_it_is_set_and_proves_one_seat_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chair.piece.json");
        let own = piece("office-1");
        own.write(&path).unwrap();
        own.write(&path).unwrap();
        assert_eq!(KeyPiece::read(&path).unwrap(), own);
        assert!(matches!(piece("office-2").write(&path), Err(PieceFault::Occupied { .. })));
        let value: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let pretty = serde_json::to_string_pretty(&value).unwrap().replace('\n', "\r\n");
        fs::write(&path, format!("\u{feff}{pretty}\r\n")).unwrap();
        assert_eq!(KeyPiece::read(&path).unwrap(), own);
        let text = String::from_utf8(json::encode(&own).unwrap()).unwrap();
        let with = |from: &str, to: &str| {
            fs::write(&path, text.replace(from, to)).unwrap();
            KeyPiece::read(&path).unwrap_err()
        };
        assert!(matches!(with("office-1", "office-2"), PieceFault::Proof { .. }));
        assert!(matches!(with("\"piece\":1", "\"piece\":2"), PieceFault::Version { found: 2, .. }));
        assert!(matches!(with("\"piece\":1,", ""), PieceFault::Form { .. }));
        assert!(matches!(with("office-1\"", "office-1\",\"x\":1"), PieceFault::Form { .. }));
        let proof = format!(",\"proof\":\"{}\"", own.proof.unwrap());
        assert!(matches!(with(&proof, ""), PieceFault::NoProof { .. }));
        fs::write(&path, "-----BEGIN PRIVATE KEY-----").unwrap();
        assert!(matches!(KeyPiece::read(&path), Err(PieceFault::SecretKey { .. })));
        assert!(piece(LOG_SEAT).proof.is_none());
    }
}
