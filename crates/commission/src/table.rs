//! Tables that other people made: a header and rows, from CSV or a workbook, in bounds.
//!
//! Contains telling the kinds of files apart and joining columns of a second file. What a column means is said by a
//! mapping (`import`).

pub mod cell;
pub mod cells;
pub mod fault;
pub mod header;

mod delimited;
mod workbook;

use std::{collections::BTreeMap, fs, path::Path};

use cells::{COLUMNS_MAX, Cell, FILE_BYTES_MAX, TableOptions, TableRow};
use fault::InputTableFault;

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
                RowSource::Text(records) => records.next_record()?.map(TableRow::of_text),
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
pub fn open_table(file: &Path, options: &TableOptions) -> Result<InputTable, InputTableFault> {
    let failed = |error| InputTableFault::Read { error };
    let size = fs::metadata(file).map_err(failed)?.len();
    if size > FILE_BYTES_MAX {
        return Err(InputTableFault::TooLarge { expected: FILE_BYTES_MAX, found: size });
    }
    read_table(fs::read(file).map_err(failed)?, options)
}

/// Reads a table from its bytes.
///
/// # Errors
/// When it is of another kind, or has no header.
pub fn read_table(bytes: Vec<u8>, options: &TableOptions) -> Result<InputTable, InputTableFault> {
    match bytes.as_slice() {
        [] => Err(InputTableFault::NoHeader { line: options.header.unwrap_or(1) }),
        [b'P', b'K', ..] => {
            let sheet = workbook::read_workbook(bytes, options)?;
            InputTable::new(sheet.header, sheet.notes, RowSource::Sheet(sheet.rows.into_iter()))
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(InputTableFault::OldWorkbook),
        [0x1F, 0x8B, ..] => Err(InputTableFault::Packed),
        _ => {
            let text = delimited::read_csv(bytes, options)?;
            InputTable::new(text.header, text.notes, RowSource::Text(Box::new(text.records)))
        }
    }
}
