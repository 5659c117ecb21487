//! Makes a backup: what the head covers is compared with the backup that is there, what grew is written, all of it is read back, and the
//! list is replaced last.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use event::{Hash, sha256};
use store::Reader;
use tlog::{
    checkpoint::Checkpoint,
    note::Note,
    tree::{Tree, leaf_hash},
};
use verifier::{Paper, limits::FILE_BYTES_MAX};

use super::{
    fault::BackupError,
    list::{BackupList, FORM, KeptLine, LIST, PortionLine, is_kept_path},
    place::BackupPlace,
    portions::{FULL_BYTES, push_entry},
    whole::{KeptBackup, ledger_id_of},
};
use crate::{
    attachments::{attachment_path, read_attachments},
    clock::now,
    files::{FileError, read_file},
};

/// Entries read together.
const READ_TOGETHER: u64 = 1024;

/// How a backup is verified when it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupDepth {
    /// All of it is read back; every signature is checked, every entry admitted.
    Signatures,
    /// Hashes alone: the chain and the root of the ledger, and what was written now is read back.
    Hashes,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupDone {
    /// The ledger's id.
    pub ledger: Hash,
    /// Entries in it.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
    /// Entries that the backup before had.
    pub before: u64,
    /// Bytes written.
    pub written: u64,
    /// Bytes of all files of it.
    pub bytes: u64,
    /// Files of `attachments` that are not what their names say, and no good copy is known: they are not part of it.
    pub damaged: Vec<String>,
    /// Seconds since 1970 when it was made.
    pub made: i64,
}

/// The ledger as it was when its head was read.
struct FrozenLedger {
    reader: Reader,
    tree: Tree,
    id: Hash,
    size: u64,
    checkpoint: String,
}

/// Files to be kept: lines of the list, and of those that are new where they lie.
#[derive(Default)]
struct KeptFiles {
    lines: Vec<KeptLine>,
    /// By hash, for what the backup before does not have.
    new: BTreeMap<Hash, Vec<u8>>,
    papers: Vec<Hash>,
    damaged: Vec<String>,
}

/// Makes a backup of the ledger in a folder, which a node may have open, or lets the one that is there grow.
///
/// # Errors
/// [`BackupError`]; the backup that was there is whole.
pub fn back_up(ledger: &Path, to: &str, depth: BackupDepth) -> Result<BackupDone, BackupError> {
    if !ledger.join("journal").is_file() {
        return Err(store::OpenError::NotALedger { path: ledger.to_owned() }.into());
    }
    let place = BackupPlace::open_for_making(to, ledger)?;
    let before = place.read_list()?;
    let size_before = before.as_ref().map(|(list, _)| list.size);
    grow(ledger, place, before, depth).map_err(|error| match (error, size_before) {
        (BackupError::File(error), Some(size)) => BackupError::Grow { error, size },
        (error, _) => error,
    })
}

fn grow(
    ledger: &Path,
    mut place: BackupPlace,
    before: Option<(BackupList, Vec<u8>)>,
    depth: BackupDepth,
) -> Result<BackupDone, BackupError> {
    let (before, bytes_before) = before.unzip();
    // The papers first: each is named by an entry that is read after it.
    let files = list_files(ledger, before.as_ref())?;
    let frozen = FrozenLedger::read(ledger)?;
    if let Some(before) = &before {
        frozen.require_grown_from(&place.name(), before)?;
    }
    let mut written = 0;
    let entries = write_entries(&frozen, &mut place, before.as_ref(), &mut written)?;
    write_files(ledger, &files, &mut place, &mut written)?;
    let stamp = now().map_err(|error| FileError::at(ledger)(io::Error::other(error.to_string())))?;
    let list = BackupList {
        form: FORM.to_owned(),
        ledger: frozen.id,
        size: frozen.size,
        root: frozen.root(),
        checkpoint: frozen.checkpoint.clone(),
        made: stamp.to_string(),
        entries,
        files: files.lines,
    };
    let kept = KeptBackup::of(place, list.clone());
    match depth {
        BackupDepth::Signatures => kept.verify()?,
        BackupDepth::Hashes => {}
    }
    let mut place = kept.into_place();
    if place.read(LIST)? != bytes_before {
        return Err(BackupError::Meanwhile { place: place.name() });
    }
    let bytes = list.encode().map_err(|error| BackupError::List { place: place.name(), error })?;
    place.write(LIST, &bytes)?;
    written += bytes.len() as u64;
    place.sweep(before.as_ref(), &list)?;
    let lengths = list.entries.iter().map(|line| line.bytes).chain(list.files.iter().map(|line| line.bytes));
    Ok(BackupDone {
        ledger: list.ledger,
        size: list.size,
        root: list.root,
        before: before.map_or(0, |before| before.size),
        written,
        bytes: lengths.sum::<u64>() + bytes.len() as u64,
        damaged: files.damaged,
        made: stamp.millis().div_euclid(1000),
    })
}

