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
    /// No program: a key file signs.
    pub(crate) fn none() -> Self {
        Self { sign_with: None, public_key: None, sign_within: 120 }
    }

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
            (Some(_), Some(file)) => Err(KeyCommandFault::Words {
                expected: phrase!("argument-one-key", "either a key file or `--sign-with`"),
                found: Phrase::verbatim(file.display()),
            }),
            (None, None) => Err(KeyCommandFault::Words {
                expected: phrase!("argument-one-key", "either a key file or `--sign-with`"),
                found: phrase!("found-none", "none"),
            }),
        }
    }
}

fn parse_public_key(text: &str) -> Result<Key, String> {
    read_public_key(text.trim())
        .ok_or_else(|| "expected a public key: 44 signs of base64 or 64 hexadecimal digits".to_owned())
}
