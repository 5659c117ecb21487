//! A table of a report in memory, before it becomes a file: cells that know whether they are text or figures.

use core::fmt::Display;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReportCell {
    /// Nothing is known; never the same as 0.
    Empty,
    /// Words, ids, times, numbers of precincts.
    Text(String),
    /// A figure.
    Count(u64),
    /// Percent with so many decimals, as `68.9`.
    Percent(String, usize),
}

/// Rows under a header; each row is as wide as the header.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReportTable {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<ReportCell>>,
}

impl ReportCell {
    /// A text; an empty one is no text.
    pub(crate) fn from_text(value: impl Display) -> Self {
        let text = value.to_string();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// `true`, or nothing.
    pub(crate) fn from_flag(value: bool) -> Self {
        if value { Self::from_text("true") } else { Self::Empty }
    }

    /// A figure, if there is one.
    pub(crate) fn from_count(value: Option<u64>) -> Self {
        value.map_or(Self::Empty, Self::Count)
    }

    /// As it is shown, with a decimal point.
    pub(crate) fn shown_text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Percent(text, _) => text.clone(),
            Self::Count(count) => count.to_string(),
        }
    }
}

impl ReportTable {
    /// A table with a header and no rows yet.
    pub(crate) fn new<T: Display>(header: impl IntoIterator<Item = T>) -> Self {
        Self { header: header.into_iter().map(|name| name.to_string()).collect(), rows: Vec::new() }
    }
}
