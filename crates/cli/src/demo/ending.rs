//! The script after the night: two corrections, the result, the certificate.
//!
//! In: a recount ordered from above, a transcription sent back, and the five steps of the end. Out: publishing.

use event::{Hash, Id, Text, json::Fault};
use law::{
    Fact, Verdict,
    facts::{
        AkimRegistered, CertificateIssued, CorrectionGround, DutiesResigned, OutcomeKind, ProtocolReturned,
        ProtocolSuperseded, RecountOrdered, ResultsDetermined, ResultsPublished,
    },
    state::{Election, ProtocolStatus},
};
use ledger::Head;

use super::{
    ELECTION, TEC,
    figures::Precinct,
    opening::{act, board, paper, sealed, seats, text},
    stage::{Act, local},
    voting::{
        MISTYPED, RECOUNTED, copies, count, counted_at, counting_from, current, looking_back, protocol,
        received, signers,
    },
};

const WINNER: &str = "kozhanbaev";

/// One recount that was ordered, one transcription that was returned, and the new protocols.
///
/// # Errors
/// Never for the values of the script.
pub fn corrections(precincts: &[Precinct]) -> Result<Vec<Act>, Fault> {
    let mut acts = Vec::new();
    for precinct in precincts {
        match precinct.number {
            RECOUNTED => recount(&mut acts, precinct)?,
            MISTYPED => transcription(&mut acts, precinct)?,
            _ => {}
        }
    }
    Ok(acts)
}

fn recount(acts: &mut Vec<Act>, precinct: &Precinct) -> Result<(), Fault> {
    let id = Id::new(&precinct.id())?;
    let ground = text("Два доверенных лица показали копии с другими числами")?;
    let applicants = vec![text("Доверенное лицо кандидата bekzhasarov")?];
    acts.push(looking_back(local("2025-10-13 10:00"), TEC, "board", board(TEC), move |head| {
        Some(Fact::RecountOrdered(RecountOrdered {
            applicants: applicants.clone(),
            decision: paper("recount-decision", 1),
            ground: ground.clone(),
            precinct: id.clone(),
            protocol: current(head, &id)?,
        }))
    }));
    let present =
        vec![text("Член территориальной комиссии m5")?, text("Доверенное лицо кандидата bekzhasarov")?];
    let mut new = protocol(
        precinct,
        count(precinct, precinct.votes)?,
        local("2025-10-13 14:00"),
        local("2025-10-13 16:30"),
    )?;
    new.paper = Some(paper("protocol-after-recount", precinct.number));
    let reason = text("Бюллетени двух стопок были сосчитаны не за того кандидата")?;
    let at = local("2025-10-13 17:00");
    acts.push(superseded(precinct, at, CorrectionGround::Recount, new, present, reason)?);
    acts.push(copies(precinct, at + 600)?);
    acts.push(received(precinct, at + 1_800)?);
    Ok(())
}

fn transcription(acts: &mut Vec<Act>, precinct: &Precinct) -> Result<(), Fault> {
    let id = Id::new(&precinct.id())?;
    let reason = text("Строки двух кандидатов стоят не так, как на бумаге")?;
    acts.push(looking_back(
        local("2025-10-13 09:00"),
        TEC,
        "secretary",
        seats(TEC, &["secretary"]),
        move |head| {
            Some(Fact::ProtocolReturned(ProtocolReturned {
                paper: None,
                precinct: id.clone(),
                protocol: current(head, &id)?,
                reason: reason.clone(),
            }))
        },
    ));
    // The same paper, the same hours: only the event is made to say what the paper says.
    let votes = count(precinct, precinct.votes)?;
    let new = protocol(precinct, votes, counting_from(precinct), counted_at(precinct))?;
    let at = local("2025-10-13 11:00");
    let reason = text("При вводе строки двух кандидатов поменялись местами")?;
    let present = vec![text("Секретарь территориальной комиссии")?];
    acts.push(superseded(precinct, at, CorrectionGround::Transcription, new, present, reason)?);
    acts.push(received(precinct, at + 1_200)?);
    Ok(())
}

fn superseded(
    precinct: &Precinct,
    at: i64,
    ground: CorrectionGround,
    new: law::facts::Protocol,
    present: Vec<Text>,
    reason: Text,
) -> Result<Act, Fault> {
    let id = Id::new(&precinct.id())?;
    let pec = precinct.commission();
    Ok(looking_back(at, &pec, "board", signers(precinct), move |head| {
        let poll = head.state().elections.get(ELECTION)?.polls.get(&id)?;
        let (ProtocolStatus::Returned(basis) | ProtocolStatus::RecountOrdered(basis)) =
            poll.current()?.status
        else {
            return None;
        };
        Some(Fact::ProtocolSuperseded(ProtocolSuperseded {
            basis,
            ground,
            precinct: id.clone(),
            present: present.clone(),
            protocol: new.clone(),
            reason: reason.clone(),
            supersedes: current(head, &id)?,
        }))
    }))
}

/// Determined, duties resigned, published, registered, certificate issued.
///
/// # Errors
/// Never for the values of the script.
pub fn ending() -> Result<Vec<Act>, Fault> {
    let winner = Id::new(WINNER)?;
    let resigned = Fact::DutiesResigned(DutiesResigned {
        candidate: winner.clone(),
        statement: sealed("resignation", 1),
    });
    let media = text("Официальный сайт комиссии")?;
    let registered =
        Fact::AkimRegistered(AkimRegistered { candidate: winner.clone(), decision: paper("akim", 1) });
    let number = text("0001")?;
    let on = |time: &str| local(&format!("2025-10-14 {time}"));
    Ok(vec![
        looking_back(on("10:00"), TEC, "board", board(TEC), |head| {
            determined(head).map(Fact::ResultsDetermined)
        }),
        act(on("12:00"), TEC, "board", Some(ELECTION), board(TEC), resigned),
        looking_back(on("14:00"), TEC, "board", board(TEC), move |head| {
            let published = ResultsPublished {
                determined: result(head)?,
                media: media.clone(),
                paper: paper("media", 1),
            };
            Some(Fact::ResultsPublished(published))
        }),
        act(on("16:00"), TEC, "board", Some(ELECTION), board(TEC), registered),
        looking_back(on("17:00"), TEC, "chair", seats(TEC, &["chair"]), move |head| {
            Some(Fact::CertificateIssued(CertificateIssued {
                candidate: winner.clone(),
                determined: result(head)?,
                number: number.clone(),
                paper: paper("certificate", 1),
            }))
        }),
    ])
}

/// What the protocols of the election come to.
#[must_use]
pub(super) fn determined(head: &Head) -> Option<ResultsDetermined> {
    let election = election(head)?;
    let totals = election.totals();
    let (outcome, elected) = match election.verdict() {
        Verdict::Elected(id) => (OutcomeKind::Elected, Some(id)),
        Verdict::Tie(_) => (OutcomeKind::Tie, None),
        Verdict::Invalid => (OutcomeKind::Invalid, None),
    };
    Some(ResultsDetermined {
        elected,
        invalidated: election.invalidated(),
        outcome,
        paper: paper("results", 1),
        protocols: election.protocols(),
        totals,
    })
}

fn result(head: &Head) -> Option<Hash> {
    election(head)?.determined.as_ref().map(|determined| determined.event)
}

fn election(head: &Head) -> Option<&Election> {
    head.state().elections.get(ELECTION)
}
