//! The flat table of votes: one row for each line of the ballot at each precinct, with everything beside it that somebody
//! needs who has this table alone.

use event::Id;
use law::{
    State,
    state::{Election, Poll, Precinct},
};

use crate::{
    delimited::{CsvFlavour, write_csv},
    fault::ReportFileError,
    ledger_state::{SYNTHETIC_COLUMN, is_test_ledger},
    report_files::{ReportFile, mark_synthetic_rows},
    results::AGAINST_ALL,
    table::{ReportCell, ReportTable},
};

/// Its columns, in order, but that of what is made up.
const VOTES_COLUMNS: [&str; 17] = [
    "election",
    "test",
    "election_name",
    "voting_day",
    "territory",
    "kato",
    "precinct",
    "number",
    "order",
    "line",
    "candidate",
    "name_kk",
    "name_ru",
    "party",
    "votes",
    "first_votes",
    "status",
];

/// Its columns, in order; the last says what of a row is made up, in a ledger in which something is.
#[must_use]
pub fn list_votes_columns(state: &State) -> Vec<&'static str> {
    let marked = !state.synthetic_kinds().is_empty();
    VOTES_COLUMNS.into_iter().chain(marked.then_some(SYNTHETIC_COLUMN)).collect()
}

/// The table in both flavours, `votes-excel.csv` and `votes.csv`. A precinct without a protocol has rows without votes.
///
/// # Errors
/// [`ReportFileError`]; never for an admitted state.
pub fn make_votes_files(state: &State) -> Result<[ReportFile; 2], ReportFileError> {
    let table = mark_synthetic_rows(state, tabulate_votes(state));
    Ok([
        ("votes-excel.csv".to_owned(), write_csv(&table, CsvFlavour::Excel)?),
        ("votes.csv".to_owned(), write_csv(&table, CsvFlavour::Tools)?),
    ])
}

fn tabulate_votes(state: &State) -> ReportTable {
    let mut table = ReportTable::new(VOTES_COLUMNS);
    for (id, election) in &state.elections {
        let before = [
            ReportCell::from_text(id),
            ReportCell::from_flag(is_test_ledger(state)),
            ReportCell::from_text(&election.called.name),
            ReportCell::from_text(election.calendar.voting_starts.date_text()),
            ReportCell::from_text(&election.called.territory),
        ];
        for (precinct, poll) in &election.polls {
            let Some(record) = state.precincts.get(precinct) else { continue };
            for line in list_lines(election, precinct, record, poll) {
                table.rows.push(before.iter().cloned().chain(line).collect());
            }
        }
    }
    table
}

fn list_lines(election: &Election, id: &Id, precinct: &Precinct, poll: &Poll) -> Vec<Vec<ReportCell>> {
    let (current, first) = (poll.current(), poll.protocols.first());
    let row = |order: u64, line: [ReportCell; 5], votes: Option<u64>, first: Option<u64>| {
        let mut cells = vec![
            ReportCell::from_text(&precinct.formed.kato),
            ReportCell::from_text(id),
            ReportCell::from_text(&precinct.formed.number),
            ReportCell::Count(order),
        ];
        cells.extend(line);
        let status = ReportCell::from_text(poll.status().name());
        cells.extend([ReportCell::from_count(votes), ReportCell::from_count(first), status]);
        cells
    };
    let mut rows = Vec::with_capacity(election.ballot_lines().len() + 1);
    for (order, candidate) in (1..).zip(election.ballot_lines()) {
        let own = election.candidates.get(candidate).map(|own| &own.nominated);
        let line = [
            ReportCell::from_text("candidate"),
            ReportCell::from_text(candidate),
            own.map_or(ReportCell::Empty, |own| ReportCell::from_text(&own.name_kk)),
            own.map_or(ReportCell::Empty, |own| ReportCell::from_text(&own.name_ru)),
            own.and_then(|own| own.party.as_ref()).map_or(ReportCell::Empty, ReportCell::from_text),
        ];
        let votes = |record: &law::state::ProtocolRecord| {
            let votes = &record.protocol.count.votes;
            votes.iter().find(|line| line.candidate == *candidate).map(|line| line.votes)
        };
        rows.push(row(order, line, current.and_then(votes), first.and_then(votes)));
    }
    let [kk, ru] = AGAINST_ALL.map(ReportCell::from_text);
    let line = [ReportCell::from_text("against-all"), ReportCell::Empty, kk, ru, ReportCell::Empty];
    let against = |record: &law::state::ProtocolRecord| record.protocol.count.against_all;
    rows.push(row(rows.len() as u64 + 1, line, current.map(against), first.map(against)));
    rows
}
