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
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use clap::Args;
use client::files::{FileFault, open_bounded, write_atomically};
use ed25519_dalek::{Signer as _, SigningKey};
use event::{Hash, Key, Signature};
use phrase::{Phrase, Phrased as _, phrase};
use sha2::{Digest as _, Sha256};
use verifier::ResumeState;

use crate::{fault::Fault, keyfile};

/// Longer than the state of any ledger that this machine could verify.
const STATE_BYTES_MAX: u64 = 1 << 30;

/// Longer than the lines in front of the state.
const HEAD_BYTES_MAX: u64 = 1 << 10;

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
    /// Where it is kept.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// What was kept last time; nothing if this is the first. Nothing of it is held before its signature was found good.
    pub(super) fn read_state(&self) -> Result<Option<ResumeState>, Fault> {
        let file = match open_bounded(&self.file, STATE_BYTES_MAX) {
            Ok((file, _)) => file,
            Err(FileFault::Read { error, .. }) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(fault) => return Err(fault.into()),
        };
        let mut file = BufReader::new(file);
        let (key, signature, begin) = self.read_head(&mut file)?;
        if key.0 != self.key.verifying_key().to_bytes() {
            let found = phrase!("signature-of-another-key", "the signature of another key, {key}");
            return Err(self.state_fault(found));
        }
        let signed = hash_rest(&mut file).map_err(|error| self.read_fault(error))?;
        let changed = || {
            self.state_fault(phrase!(
                "changed-after-it-was-kept",
                "other bytes than were signed: it was changed after it was kept"
            ))
        };
        if !event::verify(&key, &signed_text(signed), &signature) {
            return Err(changed());
        }
        let from_begin = |file: &mut BufReader<fs::File>| {
            file.seek(SeekFrom::Start(begin)).map_err(|error| self.read_fault(error))
        };
        let no_state = |error: verifier::ResumeError| self.state_fault(error.phrase());
        from_begin(&mut file)?;
        ResumeState::require_form(&mut file).map_err(no_state)?;
        from_begin(&mut file)?;
        let mut hashed = HashedReader { inner: file, hasher: Sha256::new() };
        let state = ResumeState::read_body(&mut hashed).map_err(no_state)?;
        io::copy(&mut hashed.by_ref().take(STATE_BYTES_MAX), &mut io::sink())
            .map_err(|error| self.read_fault(error))?;
        // What was read is what was signed, even if somebody wrote into the file meanwhile.
        if Hash(hashed.hasher.finalize().into()) != signed {
            return Err(changed());
        }
        Ok(Some(state))
    }

    /// The lines in front of the state, and where it begins.
    fn read_head(&self, file: &mut impl BufRead) -> Result<(Key, Signature, u64), Fault> {
        let (mut lines, mut begin) = (Vec::new(), 0);
        for _ in 0..3 {
            let mut line = Vec::new();
            let read = file.by_ref().take(HEAD_BYTES_MAX).read_until(b'\n', &mut line);
            begin += read.map_err(|error| self.read_fault(error))? as u64;
            let line = line.strip_suffix(b"\n").and_then(|line| std::str::from_utf8(line).ok());
            lines.push(line.unwrap_or_default().to_owned());
        }
        let line = |at: usize| lines.get(at).map(String::as_str).unwrap_or_default();
        if line(0) != FIRST {
            return Err(self.state_fault(phrase!("another-file", "another file")));
        }
        match (Key::parse(line(1)), Signature::parse(line(2))) {
            (Ok(key), Ok(signature)) => Ok((key, signature, begin)),
            _ => Err(self.state_fault(phrase!("no-key-and-signature", "no key and signature"))),
        }
    }

    fn state_fault(&self, found: Phrase) -> Fault {
        Fault::State { path: self.file.clone(), found }
    }

    fn read_fault(&self, error: io::Error) -> Fault {
        FileFault::Read { path: self.file.clone(), error }.into()
    }

    /// As a whole or not at all.
    pub(super) fn write_state(&self, kept: &ResumeState) -> Result<(), Fault> {
        let body = kept.encode().map_err(|error| self.state_fault(error.phrase()))?;
        let key = Key(self.key.verifying_key().to_bytes());
        let signature = Signature(self.key.sign(&signed_text(event::sha256(&[&body]))).to_bytes());
        let head = format!("{FIRST}\n{key}\n{signature}\n");
        Ok(write_atomically(&self.file, &[head.as_bytes(), &body].concat())?)
    }
}

fn signed_text(body: Hash) -> Vec<u8> {
    format!("{FIRST}\n{body}\n").into_bytes()
}

/// SHA-256 of everything that follows, no more than a state can have.
fn hash_rest(file: &mut impl Read) -> io::Result<Hash> {
    let mut hashed = HashedReader { inner: file.take(STATE_BYTES_MAX), hasher: Sha256::new() };
    io::copy(&mut hashed, &mut io::sink())?;
    Ok(Hash(hashed.hasher.finalize().into()))
}

/// Hashes what is read.
struct HashedReader<R> {
    inner: R,
    hasher: Sha256,
}

impl<R: Read> Read for HashedReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.hasher.update(into.get(..read).unwrap_or_default());
        Ok(read)
    }
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
