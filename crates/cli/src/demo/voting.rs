//! The script of voting day: opening, turnout, closing, accounting, protocols, copies, delivery.
//!
//! In: twelve hours at 128 precincts and the night after them. Out: corrections and results (`ending`).
//!
//! Two protocols go wrong on purpose: at one precinct votes are counted for the wrong line, at another two lines change
//! places when the paper is typed in.

use event::{Id, Time, json::Fault};
use law::{
    Fact,
    facts::{
        BallotsAccounted, CopiesIssued, Count, Damaged, Missing, MissingReason, Portable, PrecinctOpened,
        Protocol, ProtocolReceived, ProtocolSigned, Share, TurnoutReported, Votes, VotingClosed,
    },
};
use ledger::Head;

use super::{
    ELECTION, TEC,
    figures::{Precinct, SHARES, roll},
    opening::{act, paper, seat_names, seats},
    stage::{Act, clock, local},
};

/// The precinct whose votes are counted again.
pub(crate) const RECOUNTED: usize = 23;
/// The precinct whose paper is typed in wrongly.
pub(crate) const MISTYPED: usize = 57;
/// Votes that were on the wrong line at [`RECOUNTED`].
const MISCOUNTED: u64 = 14;

/// Everything from opening to the receipt of each protocol.
///
/// # Errors
/// Never for the values of the script.
pub fn voting_day(precincts: &[Precinct]) -> Result<Vec<Act>, Fault> {
    let mut acts = Vec::new();
    for precinct in precincts {
        day(&mut acts, precinct)?;
        night(&mut acts, precinct)?;
    }
    Ok(acts)
}

fn day(acts: &mut Vec<Act>, precinct: &Precinct) -> Result<(), Fault> {
    let pec = precinct.commission();
    let id = Id::new(&precinct.id())?;
    let opened = PrecinctOpened {
        ballots: precinct.received,
        boxes: if precinct.closed { 1 } else { 3 },
        precinct: id.clone(),
        stands_in: None,
    };
    let at = local("2025-10-12 07:00") + precinct.number as i64;
    acts.push(act(at, &pec, "chair", Some(ELECTION), seats(&pec, &["chair"]), Fact::PrecinctOpened(opened)));
    let closed = closed_at(precinct);
    for (hour, permille) in [("10:00", 210), ("14:00", 560), ("18:00", 880)] {
        let at = local(&format!("2025-10-12 {hour}")) + precinct.number as i64 * 4;
        if at < closed {
            let issued = precinct.issued * permille / 1000;
            let report = Fact::TurnoutReported(TurnoutReported { issued, precinct: id.clone() });
            acts.push(act(at, &pec, "secretary", Some(ELECTION), seats(&pec, &["secretary"]), report));
        }
    }
    let ended = Fact::VotingClosed(VotingClosed { precinct: id, stands_in: None });
    acts.push(act(closed, &pec, "chair", Some(ELECTION), seats(&pec, &["chair"]), ended));
    Ok(())
}

fn night(acts: &mut Vec<Act>, precinct: &Precinct) -> Result<(), Fault> {
    let pec = precinct.commission();
    let id = Id::new(&precinct.id())?;
    let closed = closed_at(precinct);
    let count = count(precinct, first_votes(precinct))?;
    let accounted = BallotsAccounted {
        cancelled: count.cancelled,
        home_applications: count.home_applications,
        issued: count.issued,
        issued_by: count.issued_by.clone(),
        missing: missing(precinct)?,
        precinct: id.clone(),
        received: count.received,
        voters: count.voters,
    };
    acts.push(act(
        closed + 1_800,
        &pec,
        "board",
        Some(ELECTION),
        signers(precinct),
        Fact::BallotsAccounted(accounted),
    ));
    let ended = counted_at(precinct);
    let protocol = protocol(precinct, count, counting_from(precinct), ended)?;
    let signed = Fact::ProtocolSigned(ProtocolSigned { precinct: id.clone(), protocol });
    acts.push(act(ended + 600, &pec, "board", Some(ELECTION), signers(precinct), signed));
    acts.push(copies(precinct, ended + 900)?);
    acts.push(received(precinct, ended + 3_600)?);
    Ok(())
}

/// Posting and copies of the protocol that counts then.
pub(crate) fn copies(precinct: &Precinct, at: i64) -> Result<Act, Fault> {
    let pec = precinct.commission();
    let id = Id::new(&precinct.id())?;
    let fact = move |head: &Head| {
        let protocol = current(head, &id)?;
        let copies = 2 + roll(&format!("copies/{id}"), 5);
        Some(Fact::CopiesIssued(CopiesIssued { copies, posted: true, precinct: id.clone(), protocol }))
    };
    Ok(looking_back(at, &pec, "secretary", seats(&pec, &["secretary"]), fact))
}

/// The territorial commission takes the protocol in.
pub(crate) fn received(precinct: &Precinct, at: i64) -> Result<Act, Fault> {
    let id = Id::new(&precinct.id())?;
    let fact = move |head: &Head| {
        let protocol = current(head, &id)?;
        Some(Fact::ProtocolReceived(ProtocolReceived { precinct: id.clone(), protocol }))
    };
    Ok(looking_back(at, TEC, "secretary", seats(TEC, &["secretary"]), fact))
}

