//! A published ledger on a static server.
//!
//! Contains what is fetched in which order, and when it is read once more. Elsewhere: requests and their limits
//! (`server`), what the files mean (`published`).
//!
//! A server lists nothing: the checkpoint says which tiles and bundles there are, the entries say which snapshots, a
//! manifest says which files. Nothing of that is believed, only asked for; what does not come is left out, and the
//! checks say so.

mod server;

use std::{collections::BTreeSet, io};

use event::{Hash, sha256};
use serde::Deserialize;
use tlog::{
    checkpoint::Checkpoint,
    note::Note,
    tile::{self, EntriesPath, FULL_WIDTH, TilePath},
};

use crate::source::{
    content::{Source, SourceKind},
    limits::Limits,
    spool::SpooledFiles,
};

pub use server::{AddressError, parse_base};
use server::{FileRequest, Server};

/// Bundles and tiles asked for before the answers are looked at.
const BATCH: usize = 8;

/// Files of a snapshot that are asked for together have so many bytes at most, or there is one.
const TOGETHER_BYTES: u64 = 32 << 20;

/// Levels that a tree of 64-bit size can have.
const LEVELS: u8 = 8;

/// Reads a published ledger from a static server; once more from the start if something was not there, because a
/// publication may have been under way.
///
/// # Errors
/// The first [`AddressError`]; a file that the server does not have is none.
pub fn read_address(address: &str, limits: &Limits) -> Result<Source, AddressError> {
    let mut reading = Reading::of(Server::at(address, limits)?)?;
    if reading.gaps {
        // What came first is not held beside what comes now.
        drop(reading);
        reading = Reading::of(Server::at(address, limits)?)?;
    }
    let Reading { files, .. } = reading;
    files.into_source(address, SourceKind::Address, limits).map_err(|error| spool_fault(address, error))
}

/// Reads only a checkpoint: that of a published ledger, or of one snapshot's folder.
///
/// # Errors
/// The first [`AddressError`].
pub fn checkpoint(address: &str, limits: &Limits) -> Result<Vec<u8>, AddressError> {
    Server::at(address, limits)?.checkpoint()
}

/// Reads `count` entries from `from` on out of the bundles of a tree of `size` entries: what a follower does not have yet.
/// What comes is a stranger's word until a root says otherwise.
///
/// # Errors
/// The first [`AddressError`]; the list ends before a bundle that the server does not have, or that does not read.
pub fn read_entries(
    address: &str,
    limits: &Limits,
    from: u64,
    count: u64,
    size: u64,
) -> Result<Vec<Vec<u8>>, AddressError> {
    let server = Server::at(address, limits)?;
    let mut ranges = tile::entry_ranges(from, count, size);
    let mut came = Vec::new();
    loop {
        // The size is a stranger's claim: it is followed only as far as bundles come.
        let batch: Vec<_> = ranges.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(came);
        }
        let asked: Vec<FileRequest> = batch.iter().map(|range| bundle_request(&range.bundle)).collect();
        for (range, found) in batch.iter().zip(server.fetch_several(&asked)?) {
            let Some((name, bytes)) = found else { return Ok(came) };
            let exact = name == range.bundle.to_string();
            let width = if exact { range.bundle.width() } else { FULL_WIDTH };
            let Ok(all) = tile::parse_bundle(&bytes, width) else { return Ok(came) };
            let own = all.into_iter().skip(range.first.into()).take(range.count.into());
            came.extend(own.map(<[u8]>::to_vec));
        }
    }
}

/// What was read so far.
struct Reading {
    server: Server,
    files: SpooledFiles,
    /// Announced snapshots.
    announced: BTreeSet<SnapshotFolder>,
    /// Something was not there, or not as its manifest says.
    gaps: bool,
}

/// A snapshot that an entry announces.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct SnapshotFolder {
    n: u64,
    /// Entries that it covers.
    size: u64,
    /// The announcement's own index.
    index: u64,
}

impl Reading {
    /// Everything that the checkpoint leads to.
    fn of(server: Server) -> Result<Self, AddressError> {
        let note = server.checkpoint()?;
        let mut reading =
            Self { server, files: SpooledFiles::default(), announced: BTreeSet::new(), gaps: false };
        let claimed = Note::parse(&note).ok().and_then(|note| Checkpoint::parse(note.text()).ok());
        reading.keep("checkpoint".to_owned(), note)?;
        // A checkpoint that does not read leads nowhere; the checks say what is wrong with it.
        let Some(claimed) = claimed else { return Ok(reading) };
        let entries = reading.fetch_bundles(claimed.size)?;
        reading.fetch_tiles(claimed.size, entries)?;
        reading.older_partials(entries)?;
        reading.fetch_snapshots()?;
        Ok(reading)
    }

