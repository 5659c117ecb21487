//! Results: one row for each line of the ballot of each election.
//!
//! In: votes, shares, turnout of three kinds, the outcome. Out: single precincts (`precincts`).

use event::Id;
use law::{
    State,
    facts::{Method, Office, OutcomeKind, Totals},
    state::{Candidate, Election},
};
use ledger::projections::percent;

use super::{
    counted, is_test,
    table::{Cell, Table},
};

/// The line of the ballot that no candidate stands behind, in Kazakh and Russian.
pub(super) const AGAINST_ALL: [&str; 2] = ["Бәріне қарсымын", "Против всех"];

const HEADER: [&str; 28] = [
    "election",
    "test",
    "election_name",
    "office",
    "territory",
    "voting_day",
    "order",
    "line",
    "candidate",
    "name_kk",
    "name_ru",
    "method",
    "party",
    "candidate_status",
    "votes",
    "share",
    "first_votes",
    "elected",
    "base",
    "voters",
    "issued",
    "found",
    "turnout_issued",
    "turnout_found",
    "turnout_legal",
    "counted",
    "precincts",
    "outcome",
];

/// One row for each candidate on each ballot, and one for against all.
pub(super) fn results(state: &State) -> Table {
    let mut table = Table::new(HEADER);
    for (id, election) in &state.elections {
        let (now, first) = (election.totals(), election.totals_first());
        let before = beginning(state, id, election);
        let after = ending(election, &now);
        let lines = lines(election, &now, &first);
        for (order, line) in (1..).zip(lines) {
            let mut row = before.clone();
            row.push(Cell::Count(order));
            row.extend(line);
            row.extend(after.clone());
            table.rows.push(row);
        }
    }
    table
}

fn beginning(state: &State, id: &Id, election: &Election) -> Vec<Cell> {
    vec![
        Cell::text(id),
        Cell::flag(is_test(state)),
        Cell::text(&election.called.name),
        Cell::text(office(election.called.office)),
        Cell::text(&election.called.territory),
        Cell::text(election.calendar.voting_starts.date_text()),
    ]
}

fn lines(election: &Election, now: &Totals, first: &Totals) -> Vec<Vec<Cell>> {
    let base = now.participated();
    let elected = election.determined.as_ref().and_then(|determined| determined.body.elected.as_ref());
    let mut lines = Vec::with_capacity(now.votes.len() + 1);
    for line in &now.votes {
        let mut cells = vec![Cell::text("candidate"), Cell::text(&line.candidate)];
        cells.extend(person(election.candidates.get(&line.candidate)));
        let before = first.votes.iter().find(|other| other.candidate == line.candidate);
        let before = before.map_or(0, |before| before.votes);
        cells.extend(votes(line.votes, before, base).map(|cell| if_counted(election, cell)));
        cells.push(Cell::flag(elected == Some(&line.candidate)));
        lines.push(cells);
    }
    let [kk, ru] = AGAINST_ALL;
    let mut cells = vec![Cell::text("against-all"), Cell::Empty, Cell::text(kk), Cell::text(ru)];
    cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
    let own = votes(now.against_all, first.against_all, base);
    cells.extend(own.map(|cell| if_counted(election, cell)));
    cells.push(Cell::Empty);
    lines.push(cells);
    lines
}

fn person(candidate: Option<&Candidate>) -> Vec<Cell> {
    let Some(candidate) = candidate else { return vec![Cell::Empty; 5] };
    let nominated = &candidate.nominated;
    vec![
        Cell::text(&nominated.name_kk),
        Cell::text(&nominated.name_ru),
        Cell::text(method(nominated.method)),
        nominated.party.as_ref().map_or(Cell::Empty, Cell::text),
        Cell::text(candidate.status.name()),
    ]
}

fn votes(now: u64, first: u64, base: u64) -> [Cell; 3] {
    [Cell::Count(now), Cell::Percent(percent(now, base, 1), 1), Cell::Count(first)]
}

fn ending(election: &Election, totals: &Totals) -> Vec<Cell> {
    let base = totals.participated();
    let turnout = |part: u64| Cell::Percent(percent(part, totals.voters, 2), 2);
    let sums = [
        Cell::Count(base),
        Cell::Count(totals.voters),
        Cell::Count(totals.issued),
        Cell::Count(totals.found),
        turnout(totals.issued),
        turnout(totals.found),
        turnout(base),
    ];
    let mut cells = sums.map(|cell| if_counted(election, cell)).to_vec();
    cells.extend([
        Cell::Count(counted(election)),
        Cell::Count(election.polls.len() as u64),
        Cell::text(outcome(election)),
    ]);
    cells
}

/// A sum over protocols; over none of them nothing is known, not even 0.
fn if_counted(election: &Election, cell: Cell) -> Cell {
    if counted(election) == 0 { Cell::Empty } else { cell }
}

fn outcome(election: &Election) -> &'static str {
    match election.determined.as_ref().map(|determined| determined.body.outcome) {
        None => "preliminary",
        Some(OutcomeKind::Elected) => "elected",
        Some(OutcomeKind::Tie) => "tie",
        Some(OutcomeKind::Invalid) => "invalid",
    }
}

fn office(office: Office) -> &'static str {
    match office {
        Office::District => "district",
        Office::City => "city",
        Office::Rural => "rural",
    }
}

/// How a candidate was nominated, as events say it.
pub(super) fn method(method: Method) -> &'static str {
    match method {
        Method::Party => "party",
        Method::Own => "own",
        Method::HigherAkim => "higher-akim",
    }
}
