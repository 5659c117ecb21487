//! Which control ratios a table lets be judged.
//!
//! A ratio is judged when the mapping gives all of its lines, and when it could fail: one whose sides are computed from
//! the same columns holds by itself.

use law::{Line, Ratio};
use phrase::{Argument, Phrase, phrase};

use super::amounts::{Amounts, FigureSource};
use crate::table::header::ColumnHeader;

/// A ratio that is not judged, and why.
#[derive(Debug, Clone)]
pub struct UnjudgedRatio {
    /// The ratio.
    pub ratio: Ratio,
    /// Why.
    pub reason: UnjudgedReason,
}

/// Why a ratio of a table is not judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnjudgedReason {
    /// The mapping gives not all that it reads.
    NotMapped {
        /// The lines without a column.
        missing: Vec<Line>,
    },
    /// Both sides come from the same columns: it holds by itself.
    SameColumns,
}

impl UnjudgedReason {
    /// The reason in words.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::NotMapped { missing } => {
                phrase!("import-not-mapped", "not mapped: {lines}", lines = list_lines(missing))
            }
            Self::SameColumns => phrase!("import-same-columns", "both sides come from the same columns"),
        }
    }
}

/// Lines by the names that a mapping has for them.
pub(super) fn list_lines(lines: &[Line]) -> Argument {
    Argument::list(lines.iter().map(|line| match line {
        // No mapping has these two: the ledger knows them.
        Line::Delivered => {
            Argument::of_phrase(Phrase::word("paper-cited-delivered".to_owned(), line.words()))
        }
        Line::Listed => Argument::of_phrase(Phrase::word("paper-cited-listed".to_owned(), line.words())),
        line => Argument::quote(line.words()),
    }))
}

/// The ratios of a table, and what its figures are made of.
pub(super) struct Coverage {
    /// Ratios whose lines are all mapped.
    pub(super) ratios: Vec<Ratio>,
    /// The others, with the reason.
    pub(super) not_run: Vec<UnjudgedRatio>,
    /// What is computed, or said by the mapping.
    pub(super) notes: Vec<Phrase>,
}

/// Notes what is computed, and parts the ratios into those that are judged and those that are not.
pub(super) fn cover_ratios(amounts: &Amounts, header: &ColumnHeader) -> Coverage {
    let mut coverage = Coverage { ratios: Vec::new(), not_run: Vec::new(), notes: Vec::new() };
    for (name, amount) in amounts.named_amounts() {
        match amount {
            FigureSource::Always(number) => {
                coverage.notes.push(phrase!(
                    "import-note-always",
                    "{name} is {number} in every row: the mapping says so"
                ));
            }
            FigureSource::Sum { columns, .. } if columns.len() > 1 => {
                coverage.notes.push(phrase!(
                    "import-note-computed",
                    "{name} is computed: {columns}",
                    columns = header.name_sum(&columns)
                ));
            }
            FigureSource::Sum { .. } => {}
        }
    }
    for ratio in Ratio::ALL {
        let missing: Vec<Line> = ratio.needs().iter().copied().filter(|line| !amounts.gives(*line)).collect();
        if !missing.is_empty() {
            let reason = UnjudgedReason::NotMapped { missing };
            coverage.not_run.push(UnjudgedRatio { ratio: *ratio, reason });
        } else if holds_by_itself(amounts, *ratio) {
            let reason = UnjudgedReason::SameColumns;
            coverage.not_run.push(UnjudgedRatio { ratio: *ratio, reason });
        } else {
            coverage.ratios.push(*ratio);
        }
    }
    coverage
}

/// A figure that is computed from the others cannot fail to agree with them.
fn holds_by_itself(amounts: &Amounts, ratio: Ratio) -> bool {
    let Some((one, others)) = ratio.sides() else { return false };
    let columns = |lines: &[Line]| {
        let mut all = Vec::new();
        for amount in lines.iter().flat_map(|line| amounts.amounts_of(*line)) {
            match amount {
                FigureSource::Always(0) => {}
                FigureSource::Always(_) => return None,
                FigureSource::Sum { columns, .. } => all.extend(columns.iter().copied()),
            }
        }
        all.sort_unstable();
        Some(all)
    };
    let (one, others) = (columns(one), columns(others));
    one.is_some() && one == others
}
