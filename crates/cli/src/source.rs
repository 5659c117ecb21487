//! What a SOURCE on the command line is: a published ledger as folder, zip or address, or a ledger's own folder.
//!
//! They are told apart by their shape; where it is none of them, the fault says what was expected.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, Read as _},
    path::{Path, PathBuf},
};

use commission::moments::split_day;
use ledger::Head;
use node::KeptBackup;
use phrase::{Phrase, phrase};
use texts::{program::say, say_fault};
use verifier::{
    AsOf, Beside, Paper, Source,
    address::{self, AddressError},
    archive::{self, ArchiveError},
    folder::{self, FolderError},
    limits::Limits,
};

use crate::{open::read_time, terminal::eprint};

/// Why a source is not read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum SourceFault {
    #[error("expected a folder, a zip or an address, found nothing at {path}", path = .path.display())]
    Missing { path: PathBuf },
    #[error("expected an address with http:// or https://, found {address}")]
    Scheme { address: String },
    #[error("cannot read {path}: {error}", path = .path.display())]
    Read { path: PathBuf, error: io::Error },
    #[error("expected a ledger's folder or a published ledger, found neither journal nor checkpoint in {path}", path = .path.display())]
    NoLedger { path: PathBuf, near: Option<PathBuf> },
    #[error("expected a node's own folder or a published ledger, found parts of both, and no checkpoint, in {path}", path = .path.display())]
    Both { path: PathBuf },
    #[error("expected a whole published ledger, found the folder of one snapshot: {path}", path = .path.display())]
    OneSnapshot { path: PathBuf },
    #[error("expected a folder, a zip or an address, found {found}: {path}", path = .path.display())]
    OtherFile { path: PathBuf, found: Phrase },
    #[error("{path}: {error}", path = .path.display())]
    Zip { path: PathBuf, error: ArchiveError },
    #[error(transparent)]
    Address(#[from] AddressError),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Store(#[from] store::OpenError),
    #[error(transparent)]
    Attachments(#[from] node::PublishError),
    #[error(transparent)]
    Backup(#[from] node::BackupError),
    #[error("the replay stops: {0}")]
    Replay(#[from] verifier::ReplayError),
    #[error("expected a number of entries, or a time as 2025-10-12T23:00:00+05:00, found {found}")]
    AsOf { found: String },
}

impl SourceFault {
    /// 1: refused on its merits; 2: could not tell; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::AsOf { .. } => 64,
            _ => 2,
        }
    }

    /// How to mend it, in one line.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::NoLedger { near: Some(near), .. } => {
                Some(say("hint-near", &[("path", near.display().to_string().into())]))
            }
            Self::NoLedger { near: None, .. } => Some(say("hint-folder", &[])),
            Self::OneSnapshot { .. } => Some(say("hint-one-snapshot", &[])),
            Self::OtherFile { .. } => Some(say("hint-file", &[])),
            Self::Missing { path } => {
                let text = path.to_string_lossy();
                is_host(text.split('/').next().unwrap_or_default())
                    .then(|| say("hint-server", &[("path", text.into_owned().into())]))
            }
            Self::Zip { error, .. } => error.hint().map(|hint| say_fault(&hint)),
            Self::Address(error) => error.hint().map(|hint| say_fault(&hint)),
            Self::Scheme { .. }
            | Self::Read { .. }
            | Self::Both { .. }
            | Self::Folder(_)
            | Self::Store(_)
            | Self::Attachments(_)
            | Self::Backup(_)
            | Self::Replay(_)
            | Self::AsOf { .. } => None,
        }
    }
}

/// Whether the first part of a path may be the name of a server: no name of a file.
fn is_host(name: &str) -> bool {
    const ENDINGS: [&str; 24] = [
        "csv", "doc", "docx", "evidence", "gz", "htm", "html", "jpg", "json", "log", "md", "odt", "ods",
        "pdf", "pem", "png", "rar", "tar", "toml", "txt", "xls", "xlsx", "xml", "zip",
    ];
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    !name.starts_with('.') && ending.is_some_and(|ending| !ENDINGS.contains(&ending.as_str()))
}

