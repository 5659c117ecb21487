//! The paper behind each protocol, and who took it in: COM-03, SIG-08.
//!
//! Looks at the hash of the signed paper in every protocol and correction, its scan beside a published ledger, the
//! countersignature of the territorial commission. Elsewhere: whether a scan is what its name says (`attachments`).

use event::Id;
use law::{
    Rule,
    state::{Poll, ProtocolRecord, ProtocolStatus},
};
use phrase::phrase;

use crate::{checks::context::Context, findings::Findings, found_message::FoundMessage};

/// A protocol that arrived so long ago and is not taken in is shown to people.
const RECEIVED_WITHIN_HOURS: i64 = 24;

/// COM-03 and SIG-08 over every protocol.
pub(crate) fn check_papers(context: &Context<'_>, findings: &mut Findings) {
    for election in context.replayed.head.state().elections.values() {
        for (precinct, poll) in &election.polls {
            for record in &poll.protocols {
                findings.count_examined(Rule::Com03, 1);
                check_scan_is_kept(context, precinct, record, findings);
            }
            check_countersignature(context, precinct, poll, findings);
        }
    }
    findings.not_applicable(Rule::Com03);
    findings.not_applicable(Rule::Sig08);
}

/// A scan may still follow, and admission does not ask for it: a protocol without one is shown to people.
fn check_scan_is_kept(
    context: &Context<'_>,
    precinct: &Id,
    record: &ProtocolRecord,
    findings: &mut Findings,
) {
    let (entry, subject) = (Some(record.index), precinct.as_str());
    let Some(paper) = record.paper() else {
        let message = FoundMessage::expected(
            phrase!("found-the-hash-of-the-signed-paper", "the hash of the signed paper"),
            phrase!("found-none", "none"),
        );
        findings.warn(Rule::Com03, entry, subject, message, None);
        return;
    };
    // A ledger of this machine may keep its papers elsewhere; a paper withheld is not published.
    let (Some(_), Some(hash)) = (context.source.files(), paper.sha256) else { return };
    if !context.published.papers.contains_key(hash.to_string().as_str()) && !context.is_under_way() {
        let message = FoundMessage::expected(
            phrase!("found-the-scan-attachments", "the scan attachments/{hash}"),
            phrase!("found-none", "none"),
        );
        findings.warn(Rule::Com03, entry, subject, message, None);
    }
}

fn check_countersignature(context: &Context<'_>, precinct: &Id, poll: &Poll, findings: &mut Findings) {
    let Some(current) = poll.current() else { return };
    findings.count_examined(Rule::Sig08, 1);
    let waiting = current.status == ProtocolStatus::Signed && poll.invalidated.is_none();
    let now = context.replayed.head.last_received().unwrap_or(current.received);
    let hours = (now.millis() - current.received.millis()) / 3_600_000;
    if waiting && hours >= RECEIVED_WITHIN_HOURS {
        let message = FoundMessage::expected(
            phrase!(
                "found-protocol-received-for-event-within-hours",
                "protocol-received for event {event} within {RECEIVED_WITHIN_HOURS} hours",
                event = current.event
            ),
            phrase!("found-none-after", "none after {hours}"),
        );
        findings.fail(Rule::Sig08, Some(current.index), precinct.as_str(), message);
    }
}
