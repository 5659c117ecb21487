//! A table as copies of protocols, for a comparison with a ledger or with another table.
//!
//! An empty cell is a line that the copy does not have; where nobody wrote a mapping, the names of the columns are one.

use event::Id;
use verifier::copies::PaperCopy;

use super::{
    fault::ImportFault, mapped::MappedTable, mapping::Mapping, row::RowReader, row_fault::RowRefusal,
};
use crate::table::fault::InputTableFault;

/// Rows that are read at once.
const ROWS_AT_ONCE: usize = 8_192;

/// The columns that hold a line of the protocol when no mapping says so.
const LINES: [&str; 11] = [
    "absentee",
    "against_all",
    "cancelled",
    "damaged",
    "found",
    "home_applications",
    "invalid",
    "issued",
    "received",
    "stationary",
    "voters",
];

/// Reads every row as a copy.
///
/// # Errors
/// When the file cannot be read on.
pub fn read_copies(
    mut mapped: MappedTable,
    file: &str,
) -> Result<(Vec<PaperCopy>, Vec<RowRefusal>), InputTableFault> {
    // A copy without a line that could be compared is none.
    if mapped.columns.figure_columns.is_empty() {
        return Err(InputTableFault::NoFigures);
    }
    let (mut copies, mut refused) = (Vec::new(), Vec::new());
    loop {
        let rows = mapped.table.next_rows(ROWS_AT_ONCE)?;
        if rows.is_empty() {
            refused.extend(mapped.table.orphans().into_iter().map(RowRefusal::of_orphan));
            return Ok((copies, refused));
        }
        for row in rows.iter().filter(|row| !row.is_blank()) {
            let mut cells = RowReader::new(&mapped.columns, row, mapped.table.own_columns());
            let precinct = cells.read_precinct();
            let figures = cells.read_lines();
            match (precinct, cells.faults) {
                (Some(precinct), faults) if faults.is_empty() => copies.push(PaperCopy {
                    place: format!("{file}, line {}", row.line),
                    precinct,
                    election: None,
                    event: None,
                    figures,
                }),
                (precinct, faults) => refused.push(RowRefusal { line: row.line, precinct, faults }),
            }
        }
    }
}

/// A mapping of columns that are named as the lines of a protocol are, with votes under the ids of candidates; numbers of
/// precincts get zeros before them up to so many digits.
///
/// # Errors
/// When no column names the precinct.
pub fn mapping_by_name(header: &[String], candidates: &[Id], digits: usize) -> Result<Mapping, ImportFault> {
    let has = |name: &str| header.iter().any(|column| column.trim() == name);
    // An empty cell of a copy is a line that nobody could read.
    let line = |name: &str| format!("{name} = {{ columns = [\"{name}\"], empty = \"none\" }}\n");
    let mut text = "[precinct]\n".to_owned();
    text.push_str(&match () {
        () if has("precinct") => "id = \"precinct\"\n".to_owned(),
        () if has("number") => format!("number = \"number\"\ndigits = {digits}\n"),
        () => {
            return Err(InputTableFault::NoColumn {
                field: "precinct".to_owned(),
                expected: header.join(" | "),
                found: "neither `precinct` nor `number`".to_owned(),
            }
            .into());
        }
    });
    text.push_str("[figures]\n");
    LINES.iter().filter(|name| has(name)).for_each(|name| text.push_str(&line(name)));
    text.push_str("[votes]\n");
    candidates.iter().filter(|id| has(id.as_str())).for_each(|id| text.push_str(&line(id.as_str())));
    // A copy made by `results --format csv` says these besides, and they are no lines of a protocol.
    let beside = ["corrections", "event", "synthetic"].into_iter().chain(has("precinct").then_some("number"));
    let ignored: Vec<String> = beside.filter(|name| has(name)).map(|name| format!("\"{name}\"")).collect();
    if !ignored.is_empty() {
        text.push_str(&format!("[ignore]\ncolumns = [{}]\n", ignored.join(", ")));
    }
    Mapping::parse(&text)
}
