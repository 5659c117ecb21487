//! What makes a member's signatures: a key file that was opened, or a program that holds the key.

use ed25519_dalek::{Signer as _, SigningKey};
use event::{Key, Signature};

use super::signing_program::{SigningProgram, SigningProgramFault};

/// A key with which somebody signs.
#[derive(Debug)]
pub enum MemberKey {
    /// From a file; the memory of it is cleared when it is dropped.
    File(Box<SigningKey>),
    /// In a token, or wherever a program has it.
    Program(SigningProgram),
}

impl From<SigningKey> for MemberKey {
    fn from(key: SigningKey) -> Self {
        Self::File(Box::new(key))
    }
}

impl MemberKey {
    /// The public key.
    #[must_use]
    pub fn public_key(&self) -> Key {
        match self {
            Self::File(key) => Key(key.verifying_key().to_bytes()),
            Self::Program(program) => program.public_key(),
        }
    }

    /// Signs a text of section 3 of the format.
    ///
    /// # Errors
    /// [`SigningProgramFault`]: the program gave no signature, or one that is not this key's over this text.
    pub fn sign(&self, text: &[u8]) -> Result<Signature, SigningProgramFault> {
        match self {
            Self::File(key) => Ok(Signature(key.sign(text).to_bytes())),
            Self::Program(program) => program.sign(text),
        }
    }
}
