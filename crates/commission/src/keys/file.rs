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
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::Path,
};

use client::durable::sync_folder;
use ed25519_dalek::SigningKey;
use pkcs8::{
    AlgorithmIdentifierRef, EncryptedPrivateKeyInfoRef, LineEnding, PrivateKeyInfoRef, SecretDocument,
    der::{self, Decode as _, asn1::OctetStringRef, pem},
    pkcs5::{self, pbes2, scrypt},
};
use zeroize::Zeroizing;

use super::{
    fault::{ED25519, FILE_BYTES_MAX, KeyFileError},
    mode::{create_own_file, mode_of},
    passphrase::{find_suspect, readings},
    pem::{BlockFault, find_block},
    private::{keeps_modes, require_own},
};

/// Writes `seed` to a new file of mode 0600, locked if there is a passphrase, and returns when it is on disk.
///
/// # Errors
/// `Exists` when the name is taken: nothing is ever overwritten. After any other error there is no new file.
pub fn create_key_file(path: &Path, seed: &[u8; 32], passphrase: Option<&str>) -> Result<(), KeyFileError> {
    let pem = encode_pem(seed, passphrase)?;
    let refused = |e: io::Error| match e.kind() {
        io::ErrorKind::AlreadyExists => KeyFileError::Exists(path.into()),
        _ => KeyFileError::Write(path.into(), e),
    };
    let mut file = create_own_file(path).map_err(refused)?;
    // The name is durable only once its folder is.
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written =
        file.write_all(pem.as_bytes()).and_then(|()| file.sync_all()).and_then(|()| sync_folder(folder));
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

/// Opens the key in `path`; `passphrase` is called only if the file is locked and otherwise in order, `without_modes` if its
/// file system keeps no modes, so that the passphrase alone protects it.
///
/// # Errors
/// One variant of [`KeyFileError`] for each thing that can be wrong with the file, or that of `passphrase`.
pub fn open_key(
    path: &Path,
    passphrase: impl FnOnce() -> Result<Zeroizing<String>, KeyFileError>,
    without_modes: impl FnOnce(&Path),
) -> Result<SigningKey, KeyFileError> {
    open_file(path, passphrase, |locked| {
        if !locked {
            return Err(KeyFileError::NoModes(path.into()));
        }
        without_modes(path);
        Ok(())
    })
}

/// Opens the key in `path` so that it can be locked: where the file system keeps no modes, a key without a passphrase is opened for
/// nothing else.
///
/// # Errors
/// As [`open_key`].
pub fn open_key_to_lock(
    path: &Path,
    passphrase: impl FnOnce() -> Result<Zeroizing<String>, KeyFileError>,
) -> Result<SigningKey, KeyFileError> {
    open_file(path, passphrase, |_| Ok(()))
}

/// Opens a key; `on_open_disk` is asked whether a key may be used that others could read, and told whether it is locked.
fn open_file(
    path: &Path,
    passphrase: impl FnOnce() -> Result<Zeroizing<String>, KeyFileError>,
    on_open_disk: impl FnOnce(bool) -> Result<(), KeyFileError>,
) -> Result<SigningKey, KeyFileError> {
    let (bytes, open) = read_private(path)?;
    let text = pem_block(path, &bytes)?;
    let damaged = |e| KeyFileError::Pem(path.into(), e);
    let asn1 = |e| KeyFileError::Pkcs8(path.into(), e);
    let label = pem::decode_label(text.as_bytes()).map_err(damaged)?;
    let document = Zeroizing::new(pem::decode_vec(text.as_bytes()).map_err(damaged)?.1);
    if open {
        on_open_disk(label != PLAIN)?;
    }
    if label == PLAIN {
        return decode_signing_key(path, &PrivateKeyInfoRef::from_der(&document).map_err(asn1)?);
    }
    let locked = EncryptedPrivateKeyInfoRef::from_der(&document).map_err(asn1)?;
    check_cost(path, &locked.encryption_algorithm)?;
    let passphrase = passphrase()?;
    let (scheme, data) = (&locked.encryption_algorithm, locked.encrypted_data.as_bytes());
    for reading in readings(&passphrase) {
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
    Err(match find_suspect(&passphrase) {
        Some(sign) => KeyFileError::SuspectPassphrase(path.into(), sign),
        None => KeyFileError::WrongPassphrase(path.into()),
    })
}

/// The block of the secret key in the file.
fn pem_block(path: &Path, bytes: &[u8]) -> Result<Zeroizing<String>, KeyFileError> {
    find_block(bytes, &[PLAIN, LOCKED]).map_err(|fault| match fault {
        BlockFault::NoBegin => KeyFileError::NotPem(path.into()),
        BlockFault::NoEnd => KeyFileError::Truncated(path.into()),
        BlockFault::Other(label) => KeyFileError::Label(path.into(), label),
        BlockFault::Several(found) => KeyFileError::Several(path.into(), found),
        BlockFault::Utf16 => KeyFileError::Utf16(path.into()),
        BlockFault::ZeroByte => KeyFileError::ZeroByte(path.into()),
    })
}

/// The bytes of the file, and whether others may read it because its file system has no modes.
fn read_private(path: &Path) -> Result<(Zeroizing<Vec<u8>>, bool), KeyFileError> {
    let fault = |e: io::Error| match e.kind() {
        io::ErrorKind::NotFound => KeyFileError::Missing(path.into()),
        _ => KeyFileError::Read(path.into(), e),
    };
    // A pipe would hold the program before it could be looked at.
    if !fs::metadata(path).map_err(fault)?.is_file() {
        return Err(KeyFileError::NotAFile(path.into()));
    }
    let file = File::open(path).map_err(fault)?;
    let metadata = file.metadata().map_err(fault)?;
    if !metadata.is_file() {
        return Err(KeyFileError::NotAFile(path.into()));
    }
    let mode = mode_of(&metadata);
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let open = mode & 0o077 != 0;
    let refused = (open && keeps_modes(folder)).then(|| KeyFileError::OpenToOthers(path.into(), mode));
    let refused = refused.or_else(|| require_own(path, &metadata).err());
    // Room for all of it at once: a buffer that grows would leave copies of the secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(FILE_BYTES_MAX + 1));
    file.take(FILE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(fault)?;
    if let Some(refused) = refused {
        // To close a page or a table to others would make no key of it.
        return Err(pem_block(path, &bytes).err().unwrap_or(refused));
    }
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

const PLAIN: &str = "PRIVATE KEY";
const LOCKED: &str = "ENCRYPTED PRIVATE KEY";
/// RFC 8410, section 7: the secret is itself an octet string of 32 bytes.
const SECRET_PREFIX: [u8; 2] = [0x04, 0x20];
/// 16 MiB. OpenSSL 3 refuses to use more than 32 MiB, and N = 2^15 already needs a little more than that.
const SCRYPT: (u8, u32, u32) = (14, 8, 1);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::passphrase::accept_passphrase;
    use std::{os::unix::fs::PermissionsExt as _, path::PathBuf, process::Command};

    const SEED: [u8; 32] = [7; 32];

    fn made(passphrase: Option<&str>) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chair.pem");
        create_key_file(&path, &SEED, passphrase).unwrap();
        (folder, path)
    }

    fn open_with(path: &Path, passphrase: &str) -> Result<SigningKey, KeyFileError> {
        open_key(path, || Ok(Zeroizing::new(passphrase.to_owned())), |_| {})
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
        assert_eq!(**accept_passphrase("\u{feff}құпия сөз\r").unwrap(), *"құпия сөз");
        assert!(matches!(accept_passphrase("и\u{306}"), Err(KeyFileError::DoubtfulPassphrase('\u{306}'))));
        fs::write(&path, format!("{text}{text}")).unwrap();
        assert!(matches!(open_with(&path, ""), Err(KeyFileError::Several(_, 2))));
    }

    #[test]
    fn no_invisible_difference_loses_a_key() {
        // Й, ё and Ў typed as one sign, copied as two; spaces and unseen signs of a copy; a file of an older program.
        let (_folder, path) = made(Some("йод ёлка 5"));
        for given in [
            "и\u{306}од е\u{308}лка 5",
            "йод ёлка 5 ",
            " йод ёлка 5",
            "\u{200b}йод ёлка 5\u{a0}",
            "йод ёлка 5\r\n",
            "йод\u{a0}ёлка 5",
            "йод ёлка \u{ff15}",
        ] {
            assert_eq!(open_with(&path, given).unwrap().to_bytes(), SEED, "{given:?}");
        }
        for wrong in ["йод елка 5", "Йод ёлка 5", "йодёлка 5"] {
            assert!(matches!(open_with(&path, wrong), Err(KeyFileError::WrongPassphrase(_))), "{wrong}");
        }
        assert!(matches!(open_with(&path, "sesame "), Err(KeyFileError::SuspectPassphrase(_, ' '))));
        assert!(matches!(
            open_with(&path, "a\u{200b}b"),
            Err(KeyFileError::SuspectPassphrase(_, '\u{200b}'))
        ));
        let (_folder, path) = made(Some("и\u{306}од"));
        for given in ["йод", "и\u{306}од", "йод\n"] {
            assert_eq!(open_with(&path, given).unwrap().to_bytes(), SEED, "{given:?}");
        }
        let (_folder, path) = made(Some("ends with a space "));
        assert_eq!(open_with(&path, "ends with a space ").unwrap().to_bytes(), SEED);
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
}