    /// The bundles of a tree of the claimed size, up to the first that is not there or does not read; tells how many
    /// entries came.
    fn fetch_bundles(&mut self, claimed: u64) -> Result<u64, AddressError> {
        let mut entries = 0;
        let mut wanted = tile::tiles_for(claimed).bundles();
        loop {
            // The size is a stranger's claim: it is followed only as far as bundles come.
            let batch: Vec<EntriesPath> = wanted.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(entries);
            }
            let asked: Vec<FileRequest> = batch.iter().map(bundle_request).collect();
            for (path, found) in batch.iter().zip(self.server.fetch_several(&asked)?) {
                let Some((name, bytes)) = found else {
                    self.gaps = true;
                    return Ok(entries);
                };
                let width = if name == path.to_string() { path.width() } else { FULL_WIDTH };
                let read = tile::parse_bundle(&bytes, width).map(|list| {
                    let own = list.into_iter().take(path.width().into());
                    own.zip(entries..)
                        .filter_map(|(entry, index)| read_announcement(entry, index))
                        .collect::<Vec<_>>()
                });
                self.keep(name, bytes)?;
                let Ok(announced) = read else { return Ok(entries) };
                self.announced.extend(announced);
                entries += u64::from(path.width());
            }
        }
    }

    /// The hash tiles over the entries that came, each as wide as a tree of the claimed size has it.
    fn fetch_tiles(&mut self, claimed: u64, entries: u64) -> Result<(), AddressError> {
        let mut wanted = tile::tiles_for(entries).tiles().filter_map(|path| {
            let hashes = claimed.checked_shr(8 * u32::from(path.level())).unwrap_or(0);
            let here = hashes.saturating_sub(path.index().saturating_mul(FULL_WIDTH.into()));
            let width = u16::try_from(here).map_or(FULL_WIDTH, |width| width.min(FULL_WIDTH));
            let path = TilePath::new(path.level(), path.index(), width).ok()?;
            let full = TilePath::new(path.level(), path.index(), FULL_WIDTH).ok()?;
            Some(FileRequest {
                instead: (full != path).then(|| full.to_string()),
                ..FileRequest::of(path.to_string())
            })
        });
        loop {
            let batch: Vec<FileRequest> = wanted.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(());
            }
            self.gaps |= self.take_files(&batch)? < batch.len();
        }
    }

    /// The partial tiles of the sizes published before, where the server still has them: who kept an older checkpoint
    /// reads those.
    fn older_partials(&mut self, entries: u64) -> Result<(), AddressError> {
        let sizes = self.announced.iter().flat_map(|one| [one.size, one.index + 1]);
        let sizes: BTreeSet<u64> = sizes.filter(|size| *size <= entries).collect();
        let paths = sizes.into_iter().flat_map(list_partial_tiles).filter(|path| !self.files.contains(path));
        let wanted: Vec<FileRequest> = paths.map(FileRequest::of).collect();
        for some in wanted.chunks(BATCH) {
            self.take_files(some)?;
        }
        Ok(())
    }

    /// The folder of each announced snapshot.
    fn fetch_snapshots(&mut self) -> Result<(), AddressError> {
        let numbers: BTreeSet<u64> = self.announced.iter().map(|one| one.n).collect();
        for n in numbers {
            let inside = |name: &str| format!("snapshots/{n}/{name}");
            let fixed = ["manifest.json", "manifest.sig", "checkpoint"];
            let fixed = fixed.map(|name| FileRequest::of(inside(name)));
            self.gaps |= self.take_files(&fixed)? < fixed.len();
            let manifest = self.files.read(&inside("manifest.json"));
            let Some(listed) = manifest.and_then(|bytes| Listed::read_file_list(&bytes)) else { continue };
            let files = listed.files.iter().filter(|line| is_safe_name(&line.name));
            let files = files.map(|line| (inside(&line.name), &line.sha256, line.size));
            let attached = listed.attachments.iter().filter(|line| Hash::parse(&line.sha256).is_ok());
            let attached =
                attached.map(|line| (format!("attachments/{}", line.sha256), &line.sha256, line.size));
            let expected: Vec<(String, &String, u64)> = files.chain(attached).collect();
            let lacking = expected.iter().filter(|(path, ..)| !self.files.contains(path));
            // One byte more than is listed tells a longer file.
            let wanted: Vec<FileRequest> = lacking
                .map(|(path, _, size)| FileRequest {
                    most: Some(size.saturating_add(1)),
                    ..FileRequest::of(path.clone())
                })
                .collect();
            for some in parts_of(&wanted) {
                self.take_files(some)?;
            }
            for (path, hash, _) in &expected {
                let found = self.files.read(path).map(|bytes| sha256(&[&bytes]).to_string());
                self.gaps |= found.as_ref() != Some(*hash);
            }
        }
        Ok(())
    }

    fn keep(&mut self, path: String, bytes: Vec<u8>) -> Result<(), AddressError> {
        self.files.insert(path, bytes).map_err(|error| spool_fault(self.server.base(), error))
    }

    /// Fetches what there is of a list; tells how many came.
    fn take_files(&mut self, wanted: &[FileRequest]) -> Result<usize, AddressError> {
        let mut came = 0;
        for (path, bytes) in self.server.fetch_several(wanted)?.into_iter().flatten() {
            self.keep(path, bytes)?;
            came += 1;
        }
        Ok(came)
    }
}