/// What a path or address leads to, by its shape alone.
pub(crate) enum Shape<'a> {
    /// `http://…` or `https://…`.
    Address(&'a str),
    /// A file that ends in `.zip` or begins as one.
    Zip(BufReader<File>),
    /// Another file.
    File(BufReader<File>),
    /// A ledger's own folder.
    Ledger,
    /// A backup of one.
    Backup,
    /// A folder with a checkpoint: a published ledger, or one snapshot of it.
    Published,
    /// Another folder.
    Folder,
}

/// The limits of every reader; a server that asks for patience is told of.
pub(crate) fn limits_aloud() -> Limits {
    let tell_wait = |address: &str, seconds: u64| {
        eprint(&say("server-asks-to-wait", &[("address", address.into()), ("seconds", seconds.into())]));
    };
    Limits { tell_wait, ..Limits::default() }
}

/// Reads a source, or the folder of one snapshot: what `diff` compares.
pub(crate) fn read_side(path: &Path) -> Result<Source, SourceFault> {
    match find_shape(path)? {
        Shape::Published => Ok(folder::open_folder(path, &Limits::default()).map_err(SourceFault::from)?),
        _ => read_source(path),
    }
}

/// Looks at what lies there; reads at most four bytes of it.
pub(crate) fn find_shape(path: &Path) -> Result<Shape<'_>, SourceFault> {
    let text = path.to_str().unwrap_or_default();
    if let Some((scheme, _)) = text.split_once("://") {
        let known = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        return if known {
            Ok(Shape::Address(text))
        } else {
            Err(SourceFault::Scheme { address: text.to_owned() })
        };
    }
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => SourceFault::Missing { path: path.to_owned() },
        _ => SourceFault::Read { path: path.to_owned(), error },
    };
    let about = std::fs::metadata(path).map_err(failed)?;
    if !about.is_dir() && !about.is_file() {
        // A pipe never ends, and a device is no ledger.
        let error = io::Error::other("expected a folder or a file, found a pipe or a device");
        return Err(SourceFault::Read { path: path.to_owned(), error });
    }
    if about.is_dir() {
        // A checkpoint decides: whoever lays a journal beside what was published must not turn eyes away from it.
        let lies = |name: &str| std::fs::symlink_metadata(path.join(name)).is_ok();
        return match () {
            () if lies("checkpoint") => Ok(Shape::Published),
            () if lies("journal") && (lies("tile") || lies("snapshots")) => {
                Err(SourceFault::Both { path: path.to_owned() })
            }
            () if path.join("journal").is_file() => Ok(Shape::Ledger),
            () if path.join("backup.json").is_file() => Ok(Shape::Backup),
            () => Ok(Shape::Folder),
        };
    }
    let mut head = Vec::new();
    File::open(path).map_err(failed)?.take(4).read_to_end(&mut head).map_err(failed)?;
    let named = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    let file = BufReader::new(File::open(path).map_err(failed)?);
    Ok(if named || head.starts_with(b"PK") { Shape::Zip(file) } else { Shape::File(file) })
}

/// Reads a source.
pub(crate) fn read_source(path: &Path) -> Result<Source, SourceFault> {
    let name = path.display().to_string();
    match find_shape(path)? {
        Shape::Address(address) => {
            Ok(address::read_address(address, &limits_aloud()).map_err(SourceFault::from)?)
        }
        Shape::Zip(file) => Ok(archive::open_archive_apart(&name, file, &Limits::default())
            .map_err(|error| SourceFault::Zip { path: path.to_owned(), error })?),
        Shape::Ledger => {
            // The papers first: what a node takes in meanwhile is named by entries that are read after them.
            let papers = node::read_attachments(path, &BTreeMap::new());
            let papers = papers.map_err(node::PublishError::from)?;
            let (mut entries, head) = store::read::snapshot_of(path)?;
            let mut beside = Beside { names: list_beside_store(path)?, unsigned_entries: 0 };
            if let Some((size, _)) = &head {
                // What stands behind the signed head was acknowledged to nobody yet.
                beside.unsigned_entries = (entries.len() as u64).saturating_sub(*size);
                entries.truncate(usize::try_from(*size).unwrap_or(usize::MAX));
            }
            let local = Source::from_entries(&name, entries, head.map(|(_, checkpoint)| checkpoint));
            Ok(local.with_papers(papers).with_beside(beside))
        }
        Shape::Backup => read_backup(&name, &KeptBackup::open(&name)?),
        Shape::Published if path.join("manifest.json").is_file() && !path.join("tile").exists() => {
            Err(SourceFault::OneSnapshot { path: path.to_owned() })
        }
        Shape::Published => Ok(folder::open_folder(path, &Limits::default()).map_err(SourceFault::from)?),
        Shape::Folder => Err(SourceFault::NoLedger { path: path.to_owned(), near: find_ledger_nearby(path) }),
        Shape::File(_) => Err(SourceFault::OtherFile { path: path.to_owned(), found: name_other_file(path) }),
    }
}

