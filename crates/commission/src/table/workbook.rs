//! Workbooks (XLSX): one sheet of them as a table.
//!
//! In: bounds of what is unpacked, the sheet, cells with formulas and merged ones told apart. Out: cells (`cell`).

use std::io::{self, Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx};

use super::{
    cells::{COLUMNS_MAX, Options, ROWS_MAX, Row, SheetCell, WORKBOOK_BYTES_MAX},
    fault::TableFault,
};

/// What a workbook may unpack to, in bytes.
const UNPACKED_BYTES_MAX: u64 = 512 << 20;
/// More merged areas are not a table.
const MERGED_MAX: usize = 1_000;

type Book = Xlsx<Cursor<Vec<u8>>>;

/// The sheet of a workbook: its header, what was found out about the file, and the rows below the header.
pub(super) struct WorkbookTable {
    pub(super) header: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// Reads one sheet whole.
pub(super) fn read_workbook(bytes: Vec<u8>, options: &Options) -> Result<WorkbookTable, TableFault> {
    let found = bytes.len() as u64;
    if found > WORKBOOK_BYTES_MAX {
        return Err(TableFault::TooLarge { expected: WORKBOOK_BYTES_MAX, found });
    }
    bounded(&bytes)?;
    let mut book: Book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheet = sheet(&book, options.sheet.as_deref())?;
    let merged = book.merge_cells_by_sheet_name(&sheet).map_err(broken)?;
    if merged.len() > MERGED_MAX {
        return Err(TableFault::Merged { found: merged.len() });
    }
    let line = options.header.unwrap_or(1);
    let mut rows = cells(&mut book, &sheet, line)?.into_iter();
    let header = rows.next().filter(|row| row.line == line).ok_or(TableFault::NoHeader { line })?;
    let header: Vec<String> = header.cells.iter().map(named).collect();
    let width = header.iter().rposition(|name| !name.trim().is_empty()).map_or(0, |last| last + 1);
    let header: Vec<String> = header.into_iter().take(width).collect();
    let mut below = Vec::new();
    for mut row in rows {
        for (column, cell) in row.cells.iter_mut().enumerate() {
            let place = (u32::try_from(row.line - 1), u32::try_from(column));
            if let (Ok(line), Ok(column)) = place
                && merged.iter().any(|area| area.contains(line, column))
            {
                *cell = SheetCell::Merged;
            }
        }
        let last = row.cells.iter().rposition(|cell| *cell != SheetCell::Empty).map_or(0, |last| last + 1);
        row.cells.truncate(width.max(last));
        below.push(Row::of_sheet(row.line, width.max(last), row.cells));
    }
    let notes = vec![format!("workbook, sheet \"{sheet}\"")];
    Ok(WorkbookTable { header, notes, rows: below })
}

struct Line {
    line: u64,
    cells: Vec<SheetCell>,
}

/// Unpacks everything once and counts: what a workbook says of its own size is not believed.
fn bounded(bytes: &[u8]) -> Result<(), TableFault> {
    let failed = |error: zip::result::ZipError| TableFault::Workbook { reason: error.to_string() };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
    let mut left = UNPACKED_BYTES_MAX;
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(failed)?;
        let unpacked = io::copy(&mut file.take(left + 1), &mut io::sink());
        let unpacked = unpacked.map_err(|error| TableFault::Workbook { reason: error.to_string() })?;
        left = left.checked_sub(unpacked).ok_or(TableFault::Unpacked { expected: UNPACKED_BYTES_MAX })?;
    }
    Ok(())
}

fn sheet(book: &Book, wanted: Option<&str>) -> Result<String, TableFault> {
    let names = book.sheet_names();
    let found = match wanted {
        Some(wanted) => names.iter().find(|name| *name == wanted),
        None if names.len() == 1 => names.first(),
        None => None,
    };
    found.cloned().ok_or_else(|| TableFault::Sheet {
        expected: names.join(", "),
        found: wanted.unwrap_or("none named").to_owned(),
    })
}

/// Cells of a sheet that are held: a country's precincts with two hundred columns.
const CELLS_MAX: usize = 20_000_000;

/// The rows from the header on, each with the cells that stand in it.
fn cells(book: &mut Book, sheet: &str, header: u64) -> Result<Vec<Line>, TableFault> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let mut lines: Vec<Line> = Vec::new();
    let mut cells = 0;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(broken)? {
        let (line, column) = (u64::from(cell.pos.0) + 1, cell.pos.1 as usize);
        if line < header {
            continue;
        }
        let value = match cell.formula {
            Some(_) => SheetCell::Formula(plain(&cell.value).into()),
            None => sheet_cell(&cell.value),
        };
        if value == SheetCell::Empty {
            continue;
        }
        if column >= COLUMNS_MAX {
            return Err(TableFault::TooManyColumns { found: column + 1 });
        }
        if lines.last().is_none_or(|last| last.line < line) {
            lines.push(Line { line, cells: Vec::new() });
        }
        if lines.len() as u64 > ROWS_MAX + 1 {
            return Err(TableFault::TooManyRows { expected: ROWS_MAX });
        }
        let Some(last) = lines.last_mut().filter(|last| last.line == line) else {
            return Err(TableFault::Workbook { reason: format!("row {line} stands behind a later one") });
        };
        let wider = (column + 1).saturating_sub(last.cells.len());
        cells += wider;
        if cells > CELLS_MAX {
            let reason = format!("more than {CELLS_MAX} cells, empty ones in front of others among them");
            return Err(TableFault::Workbook { reason });
        }
        last.cells.resize(last.cells.len() + wider, SheetCell::Empty);
        if let Some(place) = last.cells.get_mut(column) {
            *place = value;
        }
    }
    Ok(lines)
}

fn sheet_cell(value: &DataRef<'_>) -> SheetCell {
    match value {
        DataRef::Empty => SheetCell::Empty,
        DataRef::Int(_) | DataRef::Float(_) => {
            plain(value).parse().map_or(SheetCell::Empty, SheetCell::Number)
        }
        DataRef::Bool(truth) => SheetCell::Truth(*truth),
        DataRef::Error(_) => SheetCell::Error(plain(value).into()),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
            SheetCell::Time(plain(value).into())
        }
        DataRef::String(_) | DataRef::SharedString(_) => match plain(value) {
            text if text.trim().is_empty() => SheetCell::Empty,
            text => SheetCell::Text(text.into()),
        },
    }
}

fn plain(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) | DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
    }
}

fn named(cell: &SheetCell) -> String {
    match cell {
        SheetCell::Text(text) | SheetCell::Time(text) | SheetCell::Formula(text) => text.to_string(),
        SheetCell::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn broken(error: calamine::XlsxError) -> TableFault {
    TableFault::Workbook { reason: error.to_string() }
}
