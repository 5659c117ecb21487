//! The figures of a protocol as a mapping gives them: numbers, and columns to add.

use std::collections::BTreeSet;

use event::Id;
use law::Line;

/// A figure: a number, or columns to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FigureSource {
    Always(u64),
    Sum { columns: Vec<usize>, empty_is_none: bool },
}

/// Columns of a document.
#[derive(Debug, Clone, Copy)]
pub(super) enum DocumentColumns {
    Public { sha256: usize, size: usize },
    Sealed(usize),
}

/// Columns of one portable box.
#[derive(Debug)]
pub(super) struct BoxColumns {
    pub(super) found: FigureSource,
    pub(super) applications: Option<FigureSource>,
    pub(super) act: Option<DocumentColumns>,
}

/// Every figure that a mapping gives.
#[derive(Debug)]
pub(super) struct Amounts {
    pub(super) figures: Vec<(Line, FigureSource)>,
    pub(super) votes: Vec<(Id, FigureSource)>,
    pub(super) issued_by: Vec<(Id, FigureSource)>,
    pub(super) portable: Vec<BoxColumns>,
}

impl Amounts {
    /// Every figure with its name.
    pub(super) fn named_amounts(&self) -> Vec<(String, FigureSource)> {
        let figures = self.figures.iter().map(|(line, amount)| (line.words().to_owned(), amount.clone()));
        let votes = self.votes.iter().map(|(id, amount)| (format!("votes of {id}"), amount.clone()));
        let shares = self.issued_by.iter().map(|(id, amount)| (format!("issued by {id}"), amount.clone()));
        figures.chain(votes).chain(shares).collect()
    }

    /// Every column that a figure is read from.
    pub(super) fn columns(&self) -> BTreeSet<usize> {
        let boxes = self.portable.iter().flat_map(|rule| [Some(&rule.found), rule.applications.as_ref()]);
        let lines = self.figures.iter().map(|(_, amount)| amount);
        let shares = self.votes.iter().chain(&self.issued_by).map(|(_, amount)| amount);
        let mut all = BTreeSet::new();
        for amount in lines.chain(shares).chain(boxes.flatten()) {
            if let FigureSource::Sum { columns, .. } = amount {
                all.extend(columns.iter().copied());
            }
        }
        all
    }

    /// The amounts of a line; a line of boxes, votes or members has one for each.
    pub(super) fn amounts_of(&self, line: Line) -> Vec<&FigureSource> {
        match line {
            Line::Votes => self.votes.iter().map(|(_, amount)| amount).collect(),
            Line::IssuedBy => self.issued_by.iter().map(|(_, amount)| amount).collect(),
            Line::PortableFound => self.portable.iter().map(|portable| &portable.found).collect(),
            Line::PortableApplications => {
                self.portable.iter().filter_map(|portable| portable.applications.as_ref()).collect()
            }
            line => self.figures.iter().filter(|(own, _)| *own == line).map(|(_, amount)| amount).collect(),
        }
    }

    /// Whether the mapping gives a line.
    pub(super) fn gives(&self, line: Line) -> bool {
        let amounts = self.amounts_of(line).len();
        let boxes = line == Line::PortableApplications;
        amounts > 0 && (!boxes || amounts == self.portable.len())
    }
}
