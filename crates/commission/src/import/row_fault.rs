//! Why a row is not taken: its refusal, and one fault for each reason.

use std::fmt;

use law::Violation;
use phrase::Phrase;

use super::figure_finding::FigureFinding;
use crate::table::{OrphanCells, cell::CellFault, quotes::QuoteFault};

/// A row that is not taken.
#[derive(Debug, Clone)]
pub struct RowRefusal {
    /// Where it begins in the file.
    pub line: u64,
    /// What names the precinct, if that could be read.
    pub precinct: Option<String>,
    /// Every reason.
    pub faults: Vec<RowFault>,
}

impl RowRefusal {
    /// Votes in a file of their own for a precinct that no row names.
    pub(super) fn of_orphan(orphan: OrphanCells) -> Self {
        let OrphanCells { file, line, key, .. } = orphan;
        Self { line, precinct: Some(key.clone()), faults: vec![RowFault::Orphan { file, line, key }] }
    }
}

impl RowRefusal {
    /// Whether it is no single precinct's row: a sum of others, one of two, or several lines in one.
    pub(super) fn is_no_row_of_its_own(&self) -> bool {
        let other = |fault: &RowFault| {
            matches!(
                fault,
                RowFault::Total(_)
                    | RowFault::ColumnNumbers
                    | RowFault::Twice { .. }
                    | RowFault::Quote(_)
                    | RowFault::Width { .. }
            )
        };
        self.faults.iter().any(other)
    }
}

/// Why a row is not taken.
#[derive(Debug, Clone, thiserror::Error, phrase::Phrased)]
pub enum RowFault {
    /// More or fewer cells than the header.
    #[error("expected {expected} cells, as the header has, found {found}")]
    Width {
        /// RowReader of the header.
        expected: usize,
        /// RowReader of the row.
        found: usize,
    },
    /// A quotation mark makes it more than one row.
    #[error(transparent)]
    Quote(#[from] QuoteFault),
    /// None of its figures stands there.
    #[error("expected figures, found none in this row (empty is not zero)")]
    NoFigure,
    /// It is no precinct's row, but a sum of others.
    #[error("expected a precinct's row, found {0}")]
    Total(TotalFault),
    /// It numbers the columns, as forms do below their header.
    #[error(
        "expected a precinct's row, found the numbers of the columns (name the line of the header in [file], or remove the row)"
    )]
    ColumnNumbers,
    /// A row of the votes' own file that no row of the table names.
    #[error(
        "expected a row of the table for the votes of \"{key}\", which stand in line {line} of {file}, found none"
    )]
    Orphan {
        /// The file with the votes.
        file: String,
        /// Its line.
        line: u64,
        /// What names the precinct there.
        key: String,
    },
    /// More faults than are listed for one row.
    #[error("and more of this row's cells")]
    More,
    /// A cell that is not what it should be.
    #[error("{column}: {fault}")]
    Cell {
        /// The column.
        column: Phrase,
        /// What is wrong.
        fault: CellFault,
    },
    /// A second row of the same precinct.
    #[error("expected one row for each precinct, found another in line {line}")]
    Twice {
        /// The other row.
        line: u64,
    },
    /// No such precinct.
    #[error("expected a precinct of {election}, found \"{found}\"")]
    UnknownPrecinct {
        /// The election.
        election: String,
        /// What stands there.
        found: String,
    },
    /// The number fits several.
    #[error(
        "expected one precinct with the number \"{number}\", found {found} (map precinct.kato as well, or precinct.id instead)"
    )]
    SamePrecinctNumber {
        /// The number.
        number: String,
        /// Ids.
        found: String,
    },
    /// The territory is another than the precinct's in the ledger.
    #[error(
        "expected the KATO of precinct {precinct} in the ledger ({expected}) or of a territory around it within the election's, found {found} (the row is another place's, or the code was mistyped; one that changed needs its precincts-changed first)"
    )]
    Kato {
        /// What names the precinct.
        precinct: String,
        /// Codes of the precincts that it could be.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// A second set of figures says otherwise, and the mapping asks to refuse that.
    #[error("{finding} (refused by [compare] of the mapping)")]
    Compared {
        /// What is not the same.
        finding: FigureFinding,
    },
    /// A seat that the commission does not have, or that has no key.
    #[error("expected seats with keys ({expected}), found \"{found}\"")]
    Seat {
        /// Seats of the commission that have keys.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// A control ratio that does not hold.
    #[error("{violation}; {remedy}")]
    Ratio {
        /// The ratio.
        violation: Violation,
        /// What would let it in.
        remedy: Remedy,
    },
    /// Another rule of the law.
    #[error("{violation}")]
    Law {
        /// The rule.
        violation: Violation,
    },
    /// FigureRules that the ledger does not have, in a table that does not say why.
    #[error(
        "expected the figures of the current protocol of {precinct}, found others (say why under [supersedes])"
    )]
    Changed {
        /// The precinct.
        precinct: String,
    },
    /// A decision without its paper.
    #[error("expected {expected}, found empty cells")]
    NoPaper {
        /// Which paper.
        expected: &'static str,
    },
    /// WordsRule that have no canonical form.
    #[error("expected words that an event can hold, found {found}")]
    Form {
        /// What is wrong.
        found: String,
    },
}

/// What would let a protocol in whose ratio does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// An explanation under the rule's id; the signed paper is there.
    Explanation,
    /// The signed paper; the explanation is there.
    Paper,
    /// Both.
    Both,
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Explanation => "if the signed paper says so, an explanation under this id lets it in",
            Self::Paper => "it is explained; with the public paper (sha256 and size) that lets it in",
            Self::Both => {
                "if the signed paper says so, that paper (sha256 and size) and an explanation under this id let it in"
            }
        })
    }
}

impl RowFault {
    /// The rule it stands under, if it does.
    #[must_use]
    pub fn rule(&self) -> Option<&'static str> {
        match self {
            Self::Ratio { violation, .. } | Self::Law { violation } => Some(violation.rule.id()),
            Self::Cell { fault: CellFault::TooBig { .. } | CellFault::Negative { .. }, .. }
            | Self::Cell { fault: CellFault::Fraction { .. } | CellFault::Empty, .. } => Some("ARI-01"),
            _ => None,
        }
    }
}

/// How a row shows that it is a sum.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum TotalFault {
    /// Its name says so.
    #[error("a total by its name: \"{found}\"")]
    Named {
        /// The name.
        found: String,
    },
    /// Its figures are the sums of those of other rows.
    #[error("the sums of {rows} other rows")]
    Sum {
        /// How many.
        rows: u64,
    },
}
