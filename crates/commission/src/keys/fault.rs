//! Why a key file was not made or not opened, or a passphrase not taken.

use std::{io, path::PathBuf};

use pkcs8::{
    ObjectIdentifier,
    der::{self, pem},
    pkcs5,
};

/// The variable of the environment that holds a passphrase.
pub const PASSPHRASE_VARIABLE: &str = "HATTAMA_PASSPHRASE";
/// The variable of the environment that names the file of a passphrase.
pub const PASSPHRASE_FILE_VARIABLE: &str = "HATTAMA_PASSPHRASE_FILE";

/// The variable of the environment that holds the new passphrase, where one is changed.
pub const NEW_PASSPHRASE_VARIABLE: &str = "HATTAMA_NEW_PASSPHRASE";
/// The variable of the environment that names the file of the new passphrase.
pub const NEW_PASSPHRASE_FILE_VARIABLE: &str = "HATTAMA_NEW_PASSPHRASE_FILE";

/// RFC 8410, section 3.
pub(crate) const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
/// An encrypted key takes about 400 bytes; comments that other programs put before it find room.
pub(crate) const FILE_BYTES_MAX: usize = 16 * 1024;

/// Why a key file was not made or not opened.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum KeyFileError {
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
    /// Group or others may make or replace files in the folder.
    #[error("expected a folder that its owner alone writes to, found mode {1:04o}: run chmod go-w {file}", file = .0.display())]
    FolderOpenToOthers(PathBuf, u32),
    /// Another user may change it at any time.
    #[error("expected {file} to belong to user {1} or to root, found user {2}: run chown {1} {file}", file = .0.display())]
    ForeignOwner(PathBuf, u32, u32),
    /// A key without a passphrase where nothing keeps others from it.
    #[error(
        "expected a key with a passphrase on a disk that keeps no modes (a stick, Windows), found {file} without one: lock it with `hattama key passphrase {file}`",
        file = .0.display()
    )]
    NoModes(PathBuf),
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
    /// The passphrase does not unlock the file, and holds a sign that people do not see, or a space at an end.
    #[error(
        "wrong passphrase for {file}; it holds U+{code:04X}, which a copy adds and nobody sees: type it by hand",
        file = .0.display(),
        code = u32::from(*.1)
    )]
    SuspectPassphrase(PathBuf, char),
    /// The new passphrase did not open what was written: the file was left as it was.
    #[error("expected the new file to open with the new passphrase, found that it does not; {file} is left as it was", file = .0.display())]
    Unopened(PathBuf),
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
    #[error("cannot read the passphrase from {file}, which {2} names: {1}", file = .0.display())]
    PassphraseFile(PathBuf, io::Error, &'static str),
    /// Nobody can be asked.
    #[error(
        "expected a terminal for the passphrase, found none: name its file in {PASSPHRASE_FILE_VARIABLE}"
    )]
    NoTerminal,
    /// Nobody can be asked for the new passphrase of a key.
    #[error(
        "expected a terminal for the new passphrase, found none: name its file in {NEW_PASSPHRASE_FILE_VARIABLE}"
    )]
    NoNewPassphrase,
    /// The terminal was there and failed, or the answer was broken off.
    #[error("cannot read the passphrase from the terminal: {0}")]
    Terminal(io::Error),
}
