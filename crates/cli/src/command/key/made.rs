//! A new key in a new file, with a passphrase that was asked for.

use std::path::Path;

use ed25519_dalek::{SigningKey, VerifyingKey};
use texts::program::say;
use zeroize::Zeroizing;

use crate::{
    keyfile::{self, KeyFileError},
    terminal::eprint,
};

/// Makes a key in a new file, and asks for its passphrase.
///
/// # Errors
/// [`KeyFileError`]; there is no new file then.
pub(super) fn make_key(out: &Path, without_passphrase: bool) -> Result<VerifyingKey, KeyFileError> {
    Ok(make_signing_key(out, without_passphrase)?.verifying_key())
}

/// The same, for who needs to sign with it at once.
///
/// # Errors
/// As [`make_key`].
pub(super) fn make_signing_key(out: &Path, without_passphrase: bool) -> Result<SigningKey, KeyFileError> {
    // Asked before the passphrase is typed twice; `create` decides it again, without a gap.
    if out.symlink_metadata().is_ok() {
        return Err(KeyFileError::Exists(out.into()));
    }
    let passphrase = match without_passphrase {
        true => None,
        false => Some(keyfile::ask_passphrase(out)?),
    };
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut_slice()).map_err(KeyFileError::Random)?;
    keyfile::create_key_file(out, &seed, passphrase.as_ref().map(|p| p.as_str()))?;
    let note = match passphrase {
        Some(_) => "key-made",
        None => "key-made-open",
    };
    // The key is on the disk: a closed stderr takes nothing from that.
    eprint(&say(note, &[("file", out.display().to_string().into())]));
    Ok(SigningKey::from_bytes(&seed))
}
