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

mod contained;
mod container;
pub(crate) mod contest;
mod delimited;
mod encoding;
mod shared_texts;
mod sheet;
mod workbook;
mod workbook_fault;

use phrase::{Phrase, phrase};

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::Read as _,
    path::Path,
    sync::Arc,
};

use cells::{
    CELLS_MAX, COLUMNS_MAX, Cell, FILE_BYTES_MAX, JoinedCells, TableOptions, TableRow, WORKBOOK_BYTES_MAX,
};
use contained::contain_reader;
use contest::ContestFilter;
use fault::InputTableFault;
use header::{ColumnHeader, JoinedPart};
use kind::FileKind;

/// A table, its header read and its rows still to come.
#[derive(Debug)]
pub struct InputTable {
    /// Names of the columns, as they stand.
    pub header: Vec<String>,
    /// What was found out about the file.
    pub notes: Vec<Phrase>,
    rows: RowSource,
    joined: Vec<JoinedColumns>,
    contest: Option<ContestFilter>,
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
    pub(crate) cells: BTreeMap<String, Arc<[String]>>,
    /// The other file, and the line in it where each key stands first.
    pub(crate) file: String,
    pub(crate) lines: BTreeMap<String, u64>,
    /// Keys that rows here have named.
    pub(crate) met: BTreeSet<String>,
    /// Whether it holds a second set of figures, and not a part of the protocol.
    pub(crate) compared: bool,
}

/// Cells of a joined file that no row of the table names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrphanCells {
    pub(crate) file: String,
    pub(crate) line: u64,
    pub(crate) key: String,
    pub(crate) compared: bool,
}

impl InputTable {
    fn new(header: Vec<String>, notes: Vec<Phrase>, rows: RowSource) -> Result<Self, InputTableFault> {
        if header.len() > COLUMNS_MAX {
            return Err(InputTableFault::TooManyColumns { found: header.len() });
        }
        Ok(Self { header, notes, rows, joined: Vec::new(), contest: None })
    }

    /// Columns of the file itself; joined ones stand behind them.
    #[must_use]
    pub fn own_columns(&self) -> usize {
        self.header.len() - self.joined.iter().map(|joined| joined.width).sum::<usize>()
    }

    /// Sets columns of another file behind the own ones; [`Self::require_cells`] asks before whether they can be held.
    pub(crate) fn join(&mut self, names: Vec<String>, joined: JoinedColumns) {
        self.header.extend(names);
        self.joined.push(joined);
    }

    /// Says whether so many more columns, with a cell for each of so many keys, can be held.
    ///
    /// # Errors
    /// When there are more than are read.
    pub(crate) fn require_cells(&self, columns: usize, keys: usize) -> Result<(), InputTableFault> {
        let found = self.header.len() + columns;
        if found > COLUMNS_MAX {
            return Err(InputTableFault::TooManyColumns { found });
        }
        if keys.saturating_mul(columns) > CELLS_MAX {
            return Err(InputTableFault::TooManyCells { expected: CELLS_MAX });
        }
        Ok(())
    }

    /// The names of the columns, those of other files by their file.
    pub(crate) fn column_header(&self) -> ColumnHeader {
        let mut parts = Vec::new();
        let mut from = self.own_columns();
        for joined in &self.joined {
            let columns = from..from + joined.width;
            from = columns.end;
            parts.push(JoinedPart { file: joined.file.clone(), columns, compared: joined.compared });
        }
        ColumnHeader::with_parts(&self.header, parts)
    }

    /// The file's own column with this name: the only ones by which rows of another file, or of a contest, are found.
    pub(crate) fn own_column(&self, field: &str, wanted: &str) -> Result<usize, InputTableFault> {
        let own = self.header.get(..self.own_columns()).unwrap_or_default();
        ColumnHeader::new(own).column(field, wanted)
    }

    /// Leaves rows of other contests aside.
    pub(crate) fn filter_contest(&mut self, contest: ContestFilter) {
        self.contest = Some(contest);
    }

    /// The next rows, at most so many; none at the end.
    ///
    /// # Errors
    /// When the file cannot be read on.
    pub fn next_rows(&mut self, at_most: usize) -> Result<Vec<TableRow>, InputTableFault> {
        let own_columns = self.own_columns();
        let mut rows = Vec::new();
        while rows.len() < at_most {
            let Some(mut row) = self.next_row()? else { break };
            self.join_cells(&mut row);
            if self.contest.as_mut().is_none_or(|contest| contest.keeps_row(&row, own_columns)) {
                rows.push(row);
            }
        }
        if let Some(contest) = self.contest.as_ref().filter(|_| rows.is_empty() && at_most > 0) {
            contest.require_all_met()?;
        }
        Ok(rows)
    }

    fn next_row(&mut self) -> Result<Option<TableRow>, InputTableFault> {
        match &mut self.rows {
            RowSource::Sheet(rows) => Ok(rows.next()),
            RowSource::Text(records) => contain_reader(|| {
                let record = records.next_record()?;
                Ok(record.map(|row| TableRow::of_text(row.line, row.record, row.fault)))
            }),
        }
    }

    /// Sets the cells of other files behind those of the row. Rows of other contests name theirs, too.
    fn join_cells(&mut self, row: &mut TableRow) {
        for joined in &mut self.joined {
            let key = match row.cell(joined.column, usize::MAX) {
                Cell::Text(text) => text.to_owned(),
                Cell::Number(number) => number.to_string(),
                _ => String::new(),
            };
            let cells = joined.cells.get(&key).map(Arc::clone);
            row.joined.push(JoinedCells { width: joined.width, cells });
            joined.met.insert(key);
        }
    }

    /// What is known only behind the last row.
    pub(crate) fn closing_notes(&self) -> Vec<Phrase> {
        let tall = match &self.rows {
            RowSource::Text(records) => records.tall,
            RowSource::Sheet(_) => None,
        };
        let tall = tall.map(|tall| {
            phrase!(
                "table-note-tall",
                "{count} rows stand on several lines each, the first in line {first}",
                count = tall.count,
                first = tall.first
            )
        });
        tall.into_iter().chain(self.contest.as_ref().and_then(ContestFilter::note)).collect()
    }

    /// What joined files hold for no row of the table; known behind the last row.
    pub(crate) fn orphans(&self) -> Vec<OrphanCells> {
        let orphans_of = |joined: &JoinedColumns| -> Vec<OrphanCells> {
            let left = joined.lines.iter().filter(|(key, _)| !joined.met.contains(*key));
            let orphan = |(key, line): (&String, &u64)| OrphanCells {
                file: joined.file.clone(),
                line: *line,
                key: key.clone(),
                compared: joined.compared,
            };
            let mut orphans: Vec<OrphanCells> = left.map(orphan).collect();
            orphans.sort_by_key(|orphan| orphan.line);
            orphans
        };
        self.joined.iter().flat_map(orphans_of).collect()
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
    contain_reader(|| read_contained(bytes, options))
}

fn read_contained(bytes: Vec<u8>, options: &TableOptions) -> Result<InputTable, InputTableFault> {
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
