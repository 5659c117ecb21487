//! Opening a key file from the command line: where its passphrase comes from, and what is told of the file.

use std::{
    ffi::OsString,
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

pub(crate) use commission::keys::{fault::KeyFileError, file::create_key_file};
use commission::keys::{
    fault::PASSPHRASE_FILE_VARIABLE, file, passphrase::accept_passphrase, private::require_private_file,
};
use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

use crate::terminal;

/// The variable of the environment that holds a passphrase.
const PASSPHRASE_VARIABLE: &str = "HATTAMA_PASSPHRASE";

/// Why `hattama key` gave no answer.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum KeyCommandFault {
    /// The key file or its passphrase.
    #[error(transparent)]
    File(#[from] KeyFileError),
    /// No ledger id, commission or seat.
    #[error(transparent)]
    Value(#[from] event::json::Fault),
    /// The name of a witness that cannot stand in a note.
    #[error(transparent)]
    Name(#[from] tlog::note::KeyError),
    /// Standard output is closed or full.
    #[error("cannot print the answer: {0}")]
    Print(io::Error),
}

/// Opens the key in `path`, and tells where its passphrase alone protects it.
///
/// # Errors
/// As [`file::open_key`].
pub(crate) fn open_key(
    path: &Path,
    passphrase: impl FnOnce() -> Result<Zeroizing<String>, KeyFileError>,
) -> Result<SigningKey, KeyFileError> {
    file::open_key(path, passphrase, |path| {
        let found = format!(
            "warning: {} lies on a file system without modes: its passphrase alone protects it",
            path.display()
        );
        terminal::eprint(&found);
    })
}

/// Asks for the passphrase of an existing key; meant as second argument of [`open`].
pub(crate) fn read_passphrase_for(path: &Path) -> Result<Zeroizing<String>, KeyFileError> {
    ask_passphrase(&format!("passphrase for {}: ", path.display()), false)
}

/// Takes the passphrase from `HATTAMA_PASSPHRASE`, else from the first line of the file which
/// `HATTAMA_PASSPHRASE_FILE` names, else from the terminal: twice when `confirm`.
///
/// # Errors
/// `EmptyPassphrase`, `PassphrasesDiffer`, `PassphraseText`, `PassphraseFile`, `NoTerminal`, `Terminal`.
pub(crate) fn ask_passphrase(prompt: &str, confirm: bool) -> Result<Zeroizing<String>, KeyFileError> {
    let passphrase = match from_environment(|name| std::env::var_os(name))? {
        Some(found) => found,
        None => from_terminal(prompt, confirm)?,
    };
    if passphrase.is_empty() {
        return Err(KeyFileError::EmptyPassphrase);
    }
    if !confirm {
        return Ok(passphrase);
    }
    accept_passphrase(&passphrase)
}

/// More bytes of a passphrase file are not looked at: its first line is the passphrase.
const PASSPHRASE_BYTES_MAX: usize = 64 << 10;

fn from_environment(
    get: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<Zeroizing<String>>, KeyFileError> {
    if let Some(text) = get(PASSPHRASE_VARIABLE) {
        let text = text.into_string().map_err(|_| KeyFileError::PassphraseText(PASSPHRASE_VARIABLE))?;
        return Ok(Some(Zeroizing::new(text)));
    }
    let Some(path) = get(PASSPHRASE_FILE_VARIABLE).map(PathBuf::from) else { return Ok(None) };
    if path.exists() {
        require_private_file(&path)?;
    }
    // Room for all of it at once: a buffer that grows would leave copies of the secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(PASSPHRASE_BYTES_MAX));
    let read =
        File::open(&path).and_then(|file| file.take(PASSPHRASE_BYTES_MAX as u64).read_to_end(bytes.as_mut()));
    read.map_err(|error| KeyFileError::PassphraseFile(path, error))?;
    let text = str::from_utf8(&bytes).map_err(|_| KeyFileError::PassphraseText(PASSPHRASE_FILE_VARIABLE))?;
    Ok(Some(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())))
}

fn from_terminal(prompt: &str, confirm: bool) -> Result<Zeroizing<String>, KeyFileError> {
    File::open("/dev/tty").map_err(|_| KeyFileError::NoTerminal)?;
    let ask = |p: &str| rpassword::prompt_password(p).map(Zeroizing::new).map_err(KeyFileError::Terminal);
    let first = ask(prompt)?;
    // An empty one is refused by the caller; nobody needs to confirm it.
    if confirm && !first.is_empty() && *first != *ask("the same once more: ")? {
        return Err(KeyFileError::PassphrasesDiffer);
    }
    Ok(first)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_passphrase_is_one_line_of_the_named_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("words");
        fs::write(&path, "open sesame \r\nnot this\n").unwrap();
        let set =
            |mode| fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
        set(0o644);
        let open = from_environment(|name| (name == PASSPHRASE_FILE_VARIABLE).then(|| path.clone().into()));
        assert!(matches!(open, Err(KeyFileError::OpenToOthers(..))));
        set(0o600);
        let file = |name: &str| (name == PASSPHRASE_FILE_VARIABLE).then(|| path.clone().into());
        assert_eq!(**from_environment(file).unwrap().unwrap(), *"open sesame ");
        assert_eq!(**from_environment(|_| Some("first".into())).unwrap().unwrap(), *"first");
        assert!(from_environment(|_| None).unwrap().is_none());
        fs::remove_file(&path).unwrap();
        assert!(matches!(from_environment(file), Err(KeyFileError::PassphraseFile(..))));
    }
}
