//! The tables of precincts: one wide row for each, and one row for each line of a protocol.

use event::Id;
use law::{
    State,
    facts::{Count, PrecinctKind},
    state::{Election, Poll, Precinct},
};

use crate::{
    ledger_state::is_test_ledger,
    table::{ReportCell, ReportTable},
};

/// A figure's name in columns and lines, and where it stands in a protocol.
pub(crate) type CountFigure = (&'static str, fn(&Count) -> u64);

/// The figures of a protocol in the order of its lines; those that follow from others too.
pub(crate) const FIGURES: [CountFigure; 13] = [
    ("voters", |count| count.voters),
    ("received", |count| count.received),
    ("issued", |count| count.issued),
    ("cancelled", |count| count.cancelled),
    ("damaged", count_damaged),
    ("home_applications", |count| count.home_applications),
    ("absentee", |count| count.absentee),
    ("stationary", |count| count.stationary),
    ("portable_found", sum_portable_found),
    ("found", |count| count.found),
    ("invalid", |count| count.invalid),
    ("valid", count_valid),
    ("against_all", |count| count.against_all),
];

/// The names of the figures of a protocol as columns and lines have them, in the order of its lines.
pub fn list_figures() -> impl Iterator<Item = &'static str> {
    FIGURES.into_iter().map(|(name, _)| name)
}

/// Columns before the figures.
const BEFORE: [&str; 9] =
    ["election", "test", "precinct", "number", "kato", "kind", "commission", "status", "registered"];

/// Columns between the figures and the first figures.
const BETWEEN: [&str; 3] = ["protocol_time", "received_time", "corrections_n"];

pub(crate) fn count_damaged(count: &Count) -> u64 {
    count.damaged.as_ref().map_or(0, |damaged| damaged.count)
}

fn sum_portable_found(count: &Count) -> u64 {
    count.portable.iter().fold(0, |sum, portable| sum.saturating_add(portable.found))
}

/// Votes and against all: what the boxes hold besides invalid ballots, unless the protocol contradicts itself.
fn count_valid(count: &Count) -> u64 {
    count.votes.iter().fold(count.against_all, |sum, line| sum.saturating_add(line.votes))
}

/// What the votes for a candidate were in a protocol.
fn votes_for(count: &Count, candidate: &Id) -> Option<u64> {
    count.votes.iter().find(|line| line.candidate == *candidate).map(|line| line.votes)
}

/// One row for each precinct of each election. Ballots differ in length, so the candidates stand last, in pairs, and
/// every other column has one place for ever.
pub(crate) fn tabulate_precincts(state: &State) -> ReportTable {
    let widest =
        state.elections.values().map(|election| election.ballot_lines().len()).max().unwrap_or_default();
    let mut header: Vec<String> = BEFORE.map(str::to_owned).to_vec();
    header.extend(FIGURES.map(|(name, _)| name.to_owned()));
    header.extend(BETWEEN.map(str::to_owned));
    header.extend(FIGURES.map(|(name, _)| format!("first_{name}")));
    header.push("event".to_owned());
    for line in 1..=widest {
        header.extend([format!("candidate_{line}"), format!("votes_{line}"), format!("first_votes_{line}")]);
    }
    let mut table = ReportTable::new(header);
    for (id, election) in &state.elections {
        for (precinct, poll) in &election.polls {
            let Some(record) = state.precincts.get(precinct) else { continue };
            let mut row = formation_cells(state, id, precinct, record, poll);
            row.extend(figure_cells(poll));
            row.extend(candidate_vote_cells(election, poll, widest));
            table.rows.push(row);
        }
    }
    table
}

