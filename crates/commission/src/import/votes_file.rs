//! Votes in a file of their own, one row for each line of the ballot: joined to the table as columns.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use phrase::{Argument, phrase};

use super::{
    contest_columns::filter_file,
    fault::ImportFault,
    figure_rules::VotesFileRule,
    figures_file::{open_beside, read_key_text, require_whole_row},
    mapping::ContestRule,
};
use crate::table::{
    InputTable, JoinedColumns, cells::ROWS_MAX, fault::InputTableFault, header::ColumnHeader,
};

/// The lines of one precinct by name, as they stand.
type VotesByLine = BTreeMap<String, BTreeMap<String, String>>;

/// Joins the votes as columns, each called as its line; `compared` where they are a second set of figures.
pub(super) fn join_votes(
    table: &mut InputTable,
    long: &VotesFileRule,
    contest: Option<&ContestRule>,
    beside: &Path,
    compared: bool,
) -> Result<(), ImportFault> {
    let of = table.own_column("long.of", &long.of)?;
    let within = |fault| ImportFault::VotesFile { file: long.file.clone(), fault: Box::new(fault) };
    let mut votes = open_beside(&long.file, beside)?;
    let contest =
        filter_file(&mut votes, contest, "long.contest", long.contest.as_deref()).map_err(within)?;
    let mut begins = BTreeMap::new();
    let lines = read_lines(&mut votes, long, contest, &mut begins).map_err(|fault| match fault {
        twice @ ImportFault::LineTwice { .. } => twice,
        fault => within(fault),
    })?;
    let names: BTreeSet<&String> = lines.values().flat_map(BTreeMap::keys).collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    // Before each key gets a cell for each of them.
    table.require_cells(names.len(), lines.len()).map_err(|fault| within(fault.into()))?;
    let row = |own: BTreeMap<String, String>| -> Vec<String> {
        names.iter().map(|name| own.get(name).cloned().unwrap_or_default()).collect()
    };
    let cells = lines.into_iter().map(|(key, own)| (key, row(own).into())).collect();
    table.notes.push(phrase!(
        "import-note-lines-from",
        "{lines} lines of the ballot from {file}",
        lines = names.len(),
        file = &long.file
    ));
    table.notes.extend(
        votes.closing_notes().into_iter().map(|note| note.at(Argument::quote(format!("{}: ", long.file)))),
    );
    let (width, file) = (names.len(), long.file.clone());
    let met = BTreeSet::new();
    table.join(names, JoinedColumns { column: of, width, cells, file, lines: begins, met, compared });
    Ok(())
}

fn read_lines(
    votes: &mut InputTable,
    long: &VotesFileRule,
    contest: Option<usize>,
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
            require_whole_row(row, contest, own)?;
            let expected = phrase!("import-row-of-votes", "a row of votes");
            let text = |column| read_key_text(row, column, own, &expected);
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
