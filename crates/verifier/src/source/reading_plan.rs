//! Which files of a published ledger are asked for, in which order, where nothing lists them: on a static server.
//!
//! Contains the order and what each answer leads to. Elsewhere: who asks, a program (`address`) or a browser's page, and
//! what the files mean (`published`).
//!
//! A server lists nothing: the checkpoint says which tiles and bundles there are, the entries say which snapshots, a
//! manifest says which files. Nothing of that is believed, only asked for; what does not come is left out, and the
//! checks say so.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    io,
};

use event::{Hash, sha256};
use tlog::{
    checkpoint::Checkpoint,
    note::Note,
    tile::{self, EntriesPath, FULL_WIDTH, TilePath},
};

use crate::source::{
    announced::{SnapshotFolder, read_announcement},
    limits::bytes_to_hold,
    listed_files::{Listed, is_safe_name},
    published::ROOT_PAGE,
    spool::SpooledFiles,
};

/// Files asked for before the answers are looked at.
const BATCH: usize = 16;

/// Entry bundles asked for before the answers are looked at: the longest has 16.8 MB.
const BUNDLE_BATCH: usize = 8;

/// Files that are asked for together have so many bytes at most, or there is one.
const BATCH_BYTES: u64 = 32 << 20;

/// Longer than the page at the top of any published ledger.
const ROOT_PAGE_BYTES: u64 = 1 << 12;

/// Levels that a tree of 64-bit size can have.
const LEVELS: u8 = 8;

/// A file to ask for, and the one that may have replaced it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRequest {
    /// Its path under the ledger's address.
    pub path: String,
    /// Where that is not there: a full bundle or tile may have replaced a partial one.
    pub instead: Option<String>,
    /// So many bytes of it are held, where that is fewer than its kind may have.
    pub most: Option<u64>,
}

impl FileRequest {
    /// Asks for a file, as long as its kind may be.
    fn of(path: String) -> Self {
        Self { path, instead: None, most: None }
    }
}

/// A file that came: its path and bytes.
pub type FileAnswer = (String, Vec<u8>);

/// What was read so far, and what is asked for next.
#[derive(Debug)]
pub struct ReadingPlan {
    files: SpooledFiles,
    /// Why a file that came could not be kept: nothing is asked for after it.
    fault: Option<io::Error>,
    stage: Stage,
    waiting: VecDeque<FileRequest>,
    /// Entries that the checkpoint claims.
    claimed: u64,
    /// Entries that came.
    entries: u64,
    /// Announced snapshots.
    announced: BTreeSet<SnapshotFolder>,
    /// Files of snapshots, and the hashes that their manifests give.
    expected: Vec<(String, String)>,
    /// Something was not there, or not as its manifest says.
    gaps: bool,
}

/// What is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Bundles,
    Tiles,
    OlderTiles,
    Manifests,
    SnapshotFiles,
    Finished,
}

impl ReadingPlan {
    /// Begins with the newest checkpoint, the file `checkpoint`. One that does not read leads nowhere; the checks say what is
    /// wrong with it.
    #[must_use]
    pub fn from_checkpoint(note: Vec<u8>) -> Self {
        Self::keeping(SpooledFiles::in_memory(), note)
    }

    /// The same, where what comes in many bytes goes into a temporary folder.
    #[cfg(feature = "folder")]
    pub(crate) fn from_checkpoint_apart(note: Vec<u8>) -> Self {
        Self::keeping(SpooledFiles::apart_when_long(), note)
    }

    fn keeping(mut files: SpooledFiles, note: Vec<u8>) -> Self {
        let read = Note::parse(&note).ok().and_then(|note| Checkpoint::parse(note.text()).ok());
        let fault = files.insert("checkpoint".to_owned(), note).err();
        Self {
            files,
            fault,
            stage: if read.is_some() { Stage::Bundles } else { Stage::Finished },
            waiting: VecDeque::new(),
            claimed: read.map_or(0, |checkpoint| checkpoint.size),
            entries: 0,
            announced: BTreeSet::new(),
            expected: Vec::new(),
            gaps: false,
        }
    }

    /// The files to ask for next; none when everything was read.
    pub fn list_next(&mut self) -> Vec<FileRequest> {
        while self.fault.is_none() {
            // The size is a stranger's claim: it is followed only as far as bundles come.
            let next = match self.stage {
                Stage::Bundles => self.list_bundles(),
                _ => {
                    let together = count_together(&self.waiting);
                    self.waiting.drain(..together).collect()
                }
            };
            if !next.is_empty() || self.stage == Stage::Finished {
                return next;
            }
            self.open_next_stage();
        }
        Vec::new()
    }

