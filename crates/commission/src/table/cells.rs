//! RowSource of a table and what their cells hold, how a file is to be read, and the bounds of both.

use std::sync::Arc;

use serde::Deserialize;

use super::quotes::QuoteFault;

/// A file of more bytes is not read.
pub const FILE_BYTES_MAX: u64 = 256 << 20;
/// A workbook of more bytes, packed, is not read.
pub const WORKBOOK_BYTES_MAX: u64 = 32 << 20;
/// More rows are not read.
pub const ROWS_MAX: u64 = 1_000_000;
/// Cells that are held at once: a country's precincts with two hundred columns.
pub(crate) const CELLS_MAX: usize = 20_000_000;
/// More columns are not read.
pub const COLUMNS_MAX: usize = 1_000;
/// A cell that is read and has more bytes refuses its row.
pub const CELL_BYTES_MAX: usize = 4_096;

/// How a file is to be read, where that is not to be found out.
#[derive(Debug, Clone, Default)]
pub struct TableOptions {
    /// Line of the header, from 1.
    pub header: Option<u64>,
    /// `utf-8`, `utf-16le`, `utf-16be`, `windows-1251`, `kz-1048`, `cp866` or `koi8-r`.
    pub encoding: Option<String>,
    /// One of `,` `;` and a tab.
    pub separator: Option<char>,
    /// Name of the sheet of a workbook.
    pub sheet: Option<String>,
}

impl TableOptions {
    /// These, and what they leave open from the mapping.
    #[must_use]
    pub fn or(&self, rules: &FileRules) -> Self {
        Self {
            header: self.header.or(rules.header),
            encoding: self.encoding.clone().or_else(|| rules.encoding.clone()),
            separator: self.separator.or(rules.separator),
            sheet: self.sheet.clone().or_else(|| rules.sheet.clone()),
        }
    }
}

/// How the file is read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRules {
    /// Line of the header, from 1.
    pub header: Option<u64>,
    /// `utf-8`, `utf-16le`, `utf-16be`, `windows-1251`, `kz-1048`, `cp866` or `koi8-r`.
    pub encoding: Option<String>,
    /// `,` `;` or a tab.
    pub separator: Option<char>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
}

/// One row.
#[derive(Debug)]
pub struct TableRow {
    /// Where it begins in the file: the line, or the row of the sheet, from 1.
    pub line: u64,
    cells: RowCells,
    /// Cells of other files, in the order in which their columns were joined.
    pub(super) joined: Vec<JoinedCells>,
    own: usize,
    quotes: Option<QuoteFault>,
}

/// Cells of one other file for a row, if it has any.
#[derive(Debug)]
pub(super) struct JoinedCells {
    pub(super) width: usize,
    pub(super) cells: Option<Arc<[String]>>,
}

#[derive(Debug)]
enum RowCells {
    Text(csv::StringRecord),
    Sheet(Vec<WorkbookCell>),
}

/// A cell of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum WorkbookCell {
    Empty,
    Text(Box<str>),
    Number(f64),
    Percent(f64),
    Time(Box<str>),
    Truth(bool),
    Formula(Box<str>),
    Error(Box<str>),
    Merged,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text without white space around it.
    Text(&'a str),
    /// A number of a workbook.
    Number(f64),
    /// A number of a workbook that is shown in per cent.
    Percent(f64),
    /// A moment of a workbook, without a zone.
    Time(&'a str),
    /// TRUE or FALSE of a workbook.
    Truth(bool),
    /// A formula: its value is what the workbook's program last thought.
    Formula(&'a str),
    /// An error value, such as `#REF!`.
    Error(&'a str),
    /// One of several cells that were merged.
    Merged,
}

impl TableRow {
    pub(crate) fn of_text(line: u64, record: csv::StringRecord, quotes: Option<QuoteFault>) -> Self {
        let own = record.len();
        Self { line, cells: RowCells::Text(record), joined: Vec::new(), own, quotes }
    }

    pub(crate) fn of_sheet(line: u64, own: usize, cells: Vec<WorkbookCell>) -> Self {
        Self { line, cells: RowCells::Sheet(cells), joined: Vec::new(), own, quotes: None }
    }

    /// What is wrong with its quotation marks: where something is, the row holds others.
    #[must_use]
    pub fn quote_fault(&self) -> Option<QuoteFault> {
        self.quotes
    }

    /// How many cells stand in the row; a row of a workbook ends where the header does, unless something stands beyond.
    #[must_use]
    pub fn width(&self) -> usize {
        self.own
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match &self.cells {
            RowCells::Text(record) => record.iter().all(|cell| cell.trim().is_empty()),
            RowCells::Sheet(cells) => cells.iter().all(|cell| matches!(cell, WorkbookCell::Empty)),
        }
    }

    /// The cell of a column of the header; columns of a joined file stand behind the file's own.
    #[must_use]
    pub fn cell(&self, column: usize, own_columns: usize) -> Cell<'_> {
        if let Some(place) = column.checked_sub(own_columns) {
            return self.joined_cell(place);
        }
        match &self.cells {
            RowCells::Text(record) => record.get(column).map_or(Cell::Empty, text_cell),
            RowCells::Sheet(cells) => cells.get(column).map_or(Cell::Empty, WorkbookCell::as_cell),
        }
    }

    fn joined_cell(&self, mut place: usize) -> Cell<'_> {
        for joined in &self.joined {
            if let Some(beyond) = place.checked_sub(joined.width) {
                place = beyond;
                continue;
            }
            let text = joined.cells.as_ref().and_then(|cells| cells.get(place));
            return text.map_or(Cell::Empty, |text| text_cell(text));
        }
        Cell::Empty
    }
}

impl WorkbookCell {
    fn as_cell(&self) -> Cell<'_> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Text(text) => text_cell(text),
            Self::Number(number) => Cell::Number(*number),
            Self::Percent(number) => Cell::Percent(*number),
            Self::Time(text) => Cell::Time(text),
            Self::Truth(truth) => Cell::Truth(*truth),
            Self::Formula(text) => Cell::Formula(text),
            Self::Error(text) => Cell::Error(text),
            Self::Merged => Cell::Merged,
        }
    }
}

fn text_cell(text: &str) -> Cell<'_> {
    match text.trim() {
        "" => Cell::Empty,
        text => Cell::Text(text),
    }
}
