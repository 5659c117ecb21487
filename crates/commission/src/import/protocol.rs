//! One row as the fact of a protocol: the precinct found, its commission's signers, times, paper, explanations.
//!
//! Every ratio that does not hold is told with what would let it in.

use event::{Hash, Id, Key, Text, Time};
use law::{
    Fact, Ratio, Sent,
    facts::{
        CorrectionGround, Count, Explanation, Missing, Protocol, ProtocolSigned, ProtocolSuperseded, Votes,
    },
    state::{Commission, Election, Poll, ProtocolStatus},
};

use super::{
    mapped::MappedTable,
    prepared::{PreparedFact, find_precinct},
    row::RowReader,
    row_fault::{Remedy, RowFault, RowRefusal},
    target::{ImportTarget, no_form},
};
use crate::table::{
    cell::{self, CellFault},
    cells::TableRow,
};

/// What a row comes to.
pub(super) enum RowOutcome {
    /// A fact.
    Fact(Box<PreparedFact>),
    /// The figures that the ledger has already.
    Same(Id, Box<Count>),
}

/// Reads a row whole; every reason at once where it is not taken.
pub(super) fn prepare_protocol(
    mapped: &MappedTable,
    row: &TableRow,
    place: ImportTarget<'_>,
    election: &Election,
) -> Result<RowOutcome, RowRefusal> {
    let mut cells = RowReader::new(&mapped.columns, row, mapped.table.own_columns());
    let stated = cells.read_precinct();
    let kato = cells.read_kato();
    let found =
        stated.as_deref().map(|stated| find_precinct(stated, kato.as_deref(), mapped, place, election));
    let found = match found {
        Some(Ok(found)) => Some(found),
        Some(Err(fault)) => {
            cells.faults.push(fault);
            None
        }
        None => None,
    };
    let name = found.map_or(stated, |(id, ..)| Some(id.to_string()));
    let read = read_protocol(&mut cells, mapped, election, found.map(|(_, _, commission)| commission));
    let mut faults = cells.faults;
    let (Some((id, author, _)), Some((protocol, at, signers, correction))) = (found, read) else {
        return Err(RowRefusal { line: row.line, precinct: name, faults });
    };
    let poll = election.polls.get(id).cloned().unwrap_or_default();
    let again = mapped.columns.supersedes.is_some() || mapped.columns.invalidates.is_some();
    let same = poll.current().is_some_and(|record| record.protocol.count == protocol.count);
    if again && same && faults.is_empty() {
        return Ok(RowOutcome::Same(id.clone(), Box::new(protocol.count)));
    }
    // Only a changed row needs to say why.
    let correction = match correction {
        Some(Ok(words)) => Some(words),
        Some(Err(why)) => {
            faults.extend(why);
            None
        }
        None => None,
    };
    if mapped.columns.invalidates.is_some() && correction.is_none() {
        faults.push(RowFault::Changed { precinct: id.to_string() });
    }
    faults.extend(unexplained_ratios(&protocol, &poll));
    let fact = match correction {
        _ if !faults.is_empty() => None,
        None => Some(Fact::ProtocolSigned(ProtocolSigned { precinct: id.clone(), protocol })),
        Some(words) => superseding_fact(id, protocol, &poll, words).map_err(|fault| faults.push(fault)).ok(),
    };
    match (fact, name) {
        (Some(fact), Some(name)) => {
            let (precinct, author) = (id.clone(), author.clone());
            Ok(RowOutcome::Fact(Box::new(PreparedFact { precinct, name, author, fact, at, signers })))
        }
        (_, precinct) => Err(RowRefusal { line: row.line, precinct, faults }),
    }
}

type ProtocolAround = (Protocol, Time, Vec<Key>, Option<Result<[String; 2], Vec<RowFault>>>);

