//! What entries say of protocols, names and results, whoever signed them.
//!
//! Contains a loose reading of single entries: one that is no entry to the letter may still say what somebody wrote into it.
//! Elsewhere: whether an entry holds (`replay`).

use std::collections::BTreeMap;

use event::Id;
use law::facts::{CandidateNominated, Count, ProtocolSigned, ProtocolSuperseded, ResultsDetermined};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    contradiction::{ContradictedLine, EntryValue},
    published_cells::PublishedCell,
};
use site::pictures::list_count_lines;

/// Precincts, candidates and elections that are kept, each.
const KEPT_MAX: usize = 100_000;

/// An entry as far as it says what it states.
#[derive(Deserialize)]
pub(crate) struct LooseEntry {
    event: LooseEvent,
}

#[derive(Deserialize)]
struct LooseEvent {
    fact: String,
    #[serde(default)]
    election: Option<Id>,
    body: Value,
}

impl LooseEntry {
    /// The fact, the election and the precinct, as they are written.
    pub(crate) fn subject(&self) -> (&str, Option<&Id>, Option<Id>) {
        let precinct = self.event.body.get("precinct").and_then(Value::as_str);
        (&self.event.fact, self.event.election.as_ref(), precinct.and_then(|id| Id::new(id).ok()))
    }

    fn content<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_value(self.event.body.clone()).ok()
    }
}

/// What an entry states, if it can be read at all.
pub(crate) fn read_loosely(bytes: &[u8]) -> Option<LooseEntry> {
    serde_json::from_slice(bytes).ok()
}

struct StatedProtocol {
    index: u64,
    count: Count,
    counts: bool,
}

/// Protocols, names and results, as the entries so far have them.
#[derive(Default)]
pub(super) struct EntryFigures {
    protocols: BTreeMap<(Id, Id), StatedProtocol>,
    names: BTreeMap<(Id, Id), (u64, [String; 2])>,
    numbers: BTreeMap<Id, (u64, String)>,
    /// None where a later decision leaves it open.
    elected: BTreeMap<Id, Option<(u64, Option<Id>)>>,
}

impl EntryFigures {
    /// One entry more.
    pub(super) fn take_in(&mut self, index: u64, bytes: &[u8]) {
        if !may_matter(bytes) {
            return;
        }
        let Some(entry) = read_loosely(bytes) else { return };
        let election = entry.event.election.clone();
        match (entry.event.fact.as_str(), election) {
            ("protocol-signed", Some(election)) => {
                if let Some(body) = entry.content::<ProtocolSigned>() {
                    self.keep_protocol(election, body.precinct, index, body.protocol.count);
                }
            }
            ("protocol-superseded", Some(election)) => {
                if let Some(body) = entry.content::<ProtocolSuperseded>() {
                    self.keep_protocol(election, body.precinct, index, body.protocol.count);
                }
            }
            ("precinct-invalidated", Some(election)) => {
                let (.., precinct) = entry.subject();
                let own = precinct.and_then(|precinct| self.protocols.get_mut(&(election, precinct)));
                if let Some(own) = own {
                    own.counts = false;
                }
            }
            ("candidate-nominated", Some(election)) => {
                if let Some(body) = entry.content::<CandidateNominated>() {
                    let names = [body.name_kk.to_string(), body.name_ru.to_string()];
                    keep(&mut self.names, (election, body.candidate), (index, names));
                }
            }
            ("results-determined", Some(election)) => {
                if let Some(body) = entry.content::<ResultsDetermined>() {
                    keep(&mut self.elected, election, Some((index, body.elected)));
                }
            }
            ("decision-cancelled", Some(election)) => {
                if let Some(elected) = self.elected.get_mut(&election) {
                    *elected = None;
                }
            }
            ("precinct-formed" | "precincts-changed", _) => {
                let (.., precinct) = entry.subject();
                let number = entry.event.body.get("number").and_then(Value::as_str);
                if let (Some(precinct), Some(number)) = (precinct, number) {
                    keep(&mut self.numbers, precinct, (index, number.to_owned()));
                }
            }
            _ => {}
        }
    }

