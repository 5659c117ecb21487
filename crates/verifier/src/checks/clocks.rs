//! What an outside time says of the times in the ledger: SIG-09.
//!
//! Looks at the moments at which witnesses cosigned checkpoints, against the times of receipt of the entries under
//! them. Elsewhere: whether enough of them cosigned (`pinned`, SNP-08).
//!
//! A witness that had seen an entry before the ledger says that it was received proves a wrong clock.

use event::{Hash, Stamp};
use law::Rule;
use ledger::Entry;
use phrase::phrase;

use crate::{
    checks::context::Context, findings::Findings, found_message::FoundMessage, not_run::NotRun, pin::Pin,
    subject::Subject,
};

/// The node's clock and a witness's may be so far apart, in milliseconds: the node stops writing beyond it.
const APART_MS: i64 = 5 * 60 * 1000;

/// Every checkpoint at hand, under every policy.
pub(crate) fn check_clocks(context: &Context<'_>, findings: &mut Findings) {
    let policies = || {
        context.inputs.pins.iter().filter_map(|pin| match pin {
            Pin::Policy(policy) => Some(policy),
            _ => None,
        })
    };
    let pinned = context.inputs.pins.iter().filter_map(|pin| match pin {
        Pin::Checkpoint(note) => Some((Subject::PinnedCheckpoint, note.as_slice())),
        _ => None,
    });
    let of_snapshots = context
        .published
        .snapshots
        .iter()
        .filter_map(|snapshot| Some((Subject::snapshot(snapshot.n), snapshot.held("checkpoint")?)));
    let newest = context.published.checkpoint.map(|note| (Subject::Checkpoint, note));
    for (subject, note) in newest.into_iter().chain(of_snapshots).chain(pinned) {
        let Ok(opened) = context.open_checkpoint(note) else { continue };
        if context.published.tree.root_at(opened.size).map(Hash) != Some(Hash(opened.root)) {
            continue;
        }
        let Some(received) = opened.size.checked_sub(1).and_then(|last| received(context, last)) else {
            continue;
        };
        for (judged, _) in policies().filter_map(|policy| policy.examine_note(note).ok()) {
            for cosignature in &judged.cosignatures {
                findings.count_examined(Rule::Sig09, opened.size);
                let seen = i64::try_from(cosignature.time).unwrap_or(i64::MAX).saturating_mul(1000);
                if seen.saturating_add(APART_MS) < received.millis() {
                    let seen =
                        Stamp::from_millis(seen).map_or_else(|_| seen.to_string(), |seen| seen.to_string());
                    let message = FoundMessage::expected(
                        phrase!(
                            "found-entries-received-before-cosigned-them-at",
                            "entries received before {key} cosigned them at {seen}",
                            key = cosignature.witness.key.name()
                        ),
                        phrase!("found-one-received-at", "one received at {received}"),
                    );
                    findings.fail(Rule::Sig09, Some(opened.size - 1), &subject, message);
                }
            }
        }
    }
    let reason = if policies().next().is_some() { NotRun::NoCosignature } else { NotRun::NoPolicy };
    findings.not_run(Rule::Sig09, reason);
}

/// Times of receipt never fall, so that of the last entry stands for all before it.
fn received(context: &Context<'_>, index: u64) -> Option<Stamp> {
    let bytes = context.published.entries.read_entry(index, &context.published.tree)?;
    Entry::decode(&bytes).ok().map(|entry| entry.received())
}
