//! Workbooks (XLSX): one sheet of them as a table, in bounds of what is unpacked, with formulas and merged cells told apart.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};

use phrase::{Phrase, phrase};

use super::{
    cells::{CELLS_MAX, COLUMNS_MAX, ROWS_MAX, TableOptions, TableRow, WORKBOOK_BYTES_MAX, WorkbookCell},
    container,
    delimited::note_above,
    fault::InputTableFault,
    shared_texts::require_plain_texts,
    sheet::{self, SheetMarks},
    workbook_fault::unread_workbook,
};

/// More merged areas are not a table.
const MERGED_MAX: usize = 1_000;

type OpenWorkbook = Xlsx<Cursor<Vec<u8>>>;

/// The sheet of a workbook: its header, what was found out about the file, and the rows below the header.
pub(super) struct WorkbookTable {
    pub(super) header: Vec<String>,
    pub(super) notes: Vec<Phrase>,
    pub(super) rows: Vec<TableRow>,
}

/// Reads one sheet whole.
pub(super) fn read_workbook(
    bytes: Vec<u8>,
    options: &TableOptions,
) -> Result<WorkbookTable, InputTableFault> {
    let found = bytes.len() as u64;
    if found > WORKBOOK_BYTES_MAX {
        return Err(InputTableFault::TooLarge { expected: WORKBOOK_BYTES_MAX, found });
    }
    let mut archive = container::open_container(&bytes)?;
    let book: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(bytes.as_slice())).map_err(unread_workbook)?;
    let sheet = find_sheet(&book, options.sheet.as_deref())?;
    let place = book.sheet_names().iter().position(|name| *name == sheet).unwrap_or_default();
    require_plain_texts(&mut archive)?;
    let marks = sheet::scan_sheet(&mut archive, place)?.unwrap_or_default();
    let mut notes = sheet_notes(&book, &sheet, &marks);
    drop((archive, book));
    let mut book: OpenWorkbook = Xlsx::new(Cursor::new(bytes)).map_err(unread_workbook)?;
    let merged = book.merge_cells_by_sheet_name(&sheet).map_err(unread_workbook)?;
    if merged.len() > MERGED_MAX {
        return Err(InputTableFault::Merged { found: merged.len() });
    }
    let line = options.header.unwrap_or(1);
    let (rows, above) = read_cells(&mut book, &sheet, line, &marks)?;
    notes.extend(note_above(above));
    let mut rows = rows.into_iter();
    let header = rows.next().filter(|row| row.line == line).ok_or(InputTableFault::NoHeader { line })?;
    let header: Vec<String> = header.cells.iter().map(name_of).collect();
    let width = header.iter().rposition(|name| !name.trim().is_empty()).map_or(0, |last| last + 1);
    let header: Vec<String> = header.into_iter().take(width).collect();
    let mut below = Vec::new();
    for mut row in rows {
        for (column, cell) in row.cells.iter_mut().enumerate() {
            let place = (u32::try_from(row.line - 1), u32::try_from(column));
            if let (Ok(line), Ok(column)) = place
                && merged.iter().any(|area| area.contains(line, column))
            {
                *cell = WorkbookCell::Merged;
            }
        }
        let last = row.cells.iter().rposition(|cell| *cell != WorkbookCell::Empty).map_or(0, |last| last + 1);
        row.cells.truncate(width.max(last));
        below.push(TableRow::of_sheet(row.line, width.max(last), row.cells));
    }
    Ok(WorkbookTable { header, notes, rows: below })
}

struct WorkbookRow {
    line: u64,
    cells: Vec<WorkbookCell>,
}

/// Which sheet was read, and what of it nobody sees.
fn sheet_notes(book: &Xlsx<Cursor<&[u8]>>, sheet: &str, marks: &SheetMarks) -> Vec<Phrase> {
    let mut notes = vec![phrase!("table-note-sheet", "workbook, sheet \"{sheet}\"")];
    let own = book.sheets_metadata().iter().find(|own| own.name == sheet);
    if own.is_some_and(|own| own.visible != calamine::SheetVisible::Visible) {
        notes.push(phrase!("table-note-hidden-sheet", "the sheet is hidden; it was read like any other"));
    }
    let others: Vec<String> = book.sheet_names().into_iter().filter(|name| name != sheet).collect();
    if !others.is_empty() {
        let more = if others.len() > 10 { ", …" } else { "" };
        let named: Vec<String> = others.iter().take(10).map(|name| format!("\"{name}\"")).collect();
        notes.push(phrase!(
            "table-note-other-sheets",
            "{count} other sheets were not read: {names}",
            count = others.len(),
            names = format!("{}{more}", named.join(", "))
        ));
    }
    if !marks.hidden_rows.is_empty() {
        let shown: Vec<String> = marks.hidden_rows.iter().take(10).map(u64::to_string).collect();
        let more = if marks.hidden_rows.len() > shown.len() { ", …" } else { "" };
        notes.push(phrase!(
            "table-note-hidden-rows",
            "{count} rows of the sheet are hidden and were read like the others: {lines}",
            count = marks.hidden_rows.len(),
            lines = format!("{}{more}", shown.join(", "))
        ));
    }
    if marks.hidden_columns {
        notes.push(phrase!(
            "table-note-hidden-columns",
            "columns of the sheet are hidden and were read like the others"
        ));
    }
    notes
}