    fn keep_protocol(&mut self, election: Id, precinct: Id, index: u64, count: Count) {
        let counts = self.protocols.get(&(election.clone(), precinct.clone())).is_none_or(|own| own.counts);
        keep(&mut self.protocols, (election, precinct), StatedProtocol { index, count, counts });
    }

    /// Every precinct with a protocol, and the entry of the newest.
    pub(super) fn protocols(&self) -> impl Iterator<Item = (&(Id, Id), u64)> {
        self.protocols.iter().map(|(place, own)| (place, own.index))
    }

    /// What the entries say where a cell stands; nothing where that cannot be told.
    pub(super) fn value_of(&self, cell: &PublishedCell) -> Option<EntryValue> {
        let stated = |index: u64, value: String| EntryValue::Stated { index, value };
        let name = |candidate: &Id, pick: fn(&[String; 2]) -> &String| {
            let found = self.names.get(&(cell.election.clone(), candidate.clone()));
            found.map(|(index, names)| stated(*index, pick(names).clone()))
        };
        let found = match (&cell.line, &cell.precinct) {
            (ContradictedLine::Protocol, _) => return None,
            (ContradictedLine::NameKk(candidate), _) => name(candidate, |[kk, _]| kk),
            (ContradictedLine::NameRu(candidate), _) => name(candidate, |[_, ru]| ru),
            (ContradictedLine::Number, precinct) => {
                let own = precinct.as_ref().and_then(|precinct| self.numbers.get(precinct));
                own.map(|(index, number)| stated(*index, number.clone()))
            }
            (ContradictedLine::Elected, _) => match self.elected.get(&cell.election) {
                None => None,
                Some(None) => return None,
                Some(Some((index, who))) => {
                    Some(stated(*index, who.as_ref().map(ToString::to_string).unwrap_or_default()))
                }
            },
            (ContradictedLine::Figure(_) | ContradictedLine::Votes(_), Some(precinct)) => {
                let own = self.protocols.get(&(cell.election.clone(), precinct.clone()));
                own.map(|own| {
                    let value = figure_of(&own.count, &cell.line);
                    value.map_or(EntryValue::Nothing, |value| stated(own.index, value.to_string()))
                })
            }
            (ContradictedLine::Figure(_) | ContradictedLine::Votes(_), None) => {
                Some(EntryValue::Sum(self.sum_of(cell)))
            }
        };
        Some(found.unwrap_or(EntryValue::Nothing))
    }

    fn sum_of(&self, cell: &PublishedCell) -> u64 {
        let counted =
            self.protocols.iter().filter(|((election, _), own)| *election == cell.election && own.counts);
        counted.fold(0, |sum, (_, own)| {
            sum.saturating_add(figure_of(&own.count, &cell.line).unwrap_or_default())
        })
    }
}

fn keep<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: V) {
    if map.len() < KEPT_MAX || map.contains_key(&key) {
        map.insert(key, value);
    }
}

/// A figure of a protocol; the valid votes are a sum.
fn figure_of(count: &Count, line: &ContradictedLine) -> Option<u64> {
    let votes = || count.votes.iter();
    match line {
        ContradictedLine::Votes(id) => votes().find(|own| own.candidate == *id).map(|own| own.votes),
        ContradictedLine::Figure("valid") => {
            Some(votes().fold(count.against_all, |sum, own| sum.saturating_add(own.votes)))
        }
        ContradictedLine::Figure(name) => list_count_lines(count)
            .into_iter()
            .find(|(own, candidate, _)| own == name && candidate.is_none())
            .map(|(.., value)| value),
        _ => None,
    }
}

/// Whether an entry can be one of those that are kept: most are not, and need not be read.
fn may_matter(bytes: &[u8]) -> bool {
    const FACTS: [&str; 8] = [
        "protocol-signed",
        "protocol-superseded",
        "precinct-invalidated",
        "candidate-nominated",
        "results-determined",
        "decision-cancelled",
        "precinct-formed",
        "precincts-changed",
    ];
    ledger::may_state_fact(bytes, &FACTS)
}