/// The protocol with all that stands around the figures; nothing if any of it cannot be read.
fn read_protocol(
    cells: &mut RowReader<'_>,
    mapped: &MappedTable,
    election: &Election,
    commission: Option<&Commission>,
) -> Option<ProtocolAround> {
    let columns = &mapped.columns;
    let (mut count, _) = cells.read_count();
    // The mapping names candidates in any order; a protocol has them in that of the ballot.
    let votes = |id: &Id| count.votes.iter().find(|line| line.candidate == *id).cloned();
    let votes: Vec<Votes> = election.ballot_lines().iter().filter_map(votes).collect();
    count.votes = votes;
    count.issued_by.sort_by(|a, b| a.seat.cmp(&b.seat));
    let [started, ended, signed] = columns.times.as_ref()?;
    let time = |cells: &mut RowReader<'_>, source| {
        cells.require(source, |text| cell::read_time(text, &columns.style))
    };
    let (started, ended, at) = (time(cells, started), time(cells, ended), time(cells, signed));
    let paper = columns.paper.and_then(|paper| cells.read_document(paper));
    let mut explanations = Vec::new();
    for (rule, source) in &columns.explanations {
        if let Some(words) = cells.read_words(source) {
            match (Text::new(rule), Text::new(&words)) {
                (Ok(rule), Ok(text)) => explanations.push(Explanation { rule, text }),
                (Err(fault), _) | (_, Err(fault)) => cells.faults.push(no_form(fault)),
            }
        }
    }
    let (seats, reason) = columns.signers.as_ref()?;
    let seats = cells.require(seats, |text| Ok(text.to_owned()));
    let (signers, missing) = commission.zip(seats).map_or_else(Default::default, |(commission, seats)| {
        find_signers(cells, commission, &seats, *reason)
    });
    let correction = match &columns.supersedes {
        None => None,
        Some([reason, present]) => {
            let text = |text: &str| Ok::<_, CellFault>(text.to_owned());
            let before = cells.faults.len();
            let words = (cells.require(reason, text), cells.require(present, text));
            let why = cells.faults.split_off(before);
            Some(match words {
                (Some(reason), Some(present)) if why.is_empty() => Ok([reason, present]),
                _ => Err(why),
            })
        }
    };
    if !cells.faults.is_empty() {
        return None;
    }
    let protocol = Protocol { count, ended: ended?, explanations, missing, paper, started: started? };
    Some((protocol, at?, signers, correction))
}

/// The keys of the seats that sign; the others are missing, for the reason that the mapping gives.
fn find_signers(
    cells: &mut RowReader<'_>,
    commission: &Commission,
    stated: &str,
    reason: Option<law::facts::MissingReason>,
) -> (Vec<Key>, Vec<Missing>) {
    let stated: Vec<&str> = stated.split_whitespace().collect();
    let mut keys = Vec::new();
    for seat in &stated {
        match commission.seat(seat).and_then(|seat| seat.key) {
            Some(key) => keys.push(key),
            None => cells.add_seat_fault(commission, seat),
        }
    }
    let others = commission.seats.iter().filter(|seat| !stated.contains(&seat.seat.as_str()));
    let missing = |seat: &law::state::Seat| {
        reason.map(|reason| Missing { opinion: None, reason, seat: seat.seat.clone() })
    };
    // Without a reason the law refuses those who are not named, and names them.
    let mut missing: Vec<Missing> = others.filter_map(missing).collect();
    missing.sort_by(|a, b| a.seat.cmp(&b.seat));
    (keys, missing)
}

/// Every ratio that does not hold and is not explained on a signed paper.
fn unexplained_ratios(protocol: &Protocol, poll: &Poll) -> Vec<RowFault> {
    let sent = Sent { delivered: poll.delivered, listed: poll.list };
    let paper = protocol.paper.as_ref().is_some_and(|paper| paper.sha256.is_some());
    let refusing = Ratio::ALL.iter().filter(|ratio| ratio.refuses());
    let broken = refusing.filter_map(|ratio| ratio.check_ratio(&protocol.count, sent));
    broken
        .filter_map(|violation| {
            let explained = protocol.explanations.iter().any(|own| own.rule.as_str() == violation.rule.id());
            let remedy = match (explained, paper) {
                (true, true) => return None,
                (true, false) => Remedy::Paper,
                (false, true) => Remedy::Explanation,
                (false, false) => Remedy::Both,
            };
            Some(RowFault::Ratio { violation, remedy })
        })
        .collect()
}

/// A protocol in the place of the current one, on the ground that the ledger already has.
fn superseding_fact(
    precinct: &Id,
    protocol: Protocol,
    poll: &Poll,
    [reason, present]: [String; 2],
) -> Result<Fact, RowFault> {
    let current = poll.current();
    // Where nothing is returned or ordered, the law itself refuses what rests on nothing.
    let (ground, basis) = match current.map(|record| &record.status) {
        Some(ProtocolStatus::RecountOrdered(order)) => (CorrectionGround::Recount, *order),
        Some(ProtocolStatus::Returned(letter)) => (CorrectionGround::Transcription, *letter),
        Some(ProtocolStatus::Cancelled(decision)) => (CorrectionGround::Decision, *decision),
        _ => (CorrectionGround::Recount, Hash::ZERO),
    };
    let people = present.split(';').map(|name| Text::new(name.trim()));
    Ok(Fact::ProtocolSuperseded(ProtocolSuperseded {
        basis,
        ground,
        precinct: precinct.clone(),
        present: people.collect::<Result<_, _>>().map_err(no_form)?,
        protocol,
        reason: Text::new(&reason).map_err(no_form)?,
        supersedes: current.map_or(Hash::ZERO, |record| record.event),
    }))
}