fn find_sheet(book: &Xlsx<Cursor<&[u8]>>, wanted: Option<&str>) -> Result<String, InputTableFault> {
    let names = book.sheet_names();
    let found = match wanted {
        Some(wanted) => names.iter().find(|name| *name == wanted),
        None if names.len() == 1 => names.first(),
        None => None,
    };
    found.cloned().ok_or_else(|| InputTableFault::Sheet {
        expected: names.join(", "),
        found: wanted.unwrap_or("none named").to_owned(),
    })
}

/// The rows from the header on, each with the cells that stand in it; and how many rows stand above.
fn read_cells(
    book: &mut OpenWorkbook,
    sheet: &str,
    header: u64,
    marks: &SheetMarks,
) -> Result<(Vec<WorkbookRow>, u64), InputTableFault> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(unread_workbook)?;
    let mut lines: Vec<WorkbookRow> = Vec::new();
    let (mut cells, mut above, mut last_above) = (0, 0_u64, 0);
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(unread_workbook)? {
        let (line, column) = (u64::from(cell.pos.0) + 1, cell.pos.1 as usize);
        if line < header {
            let counts = line > last_above && sheet_cell(&cell.value) != WorkbookCell::Empty;
            (above, last_above) = if counts { (above + 1, line) } else { (above, last_above) };
            continue;
        }
        let value = match cell.formula {
            Some(_) => WorkbookCell::Formula(plain_text(&cell.value).into()),
            None => match sheet_cell(&cell.value) {
                WorkbookCell::Number(number) if marks.percent.contains(&(line, column as u64 + 1)) => {
                    WorkbookCell::Percent(number)
                }
                value => value,
            },
        };
        if value == WorkbookCell::Empty {
            continue;
        }
        if column >= COLUMNS_MAX {
            return Err(InputTableFault::TooManyColumns { found: column + 1 });
        }
        if lines.last().is_none_or(|last| last.line < line) {
            lines.push(WorkbookRow { line, cells: Vec::new() });
        }
        if lines.len() as u64 > ROWS_MAX + 1 {
            return Err(InputTableFault::TooManyRows { expected: ROWS_MAX });
        }
        let Some(last) = lines.last_mut().filter(|last| last.line == line) else {
            return Err(InputTableFault::Workbook {
                reason: phrase!("workbook-row-behind-a-later-one", "row {line} stands behind a later one"),
            });
        };
        let wider = (column + 1).saturating_sub(last.cells.len());
        cells += wider;
        if cells > CELLS_MAX {
            let reason = phrase!(
                "workbook-too-many-cells",
                "more than {CELLS_MAX} cells, empty ones in front of others among them"
            );
            return Err(InputTableFault::Workbook { reason });
        }
        last.cells.resize(last.cells.len() + wider, WorkbookCell::Empty);
        if let Some(place) = last.cells.get_mut(column) {
            *place = value;
        }
    }
    Ok((lines, above))
}

fn sheet_cell(value: &DataRef<'_>) -> WorkbookCell {
    match value {
        DataRef::Empty => WorkbookCell::Empty,
        DataRef::Int(_) | DataRef::Float(_) => {
            plain_text(value).parse().map_or(WorkbookCell::Empty, WorkbookCell::Number)
        }
        DataRef::Bool(truth) => WorkbookCell::Truth(*truth),
        DataRef::Error(_) => WorkbookCell::Error(plain_text(value).into()),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
            WorkbookCell::Time(plain_text(value).into())
        }
        DataRef::String(_) | DataRef::SharedString(_) => match plain_text(value) {
            text if text.trim().is_empty() => WorkbookCell::Empty,
            text => WorkbookCell::Text(text.into()),
        },
    }
}

fn plain_text(value: &DataRef<'_>) -> String {
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

fn name_of(cell: &WorkbookCell) -> String {
    match cell {
        WorkbookCell::Text(text) | WorkbookCell::Time(text) | WorkbookCell::Formula(text) => text.to_string(),
        WorkbookCell::Number(number) | WorkbookCell::Percent(number) => number.to_string(),
        _ => String::new(),
    }
}
