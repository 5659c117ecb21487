//! Whether a folder is the one ledger or a copy of it: a random id in the folder, and its twin in a state directory outside.
//!
//! ```text
//! folder/instance.json     id, openings, state                        copied with the folder, or not
//! STATE/NAME.json          id, openings, size, folder, device, inode  stays where it is; NAME from the folder's path and the ledger's id
//! STATE/NAME.size          entries under the newest signed checkpoint
//! ```
//!
//! A copy elsewhere has no twin; a backup in the old place has a twin that counts more openings or more entries. An image of the whole
//! machine takes both along: only places and witnesses catch that.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use event::Hash;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::files::{FileError, identity_of, read_file, rename_durably, write_durably};

/// The file in the ledger's folder.
const INSTANCE: &str = "instance.json";

/// A mark has some hundred bytes, and two paths.
const BYTES_MAX: u64 = 64 << 10;

/// What stands in the ledger's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct InstanceMark {
    /// Random, in hexadecimal digits.
    id: String,
    /// How often it was opened for writing.
    openings: u64,
    /// The state directory in which the twin was kept last: for people who look for it.
    state: PathBuf,
}

/// What stands in the state directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InstanceTwin {
    /// Device of the folder when it was opened last.
    device: u64,
    /// The folder.
    pub(crate) folder: PathBuf,
    /// As in the folder.
    id: String,
    /// Inode of the folder.
    inode: u64,
    /// As in the folder.
    openings: u64,
    /// Entries that were signed when it was opened last.
    size: u64,
}

/// Where a ledger lies, and where its twin is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InstancePlace<'a> {
    /// The ledger's folder.
    pub(crate) dir: &'a Path,
    /// The state directory.
    pub(crate) state: &'a Path,
    /// The ledger's id.
    pub(crate) ledger: Hash,
    /// Whether nothing is real in it.
    pub(crate) test: bool,
}

/// What a folder is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Instance {
    /// The one that was written to last on this machine.
    Same,
    /// It was never opened for writing by a program that marks ledgers, and has its charter alone, or is a test.
    Unmarked,
    /// A copy.
    Copy(CopySign),
}

/// By what a copy of a ledger is told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub(crate) enum CopySign {
    /// The ledger remembers a mark.
    #[error("expected the file {INSTANCE} in {folder}, found none", folder = .folder.display())]
    NoMark { folder: PathBuf },
    /// Nothing was taken along but the entries, or a program without marks made them.
    #[error("expected the file {INSTANCE} in {folder}, found {size} signed entries without it", folder = .folder.display())]
    EntriesAlone { folder: PathBuf, size: u64 },
    /// The mark lies here, and nothing in the state directory.
    #[error(
        "expected the twin of its {INSTANCE} ({id}) for {folder} in the state directory {state}, found none (the last one was kept in {kept})",
        folder = .folder.display(),
        state = .state.display(),
        kept = .kept.display()
    )]
    NoTwin { id: String, folder: PathBuf, state: PathBuf, kept: PathBuf },
    /// The state directory knows a mark in this place.
    #[error("expected the file {INSTANCE} ({id}) in {folder}, found none", folder = .folder.display())]
    MarkGone { id: String, folder: PathBuf },
    /// Two ids.
    #[error("expected {INSTANCE} to say {twin} in {folder}, found {mark}", folder = .folder.display())]
    OtherMark { twin: String, folder: PathBuf, mark: String },
    /// Fewer openings or entries than the state directory knows.
    #[error(
        "expected a ledger in {folder} that was opened {openings} times and signed at least {signed} entries, found one opened {found} times with {size}",
        folder = .folder.display()
    )]
    Older { folder: PathBuf, openings: u64, signed: u64, found: u64, size: u64 },
}

/// Marks of ledgers cannot be kept.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum InstanceError {
    /// A mark is no longer what was written.
    #[error("expected the mark of a ledger in {path}, found: {error}; if this is the newest copy of the ledger, remove the file and start with --restored", path = .path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: serde_json::Error,
    },
    /// The twin would be copied along with the ledger.
    #[error("expected a state directory outside of the ledger's folder, found {path} in it: name another one with --state DIR", path = .path.display())]
    Inside {
        /// The state directory.
        path: PathBuf,
    },
    /// The system gives no random numbers.
    #[error("expected random bytes of the system, found: {0}")]
    Random(io::Error),
    /// A file cannot be read or written.
    #[error("{0}; the state directory can be named with --state DIR")]
    File(#[from] FileError),
}

