//! `hattama summary --by`: elections of one ledger or several added up by year, region, party or kind of nomination.

use std::collections::{BTreeMap, BTreeSet};

use clap::ValueEnum;
use law::{
    State,
    facts::{Level, Method, SyntheticKind},
    state::{Candidate, Election},
};
use ledger::{Head, projections::format_percent};
use serde::Serialize;
use texts::program::{answer_language, localize_share, say};

use super::elected::find_elected;
use crate::{command::results::mark_test, fault::Fault, table};

/// What elections are added up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SummaryGrouping {
    /// The year of the voting
    Year,
    /// The region: the first two digits of the territory's code
    Region,
    /// The party that nominated
    Party,
    /// Who nominated: a party, candidates themselves, a higher akim
    Kind,
}

/// Sums of one group.
#[derive(Debug, Clone, Default, Serialize)]
struct GroupSums {
    candidates: u64,
    elected: u64,
    elections: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    participated: u64,
    precincts: u64,
    synthetic: BTreeSet<SyntheticKind>,
    voters: u64,
}

/// All groups.
#[derive(Debug, Serialize)]
pub(super) struct GroupedSummary {
    by: SummaryGrouping,
    groups: BTreeMap<String, GroupSums>,
    #[serde(skip)]
    marks: Vec<String>,
}

impl SummaryGrouping {
    /// Whether it splits the candidates of one election.
    fn splits_candidates(self) -> bool {
        matches!(self, Self::Party | Self::Kind)
    }
}

/// Adds the elections of these ledgers up, without those that another repeats.
pub(super) fn group_elections(heads: &[Head], by: SummaryGrouping) -> GroupedSummary {
    let mut groups = BTreeMap::new();
    let mut marks: Vec<String> = Vec::new();
    for head in heads {
        let state = head.state();
        let mark = mark_test(state, &state.synthetic_kinds());
        marks.extend(mark.filter(|mark| !marks.contains(mark)));
        for election in state.elections.values().filter(|election| election.repeated.is_none()) {
            if by.splits_candidates() {
                add_candidates(&mut groups, by, state, election);
            } else {
                add_election(&mut groups, by, state, election);
            }
        }
    }
    GroupedSummary { by, groups, marks }
}

fn add_election(
    groups: &mut BTreeMap<String, GroupSums>,
    by: SummaryGrouping,
    state: &State,
    election: &Election,
) {
    let (key, name) = match by {
        SummaryGrouping::Region => {
            let code: String = election.called.territory.as_str().chars().take(2).collect();
            (code, find_region_name(state, election))
        }
        _ => (election.calendar.voting_starts.date_text().chars().take(4).collect(), None),
    };
    let totals = election.totals();
    let sums = groups.entry(key).or_default();
    sums.name = sums.name.take().or(name);
    sums.elections += 1;
    sums.precincts += election.polls.len() as u64;
    sums.candidates += election.ballot_lines().len() as u64;
    sums.voters += totals.voters;
    sums.participated += totals.participated();
    sums.elected += u64::from(find_elected(election).is_some());
    sums.synthetic.extend(state.synthetic_kinds_of(election));
}

fn add_candidates(
    groups: &mut BTreeMap<String, GroupSums>,
    by: SummaryGrouping,
    state: &State,
    election: &Election,
) {
    let elected = find_elected(election).map(|own| &own.nominated.candidate);
    for id in election.ballot_lines() {
        let Some(candidate) = election.candidates.get(id) else { continue };
        let sums = groups.entry(name_nominator(by, candidate)).or_default();
        sums.candidates += 1;
        sums.elected += u64::from(elected == Some(id));
        sums.synthetic.extend(state.synthetic_kinds_of(election));
    }
}

fn name_nominator(by: SummaryGrouping, candidate: &Candidate) -> String {
    let nominated = &candidate.nominated;
    match (nominated.method, &nominated.party) {
        (Method::Party, Some(party)) if by == SummaryGrouping::Party => party.to_string(),
        (Method::Party, _) => "party".to_owned(),
        (Method::Own, _) => "own".to_owned(),
        (Method::HigherAkim, _) => "higher-akim".to_owned(),
    }
}

/// What the regional commission above the election is called.
fn find_region_name(state: &State, election: &Election) -> Option<String> {
    let mut own = state.commissions.get(&election.organiser)?;
    while own.level != Level::Regional {
        own = state.commissions.get(own.parent.as_ref()?)?;
    }
    Some(own.name.to_string())
}

impl GroupedSummary {
    /// As people read it, with what is made up above and below.
    pub(super) fn describe(&self) -> String {
        let header: &[&str] = if self.by.splits_candidates() {
            &["summary-nominated-by", "summary-column-candidates", "summary-column-elected"]
        } else {
            &[
                match self.by {
                    SummaryGrouping::Region => "summary-column-region",
                    _ => "summary-column-year",
                },
                "summary-column-elections",
                "summary-column-precincts",
                "summary-column-candidates",
                "summary-column-voters",
                "summary-column-turnout",
                "summary-column-elected",
            ]
        };
        let header: Vec<String> = header.iter().map(|id| say(id, &[])).collect();
        let mut table = table::new_figures_table(&header.iter().map(String::as_str).collect::<Vec<_>>());
        for (key, sums) in &self.groups {
            let mut row = vec![self.say_group(key, sums)];
            if !self.by.splits_candidates() {
                row.extend([sums.elections, sums.precincts].map(table::group_digits));
            }
            row.push(table::group_digits(sums.candidates));
            if !self.by.splits_candidates() {
                let share = format_percent(sums.participated, sums.voters, 2);
                row.extend([table::group_digits(sums.voters), localize_share(answer_language(), &share)]);
            }
            row.push(table::group_digits(sums.elected));
            table.add_row(row);
        }
        let below = if self.groups.len() > 15 { self.marks.clone() } else { Vec::new() };
        [self.marks.clone(), vec![table.to_string()], below].concat().join("\n")
    }

    fn say_group(&self, key: &str, sums: &GroupSums) -> String {
        match (key, &sums.name) {
            (_, Some(name)) => format!("{key} {name}"),
            ("party", _) => say("summary-by-party", &[]),
            ("own", _) => say("summary-own", &[]),
            ("higher-akim", _) => say("summary-higher-akim", &[]),
            (other, None) => other.to_owned(),
        }
    }

    /// One row a group; the last column says what is made up in it.
    pub(super) fn to_csv(&self) -> String {
        let header = [
            "group",
            "name",
            "elections",
            "precincts",
            "candidates",
            "voters",
            "participated",
            "turnout",
            "elected",
            "synthetic",
        ];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        for (key, sums) in &self.groups {
            let whole =
                |figure: u64| if self.by.splits_candidates() { String::new() } else { figure.to_string() };
            let share = format_percent(sums.participated, sums.voters, 2);
            rows.push(vec![
                key.clone(),
                sums.name.clone().unwrap_or_default(),
                whole(sums.elections),
                whole(sums.precincts),
                sums.candidates.to_string(),
                whole(sums.voters),
                whole(sums.participated),
                if self.by.splits_candidates() { String::new() } else { share },
                sums.elected.to_string(),
                SyntheticKind::join_names(&sums.synthetic),
            ]);
        }
        publication::delimited::write_guarded_rows(rows)
    }

    /// As JSON.
    pub(super) fn to_json(&self) -> Result<String, Fault> {
        Ok(serde_json::to_string_pretty(self)?)
    }
}