impl FrozenLedger {
    /// The head first, then the journal as far as the head goes: a writer at work moves the journal first.
    fn read(ledger: &Path) -> Result<Self, BackupError> {
        let (reader, head) = Reader::open_journal(ledger)?;
        let none = || BackupError::NoCheckpoint { path: ledger.to_owned() };
        let (size, note) = head.filter(|(size, _)| *size > 0).ok_or_else(none)?;
        let mut tree = Tree::default();
        let mut first = 0;
        while first < size {
            let end = size.min(first + READ_TOGETHER);
            for entry in reader.entries(first..end)? {
                tree.push(leaf_hash(&entry));
            }
            first = end;
        }
        let other = || BackupError::Checkpoint { path: ledger.to_owned(), size };
        let checkpoint = String::from_utf8(note).map_err(|_| other())?;
        let note = Note::parse(checkpoint.as_bytes()).map_err(|_| other())?;
        let claimed = Checkpoint::parse(note.text()).map_err(|_| other())?;
        if claimed.size != size || claimed.root != tree.root() {
            return Err(other());
        }
        let id = ledger_id_of(&reader.entry(0)?)?;
        Ok(Self { reader, tree, id, size, checkpoint })
    }

    fn root(&self) -> Hash {
        Hash(self.tree.root())
    }

    /// Whether the backup that is there is a beginning of this ledger.
    fn require_grown_from(&self, place: &str, before: &BackupList) -> Result<(), BackupError> {
        let place = place.to_owned();
        if before.ledger != self.id {
            return Err(BackupError::OtherLedger { place, expected: self.id, found: before.ledger });
        }
        match self.tree.root_at(before.size) {
            Some(root) if Hash(root) == before.root => Ok(()),
            Some(_) => Err(BackupError::TwoHistories { place, size: before.size }),
            None => Err(BackupError::Newer { place, found: before.size, own: self.size }),
        }
    }
}

/// Writes what grew: after the portions that are full, the rest in new ones.
fn write_entries(
    frozen: &FrozenLedger,
    place: &mut BackupPlace,
    before: Option<&BackupList>,
    written: &mut u64,
) -> Result<Vec<PortionLine>, BackupError> {
    let mut lines = before.map(|list| list.entries.clone()).unwrap_or_default();
    if before.is_some_and(|list| list.size < frozen.size)
        && lines.last().is_some_and(|l| l.bytes < FULL_BYTES)
    {
        lines.pop();
    }
    let mut first = lines.last().map_or(0, |line| line.end);
    let mut portion = Vec::new();
    while first < frozen.size {
        let end = frozen.size.min(first + READ_TOGETHER);
        for entry in frozen.reader.entries(first..end)? {
            push_entry(&mut portion, &entry);
        }
        first = end;
        if portion.len() as u64 >= FULL_BYTES || first == frozen.size {
            let line = PortionLine { end, bytes: portion.len() as u64, sha256: sha256(&[&portion]) };
            write_and_read_back(place, &line.path(), &portion, written)?;
            lines.push(line);
            portion.clear();
        }
    }
    Ok(lines)
}

