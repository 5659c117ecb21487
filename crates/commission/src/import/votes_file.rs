//! Votes in a file of their own, one row for each line of the ballot: joined to the table as columns.
//!
//! In: reading that file, the join. Out: what the columns mean (`bound`).

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{
    cell,
    fault::ProtocolFault,
    header::Header,
    mapping::Long,
    table::{self, Joined, Options, ROWS_MAX, Table},
};

/// The lines of one precinct by name, as they stand.
type Lines = BTreeMap<String, BTreeMap<String, String>>;

pub(super) fn join(table: &mut Table, long: &Long, beside: &Path) -> Result<(), ProtocolFault> {
    let of = Header::of(&table.header).column("long.of", &long.of)?;
    let path = beside.parent().unwrap_or(Path::new(".")).join(&long.file);
    let within = |fault| ProtocolFault::Long { file: long.file.clone(), fault: Box::new(fault) };
    let mut votes = table::open(&path, &Options::default()).map_err(within)?;
    let lines = lines(&mut votes, long).map_err(|fault| match fault {
        twice @ ProtocolFault::LongTwice { .. } => twice,
        fault => within(fault),
    })?;
    let names: BTreeSet<&String> = lines.values().flat_map(BTreeMap::keys).collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    let row = |own: BTreeMap<String, String>| -> Vec<String> {
        names.iter().map(|name| own.get(name).cloned().unwrap_or_default()).collect()
    };
    let cells = lines.into_iter().map(|(key, own)| (key, row(own))).collect();
    table.notes.push(format!("{} lines of the ballot from {}", names.len(), long.file));
    table.join(names.clone(), Joined { column: of, width: names.len(), cells });
    Ok(())
}

fn lines(votes: &mut Table, long: &Long) -> Result<Lines, ProtocolFault> {
    let header = Header::of(&votes.header);
    let key = header.column("long.key", &long.key)?;
    let line = header.column("long.line", &long.line)?;
    let figure = header.column("long.votes", &long.votes)?;
    let own = votes.own_columns();
    let mut lines = Lines::new();
    let mut read = 0_u64;
    loop {
        let rows = votes.next_rows(4_096)?;
        if rows.is_empty() {
            return Ok(lines);
        }
        read += rows.len() as u64;
        if read > ROWS_MAX {
            return Err(ProtocolFault::TooManyRows { expected: ROWS_MAX });
        }
        for row in rows.iter().filter(|row| !row.is_blank()) {
            let text = |column| {
                cell::text(row.cell(column, own)).map(Option::unwrap_or_default).map_err(|fault| {
                    ProtocolFault::Field {
                        field: format!("line {}", row.line),
                        expected: "a row of votes".to_owned(),
                        found: fault.to_string(),
                    }
                })
            };
            let (key, name, votes) = (text(key)?, text(line)?, text(figure)?);
            let before = lines.entry(key).or_default().insert(name.clone(), votes);
            if before.is_some() {
                let file = long.file.clone();
                return Err(ProtocolFault::LongTwice { file, line: row.line, found: name });
            }
        }
    }
}
