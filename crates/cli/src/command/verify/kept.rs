//! What is kept from one verification to the next: one file, signed with the observer's own key.
//!
//! ```text
//! hattama-state-1
//! <public key, base64>
//! <signature over the first line and the next one's hash, base64>
//! <CBOR>
//! ```
//!
//! What is in the state, and whether it fits, is the affair of `verifier::ResumeState`.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use clap::Args;
use client::files::{FileFault, read_bounded, write_atomically};
use ed25519_dalek::{Signer as _, SigningKey};
use event::{Key, Signature};
use phrase::{Phrase, Phrased as _, phrase};
use verifier::ResumeState;

use crate::{fault::Fault, keyfile};

/// Longer than the state of any ledger that this machine could verify.
const STATE_BYTES_MAX: u64 = 1 << 30;

const FIRST: &str = "hattama-state-1";

/// Where it is kept.
#[derive(Debug, Args)]
pub(super) struct KeptWords {
    /// Keep the state of the verification in this file, and next time verify only what is new. It is signed with a key of
    /// yours; its checkpoint is a pin for every later verification
    #[arg(long, env = "HATTAMA_VERIFY_STATE", value_name = "FILE", requires = "source")]
    state: Option<PathBuf>,
    /// The key that signs the state, made when there is none [default: hattama/observer-key.pem in the folder of your
    /// settings]
    #[arg(long, env = "HATTAMA_STATE_KEY", value_name = "PEM", requires = "state")]
    state_key: Option<PathBuf>,
}

/// The file and the key of one run.
pub(super) struct Keeper {
    file: PathBuf,
    key: SigningKey,
}

impl KeptWords {
    /// The keeper, if a state was asked for; a key that is not there is made.
    pub(super) fn open_keeper(self) -> Result<Option<Keeper>, Fault> {
        let Some(file) = self.state else { return Ok(None) };
        let path = self.state_key.map_or_else(usual_key_file, Ok)?;
        if !path.exists() {
            let mut seed = zeroize::Zeroizing::new([0; 32]);
            getrandom::fill(seed.as_mut()).map_err(keyfile::KeyFileError::Random)?;
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)
                    .map_err(|error| FileFault::Write { path: folder.to_owned(), error })?;
            }
            keyfile::create_key_file(&path, &seed, None)?;
        }
        let key = keyfile::open_key(&path, || keyfile::read_passphrase_for(&path))?;
        Ok(Some(Keeper { file, key }))
    }
}

impl Keeper {
    /// What was kept last time; nothing if this is the first.
    pub(super) fn read_state(&self) -> Result<Option<ResumeState>, Fault> {
        match read_bounded(&self.file, STATE_BYTES_MAX) {
            Ok(bytes) => self.open_state(&bytes).map(Some),
            Err(FileFault::Read { error, .. }) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }

    fn open_state(&self, bytes: &[u8]) -> Result<ResumeState, Fault> {
        let fault = |found: Phrase| Fault::State { path: self.file.clone(), found };
        let mut parts = bytes.splitn(4, |byte| *byte == b'\n');
        let mut line = || parts.next().and_then(|line| std::str::from_utf8(line).ok()).unwrap_or_default();
        if line() != FIRST {
            return Err(fault(phrase!("another-file", "another file")));
        }
        let (key, signature) = (Key::parse(line()), Signature::parse(line()));
        let body = parts.next().unwrap_or_default();
        let (Ok(key), Ok(signature)) = (key, signature) else {
            return Err(fault(phrase!("no-key-and-signature", "no key and signature")));
        };
        if key.0 != self.key.verifying_key().to_bytes() {
            return Err(fault(phrase!("signature-of-another-key", "the signature of another key, {key}")));
        }
        if !event::verify(&key, &signed_text(body), &signature) {
            return Err(fault(phrase!(
                "changed-after-it-was-kept",
                "other bytes than were signed: it was changed after it was kept"
            )));
        }
        ResumeState::decode(body).map_err(|error| fault(error.phrase()))
    }

    /// As a whole or not at all.
    pub(super) fn write_state(&self, kept: &ResumeState) -> Result<(), Fault> {
        let fault =
            |error: verifier::ResumeError| Fault::State { path: self.file.clone(), found: error.phrase() };
        let body = kept.encode().map_err(fault)?;
        let key = Key(self.key.verifying_key().to_bytes());
        let signature = Signature(self.key.sign(&signed_text(&body)).to_bytes());
        let head = format!("{FIRST}\n{key}\n{signature}\n");
        Ok(write_atomically(&self.file, &[head.as_bytes(), &body].concat())?)
    }
}

fn signed_text(body: &[u8]) -> Vec<u8> {
    format!("{FIRST}\n{}\n", event::sha256(&[body])).into_bytes()
}

fn usual_key_file() -> Result<PathBuf, Fault> {
    let from = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let settings = from("XDG_CONFIG_HOME").or_else(|| Some(from("HOME")?.join(".config")));
    let folder = settings.ok_or_else(|| Fault::Argument {
        expected: phrase!("argument-state-key", "--state-key, since neither XDG_CONFIG_HOME nor HOME is set"),
        found: phrase!("argument-no-settings", "no folder for settings"),
    })?;
    Ok(folder.join(Path::new("hattama/observer-key.pem")))
}
