//! The script after the night: two corrections, the result, the certificate.
//!
//! In: a recount ordered from above, a transcription sent back, and the five steps of the end. Out: publishing.

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

use super::{
    contest::{Contest, Precinct, board, id, seats},
    opening::text,
    stage::{Act, Needs},
    voting::{copies, count, counted_at, counting_from, current, protocol, received, signers},
};

/// One recount that was ordered, one transcription that was returned, and the new protocols.
///
/// # Errors
/// Never for the values of the script.
pub fn corrections(contest: &Contest) -> Result<Vec<Act>, Fault> {
    let mut acts = Vec::new();
    for precinct in &contest.precincts {
        let here = |slip: Option<super::contest::Slip>| slip.is_some_and(|s| s.precinct == precinct.number);
        if here(contest.miscounted) {
            recount(&mut acts, contest, precinct)?;
        }
        if here(contest.mistyped) {
            transcription(&mut acts, contest, precinct)?;
        }
    }
    Ok(acts)
}

fn recount(acts: &mut Vec<Act>, contest: &Contest, precinct: &Precinct) -> Result<(), Fault> {
    let (tec, own) = (contest.tec(), id(&contest.precinct(precinct))?);
    let ground = text("Два доверенных лица показали копии с другими числами")?;
    let applicant = text(&format!("Доверенное лицо кандидата {}", contest.lines().first().unwrap_or(&"-")))?;
    let (election, decision) = (contest.election.clone(), contest.paper("recount-decision", 1));
    let applicants = vec![applicant.clone()];
    let order = move |head: &Head| {
        Some(Fact::RecountOrdered(RecountOrdered {
            applicants: applicants.clone(),
            decision: decision.clone(),
            ground: ground.clone(),
            precinct: own.clone(),
            protocol: current(head, &election, &own)?,
        }))
    };
    let at = contest.at(1, "10:00");
    acts.push(contest.act(at, &tec, "board", board(&tec), Needs::Election, Box::new(order)));
    let present = vec![text("Член территориальной комиссии m5")?, applicant];
    let votes = count(contest, precinct, &precinct.votes)?;
    let mut new = protocol(contest, precinct, votes, contest.at(1, "14:00"), contest.at(1, "16:30"))?;
    new.paper = Some(contest.paper("protocol-after-recount", precinct.number));
    let reason = text("Бюллетени двух стопок были сосчитаны не за того кандидата")?;
    let at = contest.at(1, "17:00");
    acts.push(superseded(
        contest,
        precinct,
        at,
        New { ground: CorrectionGround::Recount, new, present, reason },
    )?);
    acts.push(copies(contest, precinct, at + 600)?);
    acts.push(received(contest, precinct, at + 1_800)?);
    Ok(())
}

fn transcription(acts: &mut Vec<Act>, contest: &Contest, precinct: &Precinct) -> Result<(), Fault> {
    let (tec, own) = (contest.tec(), id(&contest.precinct(precinct))?);
    let reason = text("Строки двух кандидатов стоят не так, как на бумаге")?;
    let election = contest.election.clone();
    let returned = move |head: &Head| {
        Some(Fact::ProtocolReturned(ProtocolReturned {
            paper: None,
            precinct: own.clone(),
            protocol: current(head, &election, &own)?,
            reason: reason.clone(),
        }))
    };
    let (at, signers) = (contest.at(1, "09:00"), seats(&tec, &["secretary"]));
    acts.push(contest.act(at, &tec, "secretary", signers, Needs::Election, Box::new(returned)));
    // The same paper, the same hours: only the event is made to say what the paper says.
    let votes = count(contest, precinct, &precinct.votes)?;
    let (from, to) = (counting_from(contest, precinct), counted_at(contest, precinct));
    let new = protocol(contest, precinct, votes, from, to)?;
    let at = contest.at(1, "11:00");
    let reason = text("При вводе строки двух кандидатов поменялись местами")?;
    let present = vec![text("Секретарь территориальной комиссии")?];
    let ground = CorrectionGround::Transcription;
    acts.push(superseded(contest, precinct, at, New { ground, new, present, reason })?);
    acts.push(received(contest, precinct, at + 1_200)?);
    Ok(())
}

/// What takes the place of a protocol.
struct New {
    ground: CorrectionGround,
    new: Protocol,
    present: Vec<Text>,
    reason: Text,
}

fn superseded(contest: &Contest, precinct: &Precinct, at: i64, new: New) -> Result<Act, Fault> {
    let (pec, own) = (contest.pec(precinct), id(&contest.precinct(precinct))?);
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
            supersedes: current(head, &election, &own)?,
        }))
    };
    let signers = signers(contest, precinct);
    Ok(contest.act(at, &pec, "board", signers, Needs::Election, Box::new(fact)))
}

/// Determined, duties resigned, published, registered, certificate issued.
///
/// # Errors
/// Never for the values of the script.
pub fn ending(contest: &Contest) -> Result<Vec<Act>, Fault> {
    let winner = id(contest.winner().unwrap_or_default())?;
    let tec = contest.tec();
    let statement = contest.sealed("resignation", 1);
    let resigned = Fact::DutiesResigned(DutiesResigned { candidate: winner.clone(), statement });
    let media = text("Официальный сайт комиссии")?;
    let decision = contest.paper("akim", 1);
    let registered = Fact::AkimRegistered(AkimRegistered { candidate: winner.clone(), decision });
    let number = text(&contest.certificate)?;
    let [results, publication, certificate] =
        ["results", "media", "certificate"].map(|kind| contest.paper(kind, 1));
    let election = || contest.election.clone();
    let back = |hour: &str, desk: &str, signers: Vec<String>, fact: super::stage::Write| {
        contest.act(contest.at(2, hour), &tec, desk, signers, Needs::Election, fact)
    };
    let (first, second, third) = (election(), election(), election());
    let determined = move |head: &Head| {
        let found = self::election(head, &first)?;
        Some(Fact::ResultsDetermined(determined(found, results.clone())))
    };
    let published = move |head: &Head| {
        let (determined, media, paper) = (result(head, &second)?, media.clone(), publication.clone());
        Some(Fact::ResultsPublished(ResultsPublished { determined, media, paper }))
    };
    let issued = move |head: &Head| {
        Some(Fact::CertificateIssued(CertificateIssued {
            candidate: winner.clone(),
            determined: result(head, &third)?,
            number: number.clone(),
            paper: certificate.clone(),
        }))
    };
    Ok(vec![
        back("10:00", "board", board(&tec), Box::new(determined)),
        contest.board(contest.at(2, "12:00"), resigned),
        back("14:00", "board", board(&tec), Box::new(published)),
        contest.board(contest.at(2, "16:00"), registered),
        back("17:00", "chair", seats(&tec, &["chair"]), Box::new(issued)),
    ])
}

/// What the protocols of the election come to.
fn determined(election: &Election, paper: event::Document) -> ResultsDetermined {
    let totals = election.totals();
    let (outcome, elected) = match election.winner() {
        Winner::Elected(id) => (OutcomeKind::Elected, Some(id)),
        Winner::Tie(_) => (OutcomeKind::Tie, None),
        Winner::Invalid => (OutcomeKind::Invalid, None),
    };
    ResultsDetermined {
        elected,
        invalidated: election.invalidated(),
        outcome,
        paper,
        protocols: election.protocols(),
        totals,
    }
}

fn result(head: &Head, id: &str) -> Option<Hash> {
    election(head, id)?.determined.as_ref().map(|determined| determined.event)
}

fn election<'a>(head: &'a Head, id: &str) -> Option<&'a Election> {
    head.state().elections.get(id)
}