/// Reads a backup as the ledger's own folder that it was made of.
pub(crate) fn read_backup(name: &str, backup: &KeptBackup) -> Result<Source, SourceFault> {
    let mut papers = BTreeMap::new();
    backup.read_files(|path, bytes| {
        if let Some(name) = path.strip_prefix("attachments/") {
            let paper = Paper { sha256: event::sha256(&[&bytes]), size: bytes.len() as u64 };
            papers.insert(name.to_owned(), paper);
        }
        Ok(())
    })?;
    let source = Source::from_entries(name, backup.read_entries()?, Some(backup.checkpoint().to_vec()));
    Ok(source.with_papers(papers))
}

/// What else lies in the folder of a node's own store, by name: nobody looks at it.
fn list_beside_store(path: &Path) -> Result<Vec<String>, SourceFault> {
    const OWN: [&str; 8] =
        ["anchors.json", "attachments", "follows.json", "head", "journal", "lock", "sled", "staging"];
    let failed = |error| SourceFault::Read { path: path.to_owned(), error };
    let mut names = Vec::new();
    for item in std::fs::read_dir(path).map_err(failed)? {
        let name = item.map_err(failed)?.file_name().to_string_lossy().into_owned();
        if !OWN.contains(&name.as_str()) && !name.ends_with(".pem") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// A ledger one floor down or up: the folder of a demo or of a website was named, or one inside.
fn find_ledger_nearby(path: &Path) -> Option<PathBuf> {
    let holds = |folder: &Path| folder.join("journal").is_file() || folder.join("checkpoint").is_file();
    let below = ["published", "ledger"].map(|name| path.join(name));
    let whole = std::fs::canonicalize(path).ok()?;
    let above = whole.ancestors().skip(1).take(5).map(Path::to_owned);
    below.into_iter().chain(above).find(|folder| holds(folder))
}

fn name_other_file(path: &Path) -> Phrase {
    match path.file_name().and_then(|name| name.to_str()) {
        Some("checkpoint") => phrase!("file-is-a-checkpoint", "a checkpoint"),
        Some("journal" | "head") => phrase!("file-of-a-ledger", "a file of a ledger's own folder"),
        Some("manifest.json" | "manifest.sig") => phrase!("file-of-a-snapshot", "a file of a snapshot"),
        _ => phrase!("file-of-any-kind", "a file"),
    }
}

/// Replays a source, up to a size or a time if one is given.
pub(crate) fn replay_source(path: &Path, as_of: Option<&str>) -> Result<Head, SourceFault> {
    let as_of = as_of.map(parse_as_of).transpose()?;
    Ok(verifier::replay_to(&read_source(path)?, as_of.as_ref())?)
}

pub(crate) fn parse_as_of(text: &str) -> Result<AsOf, SourceFault> {
    if let Ok(size) = text.parse() {
        return Ok(AsOf::Size(size));
    }
    // A day has one reading: the ledger as it was when the day ended.
    let plain = text.replace('\u{a0}', " ");
    let end_of_day = || split_day(plain.trim()).filter(|(_, rest)| rest.is_empty()).map(|(day, _)| day);
    let time = read_time(&plain).ok().or_else(|| read_time(&format!("{} 23:59:59", end_of_day()?)).ok());
    time.map(AsOf::Time).ok_or_else(|| SourceFault::AsOf { found: text.to_owned() })
}
