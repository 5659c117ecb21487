//! Results, registration, certificates; complaints; what a decision from above takes back.

use event::{Hash, Id};
use law::{
    Fact, State, Winner,
    facts::*,
    state::{Election, PollStatus},
};

use super::{
    calling,
    campaign::{Race, higher},
    pen::{Draft, Pen},
    voting::cancel,
    wishes::Wishes,
};

/// What follows the protocols.
pub(super) fn wish<'a>(race: &Race<'a>, wishes: &mut Wishes<'a>) {
    let (own, election) = (race.own, race.election);
    let settled = |status| matches!(status, PollStatus::ProtocolReceived | PollStatus::Invalidated);
    let whole = !election.polls.is_empty() && election.polls.values().all(|poll| settled(poll.status()));
    if whole && election.determined.is_none() {
        // Some wait for days.
        wishes.add(12, move |pen, state| determine(pen, state, own));
    }
    if let Some((_, certificate)) = &election.certificate
        && election.unfounded_certificate().is_some()
    {
        wishes.need(move |pen, state| {
            let basis = *state.elections[own].annulled.last()?;
            let body = CertificateRevoked { basis, certificate: *certificate, decision: pen.paper() };
            pen.board(state, &election.organiser, Some(own), Fact::CertificateRevoked(body))
        });
    }
    complain(race, wishes);
    finish(race, wishes);
    calling::repeat(own, election, wishes);
}

fn determine(pen: &mut Pen, state: &State, own: &Id) -> Option<Draft> {
    let election = &state.elections[own];
    let (outcome, elected) = match election.winner() {
        Winner::Elected(id) => (OutcomeKind::Elected, Some(id)),
        Winner::Tie(_) => (OutcomeKind::Tie, None),
        Winner::Invalid => (OutcomeKind::Invalid, None),
    };
    let body = ResultsDetermined {
        elected,
        invalidated: election.invalidated_precincts(),
        outcome,
        paper: pen.paper(),
        protocols: election.current_protocols(),
        totals: election.totals(),
    };
    pen.board(state, &election.organiser, Some(own), Fact::ResultsDetermined(body))
}

/// From the result to the certificate, and back.
fn finish<'a>(race: &Race<'a>, wishes: &mut Wishes<'a>) {
    let (own, election) = (race.own, race.election);
    let Some(determined) = &election.determined else { return };
    let organiser = &election.organiser;
    let event = determined.event;
    if election.published.is_none() {
        wishes.need(move |pen, state| {
            let body = ResultsPublished { determined: event, media: pen.text(), paper: pen.paper() };
            pen.board(state, organiser, Some(own), Fact::ResultsPublished(body))
        });
    }
    let Some(elected) = &determined.body.elected else { return };
    if election.resigned.is_none() {
        wishes.need(move |pen, state| {
            let body = DutiesResigned { candidate: elected.clone(), statement: pen.paper() };
            pen.board(state, organiser, Some(own), Fact::DutiesResigned(body))
        });
    } else if election.registered.is_none() && election.denied.is_none() {
        wishes.need(move |pen, state| {
            let body = AkimRegistered { candidate: elected.clone(), decision: pen.paper() };
            pen.board(state, organiser, Some(own), Fact::AkimRegistered(body))
        });
        wishes.add(20, move |pen, state| {
            pen.dice.one_in(3).then_some(())?;
            let ground = if pen.dice.one_in(2) { DenialGround::Appeals } else { DenialGround::Submission };
            let (candidate, decision) = (elected.clone(), pen.paper());
            let submission = pen.paper();
            let body = AkimRegistrationDenied { candidate, decision, determined: event, ground, submission };
            pen.board(state, organiser, Some(own), Fact::AkimRegistrationDenied(body))
        });
    } else if election.registered.is_some() && election.certificate.is_none() {
        wishes.need(move |pen, state| {
            let (number, paper) = (pen.text(), pen.paper());
            let body = CertificateIssued { candidate: elected.clone(), determined: event, number, paper };
            pen.one(state, organiser, Some("chair"), Some(own), Fact::CertificateIssued(body))
        });
    }
    take_back(race, event, wishes);
}

/// A result, a registration or a denial, cancelled from above.
fn take_back<'a>(race: &Race<'a>, determined: Hash, wishes: &mut Wishes<'a>) {
    let (own, election) = (race.own, race.election);
    wishes.add(2, move |pen, state| {
        let kind = pen.dice.roll(3);
        let registered = state.decisions.iter().filter(|(_, decision)| {
            decision.election == *own
                && decision.cancelled.is_none()
                && decision.kind == law::state::DecisionKind::Registration
        });
        let registered: Vec<Hash> = registered.map(|(hash, _)| *hash).collect();
        let cancels = match (kind, election.denied, registered.last()) {
            (0, Some(denied), _) => denied,
            (0 | 1, None, Some(registered)) => *registered,
            _ => determined,
        };
        let author = higher(pen, state, &election.organiser)?;
        cancel(pen, state, &author, own, cancels)
    });
}

/// Complaints, their answers, and answers that are cancelled.
fn complain<'a>(race: &Race<'a>, wishes: &mut Wishes<'a>) {
    let (own, election) = (race.own, race.election);
    wishes.add(1, move |pen, state| file_complaint(pen, state, own, election));
    for (complaint, filed) in &election.complaints {
        match filed.decided {
            None => wishes.add(2, move |pen, state| {
                let outcomes = [
                    ComplaintOutcome::Granted,
                    ComplaintOutcome::Partly,
                    ComplaintOutcome::Rejected,
                    ComplaintOutcome::NotConsidered,
                ];
                let outcome = *pen.dice.pick(&outcomes)?;
                let body = ComplaintDecided { complaint: complaint.clone(), decision: pen.paper(), outcome };
                pen.board(state, &election.organiser, Some(own), Fact::ComplaintDecided(body))
            }),
            Some((answer, _)) => wishes.add(1, move |pen, state| {
                let author = higher(pen, state, &election.organiser)?;
                cancel(pen, state, &author, own, answer)
            }),
        }
    }
}

fn file_complaint(pen: &mut Pen, state: &State, own: &Id, election: &Election) -> Option<Draft> {
    let precincts: Vec<&Id> = election.polls.keys().collect();
    let precinct = if pen.dice.one_in(2) { pen.dice.pick(&precincts).map(|id| (*id).clone()) } else { None };
    let events: Vec<&Hash> = state.decisions.keys().collect();
    let about = if pen.dice.one_in(2) { ComplaintAbout::Commission } else { ComplaintAbout::Other };
    let days = 1 + pen.dice.roll(3) as i64;
    let body = ComplaintFiled {
        about,
        against: if pen.dice.one_in(2) { pen.dice.pick(&events).map(|hash| **hash) } else { None },
        complaint: pen.new_id("complaint"),
        due: pen.time(pen.now + days * 86_400 - 7_200),
        filed_by: pen.text(),
        paper: pen.paper(),
        precinct: precinct.clone(),
    };
    let at_precinct = precinct.and_then(|id| state.precincts.get(&id)).filter(|_| pen.dice.one_in(2));
    let author = at_precinct.map_or(&election.organiser, |precinct| &precinct.formed.commission).clone();
    pen.one(state, &author, None, Some(own), Fact::ComplaintFiled(body))
}
