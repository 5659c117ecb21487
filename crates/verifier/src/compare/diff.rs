//! What changed between two snapshots, and which event explains each change.
//!
//! Contains two sides, each what a snapshot showed or what a ledger comes to at a size; the events in between.
//! Elsewhere: the same question inside one source (`checks::snapshot_changes`), printing (`cli`).
//!
//! A change without an event fails SNP-05, a thing that vanished SNP-04, a history that is not the beginning of the other
//! SNP-01.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use event::Hash;
use law::{Rule, facts::SyntheticKind};
use ledger::{Head, projections};
use phrase::{Argument, Phrase, Phrased as _, ToArgument, phrase};

use crate::{
    compare::{
        changes::{Change, list_changes},
        projections::{FigurePlace, PublishedFigures, PublishedProjections, PublishedThing},
    },
    history::{AsOf, ReplayError, replay_to},
    source::content::Source,
};
use publication::Manifest;

/// One of the two that are compared.
#[derive(Debug, Clone)]
pub struct Side {
    /// What it is called.
    pub name: Phrase,
    /// The ledger.
    pub ledger: Hash,
    /// Entries that it covers.
    pub size: u64,
    /// Root of the tree at that size.
    pub root: Hash,
    /// What of it is made up, as it says itself.
    pub synthetic: BTreeSet<SyntheticKind>,
    /// What it shows.
    pub shown: PublishedProjections,
}

/// Why a source is no side.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum SideError {
    /// The replay stops.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// A view has no canonical form.
    #[error(transparent)]
    Form(#[from] event::json::DecodeError),
    /// A size in the folder of a single snapshot.
    #[error("expected a whole ledger for a size, found the folder of one snapshot")]
    OneSnapshot,
}

impl Side {
    /// What a source shows: at a size, what its events come to; without one, what its newest snapshot was published with.
    /// The folder of one snapshot is a side, too.
    ///
    /// # Errors
    /// [`SideError`].
    pub fn of(source: &Source, size: Option<u64>) -> Result<Self, SideError> {
        let Some(files) = source.files() else { return Self::replay_side(source, size) };
        if let Some(manifest) = parse_manifest(files.get("manifest.json")) {
            let file = |name: &str| source.read_own_file(&format!("projections/{name}"));
            let side = Self::read_published(Phrase::verbatim(&source.name), &manifest, file);
            return if size.is_none_or(|size| size == manifest.size) {
                Ok(side)
            } else {
                Err(SideError::OneSnapshot)
            };
        }
        let numbers =
            files.keys().filter_map(|path| path.strip_prefix("snapshots/")?.strip_suffix("/manifest.json"));
        let newest = numbers.filter_map(|n| n.parse::<u64>().ok()).max();
        match (size, newest) {
            (None, Some(n)) => {
                let Some(manifest) = parse_manifest(files.get(&format!("snapshots/{n}/manifest.json")))
                else {
                    return Self::replay_side(source, None);
                };
                let path = |name: &str| format!("snapshots/{n}/projections/{name}");
                let file = |name: &str| source.read_own_file(&path(name));
                let name =
                    phrase!("diff-side-snapshot", "{source}, snapshot {n}", source = source.name.clone());
                Ok(Self::read_published(name, &manifest, file))
            }
            _ => Self::replay_side(source, size),
        }
    }

