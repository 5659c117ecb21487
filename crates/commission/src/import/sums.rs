//! Which column was read as which line of the protocol, and what each line comes to over the rows that were read.

use event::Id;
use law::{Line, Sent, facts::Count};
use phrase::{Phrase, phrase};
use serde::{Serialize, Serializer};

use super::{
    amounts::{Amounts, FigureSource},
    columns::Columns,
};

/// One line of the protocol over a whole table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineSum {
    /// The line, as `voters` or `votes for abenov`.
    pub line: String,
    /// The line as data.
    #[serde(skip)]
    pub(super) of: SummedLine,
    /// The number that the mapping says for every row, in place of columns.
    #[serde(skip)]
    pub(super) always: Option<u64>,
    /// The name of the candidate, where a ledger says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The columns that it was read from, or the number that the mapping says.
    #[serde(serialize_with = "write_english")]
    pub columns: Phrase,
    /// Its sum over the rows that were read.
    pub sum: u64,
    /// The sum that the mapping expects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<u64>,
}

/// Data says it in English, whatever language people read.
fn write_english<S: Serializer>(said: &Phrase, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(said)
}

impl LineSum {
    /// Whether it is what the mapping expects, if that expects anything.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.expected.is_none_or(|expected| expected == self.sum)
    }
}

/// What a line of [`LineSum`] is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SummedLine {
    Figure(Line),
    Votes(Id),
    IssuedBy(Id),
    PortableFound(usize),
    PortableApplications(usize),
    /// A line of a second set of figures, with what that set is called.
    OfSecond(Phrase, String),
}

/// Sums while rows are read.
#[derive(Debug)]
pub(super) struct LineSums {
    sums: Vec<LineSum>,
}

impl LineSums {
    /// Of the lines that a mapping gives; `name_of` names a candidate, where anything does.
    pub(super) fn new(columns: &Columns, name_of: impl Fn(&Id) -> Option<String>) -> Self {
        let mut own = Self { sums: Vec::new() };
        let Amounts { figures, votes, issued_by, portable } = &columns.amounts;
        for (line, amount) in figures {
            own.add_line(SummedLine::Figure(*line), line.words().replace('_', " "), amount, columns, None);
        }
        for (id, amount) in votes {
            let name = name_of(id);
            own.add_line(SummedLine::Votes(id.clone()), format!("votes for {id}"), amount, columns, name);
        }
        for (id, amount) in issued_by {
            own.add_line(SummedLine::IssuedBy(id.clone()), format!("issued by {id}"), amount, columns, None);
        }
        for (place, rule) in portable.iter().enumerate() {
            let words = format!("portable box {}", place + 1);
            own.add_line(
                SummedLine::PortableFound(place),
                format!("{words} found"),
                &rule.found,
                columns,
                None,
            );
            if let Some(amount) = &rule.applications {
                let line = SummedLine::PortableApplications(place);
                own.add_line(line, format!("{words} applications"), amount, columns, None);
            }
        }
        own
    }

    fn add_line(
        &mut self,
        line: SummedLine,
        words: String,
        amount: &FigureSource,
        columns: &Columns,
        name: Option<String>,
    ) {
        let from = name_source(amount, columns);
        let expected = columns.expected.iter().find(|(line, _)| *line == words).map(|(_, sum)| *sum);
        let always = always_said(amount);
        self.sums.push(LineSum { line: words, of: line, always, name, columns: from, sum: 0, expected });
    }

    /// The figures of a row, in the order of the lines.
    pub(super) fn values(&self, count: &Count, sent: Sent) -> Vec<u64> {
        self.sums.iter().map(|own| value_of(&own.of, count, sent)).collect()
    }

    /// Adds a row.
    pub(super) fn add(&mut self, values: &[u64]) {
        self.sums.iter_mut().zip(values).for_each(|(own, value)| own.sum = own.sum.saturating_add(*value));
    }

    /// Takes a row out again.
    pub(super) fn remove(&mut self, values: &[u64]) {
        self.sums.iter_mut().zip(values).for_each(|(own, value)| own.sum = own.sum.saturating_sub(*value));
    }

    /// The sums.
    pub(super) fn finish(self) -> Vec<LineSum> {
        self.sums
    }
}

/// The number that a mapping says for every row.
pub(super) fn always_said(amount: &FigureSource) -> Option<u64> {
    match amount {
        FigureSource::Always(number) => Some(*number),
        FigureSource::Sum { .. } => None,
    }
}

/// The columns that a figure is read from, or the number that the mapping says.
pub(super) fn name_source(amount: &FigureSource, columns: &Columns) -> Phrase {
    match amount {
        FigureSource::Always(number) => phrase!("import-told-always", "{number} by the mapping"),
        FigureSource::Sum { columns: own, .. } => columns.header.name_sum(own),
    }
}

fn value_of(line: &SummedLine, count: &Count, sent: Sent) -> u64 {
    match line {
        SummedLine::Figure(line) => figure_of(*line, count, sent),
        SummedLine::Votes(id) => {
            count.votes.iter().find(|own| own.candidate == *id).map_or(0, |own| own.votes)
        }
        SummedLine::IssuedBy(id) => {
            count.issued_by.iter().find(|own| own.seat == *id).map_or(0, |own| own.issued)
        }
        SummedLine::PortableFound(place) => count.portable.get(*place).map_or(0, |own| own.found),
        SummedLine::PortableApplications(place) => {
            count.portable.get(*place).map_or(0, |own| own.applications)
        }
        SummedLine::OfSecond(..) => 0,
    }
}

fn figure_of(line: Line, count: &Count, sent: Sent) -> u64 {
    match line {
        Line::Absentee => count.absentee,
        Line::AgainstAll => count.against_all,
        Line::Cancelled => count.cancelled,
        Line::Damaged => count.damaged.as_ref().map_or(0, |own| own.count),
        Line::Found => count.found,
        Line::HomeApplications => count.home_applications,
        Line::Invalid => count.invalid,
        Line::Issued => count.issued,
        Line::Received => count.received,
        Line::Stationary => count.stationary,
        Line::Voters => count.voters,
        Line::Delivered => sent.delivered.unwrap_or_default(),
        Line::Listed => sent.listed.unwrap_or_default(),
        Line::Votes | Line::IssuedBy | Line::PortableFound | Line::PortableApplications => 0,
    }
}