/// Runs of a list that may be held together.
fn parts_of(wanted: &[FileRequest]) -> Vec<&[FileRequest]> {
    let (mut parts, mut rest) = (Vec::new(), wanted);
    while !rest.is_empty() {
        let mut sum = 0_u64;
        let fits = rest.iter().take_while(|one| {
            sum = sum.saturating_add(one.most.unwrap_or(TOGETHER_BYTES));
            sum <= TOGETHER_BYTES
        });
        let (part, more) = rest.split_at(fits.count().clamp(1, rest.len()));
        parts.push(part);
        rest = more;
    }
    parts
}

fn spool_fault(address: &str, error: io::Error) -> AddressError {
    AddressError::Spool { address: address.to_owned(), error }
}

/// A full bundle may have replaced a partial one.
fn bundle_request(path: &EntriesPath) -> FileRequest {
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

/// What an entry announces; whether it may is for the replay to say.
fn read_announcement(entry: &[u8], index: u64) -> Option<SnapshotFolder> {
    #[derive(Deserialize)]
    struct EntryPeek {
        event: EventPeek,
    }
    #[derive(Deserialize)]
    struct EventPeek {
        body: BodyPeek,
        fact: String,
    }
    #[derive(Deserialize)]
    struct BodyPeek {
        n: u64,
        size: u64,
    }
    const FACT: &[u8] = b"\"snapshot-published\"";
    // Few entries announce anything: the others are not read twice.
    if !entry.windows(FACT.len()).any(|window| window == FACT) {
        return None;
    }
    let EntryPeek { event } = serde_json::from_slice(entry).ok()?;
    (event.fact == "snapshot-published").then_some(SnapshotFolder {
        n: event.body.n,
        size: event.body.size,
        index,
    })
}

/// What of a manifest leads to further files; everything else in it is for the checks.
#[derive(Deserialize)]
struct Listed {
    files: Vec<ListedFile>,
    #[serde(default)]
    attachments: Vec<ListedAttachment>,
}

#[derive(Deserialize)]
struct ListedFile {
    name: String,
    sha256: String,
    size: u64,
}

#[derive(Deserialize)]
struct ListedAttachment {
    sha256: String,
    size: u64,
}

impl Listed {
    fn read_file_list(manifest: &[u8]) -> Option<Self> {
        serde_json::from_slice(manifest).ok()
    }
}

/// A name that leads nowhere but into the snapshot's own folder; another is not asked for, and the checks find nothing.
fn is_safe_name(name: &str) -> bool {
    let known = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'/');
    name.len() <= 255
        && name.bytes().all(known)
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_not_asked_for() {
        for name in ["checkpoint", "projections/tallies.json", "a_b-c/0.1"] {
            assert!(is_safe_name(name), "{name}");
        }
        for name in
            ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "./a", "A", "a b", "a\\b", "a?b", "a%2e"]
        {
            assert!(!is_safe_name(name), "{name}");
        }
        assert!(!is_safe_name(&"a".repeat(256)));
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

    #[test]
    fn only_announcements_announce() {
        let entry = br#"{"event":{"body":{"n":3,"size":45},"fact":"snapshot-published"},"index":45}"#;
        let found = read_announcement(entry, 45).unwrap();
        assert_eq!((found.n, found.size, found.index), (3, 45, 45));
        for other in [
            br#"{"event":{"body":{"n":3,"size":45},"fact":"other"},"index":45}"#.as_slice(),
            br#"{"event":{"body":{"n":3,"size":45,"x":"snapshot-published"},"fact":"other"}}"#,
            br#"{"event":{"body":{"n":-3,"size":45},"fact":"snapshot-published"}}"#,
            b"\"snapshot-published\"",
        ] {
            assert!(read_announcement(other, 45).is_none());
        }
    }
}
