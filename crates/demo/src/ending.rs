//! The script after the night: a recount, a transcription sent back, the result, the certificate.

use event::{Hash, Text, json::Fault};
use law::{
    Fact, Winner,
    facts::{
        AkimRegistered, CertificateIssued, CorrectionGround, DutiesResigned, OutcomeKind, Protocol,
        ProtocolReturned, ProtocolSuperseded, RecountOrdered, ResultsDetermined, ResultsPublished,
    },
    state::{Election, ProtocolStatus},
};
use ledger::Head;

use crate::{
    act::{Act, Needs, Write},
    contest::{Contest, CountingMistake, PrecinctFigures, board_labels, new_id, new_text, seat_labels},
    voting::{
        copies_act, count_of_votes, counted_at, counting_from, current_protocol, protocol_of_count,
        receipt_act, signer_labels,
    },
};

/// One recount that was ordered, one transcription that was returned, and the new protocols.
///
/// # Errors
/// Never for the values of the script.
pub fn correction_acts(contest: &Contest) -> Result<Vec<Act>, Fault> {
    let mut acts = Vec::new();
    for precinct in &contest.precincts {
        let here = |slip: Option<CountingMistake>| slip.is_some_and(|s| s.precinct == precinct.number);
        if here(contest.miscounted) {
            add_recount(&mut acts, contest, precinct)?;
        }
        if here(contest.mistyped) {
            add_transcription(&mut acts, contest, precinct)?;
        }
    }
    Ok(acts)
}

fn add_recount(acts: &mut Vec<Act>, contest: &Contest, precinct: &PrecinctFigures) -> Result<(), Fault> {
    let (tec, own) = (contest.tec_id(), new_id(&contest.precinct_id(precinct))?);
    let ground = new_text("Два доверенных лица показали копии с другими числами")?;
    let applicant =
        new_text(&format!("Доверенное лицо кандидата {}", contest.lines().first().unwrap_or(&"-")))?;
    let (election, decision) = (contest.election.clone(), contest.document("recount-decision", 1));
    let applicants = vec![applicant.clone()];
    let order = move |head: &Head| {
        Some(Fact::RecountOrdered(RecountOrdered {
            applicants: applicants.clone(),
            decision: decision.clone(),
            ground: ground.clone(),
            precinct: own.clone(),
            protocol: current_protocol(head, &election, &own)?,
        }))
    };
    let at = contest.seconds_at(1, "10:00");
    acts.push(contest.act_looking_back(
        at,
        &tec,
        "board",
        board_labels(&tec),
        Needs::Election,
        Box::new(order),
    ));
    let present = vec![new_text("Член территориальной комиссии m5")?, applicant];
    let votes = count_of_votes(contest, precinct, &precinct.votes)?;
    let mut new = protocol_of_count(
        contest,
        precinct,
        votes,
        contest.seconds_at(1, "14:00"),
        contest.seconds_at(1, "16:30"),
    )?;
    new.paper = Some(contest.document("protocol-after-recount", precinct.number));
    let reason = new_text("Бюллетени двух стопок были сосчитаны не за того кандидата")?;
    let at = contest.seconds_at(1, "17:00");
    acts.push(supersession_act(
        contest,
        precinct,
        at,
        Replacement { ground: CorrectionGround::Recount, new, present, reason },
    )?);
    acts.push(copies_act(contest, precinct, at + 600)?);
    acts.push(receipt_act(contest, precinct, at + 1_800)?);
    Ok(())
}

fn add_transcription(
    acts: &mut Vec<Act>,
    contest: &Contest,
    precinct: &PrecinctFigures,
) -> Result<(), Fault> {
    let (tec, own) = (contest.tec_id(), new_id(&contest.precinct_id(precinct))?);
    let reason = new_text("Строки двух кандидатов стоят не так, как на бумаге")?;
    let election = contest.election.clone();
    let returned = move |head: &Head| {
        Some(Fact::ProtocolReturned(ProtocolReturned {
            paper: None,
            precinct: own.clone(),
            protocol: current_protocol(head, &election, &own)?,
            reason: reason.clone(),
        }))
    };
    let (at, signers) = (contest.seconds_at(1, "09:00"), seat_labels(&tec, &["secretary"]));
    acts.push(contest.act_looking_back(at, &tec, "secretary", signers, Needs::Election, Box::new(returned)));
    // The same paper, the same hours: only the event is made to say what the paper says.
    let votes = count_of_votes(contest, precinct, &precinct.votes)?;
    let (from, to) = (counting_from(contest, precinct), counted_at(contest, precinct));
    let new = protocol_of_count(contest, precinct, votes, from, to)?;
    let at = contest.seconds_at(1, "11:00");
    let reason = new_text("При вводе строки двух кандидатов поменялись местами")?;
    let present = vec![new_text("Секретарь территориальной комиссии")?];
    let ground = CorrectionGround::Transcription;
    acts.push(supersession_act(contest, precinct, at, Replacement { ground, new, present, reason })?);
    acts.push(receipt_act(contest, precinct, at + 1_200)?);
    Ok(())
}

