//! One row as the fact that its precinct's result is invalid: the decision, the submission, the members who sign.
//!
//! Only a cell that says so makes a result invalid: a row that is missing, or whose figures are zeros, says nothing.

use event::{Hash, Key, Text};
use law::{
    Fact,
    facts::PrecinctInvalidated,
    state::{Commission, Election},
};

use super::{
    columns::InvalidationColumns,
    mapped::MappedTable,
    prepared::{PreparedFact, find_precinct},
    row::RowReader,
    row_fault::{RowFault, RowRefusal},
    target::{ImportTarget, no_form},
};
use crate::table::{cell, cells::TableRow};

/// A row whose result is invalid, whole or with every reason why not; nothing where the result counts.
pub(super) fn prepare_invalidation(
    mapped: &MappedTable,
    row: &TableRow,
    place: ImportTarget<'_>,
    election: &Election,
) -> Option<Result<PreparedFact, RowRefusal>> {
    let columns = mapped.columns.invalidates.as_ref()?;
    let mut cells = RowReader::new(&mapped.columns, row, mapped.table.own_columns());
    let ground = cells.read_words(&columns.ground);
    if ground.is_none() && cells.faults.is_empty() {
        return None;
    }
    let stated = cells.read_precinct();
    let kato = cells.read_kato();
    let found =
        match stated.as_deref().map(|stated| find_precinct(stated, kato.as_deref(), mapped, place, election))
        {
            Some(Ok((id, ..))) => Some(id),
            Some(Err(fault)) => {
                cells.faults.push(fault);
                None
            }
            None => None,
        };
    let name = found.map_or(stated, |id| Some(id.to_string()));
    let said = read_decision(&mut cells, mapped, columns, place, election);
    let (Some(id), Some(ground), Some((decision, submission, at, signers)), []) =
        (found, ground, said, cells.faults.as_slice())
    else {
        return Some(Err(RowRefusal { line: row.line, precinct: name, faults: cells.faults }));
    };
    let ground = match Text::new(&ground) {
        Ok(ground) => ground,
        Err(fault) => {
            return Some(Err(RowRefusal { line: row.line, precinct: name, faults: vec![no_form(fault)] }));
        }
    };
    let protocol = election.polls.get(id).and_then(|poll| poll.current_event()).unwrap_or(Hash::ZERO);
    let body = PrecinctInvalidated { decision, ground, precinct: id.clone(), protocol, submission };
    Some(Ok(PreparedFact {
        precinct: id.clone(),
        name: id.to_string(),
        author: election.organiser.clone(),
        fact: Fact::PrecinctInvalidated(body),
        at,
        signers,
    }))
}

type Decision = (event::Document, event::Document, event::Time, Vec<Key>);

/// Papers, time and signers.
fn read_decision(
    cells: &mut RowReader<'_>,
    mapped: &MappedTable,
    columns: &InvalidationColumns,
    place: ImportTarget<'_>,
    election: &Election,
) -> Option<Decision> {
    let papers =
        [(columns.decision, "the decision"), (columns.submission, "the submission of the commission")];
    let [decision, submission] = papers.map(|(paper, expected)| {
        let before = cells.faults.len();
        let found = cells.read_document(paper);
        if found.is_none() && cells.faults.len() == before {
            cells.faults.push(RowFault::NoPaper { expected });
        }
        found
    });
    let at = cells.require(&columns.at, |text| cell::read_time(text, &mapped.columns.style));
    let seats = cells.require(&columns.seats, |text| Ok(text.to_owned()));
    let organiser = place.head.state().commissions.get(&election.organiser);
    let signers = organiser.zip(seats).map(|(commission, seats)| signer_keys(cells, commission, &seats));
    Some((decision?, submission?, at?, signers?))
}

fn signer_keys(cells: &mut RowReader<'_>, commission: &Commission, seats: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    for seat in seats.split_whitespace() {
        match commission.seat(seat).and_then(|seat| seat.key) {
            Some(key) => keys.push(key),
            None => cells.add_seat_fault(commission, seat),
        }
    }
    keys
}
