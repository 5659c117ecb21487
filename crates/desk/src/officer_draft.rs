//! A draft that one officer of a territorial commission signs alone: composed, judged by the law, written into the outbox.

use std::collections::BTreeMap;

use client::files::write_json_line;
use commission::drafting::{Content, DraftOrder, body::DraftBody, draft_fact, speakers::Speakers};
use event::{Id, SignedEvent, Stamp, Time};
use law::Fact;
use ledger::Chain;
use serde_json::json;
use texts::{program::say, say_fault};

use crate::{answered::tell_draft_fault, ledger_place::LedgerPlace, person::DeskPerson, room::file_name};

/// What an officer states.
pub(crate) struct OfficerDraft<'a> {
    pub(crate) fact: &'static str,
    pub(crate) person: &'a DeskPerson,
    pub(crate) at: Time,
    pub(crate) fields: BTreeMap<&'static str, String>,
}

/// Writes the draft, and tells the name of its file; or every sentence of why there is none.
pub(crate) fn draft_of_officer(place: &LedgerPlace, order: &OfficerDraft<'_>) -> Result<String, Vec<String>> {
    let chain = Chain {
        author: order.person.commission.clone(),
        election: place.election.clone(),
        desk: order.person.seat.clone(),
    };
    // Of one desk one is signed after the other: the next would take its place.
    if let Some((path, _)) = place.unsigned.iter().find(|(_, one)| Chain::of_event(&one.event) == chain) {
        return Err(vec![say("desk-waits-first", &[("file", file_name(path).into())])]);
    }
    let received = Stamp::from_millis(order.at.seconds().saturating_mul(1000));
    let received = received.map_err(|fault| vec![say_fault(&fault)])?;
    let (author, seat) = (order.person.commission.as_str(), order.person.seat.as_str());
    let signers = [seat.to_owned()];
    let speakers = Speakers {
        author: Some(author),
        election: place.election.as_ref().map(Id::as_str),
        desk: Some(seat),
        signers: &signers,
    };
    let draft =
        DraftOrder { fact: order.fact, speakers, at: order.at.clone(), received, dir: place.folder.clone() };
    let content = Content { body: DraftBody::from_value(json!(order.fields)), words: Vec::new() };
    let ground = place.ground();
    let drafted = draft_fact(&ground, &draft, content).map_err(|fault| tell_draft_fault(&fault))?;
    let event = drafted.draft.event;
    let path = place.outbox().join(format!("{seat}-{}-{}.json", event.event.author_seq, order.fact));
    let bytes = event::json::encode(&event).map_err(|fault| vec![say_fault(&fault)])?;
    write_json_line(&path, &bytes).map_err(|fault| vec![fault.to_sentence()])?;
    Ok(file_name(&path))
}

/// A document of this desk that is on its way and states one of these facts of a precinct.
pub(crate) fn find_waiting(place: &LedgerPlace, precinct: &Id, facts: &[&str]) -> Option<String> {
    let is_of = |one: &SignedEvent| {
        let fact = one.event.fact.as_str();
        let stated = Fact::read_body(fact, one.event.body.text().as_bytes());
        facts.contains(&fact) && stated.is_ok_and(|stated| stated.precinct() == Some(precinct))
    };
    let all = place.unsigned.iter().chain(&place.own);
    all.filter(|(_, one)| is_of(one)).map(|(path, _)| file_name(path)).next()
}