    /// Takes in what came for the last list, an answer for each request: nothing where the server does not have the file.
    pub fn take_answers(&mut self, requests: &[FileRequest], answers: Vec<Option<FileAnswer>>) {
        let stage = self.stage;
        for (request, answer) in requests.iter().zip(answers) {
            match (stage, answer) {
                (Stage::Bundles, answer) => {
                    if !self.take_bundle(&request.path, answer) {
                        return self.open_next_stage();
                    }
                }
                (_, Some((path, bytes))) => self.keep(path, bytes),
                (Stage::Tiles | Stage::Manifests, None) => self.gaps = true,
                (_, None) => {}
            }
        }
    }

    /// Whether something was not there, or not as its manifest says: a publication may have been under way.
    #[must_use]
    pub fn has_gaps(&self) -> bool {
        self.gaps
    }

    /// How many files came, and how many entries of how many.
    #[must_use]
    pub fn progress(&self) -> ReadingProgress {
        ReadingProgress { files: self.files.count(), entries: self.entries, claimed: self.claimed }
    }

    /// The files that came, by path.
    #[must_use]
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_map()
    }

    /// The files that came, where they are kept.
    ///
    /// # Errors
    /// Why one of them could not be kept.
    #[cfg(feature = "http")]
    pub(crate) fn into_spooled_files(self) -> io::Result<SpooledFiles> {
        self.fault.map_or(Ok(self.files), Err)
    }

    fn keep(&mut self, path: String, bytes: Vec<u8>) {
        if let Err(fault) = self.files.insert(path, bytes) {
            self.fault.get_or_insert(fault);
        }
    }

    /// The next bundles of a tree of the claimed size.
    fn list_bundles(&self) -> Vec<FileRequest> {
        let width = u64::from(FULL_WIDTH);
        let first = self.entries / width;
        let left = self.claimed.saturating_sub(self.entries);
        let numbers = first..first.saturating_add(left.div_ceil(width));
        let path = |number: u64| {
            let here = self.claimed.saturating_sub(number.saturating_mul(width)).min(width);
            EntriesPath::new(number, u16::try_from(here).ok()?).ok()
        };
        numbers.take(BUNDLE_BATCH).filter_map(path).map(|path| bundle_request(&path)).collect()
    }

    /// One bundle; says whether the next may be looked at: no further than the first that is not there or does not read.
    fn take_bundle(&mut self, asked: &str, answer: Option<FileAnswer>) -> bool {
        let (Some((name, bytes)), Ok(path)) = (answer, EntriesPath::parse(asked)) else {
            self.gaps = true;
            return false;
        };
        let width = if name == asked { path.width() } else { FULL_WIDTH };
        let read = tile::parse_bundle(&bytes, width).map(|list| {
            let own = list.into_iter().take(path.width().into());
            own.zip(self.entries..)
                .filter_map(|(entry, index)| read_announcement(entry, index))
                .collect::<Vec<_>>()
        });
        self.keep(name, bytes);
        let Ok(announced) = read else { return false };
        self.announced.extend(announced);
        self.entries += u64::from(path.width());
        true
    }

    fn open_next_stage(&mut self) {
        let (next, waiting) = match self.stage {
            Stage::Bundles => (Stage::Tiles, self.list_tiles()),
            Stage::Tiles => (Stage::OlderTiles, self.list_older_tiles()),
            Stage::OlderTiles => (Stage::Manifests, self.list_manifests()),
            Stage::Manifests => (Stage::SnapshotFiles, self.list_snapshot_files()),
            Stage::SnapshotFiles | Stage::Finished => {
                let files = &self.files;
                let differs = |(path, hash): &(String, String)| {
                    files.read(path).is_none_or(|bytes| sha256(&[&bytes]).to_string() != *hash)
                };
                self.gaps |= self.expected.iter().any(differs);
                (Stage::Finished, Vec::new())
            }
        };
        (self.stage, self.waiting) = (next, waiting.into());
    }

    /// The hash tiles over the entries that came, each as wide as a tree of the claimed size has it.
    fn list_tiles(&self) -> Vec<FileRequest> {
        let request = |path: TilePath| {
            let hashes = self.claimed.checked_shr(8 * u32::from(path.level())).unwrap_or(0);
            let here = hashes.saturating_sub(path.index().saturating_mul(FULL_WIDTH.into()));
            let width = u16::try_from(here).map_or(FULL_WIDTH, |width| width.min(FULL_WIDTH));
            let path = TilePath::new(path.level(), path.index(), width).ok()?;
            let full = TilePath::new(path.level(), path.index(), FULL_WIDTH).ok()?;
            let instead = (full != path).then(|| full.to_string());
            Some(FileRequest { instead, ..FileRequest::of(path.to_string()) })
        };
        tile::tiles_for(self.entries).tiles().filter_map(request).collect()
    }

    /// The partial tiles of the sizes published before, where the server still has them: who kept an older checkpoint
    /// reads those.
    fn list_older_tiles(&self) -> Vec<FileRequest> {
        let sizes = self.announced.iter().flat_map(|one| [one.size, one.index + 1]);
        let sizes: BTreeSet<u64> = sizes.filter(|size| *size <= self.entries).collect();
        let paths = sizes.into_iter().flat_map(list_partial_tiles);
        paths.filter(|path| !self.files.contains(path)).map(FileRequest::of).collect()
    }

    /// What stands at the head of each announced snapshot.
    fn list_manifests(&self) -> Vec<FileRequest> {
        let names = ["manifest.json", "manifest.sig", "checkpoint"];
        let inside = |n: u64| names.map(|name| format!("snapshots/{n}/{name}"));
        self.list_numbers().into_iter().flat_map(inside).map(FileRequest::of).collect()
    }

    /// What the manifests list, and what is not there yet of it.
    fn list_snapshot_files(&mut self) -> Vec<FileRequest> {
        let mut asked: BTreeMap<String, u64> = BTreeMap::new();
        for n in self.list_numbers() {
            let manifest = self.files.read(&format!("snapshots/{n}/manifest.json"));
            let Some(listed) = manifest.and_then(|bytes| Listed::read_file_list(&bytes)) else { continue };
            if listed.site.is_some() {
                asked.insert(ROOT_PAGE.to_owned(), ROOT_PAGE_BYTES);
            }
            let files = listed.files.into_iter().filter(|line| is_safe_name(&line.name));
            let files = files.map(|line| (format!("snapshots/{n}/{}", line.name), line.sha256, line.size));
            let attached = listed.attachments.into_iter().filter(|line| Hash::parse(&line.sha256).is_ok());
            let attached =
                attached.map(|line| (format!("attachments/{}", line.sha256), line.sha256, line.size));
            for (path, hash, size) in files.chain(attached) {
                if !self.files.contains(&path) {
                    let longest = asked.entry(path.clone()).or_default();
                    *longest = size.max(*longest);
                }
                self.expected.push((path, hash));
            }
        }
        // One byte more than is listed tells a longer file.
        let request = |(path, size): (_, u64)| FileRequest {
            most: Some(size.saturating_add(1)),
            ..FileRequest::of(path)
        };
        asked.into_iter().map(request).collect()
    }

    fn list_numbers(&self) -> BTreeSet<u64> {
        self.announced.iter().map(|one| one.n).collect()
    }
}

