//! One member's signature: the key file of the chosen seat, opened with its passphrase for this one signature and forgotten.

use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
};

use client::files::{FileFault, read_signed, write_json_line};
use commission::keys::{fault::KeyFileError, file::open_key, signing_key::MemberKey};
use event::{CheckError, Hash, Key, MemberSignature, SignedEvent, json::DecodeError, member_text};
use zeroize::Zeroizing;

/// Key files that are tried at most.
const FILES_MAX: usize = 64;

/// Why a document does not bear a signature more.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum SigningFault {
    #[error("expected the document that was shown, found another one: read it once more")]
    Changed,
    #[error("expected the name of a member who has still to sign, found none")]
    NoSeat,
    #[error("expected a passphrase, found none")]
    NoPassphrase,
    #[error("expected key files (NAME.pem) in {folders}, found none")]
    NoKeyFiles { folders: String },
    #[error(
        "expected the passphrase of the key of {who}, found one that opens no key of this seat; looked at: {files}"
    )]
    NoKey { who: String, files: String },
    #[error("expected a key that a passphrase locks, found {file} without one: `hattama key passphrase {file}` locks it", file = .0.display())]
    NotLocked(PathBuf),
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    #[error(transparent)]
    File(#[from] FileFault),
    #[error(transparent)]
    Check(#[from] CheckError),
    #[error(transparent)]
    Form(#[from] DecodeError),
    #[error("expected a signature, found none: {error}")]
    Program { error: phrase::Phrase },
}

/// Who signs what.
pub(crate) struct SigningOrder<'a> {
    pub(crate) path: &'a Path,
    /// The hash of the document that was shown.
    pub(crate) shown: &'a str,
    pub(crate) seat: &'a str,
    /// The seat with the member's name.
    pub(crate) who: String,
    pub(crate) key: Key,
    pub(crate) passphrase: Zeroizing<String>,
    pub(crate) folders: &'a [PathBuf],
}

/// Signs, and writes the file.
pub(crate) fn sign_document(order: SigningOrder<'_>) -> Result<(), SigningFault> {
    // Opening a key takes a while: the document is read behind it, with whatever was signed meanwhile.
    let key = open_key_of_seat(&order)?;
    let mut signed = read_shown(order.path, order.shown)?;
    add_signature(&mut signed, &key)?;
    Ok(write_json_line(order.path, &event::json::encode(&signed)?)?)
}

/// The document of a file, if it is the one that was shown.
fn read_shown(path: &Path, shown: &str) -> Result<SignedEvent, SigningFault> {
    let signed = read_signed(path)?;
    if signed.hash().to_string() == shown { Ok(signed) } else { Err(SigningFault::Changed) }
}

fn add_signature(signed: &mut SignedEvent, key: &MemberKey) -> Result<(), SigningFault> {
    use phrase::Phrased as _;
    let text = member_text(&signed.event, &signed.hash());
    let signature =
        key.sign(text.as_bytes()).map_err(|error| SigningFault::Program { error: error.phrase() })?;
    signed.add_signature(MemberSignature { signature, signer: key.public_key() })?;
    Ok(())
}

/// The key of the seat, from the one file that this passphrase opens and that holds it.
fn open_key_of_seat(order: &SigningOrder<'_>) -> Result<MemberKey, SigningFault> {
    if order.passphrase.is_empty() {
        return Err(SigningFault::NoPassphrase);
    }
    let files = list_key_files(order.folders, order.seat);
    if files.is_empty() {
        let folders = order.folders.iter().map(|folder| folder.display().to_string());
        return Err(SigningFault::NoKeyFiles { folders: folders.collect::<Vec<_>>().join(", ") });
    }
    let mut doubt = None;
    for file in &files {
        let asked = Cell::new(false);
        let passphrase = || {
            asked.set(true);
            Ok(order.passphrase.clone())
        };
        match open_key(file, passphrase, |_| {}) {
            Ok(key) => {
                let key = MemberKey::from(key);
                if key.public_key() != order.key {
                    continue;
                }
                // Whoever finds an open key signs with it, whatever they type here.
                return if asked.get() { Ok(key) } else { Err(SigningFault::NotLocked(file.clone())) };
            }
            Err(KeyFileError::WrongPassphrase(_)) => {}
            // What is wrong with the file of this very seat is worth more than that no key was found.
            Err(fault) if is_named(file, order.seat) => doubt = Some(fault),
            Err(_) => {}
        }
    }
    if let Some(fault) = doubt {
        return Err(fault.into());
    }
    let names = files.iter().map(|file| crate::room::file_name(file)).collect::<Vec<_>>().join(", ");
    Err(SigningFault::NoKey { who: order.who.clone(), files: names })
}

/// Key files among which a person at a desk chooses their own.
pub(crate) fn list_locked_files(folders: &[PathBuf]) -> Vec<PathBuf> {
    list_key_files(folders, "")
}

/// The public key of a file that a passphrase locks; the key itself is dropped.
pub(crate) fn unlock_file(
    folders: &[PathBuf],
    name: &str,
    passphrase: &Zeroizing<String>,
) -> Result<Key, SigningFault> {
    if passphrase.is_empty() {
        return Err(SigningFault::NoPassphrase);
    }
    let files = list_locked_files(folders);
    let file = files.iter().find(|file| crate::room::file_name(file) == name).ok_or_else(|| {
        let folders = folders.iter().map(|folder| folder.display().to_string());
        SigningFault::NoKeyFiles { folders: folders.collect::<Vec<_>>().join(", ") }
    })?;
    let asked = Cell::new(false);
    let opened = open_key(
        file,
        || {
            asked.set(true);
            Ok(passphrase.clone())
        },
        |_| {},
    );
    let key = MemberKey::from(opened?).public_key();
    if asked.get() { Ok(key) } else { Err(SigningFault::NotLocked(file.clone())) }
}

/// The key files of the folders, that of the seat's own name first.
fn list_key_files(folders: &[PathBuf], seat: &str) -> Vec<PathBuf> {
    let items = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let paths = items.filter_map(|item| Some(item.ok()?.path()));
    let mut files: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "pem") && path.is_file())
        .collect();
    files.sort_by_key(|file| (!is_named(file, seat), file.clone()));
    files.truncate(FILES_MAX);
    files
}

fn is_named(file: &Path, seat: &str) -> bool {
    file.file_stem().is_some_and(|stem| stem == seat)
}

/// Takes the signatures of a file that was signed elsewhere; how many were new.
pub(crate) fn take_signatures(
    path: &Path,
    signed: &SignedEvent,
    expected: Hash,
) -> Result<usize, SigningFault> {
    let mut own = read_signed(path)?;
    if own.hash() != expected || signed.hash() != expected {
        return Err(SigningFault::Changed);
    }
    let mut taken = 0;
    for signature in &signed.signatures {
        taken += usize::from(own.add_signature(*signature)?);
    }
    if taken > 0 {
        write_json_line(path, &event::json::encode(&own)?)?;
    }
    Ok(taken)
}
