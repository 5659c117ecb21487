//! Copies of protocols, and what they say against what somebody else says.
//!
//! Contains a copy's figures by line, the comparison of two sets of copies line by line. Elsewhere: reading tables and
//! codes (`cli`), what a difference means for a ledger (`checks::copies`), how much a number of copies shows
//! (`detection`).

use std::collections::{BTreeMap, BTreeSet};

use event::{Hash, Id};
use law::facts::Count;
use phrase::{Phrase, phrase};

use crate::compare::scan::{Scan, list_lines};

/// The figures that one copy of a protocol has, by line. A copy need not have every line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperCopy {
    /// Where it comes from: a file and a line.
    pub place: String,
    /// The precinct's id or its number, as the copy says it.
    pub precinct: String,
    /// The election, where the copy says it.
    pub election: Option<Id>,
    /// The event, where the copy is a scanned code.
    pub event: Option<Hash>,
    /// Names of lines as in [`list_lines`], and what stands in them; nothing where the copy has an empty line.
    pub figures: Vec<(String, Option<u64>)>,
}

impl PaperCopy {
    /// The figures of a protocol that was scanned.
    #[must_use]
    pub fn of_scan(scan: &Scan) -> Self {
        let event = scan.checked().event();
        Self {
            place: match scan.place() {
                "" => format!("the codes of event {}", scan.checked().hash()),
                photographs => photographs.to_owned(),
            },
            precinct: scan.precinct().to_string(),
            election: event.election.clone(),
            event: Some(scan.checked().hash()),
            figures: list_figures(&scan.protocol().count),
        }
    }
}

/// One line in which two copies differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Different {
    /// The line.
    pub line: String,
    /// What the observer's copy has.
    pub mine: Option<u64>,
    /// What the other one has.
    pub theirs: Option<u64>,
}

/// What a comparison of two sets came to, by precinct.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// The same in every line that the observer's copy has.
    pub same: BTreeSet<String>,
    /// Lines that differ.
    pub differ: BTreeMap<String, Vec<Different>>,
    /// Only the observer has a copy.
    pub only_mine: BTreeSet<String>,
    /// Only the other side has one.
    pub only_theirs: BTreeSet<String>,
}

/// The lines in which two copies differ; only the lines that `mine` has are compared.
#[must_use]
pub fn list_differences(mine: &[(String, Option<u64>)], theirs: &[(String, Option<u64>)]) -> Vec<Different> {
    let there = |line: &str| theirs.iter().find(|(name, _)| name == line).and_then(|(_, figure)| *figure);
    let differs = mine.iter().filter(|(line, figure)| there(line) != *figure);
    differs
        .map(|(line, figure)| Different { line: line.clone(), mine: *figure, theirs: there(line) })
        .collect()
}

/// Compares two sets of copies by precinct, line by line.
#[must_use]
pub fn compare(mine: &[PaperCopy], theirs: &[PaperCopy]) -> Compared {
    let held: BTreeMap<&str, &PaperCopy> = theirs.iter().map(|copy| (copy.precinct.as_str(), copy)).collect();
    let mut compared = Compared::default();
    for copy in mine {
        let precinct = copy.precinct.clone();
        match held.get(copy.precinct.as_str()) {
            None => {
                compared.only_mine.insert(precinct);
            }
            Some(other) => match list_differences(&copy.figures, &other.figures) {
                none if none.is_empty() => {
                    compared.same.insert(precinct);
                }
                some => compared.differ.entry(precinct).or_default().extend(some),
            },
        }
    }
    let own: BTreeSet<&str> = mine.iter().map(|copy| copy.precinct.as_str()).collect();
    let others = held.keys().filter(|precinct| !own.contains(**precinct));
    compared.only_theirs = others.map(|precinct| (*precinct).to_owned()).collect();
    compared
}

/// A figure as it is told: an empty line is not a zero.
#[must_use]
pub fn print_figure(figure: Option<u64>) -> Phrase {
    figure.map_or_else(|| phrase!("figure-nothing", "nothing"), Phrase::verbatim)
}

/// Every figure of a protocol as copies have them: those of [`list_lines`] that are numbers.
#[must_use]
pub fn list_figures(count: &Count) -> Vec<(String, Option<u64>)> {
    let mut all: Vec<(String, Option<u64>)> = list_lines(count)
        .into_iter()
        .filter_map(|(name, value)| value.parse().ok().map(|figure| (name, Some(figure))))
        .collect();
    let valid = count.votes.iter().fold(count.against_all, |sum, line| sum.saturating_add(line.votes));
    let portable = count.portable.iter().fold(0_u64, |sum, one| sum.saturating_add(one.found));
    all.push(("valid".to_owned(), Some(valid)));
    all.push(("portable".to_owned(), Some(portable)));
    if count.damaged.is_none() {
        all.push(("damaged".to_owned(), Some(0)));
    }
    all
}
