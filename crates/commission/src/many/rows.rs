//! Rows as fields of a draft: one row an act, or the members of one commission together.

use std::collections::BTreeMap;

use super::{
    fault::{ManyFault, RefusedRow, RowReason},
    headings::MappedColumn,
};
use crate::{
    described::DescribedFact,
    form::value::is_word,
    table::{
        InputTable,
        cells::{Cell, TableRow},
    },
};

/// More rows are not drafted at once.
const ROWS_MAX: usize = 20_000;

/// Seats in words, as decisions write them.
const SEATS: [(&str, &[&str]); 3] = [
    ("deputy", &["заместитель", "зам", "орынбасар", "deputy"]),
    ("secretary", &["секретар", "хатшы", "secretary"]),
    ("chair", &["председател", "төраға", "төрайым", "chair"]),
];

/// The fields of one draft.
#[derive(Debug)]
pub(super) struct RowGroup {
    /// Where its first row begins.
    pub(super) line: u64,
    /// Its first cell.
    pub(super) name: String,
    /// Fields with what stands there.
    pub(super) words: Vec<(String, String)>,
}

type Groups = (Vec<RowGroup>, Vec<RefusedRow>, u64);

/// Every row as fields; rows of members together by their commission.
pub(super) fn read_groups(
    fact: &'static DescribedFact,
    columns: &[MappedColumn],
    table: &mut InputTable,
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
        groups = join_members(groups, &mut refused);
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

/// The members of each commission as one draft; a commission of which one row is not read is refused as a whole.
fn join_members(rows: Vec<RowGroup>, refused: &mut Vec<RefusedRow>) -> Vec<RowGroup> {
    let mut joined: Vec<RowGroup> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut others: BTreeMap<String, u64> = BTreeMap::new();
    let mut broken: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows {
        let own =
            |field: &str| row.words.iter().find(|(name, _)| name == field).map(|(_, text)| text.clone());
        let Some(commission) = own("commission") else {
            refused.push(RefusedRow { line: row.line, name: row.name, reason: RowReason::NoCommission });
            continue;
        };
        let found = own("members.seat").unwrap_or_default();
        let Some(seat) = find_seat(&found, others.entry(commission.clone()).or_insert(3)) else {
            broken.insert(commission, row.line);
            let reason = RowReason::NoSeat { column: "members.seat", found };
            refused.push(RefusedRow { line: row.line, name: row.name, reason });
            continue;
        };
        let place = *places.entry(commission.clone()).or_insert_with(|| {
            joined.push(RowGroup { line: row.line, name: commission.clone(), words: Vec::new() });
            joined.len() - 1
        });
        let Some(group) = joined.get_mut(place) else { continue };
        for (field, text) in row.words {
            match field.strip_prefix("members.") {
                Some("seat") => group.words.push((format!("members.{seat}.seat"), seat.clone())),
                Some(column) => group.words.push((format!("members.{seat}.{column}"), text)),
                // What every row of a commission repeats is said once; another text is told as said twice.
                None if group.words.contains(&(field.clone(), text.clone())) => {}
                None => group.words.push((field, text)),
            }
        }
    }
    let (whole, part): (Vec<RowGroup>, Vec<RowGroup>) =
        joined.into_iter().partition(|group| !broken.contains_key(&group.name));
    refused.extend(part.into_iter().map(|group| {
        let line = broken.get(&group.name).copied().unwrap_or_default();
        RefusedRow { line: group.line, name: group.name, reason: RowReason::Together { line } }
    }));
    whole
}

/// A seat by its id or by its words; whoever is a member without an office gets the next seat from m4 on.
fn find_seat(text: &str, last: &mut u64) -> Option<String> {
    let small = text.trim().to_lowercase();
    if small.strip_prefix('m').is_some_and(|number| number.parse::<u64>().is_ok()) {
        return Some(small);
    }
    let office = SEATS.iter().find(|(_, words)| words.iter().any(|word| small.contains(word)));
    if let Some((seat, _)) = office {
        return Some((*seat).to_owned());
    }
    let member = small.contains("член") || small.contains("мүше") || is_word(&small, "seat-member");
    member.then(|| {
        *last += 1;
        format!("m{last}")
    })
}
