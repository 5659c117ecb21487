//! The paper behind each protocol, and who took it in: COM-03, SIG-08.
//!
//! In: the hash of the signed paper in every protocol and correction, its scan beside a published ledger, the
//! countersignature of the territorial commission. Out: whether a scan is what its name says (`attachments`).

use event::Id;
use law::{
    Rule,
    state::{Election, Poll, ProtocolRecord, ProtocolStatus},
};

use crate::checks::context::Context;
use crate::findings::Gathered;
use crate::found_message::FoundMessage;

/// A protocol that arrived so long ago and is not taken in is shown to people.
const RECEIVED_WITHIN_HOURS: i64 = 24;

/// COM-03 and SIG-08 over every protocol.
pub(crate) fn papers(facts: &Facts<'_>, gathered: &mut Gathered) {
    for election in facts.replayed.head.state().elections.values() {
        for (precinct, poll) in &election.polls {
            for record in &poll.protocols {
                gathered.examined(Rule::Com03, 1);
                scan(facts, election, precinct, record, gathered);
            }
            countersigned(facts, precinct, poll, gathered);
        }
    }
    gathered.not_applicable(Rule::Com03);
    gathered.not_applicable(Rule::Sig08);
}

/// Before the result a scan may still follow; a result that rests on a protocol without a paper fails.
fn scan(
    facts: &Facts<'_>,
    election: &Election,
    precinct: &Id,
    record: &ProtocolRecord,
    gathered: &mut Gathered,
) {
    let (entry, subject) = (Some(record.index), precinct.as_str());
    let Some(paper) = record.paper() else {
        let message = FoundMessage::expected("the hash of the signed paper", "none");
        if election.determined.is_some() {
            gathered.fail(Rule::Com03, entry, subject, message);
        } else {
            gathered.warn(Rule::Com03, entry, subject, message, None);
        }
        return;
    };
    // A ledger of this machine may keep its papers elsewhere; a paper withheld is not published.
    let (Some(_), Some(hash)) = (facts.source.files(), paper.sha256) else { return };
    if !facts.published.papers.contains_key(hash.to_string().as_str()) && !facts.under_way {
        let message = FoundMessage::expected(format!("the scan attachments/{hash}"), "none");
        gathered.warn(Rule::Com03, entry, subject, message, None);
    }
}

fn countersigned(facts: &Facts<'_>, precinct: &Id, poll: &Poll, gathered: &mut Gathered) {
    let Some(current) = poll.current() else { return };
    gathered.examined(Rule::Sig08, 1);
    let waiting = current.status == ProtocolStatus::Signed && poll.invalidated.is_none();
    let now = facts.replayed.head.last_received().unwrap_or(current.received);
    let hours = (now.millis() - current.received.millis()) / 3_600_000;
    if waiting && hours >= RECEIVED_WITHIN_HOURS {
        let message = FoundMessage::expected(
            format!("protocol-received for event {} within {RECEIVED_WITHIN_HOURS} hours", current.event),
            format!("none after {hours}"),
        );
        gathered.fail(Rule::Sig08, Some(current.index), precinct.as_str(), message);
    }
}
