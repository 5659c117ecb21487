//! The figures of a protocol as a mapping gives them: numbers, and columns to add.

use std::collections::BTreeSet;

use event::Id;
use law::Line;
use phrase::{Phrase, phrase};
use texts::paper::name_line;

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
        self.sums().flat_map(|(columns, _)| columns.iter().copied()).collect()
    }

    /// Whether some figure must stand in every row; where the mapping lets each of them be none, a row without any is whole.
    pub(super) fn demands_a_figure(&self) -> bool {
        self.sums().any(|(_, empty_is_none)| !empty_is_none)
    }

    /// The columns of each amount, and whether its empty cells mean that there is none.
    fn sums(&self) -> impl Iterator<Item = (&[usize], bool)> {
        let boxes = self.portable.iter().flat_map(|rule| [Some(&rule.found), rule.applications.as_ref()]);
        let lines = self.figures.iter().map(|(_, amount)| amount);
        let shares = self.votes.iter().chain(&self.issued_by).map(|(_, amount)| amount);
        lines.chain(shares).chain(boxes.flatten()).filter_map(|amount| match amount {
            FigureSource::Sum { columns, empty_is_none } => Some((columns.as_slice(), *empty_is_none)),
            FigureSource::Always(_) => None,
        })
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

/// The second set of figures that a mapping names.
#[derive(Debug)]
pub(super) struct SecondColumns {
    /// What it is called.
    pub(super) name: String,
    /// What the figures of the protocol are called beside it.
    pub(super) own: String,
    /// Whether a row is refused where they differ.
    pub(super) refuse: bool,
    pub(super) lines: Vec<ComparedLine>,
}

/// One line of the protocol with both its figures.
#[derive(Debug)]
pub(super) struct ComparedLine {
    /// The line, as `found` or `votes for abenov`.
    pub(super) line: Phrase,
    pub(super) own: FigureSource,
    pub(super) second: FigureSource,
}

impl ComparedLine {
    /// A line of the protocol; nothing if the mapping does not give it.
    pub(super) fn of_figure(line: Line, amounts: &Amounts, second: FigureSource) -> Option<Self> {
        let (_, own) = amounts.figures.iter().find(|(own, _)| *own == line)?;
        Some(Self { line: name_line(line), own: own.clone(), second })
    }

    /// Votes for a candidate; nothing if the mapping does not give them.
    pub(super) fn of_votes(candidate: &Id, amounts: &Amounts, second: FigureSource) -> Option<Self> {
        let (_, own) = amounts.votes.iter().find(|(own, _)| own == candidate)?;
        Some(Self { line: phrase!("figure-line-votes", "votes for {candidate}"), own: own.clone(), second })
    }
}
