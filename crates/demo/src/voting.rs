//! The script of voting day: opening, turnout, closing, accounting, protocols, copies, delivery.
//!
//! Two protocols can go wrong on purpose: at one precinct votes are counted for the wrong line, at another two lines
//! change places when the paper is typed in.

use event::{Hash, Id, json::Fault};
use law::{
    Fact,
    facts::{
        BallotsAccounted, CopiesIssued, Count, Damaged, Missing, MissingReason, Portable, PrecinctOpened,
        Protocol, ProtocolReceived, ProtocolSigned, Share, TurnoutReported, Votes, VotingClosed,
    },
};
use ledger::Head;

use crate::{
    act::{Act, Needs},
    contest::{Contest, PrecinctFigures, new_id, seat_labels, seat_names},
};

/// Everything from opening to the receipt of each protocol.
///
/// # Errors
/// Never for the values of the script.
pub fn voting_day_acts(contest: &Contest) -> Result<Vec<Act>, Fault> {
    let mut acts = Vec::new();
    for precinct in &contest.precincts {
        add_day(&mut acts, contest, precinct)?;
        add_night(&mut acts, contest, precinct)?;
    }
    Ok(acts)
}

fn add_day(acts: &mut Vec<Act>, contest: &Contest, precinct: &PrecinctFigures) -> Result<(), Fault> {
    let pec = contest.pec_id(precinct);
    let own = new_id(&contest.precinct_id(precinct))?;
    let opened = PrecinctOpened {
        ballots: precinct.received,
        boxes: if precinct.closed { 1 } else { 3 },
        precinct: own.clone(),
        stands_in: None,
    };
    let mut alone = |at: i64, desk: &str, fact| {
        acts.push(contest.act_of(at, &pec, desk, seat_labels(&pec, &[desk]), fact))
    };
    alone(contest.seconds_at(0, "07:00") + precinct.number as i64, "chair", Fact::PrecinctOpened(opened));
    let closed = closed_at(contest, precinct);
    for (hour, issued) in &precinct.reports {
        let at = contest.seconds_at(0, hour) + precinct.number as i64 * 4;
        if at < closed {
            let report = TurnoutReported { issued: *issued, precinct: own.clone() };
            alone(at, "secretary", Fact::TurnoutReported(report));
        }
    }
    let ended = VotingClosed { precinct: own, stands_in: None };
    alone(closed, "chair", Fact::VotingClosed(ended));
    Ok(())
}

fn add_night(acts: &mut Vec<Act>, contest: &Contest, precinct: &PrecinctFigures) -> Result<(), Fault> {
    let pec = contest.pec_id(precinct);
    let own = new_id(&contest.precinct_id(precinct))?;
    let closed = closed_at(contest, precinct);
    let count = count_of_votes(contest, precinct, &first_votes(contest, precinct))?;
    let accounted = BallotsAccounted {
        cancelled: count.cancelled,
        home_applications: count.home_applications,
        issued: count.issued,
        issued_by: count.issued_by.clone(),
        missing: missing_members(precinct)?,
        precinct: own.clone(),
        received: count.received,
        voters: count.voters,
    };
    let signers = signer_labels(contest, precinct);
    let fact = Fact::BallotsAccounted(accounted);
    acts.push(contest.act_of(closed + 1_800, &pec, "board", signers.clone(), fact));
    let ended = counted_at(contest, precinct);
    let protocol = protocol_of_count(contest, precinct, count, counting_from(contest, precinct), ended)?;
    let signed = Fact::ProtocolSigned(ProtocolSigned { precinct: own, protocol });
    acts.push(contest.act_of(ended + 600, &pec, "board", signers, signed));
    acts.push(copies_act(contest, precinct, ended + 900)?);
    acts.push(receipt_act(contest, precinct, ended + 3_600)?);
    Ok(())
}

/// Posting and copies of the protocol that counts then.
pub(crate) fn copies_act(contest: &Contest, precinct: &PrecinctFigures, at: i64) -> Result<Act, Fault> {
    let (pec, own) = (contest.pec_id(precinct), new_id(&contest.precinct_id(precinct))?);
    let copies = 2 + contest.draw(&format!("copies/{own}"), 5);
    let election = contest.election.clone();
    let fact = move |head: &Head| {
        let protocol = current_protocol(head, &election, &own)?;
        Some(Fact::CopiesIssued(CopiesIssued { copies, posted: true, precinct: own.clone(), protocol }))
    };
    let signers = seat_labels(&pec, &["secretary"]);
    Ok(contest.act_looking_back(at, &pec, "secretary", signers, Needs::Of(pec.clone()), Box::new(fact)))
}

/// The territorial commission takes the protocol in.
pub(crate) fn receipt_act(contest: &Contest, precinct: &PrecinctFigures, at: i64) -> Result<Act, Fault> {
    let (tec, own) = (contest.tec_id(), new_id(&contest.precinct_id(precinct))?);
    let election = contest.election.clone();
    let fact = move |head: &Head| {
        let protocol = current_protocol(head, &election, &own)?;
        Some(Fact::ProtocolReceived(ProtocolReceived { precinct: own.clone(), protocol }))
    };
    let signers = seat_labels(&tec, &["secretary"]);
    Ok(contest.act_looking_back(
        at,
        &tec,
        "secretary",
        signers,
        Needs::Of(contest.pec_id(precinct)),
        Box::new(fact),
    ))
}