/// What takes the place of a protocol.
struct Replacement {
    ground: CorrectionGround,
    new: Protocol,
    present: Vec<Text>,
    reason: Text,
}

fn supersession_act(
    contest: &Contest,
    precinct: &PrecinctFigures,
    at: i64,
    new: Replacement,
) -> Result<Act, Fault> {
    let (pec, own) = (contest.pec_id(precinct), new_id(&contest.precinct_id(precinct))?);
    let election = contest.election.clone();
    let fact = move |head: &Head| {
        let poll = head.state().elections.get(election.as_str())?.polls.get(&own)?;
        let (ProtocolStatus::Returned(basis) | ProtocolStatus::RecountOrdered(basis)) =
            poll.current()?.status
        else {
            return None;
        };
        Some(Fact::ProtocolSuperseded(ProtocolSuperseded {
            basis,
            ground: new.ground,
            precinct: own.clone(),
            present: new.present.clone(),
            protocol: new.new.clone(),
            reason: new.reason.clone(),
            supersedes: current_protocol(head, &election, &own)?,
        }))
    };
    let signers = signer_labels(contest, precinct);
    Ok(contest.act_looking_back(at, &pec, "board", signers, Needs::Election, Box::new(fact)))
}

/// Determined, duties resigned, published, registered, certificate issued.
///
/// # Errors
/// Never for the values of the script.
pub fn ending_acts(contest: &Contest) -> Result<Vec<Act>, Fault> {
    let winner = new_id(contest.winner().unwrap_or_default())?;
    let tec = contest.tec_id();
    let statement = contest.sealed_document("resignation", 1);
    let resigned = Fact::DutiesResigned(DutiesResigned { candidate: winner.clone(), statement });
    let media = new_text("Официальный сайт комиссии")?;
    let decision = contest.document("akim", 1);
    let registered = Fact::AkimRegistered(AkimRegistered { candidate: winner.clone(), decision });
    let number = new_text(&contest.certificate)?;
    let [results, publication, certificate] =
        ["results", "media", "certificate"].map(|kind| contest.document(kind, 1));
    let election = || contest.election.clone();
    let back = |hour: &str, desk: &str, signers: Vec<String>, fact: Write| {
        contest.act_looking_back(contest.seconds_at(2, hour), &tec, desk, signers, Needs::Election, fact)
    };
    let (first, second, third) = (election(), election(), election());
    let determined = move |head: &Head| {
        let found = find_election(head, &first)?;
        Some(Fact::ResultsDetermined(determine_results(found, results.clone())))
    };
    let published = move |head: &Head| {
        let (determined, media, paper) =
            (find_determination(head, &second)?, media.clone(), publication.clone());
        Some(Fact::ResultsPublished(ResultsPublished { determined, media, paper }))
    };
    let issued = move |head: &Head| {
        Some(Fact::CertificateIssued(CertificateIssued {
            candidate: winner.clone(),
            determined: find_determination(head, &third)?,
            number: number.clone(),
            paper: certificate.clone(),
        }))
    };
    Ok(vec![
        back("10:00", "board", board_labels(&tec), Box::new(determined)),
        contest.board_act(contest.seconds_at(2, "12:00"), resigned),
        back("14:00", "board", board_labels(&tec), Box::new(published)),
        contest.board_act(contest.seconds_at(2, "16:00"), registered),
        back("17:00", "chair", seat_labels(&tec, &["chair"]), Box::new(issued)),
    ])
}

/// What the protocols of the election come to.
fn determine_results(election: &Election, paper: event::Document) -> ResultsDetermined {
    let totals = election.totals();
    let (outcome, elected) = match election.winner() {
        Winner::Elected(id) => (OutcomeKind::Elected, Some(id)),
        Winner::Tie(_) => (OutcomeKind::Tie, None),
        Winner::Invalid => (OutcomeKind::Invalid, None),
    };
    ResultsDetermined {
        elected,
        invalidated: election.invalidated_precincts(),
        outcome,
        paper,
        protocols: election.current_protocols(),
        totals,
    }
}

fn find_determination(head: &Head, id: &str) -> Option<Hash> {
    find_election(head, id)?.determined.as_ref().map(|determined| determined.event)
}

fn find_election<'a>(head: &'a Head, id: &str) -> Option<&'a Election> {
    head.state().elections.get(id)
}
