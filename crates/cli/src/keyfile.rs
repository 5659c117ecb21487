//! Secret keys at rest: an Ed25519 seed as PKCS#8 (RFC 5958) in PEM, and the passphrase that locks it.
//!
//! ```text
//! -----BEGIN ENCRYPTED PRIVATE KEY-----     PBES2: scrypt N=2^14 r=8 p=1, AES-256-CBC, random salt and IV
//! -----BEGIN PRIVATE KEY-----               only when asked for; 302e020100300506032b657004220420 ‖ seed
//! ```
//!
//! OpenSSL 3 reads what is written here, and what `openssl genpkey -algorithm ed25519` writes is read here. What a key
//! may sign only a ledger knows.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use ed25519_dalek::SigningKey;
use pkcs8::{
    AlgorithmIdentifierRef, EncryptedPrivateKeyInfoRef, LineEnding, ObjectIdentifier, PrivateKeyInfoRef,
    SecretDocument,
    der::{self, Decode as _, asn1::OctetStringRef, pem},
    pkcs5::{self, pbes2, scrypt},
};
use zeroize::Zeroizing;

use crate::{passphrase, pem::BlockFault, terminal};

/// Why a key file was not made or not opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyFileError {
    /// There is something under this name, and a key is never overwritten.
    #[error("{file} exists already and is left as it was: expected a new file name", file = .0.display())]
    Exists(PathBuf),
    /// The file could not be created, written or brought to the disk.
    #[error("cannot write {file}: {1}", file = .0.display())]
    Write(PathBuf, io::Error),
    /// There is nothing under this name.
    #[error("expected a key file at {file}, found no such file", file = .0.display())]
    Missing(PathBuf),
    /// The file could not be opened or read.
    #[error("cannot read {file}: {1}", file = .0.display())]
    Read(PathBuf, io::Error),
    /// A folder or a device.
    #[error("expected a file at {file}, found something else", file = .0.display())]
    NotAFile(PathBuf),
    /// Group or others have a right to the file.
    #[error("expected mode 0600, found {1:04o}: run chmod 600 {file}", file = .0.display())]
    OpenToOthers(PathBuf, u32),
    /// A key without a passphrase where nothing keeps others from it.
    #[error(
        "expected mode 0600, found {1:04o} on a file system without modes: copy {file} to a disk that has them, or make a key with a passphrase",
        file = .0.display()
    )]
    NoModes(PathBuf, u32),
    /// More bytes than any key file has.
    #[error("expected at most {FILE_BYTES_MAX} bytes in {file}, found more", file = .0.display())]
    TooLong(PathBuf),
    /// No line that begins a PEM block.
    #[error("expected a PEM key in {file}, found no line -----BEGIN", file = .0.display())]
    NotPem(PathBuf),
    /// The line that ends the PEM block is missing.
    #[error("expected a line -----END in {file}, found a file cut short", file = .0.display())]
    Truncated(PathBuf),
    /// Something between the two lines is damaged.
    #[error("expected intact PEM in {file}, found: {1}", file = .0.display())]
    Pem(PathBuf, pem::Error),
    /// More than one secret key.
    #[error("expected one secret key in {file}, found {1}", file = .0.display())]
    Several(PathBuf, usize),
    /// Text of two bytes a letter, as some editors save it.
    #[error("expected plain text in {file}, found UTF-16: save it as UTF-8", file = .0.display())]
    Utf16(PathBuf),
    /// A byte of zero within the block.
    #[error("expected text between the lines of {file}, found a byte of zero", file = .0.display())]
    ZeroByte(PathBuf),
    /// A PEM block that holds something else, for example a public key.
    #[error("expected PRIVATE KEY or ENCRYPTED PRIVATE KEY in {file}, found {1}", file = .0.display())]
    Label(PathBuf, String),
    /// The bytes inside the PEM block are not PKCS#8.
    #[error("expected PKCS#8 in {file}, found: {1}", file = .0.display())]
    Pkcs8(PathBuf, der::Error),
    /// An encryption that this program cannot undo.
    #[error("expected PBES2 with AES in {file}, found: {1}", file = .0.display())]
    Scheme(PathBuf, pkcs5::Error),
    /// Unlocking would take more memory or time than any honest file asks for.
    #[error("expected scrypt to 32 MiB, PBKDF2 to 10^7 rounds in {file}, found more", file = .0.display())]
    Costly(PathBuf),
    /// The passphrase does not unlock the file; a damaged secret part looks the same.
    #[error("wrong passphrase for {file}", file = .0.display())]
    WrongPassphrase(PathBuf),
    /// A key of another kind.
    #[error("expected an Ed25519 key ({ED25519}) in {file}, found algorithm {1}", file = .0.display())]
    WrongAlgorithm(PathBuf, ObjectIdentifier),
    /// An Ed25519 key whose secret is not one octet string of 32 bytes.
    #[error("expected a secret of 32 bytes in {file}, found another form", file = .0.display())]
    Secret(PathBuf),
    /// The file states a public key that does not belong to its secret.
    #[error("expected the public key of the secret in {file}, found another", file = .0.display())]
    PublicKey(PathBuf),
    /// The new key could not be put into PKCS#8.
    #[error("cannot encode the key: {0}")]
    Encode(pkcs8::Error),
    /// The operating system gave no random bytes.
    #[error("cannot get random bytes: {0}")]
    Random(getrandom::Error),
    /// A passphrase without any character protects nothing.
    #[error("expected a passphrase, found an empty one")]
    EmptyPassphrase,
    /// A character that could not be typed again with certainty.
    #[error(
        "expected a passphrase that can be typed again, found the character U+{code:04X}: leave it out, or write its letter as one character",
        code = u32::from(*.0)
    )]
    DoubtfulPassphrase(char),
    /// The second passphrase is not the first.
    #[error("expected the same passphrase twice, found two different ones")]
    PassphrasesDiffer,
    /// The passphrase is not text.
    #[error("expected the passphrase in UTF-8, found other bytes in {0}")]
    PassphraseText(&'static str),
    /// The file that should hold the passphrase could not be read.
    #[error("cannot read the passphrase from {file}, which {FILE_VARIABLE} names: {1}", file = .0.display())]
    PassphraseFile(PathBuf, io::Error),
    /// Nobody can be asked.
    #[error("expected a terminal for the passphrase, found none: name its file in {FILE_VARIABLE}")]
    NoTerminal,
    /// The terminal was there and failed, or the answer was broken off.
    #[error("cannot read the passphrase from the terminal: {0}")]
    Terminal(io::Error),
}