/// An act that speaks of events just before it.
pub(crate) fn looking_back(
    at: i64,
    author: &str,
    desk: &str,
    signers: Vec<String>,
    fact: impl Fn(&Head) -> Option<Fact> + 'static,
) -> Act {
    Act {
        at,
        author: author.to_owned(),
        desk: desk.to_owned(),
        election: Some(ELECTION.to_owned()),
        signers,
        fact: Box::new(fact),
        looks_back: true,
    }
}

/// The event of a precinct's current protocol.
pub(crate) fn current(head: &Head, precinct: &Id) -> Option<event::Hash> {
    let poll = head.state().elections.get(ELECTION)?.polls.get(precinct)?;
    poll.current().map(|record| record.event)
}

/// A whole protocol of a precinct over a signed paper.
pub(crate) fn protocol(
    precinct: &Precinct,
    count: Count,
    started: i64,
    ended: i64,
) -> Result<Protocol, Fault> {
    Ok(Protocol {
        count,
        ended: Time::parse(&clock(ended))?,
        explanations: Vec::new(),
        missing: missing(precinct)?,
        paper: Some(paper("protocol", precinct.number)),
        started: Time::parse(&clock(started))?,
    })
}

/// The figures of a protocol with these votes by line.
pub(crate) fn count(precinct: &Precinct, votes: [u64; 4]) -> Result<Count, Fault> {
    let half = precinct.issued / 2;
    let shares = [("m4", half), ("m5", precinct.issued - half)];
    let issued_by = shares
        .into_iter()
        .map(|(seat, issued)| Id::new(seat).map(|seat| Share { issued, seat }))
        .collect::<Result<_, Fault>>()?;
    let damaged = Damaged { act: paper("damaged-ballots", precinct.number), count: precinct.damaged };
    let applications = precinct.portable + roll(&format!("applications/{}", precinct.number), 3);
    let portable = Portable { act: None, applications, found: precinct.portable };
    let has_portable = precinct.portable > 0;
    let [first, second, third, against_all] = votes;
    let line =
        |(votes, (name, _)): (u64, &(&str, u64))| Id::new(name).map(|candidate| Votes { candidate, votes });
    Ok(Count {
        absentee: 0,
        against_all,
        cancelled: precinct.received - precinct.issued - precinct.damaged,
        damaged: (precinct.damaged > 0).then_some(damaged),
        found: precinct.found,
        home_applications: if has_portable { applications } else { 0 },
        invalid: precinct.invalid,
        issued: precinct.issued,
        issued_by,
        portable: if has_portable { vec![portable] } else { Vec::new() },
        received: precinct.received,
        stationary: precinct.found - precinct.portable,
        voters: precinct.voters,
        votes: [first, second, third].into_iter().zip(&SHARES).map(line).collect::<Result<_, Fault>>()?,
    })
}

/// What the first protocol of a precinct says: at two precincts not what the ballots say.
fn first_votes(precinct: &Precinct) -> [u64; 4] {
    let [first, second, third, against_all] = precinct.votes;
    match precinct.number {
        RECOUNTED => [first, second - MISCOUNTED, third + MISCOUNTED, against_all],
        MISTYPED => [third, second, first, against_all],
        _ => precinct.votes,
    }
}

/// Closed precincts end when all have voted.
fn closed_at(precinct: &Precinct) -> i64 {
    let minute = |what: &str, below: u64| {
        i64::try_from(roll(&format!("{what}/{}", precinct.number), below)).unwrap_or(0)
    };
    if precinct.closed {
        local("2025-10-12 12:00") + minute("closed", 200) * 60
    } else {
        local("2025-10-12 20:00") + minute("closed", 120)
    }
}

/// When the count begins.
pub(crate) fn counting_from(precinct: &Precinct) -> i64 {
    closed_at(precinct) + 2_400
}

/// When the count ends.
pub(crate) fn counted_at(precinct: &Precinct) -> i64 {
    let size = i64::try_from(precinct.found).unwrap_or(0);
    closed_at(precinct)
        + 3_600
        + size * 7
        + i64::try_from(roll(&format!("count/{}", precinct.number), 2_400)).unwrap_or(0)
}

/// Everybody signs but, here and there, the last member.
pub(crate) fn signers(precinct: &Precinct) -> Vec<String> {
    let absent = usize::from(somebody_absent(precinct));
    let pec = precinct.commission();
    seat_names(precinct.members - absent).map(|seat| format!("{pec}/{seat}")).collect()
}

fn missing(precinct: &Precinct) -> Result<Vec<Missing>, Fault> {
    if !somebody_absent(precinct) {
        return Ok(Vec::new());
    }
    let seat = Id::new(&format!("m{}", precinct.members))?;
    Ok(vec![Missing { opinion: None, reason: MissingReason::Absent, seat }])
}

fn somebody_absent(precinct: &Precinct) -> bool {
    precinct.members > 5 && precinct.number.is_multiple_of(6)
}
