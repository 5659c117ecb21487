//! Precincts: one wide row each, and one row for each line of a protocol.
//!
//! In: the figures of current and first protocols. Out: totals of an election (`results`), what columns mean (`labels`).

use event::Id;
use law::{
    State,
    facts::{Count, PrecinctKind},
    state::{Election, Poll, Precinct},
};

use super::{
    is_test,
    table::{Cell, Table},
};

/// A figure's name in columns and lines, and where it stands in a protocol.
pub(super) type Figure = (&'static str, fn(&Count) -> u64);

/// The figures of a protocol in the order of its lines; those that follow from others too.
pub(super) const FIGURES: [Figure; 13] = [
    ("voters", |count| count.voters),
    ("received", |count| count.received),
    ("issued", |count| count.issued),
    ("cancelled", |count| count.cancelled),
    ("damaged", damaged),
    ("home_applications", |count| count.home_applications),
    ("absentee", |count| count.absentee),
    ("stationary", |count| count.stationary),
    ("portable_found", portable_found),
    ("found", |count| count.found),
    ("invalid", |count| count.invalid),
    ("valid", valid),
    ("against_all", |count| count.against_all),
];

/// Columns before the figures.
const BEFORE: [&str; 9] =
    ["election", "test", "precinct", "number", "kato", "kind", "commission", "status", "registered"];

/// Columns between the figures and the first figures.
const BETWEEN: [&str; 3] = ["protocol_time", "received_time", "corrections_n"];

pub(super) fn damaged(count: &Count) -> u64 {
    count.damaged.as_ref().map_or(0, |damaged| damaged.count)
}

fn portable_found(count: &Count) -> u64 {
    count.portable.iter().fold(0, |sum, portable| sum.saturating_add(portable.found))
}

/// Votes and against all: what the boxes hold besides invalid ballots, unless the protocol contradicts itself.
fn valid(count: &Count) -> u64 {
    count.votes.iter().fold(count.against_all, |sum, line| sum.saturating_add(line.votes))
}

/// What the votes for a candidate were in a protocol.
fn votes(count: &Count, candidate: &Id) -> Option<u64> {
    count.votes.iter().find(|line| line.candidate == *candidate).map(|line| line.votes)
}

/// One row for each precinct of each election. Ballots differ in length, so the candidates stand last, in pairs, and
/// every other column has one place for ever.
pub(super) fn precincts(state: &State) -> Table {
    let widest = state.elections.values().map(|election| election.lines().len()).max().unwrap_or_default();
    let mut header: Vec<String> = BEFORE.map(str::to_owned).to_vec();
    header.extend(FIGURES.map(|(name, _)| name.to_owned()));
    header.extend(BETWEEN.map(str::to_owned));
    header.extend(FIGURES.map(|(name, _)| format!("first_{name}")));
    header.push("event".to_owned());
    for line in 1..=widest {
        header.extend([format!("candidate_{line}"), format!("votes_{line}"), format!("first_votes_{line}")]);
    }
    let mut table = Table::new(header);
    for (id, election) in &state.elections {
        for (precinct, poll) in &election.polls {
            let Some(record) = state.precincts.get(precinct) else { continue };
            let mut row = formed(state, id, precinct, record, poll);
            row.extend(figures(poll));
            row.extend(candidates(election, poll, widest));
            table.rows.push(row);
        }
    }
    table
}

fn formed(state: &State, election: &Id, precinct: &Id, record: &Precinct, poll: &Poll) -> Vec<Cell> {
    let formed = &record.formed;
    let kind = match formed.kind {
        PrecinctKind::Open => "open",
        PrecinctKind::Closed => "closed",
    };
    vec![
        Cell::text(election),
        Cell::flag(is_test(state)),
        Cell::text(precinct),
        Cell::text(&formed.number),
        Cell::text(&formed.kato),
        Cell::text(kind),
        Cell::text(&formed.commission),
        Cell::text(poll.status().name()),
        Cell::Count(formed.voters),
    ]
}

fn figures(poll: &Poll) -> Vec<Cell> {
    let (current, first) = (poll.current(), poll.protocols.first());
    let corrections = poll.protocols.len().saturating_sub(1) as u64;
    let mut cells: Vec<Cell> =
        FIGURES.iter().map(|(_, of)| Cell::count(current.map(|p| of(&p.protocol.count)))).collect();
    cells.push(current.map_or(Cell::Empty, |record| Cell::text(record.at.as_str())));
    cells.push(current.map_or(Cell::Empty, |record| Cell::text(record.received)));
    cells.push(Cell::Count(corrections));
    cells.extend(FIGURES.iter().map(|(_, of)| Cell::count(first.map(|p| of(&p.protocol.count)))));
    cells.push(current.map_or(Cell::Empty, |record| Cell::text(record.event)));
    cells
}

fn candidates(election: &Election, poll: &Poll, widest: usize) -> Vec<Cell> {
    let (current, first) = (poll.current(), poll.protocols.first());
    let mut cells = Vec::with_capacity(widest * 3);
    for candidate in election.lines() {
        cells.push(Cell::text(candidate));
        cells.push(Cell::count(current.and_then(|p| votes(&p.protocol.count, candidate))));
        cells.push(Cell::count(first.and_then(|p| votes(&p.protocol.count, candidate))));
    }
    cells.resize(widest * 3, Cell::Empty);
    cells
}

/// One row for each line of each protocol that counts.
pub(super) fn lines(state: &State) -> Table {
    let mut table =
        Table::new(["election", "test", "precinct", "number", "line", "candidate", "value", "first_value"]);
    for (id, election) in &state.elections {
        for (precinct, poll) in &election.polls {
            let (Some(current), Some(first), Some(record)) =
                (poll.current(), poll.protocols.first(), state.precincts.get(precinct))
            else {
                continue;
            };
            let start = [
                Cell::text(id),
                Cell::flag(is_test(state)),
                Cell::text(precinct),
                Cell::text(&record.formed.number),
            ];
            for line in protocol_lines(&current.protocol.count, &first.protocol.count) {
                table.rows.push(start.iter().cloned().chain(line).collect());
            }
        }
    }
    table
}

/// The lines of one protocol beside those that were first announced; against all stands last, as on the ballot.
fn protocol_lines(current: &Count, first: &Count) -> Vec<[Cell; 4]> {
    let figure = |(name, of): &Figure| {
        [Cell::text(name), Cell::Empty, Cell::Count(of(current)), Cell::Count(of(first))]
    };
    let (against_all, others) = match FIGURES.split_last() {
        Some((last, others)) => (vec![figure(last)], others),
        None => (Vec::new(), [].as_slice()),
    };
    let mut lines: Vec<[Cell; 4]> = others.iter().map(figure).collect();
    lines.extend(current.votes.iter().map(|line| {
        let before = Cell::count(votes(first, &line.candidate));
        [Cell::text("votes"), Cell::text(&line.candidate), Cell::Count(line.votes), before]
    }));
    lines.extend(against_all);
    lines
}
