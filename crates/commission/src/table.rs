//! Tables that other people made: a header and rows, from CSV or a workbook, in bounds.
//!
//! Contains telling the kinds of files apart and joining columns of a second file. What a column means is said by a
//! mapping (`import`).

pub mod cell;
pub mod cells;
pub mod fault;
pub mod header;
pub mod kind;
pub mod quotes;

mod container;
mod delimited;
mod encoding;
mod sheet;
mod workbook;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::Read as _,
    path::Path,
};

use cells::{COLUMNS_MAX, Cell, FILE_BYTES_MAX, TableOptions, TableRow, WORKBOOK_BYTES_MAX};
use fault::InputTableFault;
use kind::FileKind;

/// A table, its header read and its rows still to come.
#[derive(Debug)]
pub struct InputTable {
    /// Names of the columns, as they stand.
    pub header: Vec<String>,
    /// What was found out about the file, in words.
    pub notes: Vec<String>,
    rows: RowSource,
    joined: Option<JoinedColumns>,
}

/// RowSource of one of the two kinds.
enum RowSource {
    Text(Box<delimited::CsvRecords>),
    Sheet(std::vec::IntoIter<TableRow>),
}

impl std::fmt::Debug for RowSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Text(_)) { "Text" } else { "Sheet" })
    }
}

/// RowCells of another file, by the cell of one column here.
#[derive(Debug)]
pub(crate) struct JoinedColumns {
    pub(crate) column: usize,
    pub(crate) width: usize,
    pub(crate) cells: BTreeMap<String, Vec<String>>,
    /// The other file, and the line in it where each key stands first.
    pub(crate) file: String,
    pub(crate) lines: BTreeMap<String, u64>,
    /// Keys that rows here have named.
    pub(crate) met: BTreeSet<String>,
}

/// Cells of a joined file that no row of the table names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrphanCells {
    pub(crate) file: String,
    pub(crate) line: u64,
    pub(crate) key: String,
}

impl InputTable {
    fn new(header: Vec<String>, notes: Vec<String>, rows: RowSource) -> Result<Self, InputTableFault> {
        if header.len() > COLUMNS_MAX {
            return Err(InputTableFault::TooManyColumns { found: header.len() });
        }
        Ok(Self { header, notes, rows, joined: None })
    }

    /// Columns of the file itself; joined ones stand behind them.
    #[must_use]
    pub fn own_columns(&self) -> usize {
        self.header.len() - self.joined.as_ref().map_or(0, |joined| joined.width)
    }

    /// Sets columns of another file behind the own ones.
    pub(crate) fn join(&mut self, names: Vec<String>, joined: JoinedColumns) {
        self.header.extend(names);
        self.joined = Some(joined);
    }

    /// The next rows, at most so many; none at the end.
    ///
    /// # Errors
    /// When the file cannot be read on.
    pub fn next_rows(&mut self, at_most: usize) -> Result<Vec<TableRow>, InputTableFault> {
        let mut rows = Vec::new();
        while rows.len() < at_most {
            let row = match &mut self.rows {
                RowSource::Sheet(rows) => rows.next(),
                RowSource::Text(records) => {
                    records.next_record()?.map(|row| TableRow::of_text(row.line, row.record, row.fault))
                }
            };
            let Some(mut row) = row else { break };
            if let Some(joined) = &mut self.joined {
                let key = match row.cell(joined.column, usize::MAX) {
                    Cell::Text(text) => text.to_owned(),
                    Cell::Number(number) => number.to_string(),
                    _ => String::new(),
                };
                row.joined = joined.cells.get(&key).cloned().unwrap_or_default();
                joined.met.insert(key);
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// What is known only behind the last row, in words.
    pub(crate) fn closing_notes(&self) -> Vec<String> {
        let RowSource::Text(records) = &self.rows else { return Vec::new() };
        let tall = records.tall.map(|tall| {
            format!("{} rows stand on several lines each, the first in line {}", tall.count, tall.first)
        });
        tall.into_iter().collect()
    }

    /// What a joined file holds for no row of the table; known behind the last row.
    pub(crate) fn orphans(&self) -> Vec<OrphanCells> {
        let Some(joined) = &self.joined else { return Vec::new() };
        let left = joined.lines.iter().filter(|(key, _)| !joined.met.contains(*key));
        let mut orphans: Vec<OrphanCells> = left
            .map(|(key, line)| OrphanCells { file: joined.file.clone(), line: *line, key: key.clone() })
            .collect();
        orphans.sort_by_key(|orphan| orphan.line);
        orphans
    }
}

/// Opens a table by what the file begins with, whatever its name.
///
/// # Errors
/// When it is too large, of another kind, or has no header.
pub fn open_table(file: &Path, options: &TableOptions) -> Result<InputTable, InputTableFault> {
    let failed = |error| InputTableFault::Read { error };
    // A pipe would hold the program before it could be looked at.
    if !std::fs::metadata(file).map_err(failed)?.is_file() {
        return Err(InputTableFault::NotAFile);
    }
    let mut opened = File::open(file).map_err(failed)?;
    let mut bytes = Vec::new();
    opened.by_ref().take(4).read_to_end(&mut bytes).map_err(failed)?;
    let expected = if bytes.starts_with(b"PK") { WORKBOOK_BYTES_MAX } else { FILE_BYTES_MAX };
    // The limit holds while it is read: a file may grow.
    opened.take(expected + 1 - bytes.len() as u64).read_to_end(&mut bytes).map_err(failed)?;
    let found = bytes.len() as u64;
    if found > expected {
        Err(InputTableFault::TooLarge { expected, found })
    } else {
        read_table(bytes, options)
    }
}

/// Reads a table from its bytes.
///
/// # Errors
/// When it is of another kind, or has no header.
pub fn read_table(bytes: Vec<u8>, options: &TableOptions) -> Result<InputTable, InputTableFault> {
    if let Some(found) = FileKind::of_bytes(&bytes) {
        return Err(InputTableFault::OtherKind { found });
    }
    match bytes.as_slice() {
        [] => Err(InputTableFault::NoHeader { line: options.header.unwrap_or(1) }),
        [b'P', b'K', 3 | 5 | 7, ..] => {
            let sheet = workbook::read_workbook(bytes, options)?;
            InputTable::new(sheet.header, sheet.notes, RowSource::Sheet(sheet.rows.into_iter()))
        }
        _ => {
            let text = delimited::read_csv(bytes, options)?;
            InputTable::new(text.header, text.notes, RowSource::Text(Box::new(text.records)))
        }
    }
}