fn write_files(
    ledger: &Path,
    files: &KeptFiles,
    place: &mut BackupPlace,
    written: &mut u64,
) -> Result<(), BackupError> {
    let kept = |hash: &Hash| files.lines.iter().find(|line| line.sha256 == *hash).map(KeptLine::kept_path);
    for (hash, bytes) in &files.new {
        if let Some(path) = kept(hash) {
            write_and_read_back(place, &path, bytes, written)?;
        }
    }
    for hash in &files.papers {
        let path = attachment_path(ledger, hash);
        let bytes = read_file(&path, FILE_BYTES_MAX).map_err(FileError::at(&path))?;
        if let Some(path) = kept(hash) {
            write_and_read_back(place, &path, &bytes, written)?;
        }
    }
    Ok(())
}

/// Files are named by their hash, so what was read back is compared with the name.
fn write_and_read_back(
    place: &mut BackupPlace,
    path: &str,
    bytes: &[u8],
    written: &mut u64,
) -> Result<(), BackupError> {
    place.write(path, bytes)?;
    *written += bytes.len() as u64;
    place.read_listed(path, sha256(&[bytes])).map(drop)
}

/// What is kept beside the entries. A paper that was kept once stays, whatever became of it here.
fn list_files(ledger: &Path, before: Option<&BackupList>) -> Result<KeptFiles, BackupError> {
    let known: BTreeMap<&str, &KeptLine> =
        before.iter().flat_map(|list| &list.files).map(|line| (line.path.as_str(), line)).collect();
    let hashes: BTreeSet<Hash> = known.values().map(|line| line.sha256).collect();
    let papers = |line: &&&KeptLine| line.path.starts_with("attachments/");
    let mut files = KeptFiles {
        lines: known.values().filter(papers).map(|line| (*line).clone()).collect(),
        ..KeptFiles::default()
    };
    let there: BTreeMap<String, Paper> = known
        .values()
        .filter(papers)
        .map(|line| (line.sha256.to_string(), Paper { sha256: line.sha256, size: line.bytes }))
        .collect();
    for (name, paper) in read_attachments(ledger, &there)? {
        let path = format!("attachments/{name}");
        if known.contains_key(path.as_str()) {
            continue;
        }
        if paper.sha256.to_string() != name {
            files.damaged.push(name);
            continue;
        }
        files.lines.push(KeptLine { path, bytes: paper.size, sha256: paper.sha256 });
        files.papers.push(paper.sha256);
    }
    let mut others = vec!["anchors.json".to_owned(), "witnessed".to_owned()];
    list_staged(ledger, "staging", &mut others)?;
    for path in others.into_iter().filter(|path| is_kept_path(path)) {
        let Some(bytes) = read_plain(&ledger.join(&path))? else { continue };
        let hash = sha256(&[&bytes]);
        files.lines.push(KeptLine { path, bytes: bytes.len() as u64, sha256: hash });
        if !hashes.contains(&hash) {
            files.new.insert(hash, bytes);
        }
    }
    files.lines.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Hands over the files of a ledger's folder that a backup keeps beside the entries, one at a time, with their paths in it.
pub(super) fn read_kept_files(
    ledger: &Path,
    mut each: impl FnMut(&str, &[u8]) -> Result<(), FileError>,
) -> Result<(), BackupError> {
    for line in list_files(ledger, None)?.lines {
        if let Some(bytes) = read_plain(&ledger.join(&line.path))? {
            each(&line.path, &bytes)?;
        }
    }
    Ok(())
}

/// A file that may vanish while it is looked for, and that is no key.
fn read_plain(path: &Path) -> Result<Option<Vec<u8>>, BackupError> {
    match read_file(path, FILE_BYTES_MAX) {
        Ok(bytes) if bytes.starts_with(b"-----BEGIN") => Ok(None),
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileError::at(path)(error).into()),
    }
}

fn list_staged(ledger: &Path, folder: &str, found: &mut Vec<String>) -> Result<(), BackupError> {
    let path = ledger.join(folder);
    let items = match fs::read_dir(&path) {
        Ok(items) => items,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(FileError::at(&path)(error).into()),
    };
    for item in items {
        let item = item.map_err(FileError::at(&path))?;
        let below = format!("{folder}/{}", item.file_name().to_string_lossy());
        let kind = item.file_type().map_err(FileError::at(&path))?;
        if kind.is_dir() {
            list_staged(ledger, &below, found)?;
        } else if kind.is_file() {
            found.push(below);
        }
    }
    Ok(())
}