/// Why `hattama key` gave no answer.
#[derive(Debug, thiserror::Error)]
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

/// Writes `seed` to a new file of mode 0600, locked if there is a passphrase, and returns when it is on disk.
///
/// # Errors
/// `Exists` when the name is taken: nothing is ever overwritten. After any other error there is no new file.
pub(crate) fn create_key_file(
    path: &Path,
    seed: &[u8; 32],
    passphrase: Option<&str>,
) -> Result<(), KeyFileError> {
    let pem = encode_pem(seed, passphrase)?;
    let refused = |e: io::Error| match e.kind() {
        io::ErrorKind::AlreadyExists => KeyFileError::Exists(path.into()),
        _ => KeyFileError::Write(path.into(), e),
    };
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(path).map_err(refused)?;
    // The name is durable only once its folder is.
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = file
        .write_all(pem.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| File::open(folder)?.sync_all());
    written.map_err(|e| {
        // Half a key would stand in the way of the next attempt. It is ours: it was created just above.
        let _ = fs::remove_file(path);
        KeyFileError::Write(path.into(), e)
    })
}

fn encode_pem(seed: &[u8; 32], passphrase: Option<&str>) -> Result<Zeroizing<String>, KeyFileError> {
    let asn1 = |e: der::Error| KeyFileError::Encode(e.into());
    let secret = Zeroizing::new([SECRET_PREFIX.as_slice(), seed].concat());
    let algorithm = AlgorithmIdentifierRef { oid: ED25519, parameters: None };
    let key = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(&secret).map_err(asn1)?);
    let Some(passphrase) = passphrase else {
        let document = SecretDocument::encode_msg(&key).map_err(asn1)?;
        return document.to_pem(PLAIN, LineEnding::LF).map_err(asn1);
    };
    if passphrase.is_empty() {
        return Err(KeyFileError::EmptyPassphrase);
    }
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    getrandom::fill(&mut salt).map_err(KeyFileError::Random)?;
    getrandom::fill(&mut iv).map_err(KeyFileError::Random)?;
    let params = scrypt::Params::new(SCRYPT.0, SCRYPT.1, SCRYPT.2)
        .map_err(|_| pkcs5::Error::AlgorithmParametersInvalid { oid: pbes2::SCRYPT_OID })
        .and_then(|cost| pbes2::Parameters::generate_scrypt_aes256cbc(cost, &salt, iv))
        .map_err(|e| KeyFileError::Encode(e.into()))?;
    let document = key.encrypt_with_params(params, passphrase).map_err(KeyFileError::Encode)?;
    document.to_pem(LOCKED, LineEnding::LF).map_err(asn1)
}

