//! The paper behind each protocol, and who took it in: COM-03, SIG-08.
//!
//! Looks at the hash of the signed paper in every protocol and correction, its scan beside a published ledger, the
//! countersignature of the territorial commission. Elsewhere: whether a scan is what its name says (`attachments`).

use std::collections::BTreeMap;

use event::{Hash, Id};
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
    check_shared_scans(context, findings);
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

/// SHA-256 of no bytes at all.
const EMPTY: Hash = Hash([
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27,
    0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
]);

/// One scan stands behind the protocols of one precinct; an empty file behind none.
fn check_shared_scans(context: &Context<'_>, findings: &mut Findings) {
    let mut owners: BTreeMap<Hash, BTreeMap<(&Id, &Id), u64>> = BTreeMap::new();
    for (id, election) in &context.replayed.head.state().elections {
        for (precinct, poll) in &election.polls {
            for record in &poll.protocols {
                let Some(hash) = record.paper().and_then(|paper| paper.sha256) else { continue };
                owners.entry(hash).or_default().entry((id, precinct)).or_insert(record.index);
            }
        }
    }
    for (hash, owners) in owners {
        for ((_, precinct), index) in &owners {
            let found = if hash == EMPTY {
                phrase!("found-an-empty-file", "an empty file")
            } else if owners.len() > 1 {
                let others = owners.keys().map(|(_, other)| other).filter(|other| *other != precinct);
                let others: Vec<&str> = others.take(OTHERS_SHOWN).map(|other| other.as_str()).collect();
                phrase!(
                    "found-the-scan-that-stands-behind-others-too",
                    "one that stands behind {count} protocols of other precincts or elections, too: {others}",
                    count = owners.len() - 1,
                    others = others.join(", ")
                )
            } else {
                continue;
            };
            let expected =
                phrase!("found-a-scan-of-its-own-paper", "a scan of its own paper, attachments/{hash}");
            let message = FoundMessage::expected(expected, found);
            findings.warn(Rule::Com03, Some(*index), precinct.as_str(), message, None);
        }
    }
}

/// So many others with the same scan are named.
const OTHERS_SHOWN: usize = 5;

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