/// How far a reading came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingProgress {
    /// Files that came.
    pub files: usize,
    /// Entries that came.
    pub entries: u64,
    /// Entries that the checkpoint claims.
    pub claimed: u64,
}

/// How many of the first files are asked for together.
fn count_together(waiting: &VecDeque<FileRequest>) -> usize {
    let mut sum = 0_u64;
    let fits = waiting.iter().take(BATCH).take_while(|one| {
        sum = sum.saturating_add(one.most.unwrap_or(u64::MAX).min(bytes_to_hold(&one.path)));
        sum <= BATCH_BYTES
    });
    fits.count().max(1).min(waiting.len())
}

/// A full bundle may have replaced a partial one.
pub(crate) fn bundle_request(path: &EntriesPath) -> FileRequest {
    let full = EntriesPath::new(path.index(), FULL_WIDTH).ok().filter(|full| full != path);
    FileRequest { instead: full.map(|full| full.to_string()), ..FileRequest::of(path.to_string()) }
}

/// The partial bundle and tiles of a tree of that size.
fn list_partial_tiles(size: u64) -> Vec<String> {
    let last = |hashes: u64| {
        let width = u16::try_from(hashes % u64::from(FULL_WIDTH)).ok().filter(|width| *width > 0);
        width.map(|width| (hashes / u64::from(FULL_WIDTH), width))
    };
    let bundle = last(size).and_then(|(index, width)| EntriesPath::new(index, width).ok());
    let tiles = (0..LEVELS).filter_map(|level| {
        let (index, width) = last(size >> (8 * u32::from(level)))?;
        TilePath::new(level, index, width).ok()
    });
    bundle.iter().map(ToString::to_string).chain(tiles.map(|tile| tile.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_are_asked_for_alone() {
        let long = |bytes| FileRequest { most: Some(bytes), ..FileRequest::of("snapshots/1/x".to_owned()) };
        let count = |sizes: &[u64]| count_together(&sizes.iter().copied().map(long).collect());
        assert_eq!(count(&[]), 0);
        assert_eq!(count(&[u64::MAX, 1]), 1);
        assert_eq!(count(&[20 << 20, 12 << 20, 1]), 2);
        assert_eq!(count(&[1; 40]), BATCH);
    }

    #[test]
    fn partial_tiles_of_a_size() {
        assert_eq!(list_partial_tiles(0), Vec::<String>::new());
        assert_eq!(list_partial_tiles(256), ["tile/1/000.p/1"]);
        assert_eq!(
            list_partial_tiles(70_000),
            ["tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]
        );
        assert!(!list_partial_tiles(u64::MAX).is_empty());
    }
}
