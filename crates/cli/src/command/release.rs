//! `hattama release`: the checksums of a release, signed, and files compared with them.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use client::files::{FileFault, write_atomically};
use event::Hash;
use phrase::Phrase;
use sha2::{Digest as _, Sha256};
use texts::program::say;
use tlog::note::{Note, NoteSigner, VerifierKey};

use crate::{
    fault::Fault,
    open::{read_seed, read_text_file},
    release_fault::ReleaseFault,
    terminal::print,
};

/// Stands in front of the checksums: no other text that a key signs begins so (`docs/format.md`, 3).
const FIRST_LINE: &str = "hattama-release-v1";

#[derive(Debug, Subcommand)]
pub(crate) enum ReleaseCommand {
    /// Sign SHA256SUMS with the key of the project, as a C2SP note
    Sign {
        /// The checksums, as `sha256sum` prints them
        sums: PathBuf,
        /// The key: signs releases and nothing else
        #[arg(long, env = "HATTAMA_RELEASE_KEY", value_name = "PEM")]
        key: PathBuf,
        /// The name of the key, as in its verifier key
        #[arg(long, env = "HATTAMA_RELEASE_NAME", value_name = "NAME")]
        name: String,
        /// The note
        #[arg(long, env = "HATTAMA_TO", value_name = "FILE")]
        to: PathBuf,
    },
    /// Check the note of a release under the project's verifier key, and the files that lie beside it
    Check {
        /// The note
        note: PathBuf,
        /// The project's verifier key: NAME+ID+KEY
        #[arg(long, env = "HATTAMA_RELEASE_VERIFIER_KEY", value_name = "KEY")]
        key: String,
    },
}

impl ReleaseCommand {
    pub(crate) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Sign { sums, key, name, to } => sign_sums(&sums, &key, &name, &to),
            Self::Check { note, key } => check_files(&note, &key),
        }
    }
}

fn sign_sums(sums: &Path, key: &Path, name: &str, to: &Path) -> Result<(), Fault> {
    let text = read_text_file(sums)?;
    parse_sums(sums, &text)?;
    let signer = NoteSigner::new(name, &read_seed(key)?).map_err(ReleaseFault::from)?;
    let note = signer.sign(&format!("{FIRST_LINE}\n{text}")).map_err(ReleaseFault::from)?;
    write_atomically(to, note.as_bytes())?;
    print(&signer.verifier_key().encode());
    Ok(())
}

fn check_files(path: &Path, key: &str) -> Result<(), Fault> {
    let key = VerifierKey::parse(key).map_err(ReleaseFault::from)?;
    let note = Note::parse(read_text_file(path)?.as_bytes()).map_err(ReleaseFault::from)?;
    note.verify(&[key]).map_err(ReleaseFault::from)?;
    let first = format!("{FIRST_LINE}\n");
    let no_release = || ReleaseFault::Line {
        path: path.to_owned(),
        found: Phrase::verbatim(note.text().lines().next().unwrap_or_default()),
    };
    let sums = parse_sums(path, note.text().strip_prefix(&first).ok_or_else(no_release)?)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let (mut same, mut missing) = (0_u64, 0_u64);
    for (expected, name) in sums {
        let file = folder.join(&name);
        let found = match std::fs::File::open(&file) {
            Ok(file) => hash_file(file),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                missing += 1;
                continue;
            }
            Err(error) => Err(error),
        };
        let found = found.map_err(|error| FileFault::Read { path: file.clone(), error })?;
        if found != expected {
            return Err(ReleaseFault::Changed { path: file, expected, found }.into());
        }
        same += 1;
    }
    print(&say("release-checked", &[("same", same.into()), ("missing", missing.into())]));
    Ok(())
}

/// Lines of `sha256sum`: a hash, two spaces (or a space and a star), a name without folders.
fn parse_sums(path: &Path, text: &str) -> Result<Vec<(Hash, String)>, ReleaseFault> {
    let wrong = |line: &str| ReleaseFault::Line { path: path.to_owned(), found: Phrase::verbatim(line) };
    let mut sums = Vec::new();
    for line in text.lines() {
        let (hash, name) =
            line.split_once("  ").or_else(|| line.split_once(" *")).ok_or_else(|| wrong(line))?;
        let hash = Hash::parse(hash).map_err(|_| wrong(line))?;
        if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\']) {
            return Err(wrong(line));
        }
        sums.push((hash, name.to_owned()));
    }
    if sums.is_empty() { Err(wrong("")) } else { Ok(sums) }
}

fn hash_file(mut file: impl std::io::Read) -> std::io::Result<Hash> {
    let (mut hasher, mut portion) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut portion)? {
            0 => return Ok(Hash(hasher.finalize().into())),
            read => hasher.update(portion.get(..read).unwrap_or_default()),
        }
    }
}
