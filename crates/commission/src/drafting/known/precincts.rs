//! What follows for precincts, their voting day, their protocols, and complaints.

use event::{Hash, Id, Time};
use law::{
    facts::PrecinctKind,
    lines_root,
    state::{Precinct, ProtocolStatus},
};

use super::filling::{Known, only};

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

pub(super) fn fill_precincts(known: &mut Known<'_>, fact: &str) {
    match fact {
        "precincts-fixed" => fill_fixed(known),
        "precinct-opened" => {
            let delivered = known.poll().and_then(|poll| poll.delivered);
            known.fill_some("ballots", delivered);
        }
        "copies-issued"
        | "copy-refused"
        | "protocol-received"
        | "protocol-returned"
        | "recount-ordered"
        | "precinct-invalidated" => {
            let protocol = known.protocol();
            known.fill_some("protocol", protocol);
        }
        "protocol-superseded" => fill_superseded(known),
        "complaint-filed" => fill_complaint(known),
        "complaint-decided" => {
            let open = known.election.and_then(|own| only(own.open_complaints().map(|(id, _)| id.clone())));
            known.fill_some("complaint", open);
        }
        _ => {}
    }
}

/// The precincts of the election by kind, their voters, and the root over them.
fn fill_fixed(known: &mut Known<'_>) {
    let Some(election) = known.election else { return };
    let own: Vec<(&Id, &Precinct)> = known.state.precincts_of(election).collect();
    let of_kind = |kind: PrecinctKind| own.iter().filter(|(_, one)| one.formed.kind == kind).count() as u64;
    let (open, closed) = (of_kind(PrecinctKind::Open), of_kind(PrecinctKind::Closed));
    let voters = own.iter().fold(0_u64, |sum, (_, one)| sum.saturating_add(one.formed.voters));
    let root = lines_root(own.iter().map(|(id, one)| (*id, one.event)));
    known.fill("closed", &closed);
    known.fill("open", &open);
    known.fill("voters", &voters);
    known.fill("precincts", &event::List { count: own.len() as u64, root });
}

/// The protocol that gives way, on which ground, and the event that this rests on.
fn fill_superseded(known: &mut Known<'_>) {
    let Some(record) = known.poll().and_then(|poll| poll.current()) else { return };
    known.fill("supersedes", &record.event);
    let (ground, basis): (&str, Hash) = match &record.status {
        ProtocolStatus::RecountOrdered(order) => ("recount", *order),
        ProtocolStatus::Returned(letter) => ("transcription", *letter),
        ProtocolStatus::Cancelled(decision) => ("decision", *decision),
        ProtocolStatus::Signed | ProtocolStatus::Received | ProtocolStatus::Superseded(_) => return,
    };
    known.fill("ground", &ground);
    known.fill("basis", &basis);
}

/// The next free id, and the last moment for an answer.
fn fill_complaint(known: &mut Known<'_>) {
    let ids = &known.state.ids;
    let free = (1_u64..100_000).map(|n| format!("c-{n}")).find(|id| !ids.contains(id.as_str()));
    known.fill_some("complaint", free);
    let days = match known.body.text("about") {
        Some("commission") => 3,
        Some("other") => 5,
        _ => return,
    };
    let zone = known.at.to_string();
    let zone = zone.get(19..22).and_then(|hours| hours.parse::<i8>().ok()).unwrap_or(5);
    let due = Time::from_seconds(known.at.seconds().saturating_add(days * DAY), zone).ok();
    known.fill_some("due", due);
}
