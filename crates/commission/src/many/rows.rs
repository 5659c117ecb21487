//! Rows as fields of a draft: one row an act, or the members of one commission together.

use super::{
    fault::{ManyFault, RefusedRow, RowReason},
    headings::MappedColumn,
    members::{MemberGround, RowGroup, join_members, read_pieces},
};
use crate::{
    described::DescribedFact,
    table::{
        InputTable,
        cells::{Cell, TableRow},
    },
};

/// More rows are not drafted at once.
const ROWS_MAX: usize = 20_000;

type Groups = (Vec<RowGroup>, Vec<RefusedRow>, u64);

/// Every row as fields; rows of members together by their commission.
pub(super) fn read_groups(
    fact: &'static DescribedFact,
    columns: &[MappedColumn],
    table: &mut InputTable,
    ground: &MemberGround<'_>,
) -> Result<Groups, ManyFault> {
    let own_columns = table.own_columns();
    let header = table.header.len();
    let (mut groups, mut refused, mut rows) = (Vec::new(), Vec::new(), 0);
    loop {
        let more = table.next_rows(4_096)?;
        if more.is_empty() {
            break;
        }
        for row in more.into_iter().filter(|row| !row.is_blank()) {
            rows += 1;
            let name = first_cell(&row, columns, own_columns);
            match read_row(&row, columns, own_columns, header) {
                Ok(words) => groups.push(RowGroup { line: row.line, name, words }),
                Err(reason) => refused.push(RefusedRow { line: row.line, name, reason }),
            }
        }
        if groups.len() + refused.len() > ROWS_MAX {
            return Err(ManyFault::TooManyRows { most: ROWS_MAX });
        }
    }
    if fact.name == "commission-formed" {
        groups = join_members(groups, &mut refused, ground);
    } else {
        groups = read_pieces(groups, &mut refused, ground);
    }
    Ok((groups, refused, rows))
}

fn first_cell(row: &TableRow, columns: &[MappedColumn], own: usize) -> String {
    let texts = columns.iter().filter_map(|column| read_cell(&row.cell(column.column, own)).ok().flatten());
    texts.into_iter().next().unwrap_or_default()
}

fn read_row(
    row: &TableRow,
    columns: &[MappedColumn],
    own: usize,
    header: usize,
) -> Result<Vec<(String, String)>, RowReason> {
    if let Some(fault) = row.quote_fault() {
        return Err(fault.into());
    }
    if row.width() > header {
        return Err(RowReason::Width { expected: header, found: row.width() });
    }
    let mut words = Vec::new();
    for column in columns {
        let cell = row.cell(column.column, own);
        let read = read_cell(&cell).map_err(|()| RowReason::Cell { column: column.heading.clone() })?;
        words.extend(read.map(|text| (column.field.clone(), text)));
    }
    Ok(words)
}

/// What a cell says; nothing where it is empty.
fn read_cell(cell: &Cell<'_>) -> Result<Option<String>, ()> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Text(text) | Cell::Time(text) => Ok(Some((*text).to_owned())),
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            Ok(Some(format!("{number:.0}")))
        }
        Cell::Truth(truth) => Ok(Some(truth.to_string())),
        Cell::Number(_) | Cell::Percent(_) | Cell::Formula(_) | Cell::Error(_) | Cell::Merged => Err(()),
    }
}