/// Keeps beside the twin how many entries are signed, for as long as the ledger is open.
#[derive(Debug, Clone)]
pub(crate) struct SizeKeeper {
    path: PathBuf,
}

impl SizeKeeper {
    /// Notes that a checkpoint of so many entries is signed and durable. It is not waited for: what a power cut loses here makes an old
    /// copy harder to tell, and nothing else.
    pub(crate) fn note_size(&self, size: u64) {
        if let Err(error) = write_size(&self.path, size) {
            tracing::warn!(path = %self.path.display(), %error, "cannot keep how many entries are signed: an old copy in this place may not be told apart");
        }
    }
}

impl InstancePlace<'_> {
    /// Looks what the ledger is, which has so many signed entries; nothing is written. `was_marked` tells that the ledger remembers a mark.
    pub(crate) fn examine(&self, size: u64, was_marked: bool) -> Result<Instance, InstanceError> {
        let folder = self.resolve_folder()?;
        let path = self.twin_path(&folder);
        let twin: Option<InstanceTwin> = read_json(&path)?;
        let mark = self.read_mark(twin.as_ref())?;
        let copy = |sign| Ok(Instance::Copy(sign));
        let (mark, twin) = match (mark, twin) {
            (None, None) if was_marked => {
                return copy(CopySign::NoMark { folder });
            }
            // A copy of the entries alone looks like the ledger of a program that made no marks.
            (None, None) if !self.test && size > 1 => return copy(CopySign::EntriesAlone { folder, size }),
            (None, None) if !self.test && !self.find_twins().is_empty() => {
                return copy(CopySign::NoMark { folder });
            }
            (None, None) => return Ok(Instance::Unmarked),
            (Some(mark), None) => {
                let state = self.state.to_owned();
                return copy(CopySign::NoTwin { id: mark.id, folder, state, kept: mark.state });
            }
            (None, Some(twin)) => {
                return copy(CopySign::MarkGone { id: twin.id, folder });
            }
            (Some(mark), Some(twin)) => (mark, twin),
        };
        if mark.id != twin.id {
            return copy(CopySign::OtherMark { twin: twin.id, folder, mark: mark.id });
        }
        let signed = twin.size.max(read_size(&path.with_extension("size")));
        if mark.openings < twin.openings || size < signed {
            let (openings, found) = (twin.openings, mark.openings);
            return copy(CopySign::Older { folder, openings, signed, found, size });
        }
        Ok(Instance::Same)
    }

    /// Marks that the ledger is opened for writing here: the same mark once more, or a new one for what was never marked or was restored.
    pub(crate) fn mark_opening(&self, size: u64, anew: bool) -> Result<SizeKeeper, InstanceError> {
        let folder = self.resolve_folder()?;
        fs::create_dir_all(self.state).map_err(FileError::at(self.state))?;
        let state = fs::canonicalize(self.state).map_err(FileError::at(self.state))?;
        if state.starts_with(&folder) {
            return Err(InstanceError::Inside { path: state });
        }
        let path = self.dir.join(INSTANCE);
        let twin_path = self.twin_path(&folder);
        let twin = read_json::<InstanceTwin>(&twin_path)?;
        let before = if anew { None } else { self.read_mark(twin.as_ref())? };
        let (id, openings) = match before {
            Some(mark) => (mark.id, mark.openings.saturating_add(1)),
            None => (draw_id()?, 1),
        };
        let mark = InstanceMark { id: id.clone(), openings, state };
        let found = fs::metadata(&folder).map_err(FileError::at(&folder))?;
        let (device, inode) = identity_of(&found);
        if twin.is_some_and(|twin| !anew && (twin.device, twin.inode) != (device, inode)) {
            tracing::warn!(folder = %folder.display(), "the ledger's folder lies on another device or is a new one under its old name");
        }
        let twin = InstanceTwin { device, folder, id, inode, openings, size };
        // One that counts more openings than its twin is no old copy, and a new mark that has its twin is known by it.
        let beside = write_beside(&path, &mark)?;
        if !anew {
            rename_durably(&beside, &path)?;
        }
        let twin_beside = write_beside(&twin_path, &twin)?;
        rename_durably(&twin_beside, &twin_path)?;
        if anew {
            rename_durably(&beside, &path)?;
        }
        let keeper = SizeKeeper { path: twin_path.with_extension("size") };
        // Another account may have written it.
        match fs::remove_file(&keeper.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(FileError::at(&keeper.path)(error).into());
            }
            Ok(()) | Err(_) => {}
        }
        keeper.note_size(size);
        Ok(keeper)
    }

    /// The mark in the folder; a new one that was interrupted counts from when its twin was there.
    fn read_mark(&self, twin: Option<&InstanceTwin>) -> Result<Option<InstanceMark>, InstanceError> {
        let path = self.dir.join(INSTANCE);
        let mark: Option<InstanceMark> = read_json(&path)?;
        let Some(twin) = twin.filter(|twin| mark.as_ref().is_none_or(|mark| mark.id != twin.id)) else {
            return Ok(mark);
        };
        // Half of a file says nothing.
        let new: Option<InstanceMark> = read_json(&path.with_extension("new")).unwrap_or_default();
        let new = new.filter(|new| new.id == twin.id && new.openings == twin.openings);
        Ok(new.or(mark))
    }

    /// Every twin of this ledger in the state directory, wherever it lay, with its file.
    pub(crate) fn find_twins(&self) -> Vec<(PathBuf, InstanceTwin)> {
        let items = fs::read_dir(self.state).into_iter().flatten().flatten().map(|item| item.path());
        let twins = items.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
        let read = twins.filter_map(|path| Some((read_json::<InstanceTwin>(&path).ok()??, path)));
        let own = read.filter(|(twin, path)| path.file_name() == self.twin_path(&twin.folder).file_name());
        let mut found: Vec<(PathBuf, InstanceTwin)> = own.map(|(twin, path)| (path, twin)).collect();
        found.sort_by(|one, other| one.0.cmp(&other.0));
        found
    }

    fn resolve_folder(&self) -> Result<PathBuf, InstanceError> {
        Ok(fs::canonicalize(self.dir).map_err(FileError::at(self.dir))?)
    }

    fn twin_path(&self, folder: &Path) -> PathBuf {
        let name = event::sha256(&[&self.ledger.0, folder.as_os_str().as_encoded_bytes()]);
        self.state.join(format!("{name}.json"))
    }
}

