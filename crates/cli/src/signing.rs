//! With which key somebody signs: a file, or a program that holds the key, as words of a command line.

use std::{path::Path, time::Duration};

use clap::Args;
use commission::keys::{
    signing_key::MemberKey,
    signing_program::{SigningProgram, read_public_key},
};
use event::Key;
use phrase::{Phrase, phrase};

use crate::{key_fault::KeyCommandFault, keyfile};

/// A program that signs, in place of a key file.
#[derive(Debug, Clone, Args)]
pub(crate) struct ProgramWords {
    /// A program that holds the key, such as a token's, in place of a key file
    ///
    /// It is run with one more word: `sign` gets the bytes on standard input and prints the signature (88 signs of base64 or 128
    /// hexadecimal digits), `public-key` prints the key. No shell sees the command. What it answers is verified.
    #[arg(long, env = "HATTAMA_SIGN_WITH", value_name = "COMMAND")]
    pub(crate) sign_with: Option<String>,
    /// The public key of that program [default: it is asked for]
    #[arg(long, env = "HATTAMA_PUBLIC_KEY", value_name = "KEY", requires = "sign_with", value_parser = parse_public_key)]
    public_key: Option<Key>,
    /// How long that program may take: people look for a token and type its PIN
    #[arg(long, env = "HATTAMA_SIGN_WITHIN", value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=3600))]
    sign_within: u64,
}

impl ProgramWords {
    /// The key: the program's where one is named, else that of the file, which asks for its passphrase.
    pub(crate) fn open(&self, file: Option<&Path>) -> Result<MemberKey, KeyCommandFault> {
        match (&self.sign_with, file) {
            (Some(command), None) => {
                let patience = Duration::from_secs(self.sign_within);
                Ok(MemberKey::Program(SigningProgram::open(command, self.public_key, patience)?))
            }
            (None, Some(file)) => {
                let key = keyfile::open_key(file, || keyfile::read_passphrase_for(file))?;
                Ok(MemberKey::from(key))
            }
            (_, file) => Err(describe_not_one(file)),
        }
    }

    /// Refuses words that name no key, or two, before anything is made.
    pub(crate) fn require_one_key(&self, file: Option<&Path>) -> Result<(), KeyCommandFault> {
        if self.sign_with.is_some() == file.is_some() { Err(describe_not_one(file)) } else { Ok(()) }
    }
}

/// Neither a key file nor a program, or both.
fn describe_not_one(file: Option<&Path>) -> KeyCommandFault {
    KeyCommandFault::Words {
        expected: phrase!("argument-one-key", "either a key file or `--sign-with`"),
        found: file.map_or_else(|| phrase!("found-none", "none"), |file| Phrase::verbatim(file.display())),
    }
}

/// Why a word is no public key.
#[derive(Debug, Clone, Copy, thiserror::Error, phrase::Phrased)]
pub(crate) enum PublicKeyFault {
    /// Other signs, or another number of them.
    #[error("expected a public key: 44 signs of base64 or 64 hexadecimal digits")]
    Form,
}

fn parse_public_key(text: &str) -> Result<Key, PublicKeyFault> {
    read_public_key(text.trim()).ok_or(PublicKeyFault::Form)
}
