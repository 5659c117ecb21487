//! A published ledger on a static server.
//!
//! Contains when it is read once more, and how a follower reads only what is new. Elsewhere: requests and their limits
//! (`server`), which files are asked for in which order (`reading_plan`), what the files mean (`published`).

mod server;

use tlog::tile::{self, FULL_WIDTH};

use crate::source::{
    content::{Source, SourceKind},
    limits::Limits,
    reading_plan::{FileRequest, ReadingPlan, bundle_request},
};

use server::Server;
pub use server::{AddressError, parse_base};

/// Bundles asked for before the answers are looked at.
const BATCH: usize = 8;

/// Reads a published ledger from a static server; once more from the start if something was not there, because a
/// publication may have been under way.
///
/// # Errors
/// The first [`AddressError`]; a file that the server does not have is none.
pub fn read_address(address: &str, limits: &Limits) -> Result<Source, AddressError> {
    let mut read = read_all(&Server::at(address, limits)?)?;
    if read.has_gaps() {
        // What came first is not held beside what comes now.
        drop(read);
        read = read_all(&Server::at(address, limits)?)?;
    }
    let files = read.into_spooled_files();
    let source = files.and_then(|files| files.into_source(address, SourceKind::Address, limits));
    source.map_err(|error| AddressError::Spool { address: address.to_owned(), error })
}

/// Everything that the checkpoint leads to.
fn read_all(server: &Server) -> Result<ReadingPlan, AddressError> {
    let mut plan = ReadingPlan::from_checkpoint_apart(server.checkpoint()?);
    loop {
        let wanted = plan.list_next();
        if wanted.is_empty() {
            return Ok(plan);
        }
        let answers = server.fetch_several(&wanted)?;
        plan.take_answers(&wanted, answers);
    }
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
