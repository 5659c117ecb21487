//! What published tables say against what the entries say, cell by cell, in the lines of the paper.
//!
//! Contains one walk over the entries of a ledger that failed, and every table of its snapshots beside it. It decides nothing:
//! the checks have failed by then, and most of them speak of bytes and hashes. Elsewhere: what the entries say
//! (`entry_figures`), what tables say (`published_cells`), the words (`report::on_paper`).

mod contradiction;
mod entry_figures;
mod published_cells;

use std::collections::{BTreeMap, BTreeSet};

use event::Id;

use crate::{checks::context::Context, harmless::quote_harmlessly, source::snapshot::Snapshot};
pub use contradiction::{ContradictedLine, Contradiction, Contradictions, EntryValue};
use entry_figures::EntryFigures;
use published_cells::{PublishedCell, read_cells};

pub(crate) use entry_figures::read_loosely;

/// Contradictions that are listed; the others are counted.
const LISTED_MAX: usize = 200;
/// Characters of a published cell that are shown.
const SHOWN_MAX: usize = 80;
/// Bytes of a table that nobody vouches for, and that is read all the same.
const STRANGE_BYTES_MAX: u64 = 4 << 20;

type Place = (u64, Id, Option<Id>, ContradictedLine, Option<String>);

/// Gathers what differs, in bounded memory.
#[derive(Default)]
struct Gathered {
    found: BTreeMap<Place, (BTreeSet<String>, EntryValue)>,
    unlisted: u64,
}

impl Gathered {
    fn record(&mut self, place: Place, file: &str, entry: EntryValue) {
        let room = self.found.len() < LISTED_MAX;
        match self.found.get_mut(&place) {
            Some((files, _)) => {
                files.insert(file.to_owned());
            }
            None if room => {
                self.found.insert(place, (BTreeSet::from([file.to_owned()]), entry));
            }
            None => self.unlisted += 1,
        }
    }

    fn finish(self) -> Contradictions {
        let one = |((snapshot, election, precinct, line, published), (files, entry)): (Place, _)| {
            Contradiction { snapshot, files, election, precinct, line, published, entry }
        };
        let mut listed: Vec<Contradiction> = self.found.into_iter().map(one).collect();
        // A protocol before the sums that follow from it, and a figure of the paper before one that is only derived.
        listed.sort_by_key(|one| {
            let derived = one.line == ContradictedLine::Figure("valid");
            (one.snapshot, one.precinct.is_none(), derived)
        });
        Contradictions { listed, unlisted: self.unlisted }
    }
}

/// Every cell of every published table that says something else than the entries below the size of its snapshot, whether
/// or not these hold. Signatures, order and law are not asked: that is what the checks did.
pub(crate) fn list_contradictions(context: &Context<'_>) -> Contradictions {
    let published = context.published;
    let mut snapshots: Vec<(u64, &Snapshot<'_>)> = published
        .snapshots
        .iter()
        .filter_map(|snapshot| Some((snapshot.size()?, snapshot)))
        .filter(|(size, snapshot)| {
            *size <= published.tree.size()
                && snapshot.files.keys().any(|name| published_cells::is_table(name))
        })
        .collect();
    if snapshots.is_empty() {
        return Contradictions::default();
    }
    snapshots.sort_by_key(|(size, snapshot)| (*size, snapshot.n));
    let (mut gathered, mut figures) = (Gathered::default(), EntryFigures::default());
    let mut waiting = snapshots.into_iter().peekable();
    for (first, portion) in published.entries.read_portions(0, &published.tree) {
        for (index, bytes) in (first..).zip(&portion) {
            while let Some((_, snapshot)) = waiting.next_if(|(size, _)| *size == index) {
                compare_snapshot(snapshot, &figures, &mut gathered);
            }
            figures.take_in(index, bytes);
        }
        if waiting.peek().is_none() {
            break;
        }
    }
    for (_, snapshot) in waiting {
        compare_snapshot(snapshot, &figures, &mut gathered);
    }
    gathered.finish()
}

fn compare_snapshot(snapshot: &Snapshot<'_>, figures: &EntryFigures, gathered: &mut Gathered) {
    for (name, file) in &snapshot.files {
        if !published_cells::is_table(name) {
            continue;
        }
        let strange = !snapshot.vouched || !snapshot.sound.contains(name);
        if strange && file.size() > STRANGE_BYTES_MAX {
            continue;
        }
        let Some(bytes) = snapshot.read_file(name) else { continue };
        let mut seen = BTreeSet::new();
        let whole = read_cells(name, &bytes, &mut |cell| {
            if let Some(precinct) = cell.precinct.as_ref().filter(|_| cell.line != ContradictedLine::Number) {
                seen.insert((cell.election.clone(), precinct.clone()));
            }
            compare_cell(snapshot.n, name, cell, figures, gathered);
        });
        if !whole || !published_cells::lists_every_protocol(name) {
            continue;
        }
        for (place @ (election, precinct), index) in figures.protocols() {
            if !seen.contains(place) {
                let at =
                    (snapshot.n, election.clone(), Some(precinct.clone()), ContradictedLine::Protocol, None);
                let value = EntryValue::Stated { index, value: String::new() };
                gathered.record(at, name, value);
            }
        }
    }
}

fn compare_cell(n: u64, file: &str, cell: PublishedCell, figures: &EntryFigures, gathered: &mut Gathered) {
    let Some(entry) = figures.value_of(&cell) else { return };
    let same = match &entry {
        EntryValue::Stated { value, .. } => *value == cell.value,
        EntryValue::Sum(sum) => cell.value == sum.to_string(),
        EntryValue::Nothing => false,
    };
    if !same {
        let shown: String = quote_harmlessly(&cell.value, &[]).chars().take(SHOWN_MAX).collect();
        gathered.record((n, cell.election, cell.precinct, cell.line, Some(shown)), file, entry);
    }
}