fn formation_cells(
    state: &State,
    election: &Id,
    precinct: &Id,
    record: &Precinct,
    poll: &Poll,
) -> Vec<ReportCell> {
    let formed = &record.formed;
    let kind = match formed.kind {
        PrecinctKind::Open => "open",
        PrecinctKind::Closed => "closed",
    };
    vec![
        ReportCell::from_text(election),
        ReportCell::from_flag(is_test_ledger(state)),
        ReportCell::from_text(precinct),
        ReportCell::from_text(&formed.number),
        ReportCell::from_text(&formed.kato),
        ReportCell::from_text(kind),
        ReportCell::from_text(&formed.commission),
        ReportCell::from_text(poll.status().name()),
        ReportCell::Count(formed.voters),
    ]
}

fn figure_cells(poll: &Poll) -> Vec<ReportCell> {
    let (current, first) = (poll.current(), poll.protocols.first());
    let corrections = poll.protocols.len().saturating_sub(1) as u64;
    let mut cells: Vec<ReportCell> = FIGURES
        .iter()
        .map(|(_, of)| ReportCell::from_count(current.map(|p| of(&p.protocol.count))))
        .collect();
    cells.push(current.map_or(ReportCell::Empty, |record| ReportCell::from_text(record.at.as_str())));
    cells.push(current.map_or(ReportCell::Empty, |record| ReportCell::from_text(record.received)));
    cells.push(ReportCell::Count(corrections));
    cells.extend(FIGURES.iter().map(|(_, of)| ReportCell::from_count(first.map(|p| of(&p.protocol.count)))));
    cells.push(current.map_or(ReportCell::Empty, |record| ReportCell::from_text(record.event)));
    cells
}

fn candidate_vote_cells(election: &Election, poll: &Poll, widest: usize) -> Vec<ReportCell> {
    let (current, first) = (poll.current(), poll.protocols.first());
    let mut cells = Vec::with_capacity(widest * 3);
    for candidate in election.ballot_lines() {
        cells.push(ReportCell::from_text(candidate));
        cells.push(ReportCell::from_count(current.and_then(|p| votes_for(&p.protocol.count, candidate))));
        cells.push(ReportCell::from_count(first.and_then(|p| votes_for(&p.protocol.count, candidate))));
    }
    cells.resize(widest * 3, ReportCell::Empty);
    cells
}

/// One row for each line of each protocol that counts.
pub(crate) fn tabulate_lines(state: &State) -> ReportTable {
    let mut table = ReportTable::new([
        "election",
        "test",
        "precinct",
        "number",
        "line",
        "candidate",
        "value",
        "first_value",
    ]);
    for (id, election) in &state.elections {
        for (precinct, poll) in &election.polls {
            let (Some(current), Some(first), Some(record)) =
                (poll.current(), poll.protocols.first(), state.precincts.get(precinct))
            else {
                continue;
            };
            let start = [
                ReportCell::from_text(id),
                ReportCell::from_flag(is_test_ledger(state)),
                ReportCell::from_text(precinct),
                ReportCell::from_text(&record.formed.number),
            ];
            for line in protocol_lines(&current.protocol.count, &first.protocol.count) {
                table.rows.push(start.iter().cloned().chain(line).collect());
            }
        }
    }
    table
}

/// The lines of one protocol beside those that were first announced; against all stands last, as on the ballot.
fn protocol_lines(current: &Count, first: &Count) -> Vec<[ReportCell; 4]> {
    let figure = |(name, of): &CountFigure| {
        [
            ReportCell::from_text(name),
            ReportCell::Empty,
            ReportCell::Count(of(current)),
            ReportCell::Count(of(first)),
        ]
    };
    let (against_all, others) = match FIGURES.split_last() {
        Some((last, others)) => (vec![figure(last)], others),
        None => (Vec::new(), [].as_slice()),
    };
    let mut lines: Vec<[ReportCell; 4]> = others.iter().map(figure).collect();
    lines.extend(current.votes.iter().map(|line| {
        let before = ReportCell::from_count(votes_for(first, &line.candidate));
        [
            ReportCell::from_text("votes"),
            ReportCell::from_text(&line.candidate),
            ReportCell::Count(line.votes),
            before,
        ]
    }));
    lines.extend(against_all);
    lines
}
