//! A table: a header and rows, from CSV or a workbook, in bounds.
//!
//! In: what a cell can be, the limits, telling the kinds of files apart. Out: CSV (`delimited`), workbooks (`workbook`),
//! what a column means (`bound`).

use std::{collections::BTreeMap, fs, path::Path};

use super::{delimited, fault::ProtocolFault, mapping::FileRules, workbook};

/// A file of more bytes is not read.
pub const FILE_BYTES_MAX: u64 = 256 << 20;
/// A workbook of more bytes, packed, is not read.
pub const WORKBOOK_BYTES_MAX: u64 = 32 << 20;
/// More rows are not read.
pub const ROWS_MAX: u64 = 1_000_000;
/// More columns are not read.
pub const COLUMNS_MAX: usize = 1_000;
/// A cell that is read and has more bytes refuses its row.
pub const CELL_BYTES_MAX: usize = 4_096;

/// How a file is to be read, where that is not to be found out.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Line of the header, from 1.
    pub header: Option<u64>,
    /// `utf-8` or `windows-1251`.
    pub encoding: Option<String>,
    /// One of `,` `;` and a tab.
    pub separator: Option<char>,
    /// Name of the sheet of a workbook.
    pub sheet: Option<String>,
}

impl Options {
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

/// A table, its header read and its rows still to come.
#[derive(Debug)]
pub struct Table {
    /// Names of the columns, as they stand.
    pub header: Vec<String>,
    /// What was found out about the file, in words.
    pub notes: Vec<String>,
    rows: Rows,
    joined: Option<Joined>,
}

/// Rows of one of the two kinds.
pub(super) enum Rows {
    Text(Box<delimited::Records>),
    Sheet(std::vec::IntoIter<Row>),
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Text(_)) { "Text" } else { "Sheet" })
    }
}

/// Cells of another file, by the cell of one column here.
#[derive(Debug)]
pub(super) struct Joined {
    pub(super) column: usize,
    pub(super) width: usize,
    pub(super) cells: BTreeMap<String, Vec<String>>,
}

/// One row.
#[derive(Debug)]
pub struct Row {
    /// Where it begins in the file: the line, or the row of the sheet, from 1.
    pub line: u64,
    cells: Cells,
    joined: Vec<String>,
    own: usize,
}

#[derive(Debug)]
enum Cells {
    Text(csv::StringRecord),
    Sheet(Vec<SheetCell>),
}

/// A cell of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SheetCell {
    Empty,
    Text(Box<str>),
    Number(f64),
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

impl Row {
    pub(super) fn of_text((line, record): (u64, csv::StringRecord)) -> Self {
        let own = record.len();
        Self { line, cells: Cells::Text(record), joined: Vec::new(), own }
    }

    pub(super) fn of_sheet(line: u64, own: usize, cells: Vec<SheetCell>) -> Self {
        Self { line, cells: Cells::Sheet(cells), joined: Vec::new(), own }
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
            Cells::Text(record) => record.iter().all(|cell| cell.trim().is_empty()),
            Cells::Sheet(cells) => cells.iter().all(|cell| matches!(cell, SheetCell::Empty)),
        }
    }

    /// The cell of a column of the header; columns of a joined file stand behind the file's own.
    #[must_use]
    pub fn cell(&self, column: usize, own_columns: usize) -> Cell<'_> {
        if let Some(place) = column.checked_sub(own_columns) {
            return self.joined.get(place).map_or(Cell::Empty, |text| text_cell(text));
        }
        match &self.cells {
            Cells::Text(record) => record.get(column).map_or(Cell::Empty, text_cell),
            Cells::Sheet(cells) => cells.get(column).map_or(Cell::Empty, SheetCell::shown),
        }
    }
}

impl SheetCell {
    fn shown(&self) -> Cell<'_> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Text(text) => text_cell(text),
            Self::Number(number) => Cell::Number(*number),
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

impl Table {
    pub(super) fn new(header: Vec<String>, notes: Vec<String>, rows: Rows) -> Result<Self, ProtocolFault> {
        if header.len() > COLUMNS_MAX {
            return Err(ProtocolFault::TooManyColumns { found: header.len() });
        }
        Ok(Self { header, notes, rows, joined: None })
    }

    /// Columns of the file itself; joined ones stand behind them.
    #[must_use]
    pub fn own_columns(&self) -> usize {
        self.header.len() - self.joined.as_ref().map_or(0, |joined| joined.width)
    }

    /// Sets columns of another file behind the own ones.
    pub(super) fn join(&mut self, names: Vec<String>, joined: Joined) {
        self.header.extend(names);
        self.joined = Some(joined);
    }

    /// The next rows, at most so many; none at the end.
    ///
    /// # Errors
    /// When the file cannot be read on.
    pub fn next_rows(&mut self, at_most: usize) -> Result<Vec<Row>, ProtocolFault> {
        let mut rows = Vec::new();
        while rows.len() < at_most {
            let row = match &mut self.rows {
                Rows::Sheet(rows) => rows.next(),
                Rows::Text(records) => records.next()?.map(Row::of_text),
            };
            let Some(mut row) = row else { break };
            if let Some(joined) = &self.joined {
                let key = match row.cell(joined.column, usize::MAX) {
                    Cell::Text(text) => text.to_owned(),
                    Cell::Number(number) => number.to_string(),
                    _ => String::new(),
                };
                row.joined = joined.cells.get(&key).cloned().unwrap_or_default();
            }
            rows.push(row);
        }
        Ok(rows)
    }
}

/// Opens a table by what the file begins with, whatever its name.
///
/// # Errors
/// When it is too large, of another kind, or has no header.
pub fn open(file: &Path, options: &Options) -> Result<Table, ProtocolFault> {
    let failed = |error| ProtocolFault::Read { error };
    let size = fs::metadata(file).map_err(failed)?.len();
    if size > FILE_BYTES_MAX {
        return Err(ProtocolFault::TooLarge { expected: FILE_BYTES_MAX, found: size });
    }
    read(fs::read(file).map_err(failed)?, options)
}

/// Reads a table from its bytes.
///
/// # Errors
/// When it is of another kind, or has no header.
pub fn read(bytes: Vec<u8>, options: &Options) -> Result<Table, ProtocolFault> {
    match bytes.as_slice() {
        [] => Err(ProtocolFault::NoHeader { line: options.header.unwrap_or(1) }),
        [b'P', b'K', ..] => workbook::read(bytes, options),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(ProtocolFault::OldWorkbook),
        [0x1F, 0x8B, ..] => Err(ProtocolFault::Packed),
        _ => delimited::read(bytes, options),
    }
}
