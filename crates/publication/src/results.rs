//! The table of results: one row for each line of the ballot of each election, with votes, shares, turnout, outcome.

use event::Id;
use law::{
    State,
    facts::{Method, Office, OutcomeKind, Totals},
    state::{Candidate, Election},
};
use ledger::projections::format_percent;

use crate::{
    ledger_state::{count_precincts_with_protocol, is_test_ledger},
    table::{ReportCell, ReportTable},
};

/// The line of the ballot that no candidate stands behind, in Kazakh and Russian.
pub(crate) const AGAINST_ALL: [&str; 2] = ["Бәріне қарсымын", "Против всех"];

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
pub(crate) fn tabulate_results(state: &State) -> ReportTable {
    let mut table = ReportTable::new(HEADER);
    for (id, election) in &state.elections {
        let (now, first) = (election.totals(), election.totals_first());
        let before = cells_before_the_line(state, id, election);
        let after = cells_after_the_line(election, &now);
        let lines = ballot_lines(election, &now, &first);
        for (order, line) in (1..).zip(lines) {
            let mut row = before.clone();
            row.push(ReportCell::Count(order));
            row.extend(line);
            row.extend(after.clone());
            table.rows.push(row);
        }
    }
    table
}

fn cells_before_the_line(state: &State, id: &Id, election: &Election) -> Vec<ReportCell> {
    vec![
        ReportCell::from_text(id),
        ReportCell::from_flag(is_test_ledger(state)),
        ReportCell::from_text(&election.called.name),
        ReportCell::from_text(office_word(election.called.office)),
        ReportCell::from_text(&election.called.territory),
        ReportCell::from_text(election.calendar.voting_starts.date_text()),
    ]
}

fn ballot_lines(election: &Election, now: &Totals, first: &Totals) -> Vec<Vec<ReportCell>> {
    let base = now.participated();
    let elected = election.determined.as_ref().and_then(|determined| determined.body.elected.as_ref());
    let mut lines = Vec::with_capacity(now.votes.len() + 1);
    for line in &now.votes {
        let mut cells = vec![ReportCell::from_text("candidate"), ReportCell::from_text(&line.candidate)];
        cells.extend(candidate_cells(election.candidates.get(&line.candidate)));
        let before = first.votes.iter().find(|other| other.candidate == line.candidate);
        let before = before.map_or(0, |before| before.votes);
        cells.extend(vote_cells(line.votes, before, base).map(|cell| empty_unless_counted(election, cell)));
        cells.push(ReportCell::from_flag(elected == Some(&line.candidate)));
        lines.push(cells);
    }
    let [kk, ru] = AGAINST_ALL;
    let mut cells = vec![
        ReportCell::from_text("against-all"),
        ReportCell::Empty,
        ReportCell::from_text(kk),
        ReportCell::from_text(ru),
    ];
    cells.extend([ReportCell::Empty, ReportCell::Empty, ReportCell::Empty]);
    let own = vote_cells(now.against_all, first.against_all, base);
    cells.extend(own.map(|cell| empty_unless_counted(election, cell)));
    cells.push(ReportCell::Empty);
    lines.push(cells);
    lines
}

fn candidate_cells(candidate: Option<&Candidate>) -> Vec<ReportCell> {
    let Some(candidate) = candidate else { return vec![ReportCell::Empty; 5] };
    let nominated = &candidate.nominated;
    vec![
        ReportCell::from_text(&nominated.name_kk),
        ReportCell::from_text(&nominated.name_ru),
        ReportCell::from_text(method_word(nominated.method)),
        nominated.party.as_ref().map_or(ReportCell::Empty, ReportCell::from_text),
        ReportCell::from_text(candidate.status.name()),
    ]
}

fn vote_cells(now: u64, first: u64, base: u64) -> [ReportCell; 3] {
    [ReportCell::Count(now), ReportCell::Percent(format_percent(now, base, 1), 1), ReportCell::Count(first)]
}

fn cells_after_the_line(election: &Election, totals: &Totals) -> Vec<ReportCell> {
    let base = totals.participated();
    let turnout = |part: u64| ReportCell::Percent(format_percent(part, totals.voters, 2), 2);
    let sums = [
        ReportCell::Count(base),
        ReportCell::Count(totals.voters),
        ReportCell::Count(totals.issued),
        ReportCell::Count(totals.found),
        turnout(totals.issued),
        turnout(totals.found),
        turnout(base),
    ];
    let mut cells = sums.map(|cell| empty_unless_counted(election, cell)).to_vec();
    cells.extend([
        ReportCell::Count(count_precincts_with_protocol(election)),
        ReportCell::Count(election.polls.len() as u64),
        ReportCell::from_text(outcome_word(election)),
    ]);
    cells
}

/// A sum over protocols; over none of them nothing is known, not even 0.
fn empty_unless_counted(election: &Election, cell: ReportCell) -> ReportCell {
    if count_precincts_with_protocol(election) == 0 { ReportCell::Empty } else { cell }
}

fn outcome_word(election: &Election) -> &'static str {
    match election.determined.as_ref().map(|determined| determined.body.outcome) {
        None => "preliminary",
        Some(OutcomeKind::Elected) => "elected",
        Some(OutcomeKind::Tie) => "tie",
        Some(OutcomeKind::Invalid) => "invalid",
    }
}

fn office_word(office: Office) -> &'static str {
    match office {
        Office::District => "district",
        Office::City => "city",
        Office::Rural => "rural",
    }
}

/// How a candidate was nominated, as events say it.
pub(crate) fn method_word(method: Method) -> &'static str {
    match method {
        Method::Party => "party",
        Method::Own => "own",
        Method::HigherAkim => "higher-akim",
    }
}
