//! A table in memory, before it becomes a file.
//!
//! In: cells that know whether they are text or figures. Out: how they are written (`delimited`, `workbook`).

use core::fmt::Display;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
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
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Cell {
    /// A text; an empty one is no text.
    pub(super) fn text(value: impl Display) -> Self {
        let text = value.to_string();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// `true`, or nothing.
    pub(super) fn flag(value: bool) -> Self {
        if value { Self::text("true") } else { Self::Empty }
    }

    /// A figure, if there is one.
    pub(super) fn count(value: Option<u64>) -> Self {
        value.map_or(Self::Empty, Self::Count)
    }

    /// As it is shown, with a decimal point.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Percent(text, _) => text.clone(),
            Self::Count(count) => count.to_string(),
        }
    }
}

impl Table {
    /// A table with a header and no rows yet.
    pub(super) fn new<T: Display>(header: impl IntoIterator<Item = T>) -> Self {
        Self { header: header.into_iter().map(|name| name.to_string()).collect(), rows: Vec::new() }
    }
}
