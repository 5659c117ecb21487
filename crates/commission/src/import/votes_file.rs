//! Votes in a file of their own, one row for each line of the ballot: joined to the table as columns.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{fault::ImportFault, mapping::VotesFileRule};
use crate::table::{
    self, InputTable, JoinedColumns, cell,
    cells::{ROWS_MAX, TableOptions},
    fault::InputTableFault,
    header::ColumnHeader,
};

/// The lines of one precinct by name, as they stand.
type VotesByLine = BTreeMap<String, BTreeMap<String, String>>;

pub(super) fn join_votes(
    table: &mut InputTable,
    long: &VotesFileRule,
    beside: &Path,
) -> Result<(), ImportFault> {
    let of = ColumnHeader::new(&table.header).column("long.of", &long.of)?;
    let path = beside.parent().unwrap_or(Path::new(".")).join(&long.file);
    let within = |fault| ImportFault::VotesFile { file: long.file.clone(), fault: Box::new(fault) };
    let mut votes =
        table::open_table(&path, &TableOptions::default()).map_err(|fault| within(fault.into()))?;
    let mut begins = BTreeMap::new();
    let lines = read_lines(&mut votes, long, &mut begins).map_err(|fault| match fault {
        twice @ ImportFault::LineTwice { .. } => twice,
        fault => within(fault),
    })?;
    let names: BTreeSet<&String> = lines.values().flat_map(BTreeMap::keys).collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    let row = |own: BTreeMap<String, String>| -> Vec<String> {
        names.iter().map(|name| own.get(name).cloned().unwrap_or_default()).collect()
    };
    let cells = lines.into_iter().map(|(key, own)| (key, row(own))).collect();
    table.notes.push(format!("{} lines of the ballot from {}", names.len(), long.file));
    let (width, file) = (names.len(), long.file.clone());
    table.join(names, JoinedColumns { column: of, width, cells, file, lines: begins, met: BTreeSet::new() });
    Ok(())
}

fn read_lines(
    votes: &mut InputTable,
    long: &VotesFileRule,
    begins: &mut BTreeMap<String, u64>,
) -> Result<VotesByLine, ImportFault> {
    let header = ColumnHeader::new(&votes.header);
    let key = header.column("long.key", &long.key)?;
    let line = header.column("long.line", &long.line)?;
    let figure = header.column("long.votes", &long.votes)?;
    let own = votes.own_columns();
    let mut lines = VotesByLine::new();
    let mut read = 0_u64;
    loop {
        let rows = votes.next_rows(4_096)?;
        if rows.is_empty() {
            return Ok(lines);
        }
        read += rows.len() as u64;
        if read > ROWS_MAX {
            return Err(InputTableFault::TooManyRows { expected: ROWS_MAX }.into());
        }
        for row in rows.iter().filter(|row| !row.is_blank()) {
            let text = |column| {
                cell::read_text(row.cell(column, own)).map(Option::unwrap_or_default).map_err(|fault| {
                    ImportFault::Field {
                        field: format!("line {}", row.line),
                        expected: "a row of votes".to_owned(),
                        found: fault.to_string(),
                    }
                })
            };
            if let Some(fault) = row.quote_fault() {
                return Err(InputTableFault::Quote { line: row.line, fault }.into());
            }
            let (key, name, votes) = (text(key)?, text(line)?, text(figure)?);
            begins.entry(key.clone()).or_insert(row.line);
            let before = lines.entry(key).or_default().insert(name.clone(), votes);
            if before.is_some() {
                let file = long.file.clone();
                return Err(ImportFault::LineTwice { file, line: row.line, found: name });
            }
        }
    }
}
