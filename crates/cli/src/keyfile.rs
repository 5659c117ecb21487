//! Opening a key file from the command line: where its passphrase comes from, and what is told of the file.

use std::{
    ffi::OsString,
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

pub(crate) use commission::keys::{
    fault::KeyFileError,
    file::{create_key_file, open_key_to_lock},
};
use commission::keys::{
    fault::{
        NEW_PASSPHRASE_FILE_VARIABLE, NEW_PASSPHRASE_VARIABLE, PASSPHRASE_FILE_VARIABLE, PASSPHRASE_VARIABLE,
    },
    file,
    passphrase::accept_passphrase,
    private::require_private_file,
    strength::find_weaknesses,
};
use ed25519_dalek::SigningKey;
use texts::{program::say, say_fault};
use zeroize::Zeroizing;

use crate::{hidden_prompt::ask_hidden, terminal};

/// Variables of the environment: the passphrase, and the file that holds it.
type Variables = (&'static str, &'static str);

/// Of a key that is there.
const OF_THE_KEY: Variables = (PASSPHRASE_VARIABLE, PASSPHRASE_FILE_VARIABLE);
/// Of the new passphrase of a key.
const NEW: Variables = (NEW_PASSPHRASE_VARIABLE, NEW_PASSPHRASE_FILE_VARIABLE);

/// Opens the key in `path`, and tells where its passphrase alone protects it.
///
/// # Errors
/// As [`file::open_key`].
pub(crate) fn open_key(
    path: &Path,
    passphrase: impl FnOnce() -> Result<Zeroizing<String>, KeyFileError>,
) -> Result<SigningKey, KeyFileError> {
    file::open_key(path, passphrase, |path| {
        terminal::eprint(&say("key-without-modes", &[("file", path.display().to_string().into())]));
    })
}

/// Asks for the passphrase of an existing key; meant as second argument of [`open_key`]. It comes from `HATTAMA_PASSPHRASE`,
/// else from the first line of the file which `HATTAMA_PASSPHRASE_FILE` names, else from the terminal.
///
/// # Errors
/// `EmptyPassphrase`, `PassphraseText`, `PassphraseFile`, `NoTerminal`, `Terminal`.
pub(crate) fn read_passphrase_for(path: &Path) -> Result<Zeroizing<String>, KeyFileError> {
    let args = [("file", path.display().to_string().into())];
    let found = match from_environment(OF_THE_KEY, |name| std::env::var_os(name))? {
        Some(found) => found,
        None => from_terminal(&say("passphrase-ask", &args), false, KeyFileError::NoTerminal)?,
    };
    if found.is_empty() { Err(KeyFileError::EmptyPassphrase) } else { Ok(found) }
}

/// Asks for the passphrase of a key that is made, from the same places, at the terminal twice; what is weak about it is told.
///
/// # Errors
/// As [`read_passphrase_for`]; `PassphrasesDiffer`, `DoubtfulPassphrase`.
pub(crate) fn ask_passphrase(path: &Path) -> Result<Zeroizing<String>, KeyFileError> {
    ask_new(path, OF_THE_KEY, KeyFileError::NoTerminal)
}

/// Asks for the passphrase that takes the place of another one: `HATTAMA_NEW_PASSPHRASE`, `HATTAMA_NEW_PASSPHRASE_FILE`, else
/// the terminal, twice.
///
/// # Errors
/// As [`ask_passphrase`]; `NoNewPassphrase`.
pub(crate) fn ask_another_passphrase(path: &Path) -> Result<Zeroizing<String>, KeyFileError> {
    ask_new(path, NEW, KeyFileError::NoNewPassphrase)
}

fn ask_new(path: &Path, variables: Variables, none: KeyFileError) -> Result<Zeroizing<String>, KeyFileError> {
    let file = path.display().to_string();
    let found = match from_environment(variables, |name| std::env::var_os(name))? {
        Some(found) => found,
        None => from_terminal(&say("passphrase-ask-new", &[("file", file.as_str().into())]), true, none)?,
    };
    let accepted = accept_passphrase(&found)?;
    for weakness in find_weaknesses(&accepted) {
        let args = [("why", say_fault(&weakness).into()), ("file", file.as_str().into())];
        terminal::eprint(&say("passphrase-weak", &args));
    }
    Ok(accepted)
}

/// More bytes of a passphrase file are not looked at: its first line is the passphrase.
const PASSPHRASE_BYTES_MAX: usize = 64 << 10;

fn from_environment(
    (variable, file_variable): Variables,
    get: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<Zeroizing<String>>, KeyFileError> {
    if let Some(text) = get(variable) {
        let text = text.into_string().map_err(|_| KeyFileError::PassphraseText(variable))?;
        return Ok(Some(Zeroizing::new(text)));
    }
    let Some(path) = get(file_variable).map(PathBuf::from) else { return Ok(None) };
    if path.exists() {
        require_private_file(&path)?;
    }
    // Room for all of it at once: a buffer that grows would leave copies of the secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(PASSPHRASE_BYTES_MAX));
    let read =
        File::open(&path).and_then(|file| file.take(PASSPHRASE_BYTES_MAX as u64).read_to_end(bytes.as_mut()));
    read.map_err(|error| KeyFileError::PassphraseFile(path, error, file_variable))?;
    let text = str::from_utf8(&bytes).map_err(|_| KeyFileError::PassphraseText(file_variable))?;
    Ok(Some(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())))
}

fn from_terminal(prompt: &str, confirm: bool, none: KeyFileError) -> Result<Zeroizing<String>, KeyFileError> {
    let terminal = if cfg!(windows) { "CONIN$" } else { "/dev/tty" };
    let Ok(_) = File::open(terminal) else { return Err(none) };
    let ask = |prompt: &str| ask_hidden(prompt).map_err(KeyFileError::Terminal);
    let first = ask(prompt)?;
    // An empty one is refused by the caller; nobody needs to confirm it.
    if confirm && !first.is_empty() && *first != *ask(&say("passphrase-ask-again", &[]))? {
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
        let open = from_environment(OF_THE_KEY, |name| {
            (name == PASSPHRASE_FILE_VARIABLE).then(|| path.clone().into())
        });
        assert!(matches!(open, Err(KeyFileError::OpenToOthers(..))));
        set(0o600);
        let file = |name: &str| (name == PASSPHRASE_FILE_VARIABLE).then(|| path.clone().into());
        assert_eq!(**from_environment(OF_THE_KEY, file).unwrap().unwrap(), *"open sesame ");
        assert_eq!(**from_environment(OF_THE_KEY, |_| Some("first".into())).unwrap().unwrap(), *"first");
        assert!(from_environment(OF_THE_KEY, |_| None).unwrap().is_none());
        fs::remove_file(&path).unwrap();
        assert!(matches!(from_environment(OF_THE_KEY, file), Err(KeyFileError::PassphraseFile(..))));
    }
}