    fn read_published<'a>(
        name: Phrase,
        manifest: &Manifest,
        file: impl Fn(&str) -> Option<Cow<'a, [u8]>>,
    ) -> Self {
        Self {
            name,
            ledger: manifest.ledger,
            size: manifest.size,
            root: manifest.root,
            synthetic: file("summary.json").map(|bytes| read_synthetic(&bytes)).unwrap_or_default(),
            shown: PublishedProjections::of(file),
        }
    }

    fn replay_side(source: &Source, size: Option<u64>) -> Result<Self, SideError> {
        let head = replay_to(source, size.map(AsOf::Size).as_ref())?;
        let documents = projections::project_documents(head.state())?;
        let file = |name: &str| {
            let found = documents.iter().find(|(own, _)| *own == name);
            found.map(|(_, bytes)| Cow::Borrowed(bytes.as_slice()))
        };
        Ok(Self {
            name: phrase!(
                "diff-side-size",
                "{source} at {size} entries",
                source = source.name.clone(),
                size = head.size()
            ),
            ledger: head.state().ledger.unwrap_or(Hash::ZERO),
            size: head.size(),
            root: head.root(),
            synthetic: head.state().synthetic_kinds(),
            shown: PublishedProjections::of(file),
        })
    }
}

/// What a published projection says of itself; nothing where it does not read, which others tell.
fn read_synthetic(projection: &[u8]) -> BTreeSet<SyntheticKind> {
    #[derive(serde::Deserialize)]
    struct MarkedProjection {
        #[serde(default)]
        synthetic: BTreeSet<SyntheticKind>,
    }
    serde_json::from_slice(projection).map(|marked: MarkedProjection| marked.synthetic).unwrap_or_default()
}

fn parse_manifest(bytes: Option<&Vec<u8>>) -> Option<Manifest> {
    event::json::decode(bytes?).ok()
}

/// One figure that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Which.
    pub figure: FigurePlace,
    /// On the older side.
    pub before: Option<u64>,
    /// On the newer one.
    pub after: Option<u64>,
}

/// What became of one precinct.
#[derive(Debug, Clone)]
pub struct PrecinctDiff {
    /// The election.
    pub election: String,
    /// The precinct.
    pub precinct: String,
    /// Figures that differ.
    pub moved: Vec<Moved>,
    /// The events that explain it.
    pub because: Vec<Change>,
}

/// Everything between two sides.
#[derive(Debug, Clone, Default)]
pub struct SideDifferences {
    /// By election and precinct.
    pub precincts: Vec<PrecinctDiff>,
    /// Totals that moved, by election.
    pub totals: BTreeMap<String, Vec<Moved>>,
    /// What is new.
    pub appeared: BTreeSet<PublishedThing>,
    /// What does not hold.
    pub faults: Vec<SideFault>,
    /// The ledger with the events as it stands at its end, which knows names.
    pub ledger: Option<Head>,
}

/// What does not hold between two sides.
#[derive(Debug, Clone)]
pub struct SideFault {
    /// The check.
    pub rule: Rule,
    /// The precinct, if it is about one.
    pub precinct: Option<String>,
    /// What was expected and found.
    pub said: Phrase,
}

impl SideDifferences {
    fn fail(&mut self, rule: Rule, said: Phrase) {
        self.faults.push(SideFault { rule, precinct: None, said });
    }
}

