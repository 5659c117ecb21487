//! What every check may look at, and what several of them ask for, computed once.

use std::collections::{BTreeMap, BTreeSet};

use event::{Hash, Id};
use law::facts::LedgerOpened;
use ledger::{LogKeyError, LogKeys};
use tlog::{
    checkpoint::Checkpoint,
    tile::{self, EntriesPath},
};

use crate::{
    checks::current_protocols::{CurrentProtocol, current_protocols},
    inputs::ObserverInputs,
    replay::Replayed,
    source::{content::Source, published::Published, snapshot::Snapshot},
};

/// What every check may look at.
pub(crate) struct Context<'a> {
    pub(crate) source: &'a Source,
    pub(crate) published: &'a Published<'a>,
    pub(crate) replayed: &'a Replayed,
    pub(crate) inputs: &'a ObserverInputs<'a>,
    /// The protocols that count of every election, by precinct.
    pub(crate) current_protocols: BTreeMap<&'a Id, Vec<CurrentProtocol<'a>>>,
    /// Numbers of snapshots that are announced later: the next one, and with it those that follow without a gap, for a
    /// publication target that lags gets several at once.
    upcoming: BTreeSet<u64>,
}

impl<'a> Context<'a> {
    /// Looks at a source that was replayed; what several checks ask for is computed here, once.
    pub(crate) fn of(
        source: &'a Source,
        published: &'a Published<'a>,
        replayed: &'a Replayed,
        inputs: &'a ObserverInputs<'a>,
    ) -> Self {
        let upcoming = upcoming_snapshots(published, replayed);
        let current_protocols = current_protocols(replayed.head.state());
        Self { source, published, replayed, inputs, current_protocols, upcoming }
    }

    /// The protocols that count of one election, by precinct.
    pub(crate) fn current_protocols(&self, election: &Id) -> &[CurrentProtocol<'a>] {
        self.current_protocols.get(election).map(Vec::as_slice).unwrap_or_default()
    }

    /// The charter, if the first entry was admitted.
    pub(crate) fn charter(&self) -> Option<&LedgerOpened> {
        self.replayed.head.state().charter.as_ref()
    }

    /// The ledger's id.
    pub(crate) fn ledger(&self) -> Option<Hash> {
        self.replayed.head.state().ledger
    }

    /// Whether this is the number of a snapshot that is announced later.
    pub(crate) fn is_upcoming(&self, n: u64) -> bool {
        self.upcoming.contains(&n)
    }

    /// Whether files are there that a newer checkpoint would speak of: tiles and snapshots come before it.
    pub(crate) fn is_under_way(&self) -> bool {
        !self.upcoming.is_empty() || self.count_tiles_beyond() > 0
    }

    /// How many tiles and bundles are of a larger tree than the checkpoint's.
    pub(crate) fn count_tiles_beyond(&self) -> usize {
        if self.published.unreadable {
            return 0;
        }
        count_tiles_beyond(self.published)
    }

    /// The snapshots that are there and announced, or wrongly there: those of which something is judged.
    pub(crate) fn judged_snapshots(&self) -> impl Iterator<Item = &'a Snapshot<'a>> {
        self.published.snapshots.iter().filter(|snapshot| !self.is_upcoming(snapshot.n))
    }

    /// Opens a signed checkpoint of this ledger, under the log key in force at its size.
    pub(crate) fn open_checkpoint(&self, note: &[u8]) -> Result<Checkpoint, LogKeyError> {
        LogKeys::of(self.replayed.head.state())?.open(note)
    }
}

/// The numbers of snapshots that are there and follow the last announced one without a gap.
fn upcoming_snapshots(published: &Published<'_>, replayed: &Replayed) -> BTreeSet<u64> {
    if !replayed.is_complete() {
        return BTreeSet::new();
    }
    let there: BTreeSet<u64> = published.snapshots.iter().map(|snapshot| snapshot.n).collect();
    let announced = replayed.head.state().snapshots.last().map_or(0, |(_, last)| last.n);
    (announced..u64::MAX).map(|n| n + 1).take_while(|n| there.contains(n)).collect()
}

/// How many tiles and bundles are of a larger tree than the checkpoint's.
fn count_tiles_beyond(published: &Published<'_>) -> usize {
    let Some(tiles) = &published.tiles else { return 0 };
    let end = |path: &EntriesPath| {
        let first = path.index().saturating_mul(u64::from(tile::FULL_WIDTH));
        first.saturating_add(u64::from(path.width()))
    };
    let bundles = tiles.bundles.iter().filter(|(path, _)| end(path) > published.tree.size());
    let hashes = tiles.hashes.iter().filter(|(path, _)| tile::encode_tile(&published.tree, path).is_none());
    bundles.count() + hashes.count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::{findings::Findings, replay, source::published};

    #[test]
    fn the_protocols_that_count_are_computed_once() {
        let text = include_str!("../../../../tests/vectors/scene.json");
        let steps: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
        let entries = steps.iter().map(|step| step["entry"].as_str().unwrap().as_bytes().to_vec());
        let source = Source::from_entries("the scene", entries.collect(), None);
        let published = published::read_published(&source, &mut Findings::default());
        let (mut replayed, inputs) = (Replayed::default(), ObserverInputs::default());
        replay::go_on(&mut replayed, &published, &mut Findings::default(), &|_| ());
        let context = Context::of(&source, &published, &replayed, &inputs);
        let elections = &replayed.head.state().elections;
        assert!(!elections.is_empty());
        for (id, election) in elections {
            let polls = election.polls.values();
            let count = polls.filter(|poll| poll.invalidated.is_none() && poll.current().is_some()).count();
            let first = context.current_protocols(id);
            assert_eq!(first.len(), count);
            assert!(
                std::ptr::eq(first, context.current_protocols(id)),
                "every check is handed the same ones"
            );
        }
        assert!(context.count_tiles_beyond() == 0 && !context.is_upcoming(1));
    }
}