/// Opens the key in `path`; `passphrase` is called only if the file is locked and otherwise in order.
///
/// # Errors
/// One variant of [`KeyFileError`] for each thing that can be wrong with the file, or that of `passphrase`.
pub(crate) fn open_key(
    path: &Path,
    passphrase: impl FnOnce() -> Result<Zeroizing<String>, KeyFileError>,
) -> Result<SigningKey, KeyFileError> {
    let (bytes, open) = read_private(path)?;
    let text = pem_block(path, &bytes)?;
    let damaged = |e| KeyFileError::Pem(path.into(), e);
    let asn1 = |e| KeyFileError::Pkcs8(path.into(), e);
    let label = pem::decode_label(text.as_bytes()).map_err(damaged)?;
    let document = Zeroizing::new(pem::decode_vec(text.as_bytes()).map_err(damaged)?.1);
    if let Some(mode) = open {
        if label == PLAIN {
            return Err(KeyFileError::NoModes(path.into(), mode));
        }
        let found = format!(
            "warning: {} lies on a file system without modes: its passphrase alone protects it",
            path.display()
        );
        terminal::eprint(&found);
    }
    if label == PLAIN {
        return decode_signing_key(path, &PrivateKeyInfoRef::from_der(&document).map_err(asn1)?);
    }
    let locked = EncryptedPrivateKeyInfoRef::from_der(&document).map_err(asn1)?;
    check_cost(path, &locked.encryption_algorithm)?;
    let passphrase = passphrase()?;
    let (scheme, data) = (&locked.encryption_algorithm, locked.encrypted_data.as_bytes());
    let wrong = || KeyFileError::WrongPassphrase(path.into());
    for reading in passphrase::readings(&passphrase) {
        let document = match scheme.decrypt(reading.as_bytes(), data) {
            Ok(document) => Zeroizing::new(document),
            Err(pkcs5::Error::DecryptFailed) => continue,
            Err(e) => return Err(KeyFileError::Scheme(path.into(), e)),
        };
        // One wrong passphrase in about 256 leaves padding that looks right; what it leaves is never PKCS#8.
        if let Ok(key) = PrivateKeyInfoRef::from_der(&document) {
            return decode_signing_key(path, &key);
        }
    }
    Err(wrong())
}

/// The block of the secret key in the file.
fn pem_block(path: &Path, bytes: &[u8]) -> Result<Zeroizing<String>, KeyFileError> {
    crate::pem::find_block(bytes, &[PLAIN, LOCKED]).map_err(|fault| match fault {
        BlockFault::NoBegin => KeyFileError::NotPem(path.into()),
        BlockFault::NoEnd => KeyFileError::Truncated(path.into()),
        BlockFault::Other(label) => KeyFileError::Label(path.into(), label),
        BlockFault::Several(found) => KeyFileError::Several(path.into(), found),
        BlockFault::Utf16 => KeyFileError::Utf16(path.into()),
        BlockFault::ZeroByte => KeyFileError::ZeroByte(path.into()),
    })
}

/// Whether files in this folder have modes of their own: one made for its owner alone is looked at, and removed.
fn keeps_modes(folder: &Path) -> bool {
    let probe = folder.join(format!(".hattama-mode-{}", std::process::id()));
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&probe);
    let mode = made.and_then(|file| file.metadata()).map(|about| about.permissions().mode());
    let _ = fs::remove_file(&probe);
    // Where nothing can be made, the mode that was found is believed.
    mode.map_or(true, |mode| mode & 0o077 == 0)
}