/// Written twice in one line, so that a torn one is known.
fn write_size(path: &Path, size: u64) -> io::Result<()> {
    use io::Write as _;
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
    file.write_all(format!("{size:020} {size:020}\n").as_bytes())
}

/// What was noted last; 0 where nothing is there that reads.
fn read_size(path: &Path) -> u64 {
    let text = String::from_utf8(read_file(path, BYTES_MAX).unwrap_or_default()).unwrap_or_default();
    let halves = text.trim_end().split_once(' ');
    halves.filter(|(one, two)| one == two).and_then(|(one, _)| one.parse().ok()).unwrap_or(0)
}

fn draw_id() -> Result<String, InstanceError> {
    use io::Read as _;
    let mut bytes = [0; 16];
    let read = fs::File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes));
    read.map_err(InstanceError::Random)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, InstanceError> {
    match read_file(path, BYTES_MAX) {
        Ok(bytes) => match serde_json::from_slice(&bytes) {
            Ok(read) => Ok(Some(read)),
            Err(error) => Err(InstanceError::Form { path: path.to_owned(), error }),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileError::at(path)(error).into()),
    }
}

/// Writes what is to take a file's name, beside it.
fn write_beside<T: Serialize>(path: &Path, value: &T) -> Result<PathBuf, InstanceError> {
    let form = |error| InstanceError::Form { path: path.to_owned(), error };
    let mut bytes = serde_json::to_vec_pretty(value).map_err(form)?;
    bytes.push(b'\n');
    let beside = path.with_extension("new");
    write_durably(&beside, &bytes)?;
    Ok(beside)
}

#[cfg(test)]
mod tests;
