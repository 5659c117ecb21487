//! Figures in a file of their own, one row for each precinct: joined to the table as columns of a second set.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use phrase::{Argument, Phrase, Phrased as _, phrase};

use super::{
    contest_columns::filter_file,
    fault::ImportFault,
    figure_rules::{FigureRule, FiguresFileRule, SecondFiguresRule},
    mapping::ContestRule,
    mapping_checks::lines_of,
};
use crate::table::{
    self, InputTable, JoinedColumns, cell,
    cells::{ROWS_MAX, TableOptions, TableRow},
    fault::InputTableFault,
    header::{ColumnHeader, single_spaced},
};

/// Opens a file that a mapping names: beside the table unless the path is whole.
pub(super) fn open_beside(file: &str, beside: &Path) -> Result<InputTable, ImportFault> {
    let path = beside.parent().unwrap_or(Path::new(".")).join(file);
    table::open_table(&path, &TableOptions::default())
        .map_err(|fault| ImportFault::VotesFile { file: file.to_owned(), fault: Box::new(fault.into()) })
}

/// The text of a cell that has to be readable; nothing stands for an empty one.
pub(super) fn read_key_text(
    row: &TableRow,
    column: usize,
    own_columns: usize,
    expected: &Phrase,
) -> Result<String, ImportFault> {
    cell::read_text(row.cell(column, own_columns)).map(Option::unwrap_or_default).map_err(|fault| {
        ImportFault::Line { line: row.line, expected: expected.clone(), found: fault.phrase() }
    })
}

/// A row has the cells of its header, and says its contest where the file has a column for it.
pub(super) fn require_whole_row(
    row: &TableRow,
    contest: Option<usize>,
    own_columns: usize,
) -> Result<(), ImportFault> {
    let fault = |expected: Phrase, found: Phrase| ImportFault::Line { line: row.line, expected, found };
    if let Some(quote) = row.quote_fault() {
        return Err(InputTableFault::Quote { line: row.line, fault: quote }.into());
    }
    if row.width() != own_columns {
        let expected = phrase!("import-cells-of-header", "{own_columns} cells, as the header has");
        return Err(fault(expected, Phrase::verbatim(row.width())));
    }
    let Some(column) = contest else { return Ok(()) };
    let expected = phrase!("import-contest-of-row", "the contest of the row");
    match read_key_text(row, column, own_columns, &expected)?.as_str() {
        "" => Err(fault(expected, phrase!("found-none", "none"))),
        _ => Ok(()),
    }
}

/// Joins the columns of the file, but for its key, as a second set of figures.
pub(super) fn join_figures(
    table: &mut InputTable,
    rule: &FiguresFileRule,
    second: &SecondFiguresRule,
    contest: Option<&ContestRule>,
    beside: &Path,
) -> Result<(), ImportFault> {
    let of = table.own_column("compare.file.of", &rule.of)?;
    let within = |fault| ImportFault::VotesFile { file: rule.file.clone(), fault: Box::new(fault) };
    let mut figures = open_beside(&rule.file, beside)?;
    let contest = filter_file(&mut figures, contest, "compare.file.contest", rule.contest.as_deref())
        .map_err(within)?;
    let key = figures.own_column("compare.file.key", &rule.key).map_err(|fault| within(fault.into()))?;
    let columns: Vec<usize> =
        (0..figures.header.len()).filter(|column| *column != key && Some(*column) != contest).collect();
    let names: Vec<String> =
        columns.iter().filter_map(|column| figures.header.get(*column).cloned()).collect();
    let read = FiguresRead { key, contest, columns, named: named_columns(second) };
    let (cells, lines) = read_rows(&mut figures, rule, &read).map_err(|fault| match fault {
        twice @ ImportFault::KeyTwice { .. } => twice,
        fault => within(fault),
    })?;
    table.require_cells(names.len(), cells.len()).map_err(|fault| within(fault.into()))?;
    table.notes.push(phrase!(
        "import-note-rows-from",
        "{rows} rows of {second} from {file}",
        rows = cells.len(),
        second = &second.name,
        file = &rule.file
    ));
    table.notes.extend(
        figures.closing_notes().into_iter().map(|note| note.at(Argument::quote(format!("{}: ", rule.file)))),
    );
    let (width, file, met) = (names.len(), rule.file.clone(), BTreeSet::new());
    let cells = cells.into_iter().map(|(key, own)| (key, own.into())).collect();
    table.join(names, JoinedColumns { column: of, width, cells, file, lines, met, compared: true });
    Ok(())
}

/// What of the file is read.
struct FiguresRead {
    key: usize,
    contest: Option<usize>,
    columns: Vec<usize>,
    /// Names of the columns that the mapping reads a figure from.
    named: BTreeSet<String>,
}

/// The names of columns that a second set is read from.
fn named_columns(second: &SecondFiguresRule) -> BTreeSet<String> {
    let figures = lines_of(&second.figures).map(|(_, figure)| figure).chain(second.votes.values());
    let columns = figures.flat_map(|figure| match figure {
        FigureRule::Always(_) => &[],
        FigureRule::Columns { columns, .. } => columns.as_slice(),
    });
    columns.map(|name| single_spaced(name)).collect()
}

type RowsByKey = (BTreeMap<String, Vec<String>>, BTreeMap<String, u64>);

fn read_rows(
    figures: &mut InputTable,
    rule: &FiguresFileRule,
    read: &FiguresRead,
) -> Result<RowsByKey, ImportFault> {
    let header = ColumnHeader::new(&figures.header);
    let own = figures.own_columns();
    let (mut cells, mut lines) = (BTreeMap::new(), BTreeMap::new());
    loop {
        let rows = figures.next_rows(4_096)?;
        if rows.is_empty() {
            return Ok((cells, lines));
        }
        if (cells.len() + rows.len()) as u64 > ROWS_MAX {
            return Err(InputTableFault::TooManyRows { expected: ROWS_MAX }.into());
        }
        for row in rows.iter().filter(|row| !row.is_blank()) {
            require_whole_row(row, read.contest, own)?;
            let key =
                read_key_text(row, read.key, own, &phrase!("import-row-of-figures", "a row of figures"))?;
            let mut values = Vec::new();
            for column in &read.columns {
                let named = header.names.get(*column).is_some_and(|name| read.named.contains(name));
                let expected =
                    phrase!("import-figures-in", "figures in {column}", column = header.name(*column));
                let text = read_key_text(row, *column, own, &expected);
                // What no figure is read from may be anything.
                values.push(if named { text? } else { text.unwrap_or_default() });
            }
            if cells.insert(key.clone(), values).is_some() {
                return Err(ImportFault::KeyTwice { file: rule.file.clone(), line: row.line, found: key });
            }
            lines.insert(key, row.line);
        }
    }
}
