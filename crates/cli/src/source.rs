//! What a SOURCE on the command line is: a ledger's own folder, or a published ledger.
//!
//! In: telling them apart, reading them. Out: what they say (`verifier`).

use std::path::Path;

use ledger::Head;
use verifier::{AsOf, Source};

use crate::fault::Fault;

/// Reads a source.
pub(crate) fn read(path: &Path) -> Result<Source, Fault> {
    if path.join("journal").is_file() {
        let (entries, head) = store::read::snapshot_of(path)?;
        let checkpoint = head.map(|(_, checkpoint)| checkpoint);
        let local = Source::local(&path.display().to_string(), entries, checkpoint);
        return Ok(local.with_papers(node::papers_of(path)?));
    }
    if path.join("checkpoint").is_file() || !path.exists() {
        return Ok(verifier::folder::read(path)?);
    }
    Err(Fault::NoLedger { path: path.to_owned() })
}

/// Replays a source, up to a size or a time if one is given.
pub(crate) fn replay(path: &Path, as_of: Option<&str>) -> Result<Head, Fault> {
    let as_of = as_of.map(as_of_from).transpose()?;
    Ok(verifier::replay_to(&read(path)?, as_of.as_ref())?)
}

fn as_of_from(text: &str) -> Result<AsOf, Fault> {
    if let Ok(size) = text.parse() {
        return Ok(AsOf::Size(size));
    }
    let expected = "a number of entries, or a time as 2025-10-12T23:00:00+05:00".to_owned();
    let time = event::Time::parse(text).map_err(|_| Fault::Argument { expected, found: text.to_owned() })?;
    Ok(AsOf::Time(time))
}
