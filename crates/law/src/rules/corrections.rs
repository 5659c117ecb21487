//! Corrections: a whole new protocol in the place of another, on a ground that the law knows (art. 43(8)(9)).
//!
//! Contains PRO-09, PRO-10, ATY-06. Does not contain the figures of the new protocol (`protocols`, `arithmetic`).
//!
//! The law knows no correction of a protocol: a figure changes by a recount or by a decision from above, or the event is
//! made to say what an unchanged paper says.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use event::{Document, Hash};

use super::protocols::judge_protocol;
use crate::{
    Finding, Rule, State, Statement, Violation,
    facts::{CorrectionGround, ProtocolSuperseded, RecountOrdered},
    lookup::{require_current_protocol, require_poll, require_undetermined},
    state::{ProtocolRecord, ProtocolStatus},
    statement::require,
};

/// A recount, ordered before the results are determined.
pub(crate) fn recount_ordered(state: &State, s: &Statement<'_>, b: &RecountOrdered) -> Result<(), Violation> {
    require_undetermined(state, s)?;
    let poll = require_poll(state, s)?;
    let record = require_current_protocol(poll, &b.protocol)?;
    let there = matches!(record.status, ProtocolStatus::Signed | ProtocolStatus::Received);
    require(there, Rule::Pro01, "a protocol signed or received", poll.status().name())
}

/// A new protocol in the place of the current one.
pub(crate) fn protocol_superseded(
    state: &State,
    s: &Statement<'_>,
    b: &ProtocolSuperseded,
) -> Result<Vec<Finding>, Violation> {
    require_undetermined(state, s)?;
    let record = require_current_protocol(require_poll(state, s)?, &b.supersedes)?;
    match b.ground {
        CorrectionGround::Decision => require_decision(record, b)?,
        CorrectionGround::Recount => require_recount(record, b)?,
        CorrectionGround::Transcription => require_transcription(record, b)?,
    }
    judge_protocol(state, s, &b.protocol)
}

/// PRO-09, ATY-06: a recount rests on its order, is counted after it, and leaves a paper of its own.
fn require_recount(record: &ProtocolRecord, b: &ProtocolSuperseded) -> Result<(), Violation> {
    let ProtocolStatus::RecountOrdered(order) = &record.status else {
        return Err(without_basis("recount-ordered", &record.status));
    };
    require_basis("recount-ordered", order, b)?;
    let after = b.protocol.started.seconds() >= record.status_at.seconds();
    require(
        after,
        Rule::Pro09,
        format!("a count after the order of {}", record.status_at),
        &b.protocol.started,
    )?;
    new_paper(record, b)
}

/// PRO-09, ATY-06: what a decision from above cancelled gives way to a protocol with a paper of its own.
fn require_decision(record: &ProtocolRecord, b: &ProtocolSuperseded) -> Result<(), Violation> {
    let ProtocolStatus::Cancelled(decision) = &record.status else {
        return Err(without_basis("decision-cancelled", &record.status));
    };
    require_basis("decision-cancelled", decision, b)?;
    new_paper(record, b)
}

fn new_paper(record: &ProtocolRecord, b: &ProtocolSuperseded) -> Result<(), Violation> {
    let (before, new) = (public_paper(record.paper()), public_paper(b.protocol.paper.as_ref()));
    let own = new.is_some() && new != before;
    require(own, Rule::Aty06, format!("a new public paper, not {}", print_paper(before)), print_paper(new))
}

/// ATY-06: a transcription changes no paper: the same paper stands behind both protocols.
fn require_transcription(record: &ProtocolRecord, b: &ProtocolSuperseded) -> Result<(), Violation> {
    let ProtocolStatus::Returned(letter) = &record.status else {
        return Err(without_basis("protocol-returned", &record.status));
    };
    require_basis("protocol-returned", letter, b)?;
    let (before, after) = (public_paper(record.paper()), public_paper(b.protocol.paper.as_ref()));
    let same = before.is_some() && before == after;
    require(same, Rule::Aty06, format!("the unchanged paper {}", print_paper(before)), print_paper(after))
}

fn public_paper(paper: Option<&Document>) -> Option<(Hash, u64)> {
    paper.and_then(|paper| paper.sha256.zip(paper.size))
}

fn print_paper(paper: Option<(Hash, u64)>) -> String {
    paper.map_or_else(|| "no public paper".to_string(), |(hash, size)| format!("{hash} of {size} bytes"))
}

fn require_basis(fact: &str, expected: &Hash, b: &ProtocolSuperseded) -> Result<(), Violation> {
    require(b.basis == *expected, Rule::Pro09, format!("basis {fact} {expected}"), b.basis)
}

fn without_basis(fact: &str, status: &ProtocolStatus) -> Violation {
    let found = match status {
        ProtocolStatus::Signed => "a protocol signed",
        ProtocolStatus::Received => "a protocol received",
        ProtocolStatus::Returned(_) => "a protocol returned",
        ProtocolStatus::RecountOrdered(_) => "a recount ordered",
        ProtocolStatus::Superseded(_) => "a protocol superseded",
        ProtocolStatus::Cancelled(_) => "a protocol cancelled",
    };
    Violation::new(Rule::Pro09, format!("{fact} before"), found)
}