/// Compares two sides of one ledger, the older one first; `ledger` holds the events in between, if there is one.
///
/// # Errors
/// [`ReplayError`] where the ledger with the events cannot be replayed.
pub fn compare_sides(
    older: &Side,
    newer: &Side,
    ledger: Option<&Source>,
) -> Result<SideDifferences, ReplayError> {
    let mut diff = SideDifferences::default();
    let mut events: Vec<Change> = Vec::new();
    if older.ledger != newer.ledger {
        let (older, newer) = (older.ledger, newer.ledger);
        diff.fail(Rule::Int01, phrase!("diff-one-ledger", "expected one ledger, found {older} and {newer}"));
    }
    if let Some(source) = ledger {
        let (all, head) = list_changes(source, None)?;
        events = all;
        for side in [older, newer] {
            let own = head.root_at(side.size);
            if own != Some(side.root) {
                let own = own.map_or_else(
                    || phrase!("diff-only-entries", "only {size} entries", size = head.size()).to_argument(),
                    |root| root.to_argument(),
                );
                let rule = if older.size == newer.size { Rule::Snp02 } else { Rule::Snp01 };
                let words = phrase!(
                    "diff-root-at-size",
                    "{side}: expected root {root} at size {size}, found {own}",
                    side = side.name.clone(),
                    root = side.root,
                    size = side.size
                );
                diff.fail(rule, words);
            }
        }
        diff.ledger = Some(head);
    }
    let span = older.size..newer.size;
    events.retain(|event| span.contains(&event.entry));
    compare_things(older, newer, &mut diff);
    compare_precincts(older, newer, &events, &mut diff);
    let elections: BTreeSet<&String> = older.shown.totals.keys().chain(newer.shown.totals.keys()).collect();
    for election in elections {
        let none = PublishedFigures::new();
        let of = |side: &'_ Side| side.shown.totals.get(election).cloned().unwrap_or_else(|| none.clone());
        let moved = list_moved_figures(&of(older), &of(newer));
        let explained = events.iter().any(|event| event.election.as_str() == election);
        if !moved.is_empty() && !explained && older.shown.totals.contains_key(election) {
            diff.fail(
                Rule::Snp05,
                phrase!(
                    "diff-same-totals",
                    "{election}: expected the same totals, found others and no protocol in between"
                ),
            );
        }
        if !moved.is_empty() {
            diff.totals.insert(election.clone(), moved);
        }
    }
    Ok(diff)
}

/// What is new, and what is gone, which nothing may be.
fn compare_things(older: &Side, newer: &Side, diff: &mut SideDifferences) {
    diff.appeared = newer.shown.things.difference(&older.shown.things).cloned().collect();
    for gone in older.shown.things.difference(&newer.shown.things) {
        let (older, newer) = (&older.name, &newer.name);
        diff.fail(
            Rule::Snp04,
            phrase!(
                "diff-gone",
                "expected {gone}, which {older} has, found none in {newer}",
                gone = gone.phrase(),
                older = older.clone(),
                newer = newer.clone()
            ),
        );
    }
}

fn compare_precincts(older: &Side, newer: &Side, events: &[Change], diff: &mut SideDifferences) {
    let places: BTreeSet<&[String; 2]> =
        older.shown.precincts.keys().chain(newer.shown.precincts.keys()).collect();
    for place in places {
        let none = PublishedFigures::new();
        let of = |side: &'_ Side| side.shown.precincts.get(place).cloned().unwrap_or_else(|| none.clone());
        let moved = list_moved_figures(&of(older), &of(newer));
        let [election, precinct] = place;
        let own =
            |event: &&Change| event.election.as_str() == election && event.precinct.as_str() == precinct;
        let because: Vec<Change> = events.iter().filter(own).cloned().collect();
        if moved.is_empty() {
            continue;
        }
        if because.is_empty() {
            let told = |moved: &Moved| {
                let told = crate::compare::copies::print_figure;
                let (before, after) = (told(moved.before), told(moved.after));
                phrase!("diff-move", "{figure} {before} to {after}", figure = moved.figure.phrase())
            };
            let moves = Argument::list(moved.iter().map(told));
            let said = phrase!(
                "diff-no-event",
                "{precinct}: expected an event that explains the change, found none: {moves}"
            );
            diff.faults.push(SideFault { rule: Rule::Snp05, precinct: Some(precinct.clone()), said });
        }
        diff.precincts.push(PrecinctDiff {
            election: election.clone(),
            precinct: precinct.clone(),
            moved,
            because,
        });
    }
}

fn list_moved_figures(before: &PublishedFigures, after: &PublishedFigures) -> Vec<Moved> {
    let names: BTreeSet<&FigurePlace> = before.keys().chain(after.keys()).collect();
    let one = |figure: &&FigurePlace| Moved {
        figure: (*figure).clone(),
        before: before.get(*figure).copied(),
        after: after.get(*figure).copied(),
    };
    names.iter().map(one).filter(|moved| moved.before != moved.after).collect()
}