/// The event of a precinct's current protocol.
pub(crate) fn current_protocol(head: &Head, election: &str, precinct: &Id) -> Option<Hash> {
    let poll = head.state().elections.get(election)?.polls.get(precinct)?;
    poll.current().map(|record| record.event)
}

/// A whole protocol of a precinct over a signed paper.
pub(crate) fn protocol_of_count(
    contest: &Contest,
    precinct: &PrecinctFigures,
    count: Count,
    started: i64,
    ended: i64,
) -> Result<Protocol, Fault> {
    Ok(Protocol {
        count,
        ended: contest.time_of(ended)?,
        explanations: Vec::new(),
        missing: missing_members(precinct)?,
        paper: Some(contest.document("protocol", precinct.number)),
        started: contest.time_of(started)?,
    })
}

/// The figures of a protocol with these votes by line, against all last.
pub(crate) fn count_of_votes(
    contest: &Contest,
    precinct: &PrecinctFigures,
    votes: &[u64],
) -> Result<Count, Fault> {
    let half = precinct.issued / 2;
    let shares = [("m4", half), ("m5", precinct.issued - half)];
    let issued_by = shares
        .into_iter()
        .map(|(seat, issued)| Id::new(seat).map(|seat| Share { issued, seat }))
        .collect::<Result<_, Fault>>()?;
    let act = contest.document("damaged-ballots", precinct.number);
    let damaged = Damaged { act, count: precinct.damaged };
    let applications = precinct.portable + contest.draw(&format!("applications/{}", precinct.number), 3);
    let portable = Portable { act: None, applications, found: precinct.portable };
    let has_portable = precinct.portable > 0;
    let (against_all, own) = votes.split_last().unwrap_or((&0, &[]));
    let line = |(candidate, votes): (&str, &u64)| {
        new_id(candidate).map(|candidate| Votes { candidate, votes: *votes })
    };
    Ok(Count {
        absentee: precinct.absentee,
        against_all: *against_all,
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
        votes: contest.lines().into_iter().zip(own).map(line).collect::<Result<_, Fault>>()?,
    })
}

/// What the first protocol of a precinct says: at two precincts not what the ballots say.
fn first_votes(contest: &Contest, precinct: &PrecinctFigures) -> Vec<u64> {
    let mut votes = precinct.votes.clone();
    if let Some(slip) = contest.miscounted.filter(|slip| slip.precinct == precinct.number) {
        if let Some(loses) = votes.get_mut(slip.from) {
            *loses -= slip.votes;
        }
        if let Some(gains) = votes.get_mut(slip.to) {
            *gains += slip.votes;
        }
    }
    let swapped = contest.mistyped.filter(|slip| slip.precinct == precinct.number);
    if let Some(slip) = swapped.filter(|slip| slip.from.max(slip.to) < votes.len()) {
        votes.swap(slip.from, slip.to);
    }
    votes
}

/// Closed precincts end when all have voted.
fn closed_at(contest: &Contest, precinct: &PrecinctFigures) -> i64 {
    let minute =
        contest.draw(&format!("closed/{}", precinct.number), if precinct.closed { 200 } else { 120 });
    let minute = i64::try_from(minute).unwrap_or(0);
    if precinct.closed {
        contest.seconds_at(0, "12:00") + minute * 60
    } else {
        contest.seconds_at(0, "20:00") + minute
    }
}

/// When the count begins.
pub(crate) fn counting_from(contest: &Contest, precinct: &PrecinctFigures) -> i64 {
    closed_at(contest, precinct) + 2_400
}

/// When the count ends.
pub(crate) fn counted_at(contest: &Contest, precinct: &PrecinctFigures) -> i64 {
    let size = i64::try_from(precinct.found).unwrap_or(0);
    let more = contest.draw(&format!("count/{}", precinct.number), 2_400);
    closed_at(contest, precinct) + 3_600 + size * 7 + i64::try_from(more).unwrap_or(0)
}

/// Everybody signs but, here and there, the last member.
pub(crate) fn signer_labels(contest: &Contest, precinct: &PrecinctFigures) -> Vec<String> {
    let absent = usize::from(somebody_absent(precinct));
    let pec = contest.pec_id(precinct);
    seat_names(precinct.members - absent).map(|seat| format!("{pec}/{seat}")).collect()
}

fn missing_members(precinct: &PrecinctFigures) -> Result<Vec<Missing>, Fault> {
    if !somebody_absent(precinct) {
        return Ok(Vec::new());
    }
    let seat = new_id(&format!("m{}", precinct.members))?;
    Ok(vec![Missing { opinion: None, reason: MissingReason::Absent, seat }])
}

fn somebody_absent(precinct: &PrecinctFigures) -> bool {
    precinct.members > 5 && precinct.number.is_multiple_of(6)
}