/// The bytes of the file; with its mode where others may read it because its file system has no modes.
fn read_private(path: &Path) -> Result<(Zeroizing<Vec<u8>>, Option<u32>), KeyFileError> {
    let fault = |e: io::Error| match e.kind() {
        io::ErrorKind::NotFound => KeyFileError::Missing(path.into()),
        _ => KeyFileError::Read(path.into(), e),
    };
    let file = File::open(path).map_err(fault)?;
    let metadata = file.metadata().map_err(fault)?;
    if !metadata.is_file() {
        return Err(KeyFileError::NotAFile(path.into()));
    }
    let mode = metadata.permissions().mode() & 0o7777;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let open = (mode & 0o077 != 0).then_some(mode);
    if open.is_some() && keeps_modes(folder) {
        return Err(KeyFileError::OpenToOthers(path.into(), mode));
    }
    // Room for all of it at once: a buffer that grows would leave copies of the secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(FILE_BYTES_MAX + 1));
    file.take(FILE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() > FILE_BYTES_MAX { Err(KeyFileError::TooLong(path.into())) } else { Ok((bytes, open)) }
}

/// Refuses, before anything is computed, a file that would exhaust the machine.
fn check_cost(path: &Path, scheme: &pkcs5::EncryptionScheme) -> Result<(), KeyFileError> {
    let affordable = match scheme.pbes2().map(|parameters| &parameters.kdf) {
        Some(pbes2::Kdf::Scrypt(s)) => {
            let memory = s.cost_parameter.saturating_mul(128).saturating_mul(s.block_size.into());
            // The library below asserts that N is not zero.
            s.cost_parameter > 0 && memory <= 32 << 20 && s.parallelization <= 16
        }
        Some(pbes2::Kdf::Pbkdf2(p)) => p.iteration_count <= 10_000_000,
        _ => true,
    };
    if affordable { Ok(()) } else { Err(KeyFileError::Costly(path.into())) }
}

fn decode_signing_key(path: &Path, key: &PrivateKeyInfoRef<'_>) -> Result<SigningKey, KeyFileError> {
    if key.algorithm.oid != ED25519 {
        return Err(KeyFileError::WrongAlgorithm(path.into(), key.algorithm.oid));
    }
    let seed = key.private_key.as_bytes().strip_prefix(&SECRET_PREFIX).and_then(|s| s.try_into().ok());
    let seed = seed.filter(|_| key.algorithm.parameters.is_none());
    let signing = SigningKey::from_bytes(seed.ok_or_else(|| KeyFileError::Secret(path.into()))?);
    match &key.public_key {
        Some(stated) if stated.as_bytes() != Some(signing.verifying_key().as_bytes().as_slice()) => {
            Err(KeyFileError::PublicKey(path.into()))
        }
        _ => Ok(signing),
    }
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
    plain_passphrase(&passphrase)
}

/// A passphrase for a new key: without what a file adds, and without what could not be typed again.
fn plain_passphrase(given: &str) -> Result<Zeroizing<String>, KeyFileError> {
    let trimmed = passphrase::trim_marks(given);
    match passphrase::find_doubtful(trimmed) {
        Some(found) => Err(KeyFileError::DoubtfulPassphrase(found)),
        None if trimmed.is_empty() => Err(KeyFileError::EmptyPassphrase),
        None => Ok(Zeroizing::new(trimmed.to_owned())),
    }
}

fn from_environment(
    get: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<Zeroizing<String>>, KeyFileError> {
    if let Some(text) = get(TEXT_VARIABLE) {
        let text = text.into_string().map_err(|_| KeyFileError::PassphraseText(TEXT_VARIABLE))?;
        return Ok(Some(Zeroizing::new(text)));
    }
    let Some(path) = get(FILE_VARIABLE).map(PathBuf::from) else { return Ok(None) };
    let bytes = Zeroizing::new(fs::read(&path).map_err(|e| KeyFileError::PassphraseFile(path, e))?);
    let text = str::from_utf8(&bytes).map_err(|_| KeyFileError::PassphraseText(FILE_VARIABLE))?;
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

const TEXT_VARIABLE: &str = "HATTAMA_PASSPHRASE";
const FILE_VARIABLE: &str = "HATTAMA_PASSPHRASE_FILE";
const PLAIN: &str = "PRIVATE KEY";
const LOCKED: &str = "ENCRYPTED PRIVATE KEY";
/// RFC 8410, section 3.
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
/// RFC 8410, section 7: the secret is itself an octet string of 32 bytes.
const SECRET_PREFIX: [u8; 2] = [0x04, 0x20];
/// 16 MiB. OpenSSL 3 refuses to use more than 32 MiB, and N = 2^15 already needs a little more than that.
const SCRYPT: (u8, u32, u32) = (14, 8, 1);
/// An encrypted key takes about 400 bytes; comments that other programs put before it find room.
const FILE_BYTES_MAX: usize = 16 * 1024;

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    const SEED: [u8; 32] = [7; 32];

    fn made(passphrase: Option<&str>) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chair.pem");
        create_key_file(&path, &SEED, passphrase).unwrap();
        (folder, path)
    }

    fn open_with(path: &Path, passphrase: &str) -> Result<SigningKey, KeyFileError> {
        open_key(path, || Ok(Zeroizing::new(passphrase.to_owned())))
    }

    #[test]
    fn a_locked_key_opens_with_its_passphrase_only() {
        let (_folder, path) = made(Some("қара бура"));
        assert_eq!(open_with(&path, "қара бура").unwrap().to_bytes(), SEED);
        let error = open_with(&path, "қара").unwrap_err();
        assert_eq!(error.to_string(), format!("wrong passphrase for {}", path.display()));
        assert!(matches!(create_key_file(&path, &SEED, Some("")), Err(KeyFileError::EmptyPassphrase)));
    }

    #[test]
    fn nothing_is_overwritten_and_nobody_else_may_read() {
        let (_folder, path) = made(None);
        assert!(matches!(create_key_file(&path, &[8; 32], None), Err(KeyFileError::Exists(_))));
        assert_eq!(open_with(&path, "").unwrap().to_bytes(), SEED);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = open_with(&path, "").unwrap_err().to_string();
        assert!(error.ends_with(&format!("found 0640: run chmod 600 {}", path.display())), "{error}");
    }

    #[test]
    fn every_cut_is_named() {
        let (_folder, path) = made(None);
        let whole = fs::read(&path).unwrap();
        for length in 0..whole.len() - 1 {
            fs::write(&path, &whole[..length]).unwrap();
            let error = open_with(&path, "").unwrap_err();
            use KeyFileError::{NotPem, Pem, Truncated};
            assert!(matches!(error, NotPem(_) | Truncated(_) | Pem(..)), "{length}: {error}");
            assert!(length > 0 || matches!(error, NotPem(_)), "{error}");
        }
        fs::remove_file(&path).unwrap();
        assert!(matches!(open_with(&path, ""), Err(KeyFileError::Missing(_))));
        assert!(matches!(open_with(Path::new("/"), ""), Err(KeyFileError::NotAFile(_))));
    }

    #[test]
    fn a_key_opens_as_openssl_opens_it_and_with_what_a_file_adds_to_a_passphrase() {
        let (_folder, path) = made(Some("құпия сөз"));
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("\u{feff}{}\r\n\r\n", text.replace('\n', " \r\n"))).unwrap();
        assert_eq!(open_with(&path, "\u{feff}құпия сөз\r").unwrap().to_bytes(), SEED);
        assert_eq!(**plain_passphrase("\u{feff}құпия сөз\r").unwrap(), *"құпия сөз");
        assert!(matches!(plain_passphrase("и\u{306}"), Err(KeyFileError::DoubtfulPassphrase('\u{306}'))));
        fs::write(&path, format!("{text}{text}")).unwrap();
        assert!(matches!(open_with(&path, ""), Err(KeyFileError::Several(_, 2))));
    }

    #[test]
    fn openssl_reads_a_locked_key() {
        let (folder, _path) = made(Some("sesame"));
        let line = "pkey -in chair.pem -passin pass:sesame -noout -text";
        let Ok(shown) = Command::new("openssl").args(line.split(' ')).current_dir(&folder).output() else {
            println!("skipped: no openssl");
            return;
        };
        let shown: String = String::from_utf8(shown.stdout).unwrap().split(['\n', ' ', ':']).collect();
        let public = SigningKey::from_bytes(&SEED).verifying_key();
        assert!(shown.ends_with(&format!("pub{}", hex::encode(public))), "{shown}");
    }

    #[test]
    fn a_file_that_would_exhaust_the_machine_is_refused() {
        let refused = |log_n| {
            let cost = scrypt::Params::new(log_n, 8, 1).unwrap();
            let params = pbes2::Parameters::generate_scrypt_aes256cbc(cost, &[0; 16], [0; 16]).unwrap();
            check_cost(Path::new("x"), &params.into()).is_err()
        };
        assert_eq!([14, 15, 16, 40].map(refused), [false, false, true, true]);
    }

    #[test]
    fn the_passphrase_is_one_line_of_the_named_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("words");
        fs::write(&path, "open sesame \r\nnot this\n").unwrap();
        let file = |name: &str| (name == FILE_VARIABLE).then(|| path.clone().into());
        assert_eq!(**from_environment(file).unwrap().unwrap(), *"open sesame ");
        assert_eq!(**from_environment(|_| Some("first".into())).unwrap().unwrap(), *"first");
        assert!(from_environment(|_| None).unwrap().is_none());
        fs::remove_file(&path).unwrap();
        assert!(matches!(from_environment(file), Err(KeyFileError::PassphraseFile(..))));
    }
}
