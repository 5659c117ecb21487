//! Corrections: a whole new protocol in the place of another, on a ground that the law knows (art. 43(8)(9)).
//!
//! Contains PRO-09, PRO-10, ATY-06. Does not contain the figures of the new protocol (`protocols`, `arithmetic`).
//!
//! The law knows no correction of a protocol: a figure changes by a recount or by a decision from above, or the event is
//! made to say what an unchanged paper says.

use alloc::vec::Vec;

use event::{Document, Hash};
use phrase::{Phrase, Phrased, phrase};

use super::protocols::judge_protocol;
use crate::{
    Finding, Rule, State, Statement, Violation,
    facts::{CorrectionGround, ProtocolSuperseded, RecountOrdered, name_fact},
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
    require(
        there,
        Rule::Pro01,
        phrase!("law-a-protocol-signed-or-received", "a protocol signed or received"),
        poll.status().phrase(),
    )
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
        return Err(without_basis(name_fact("recount-ordered"), &record.status));
    };
    require_basis(name_fact("recount-ordered"), order, b)?;
    let after = b.protocol.started.seconds() >= record.status_at.seconds();
    require(
        after,
        Rule::Pro09,
        phrase!(
            "law-a-count-after-the-order-of",
            "a count after the order of {status_at}",
            status_at = record.status_at
        ),
        &b.protocol.started,
    )?;
    new_paper(record, b)
}

/// PRO-09, ATY-06: what a decision from above cancelled gives way to a protocol with a paper of its own.
fn require_decision(record: &ProtocolRecord, b: &ProtocolSuperseded) -> Result<(), Violation> {
    let ProtocolStatus::Cancelled(decision) = &record.status else {
        return Err(without_basis(name_fact("decision-cancelled"), &record.status));
    };
    require_basis(name_fact("decision-cancelled"), decision, b)?;
    new_paper(record, b)
}

fn new_paper(record: &ProtocolRecord, b: &ProtocolSuperseded) -> Result<(), Violation> {
    let (before, new) = (public_paper(record.paper()), public_paper(b.protocol.paper.as_ref()));
    let own = new.is_some() && new != before;
    require(
        own,
        Rule::Aty06,
        phrase!(
            "law-a-new-public-paper-not",
            "a new public paper, not {before}",
            before = print_paper(before)
        ),
        print_paper(new),
    )
}

/// ATY-06: a transcription changes no paper: the same paper stands behind both protocols.
fn require_transcription(record: &ProtocolRecord, b: &ProtocolSuperseded) -> Result<(), Violation> {
    let ProtocolStatus::Returned(letter) = &record.status else {
        return Err(without_basis(name_fact("protocol-returned"), &record.status));
    };
    require_basis(name_fact("protocol-returned"), letter, b)?;
    let (before, after) = (public_paper(record.paper()), public_paper(b.protocol.paper.as_ref()));
    let same = before.is_some() && before == after;
    require(
        same,
        Rule::Aty06,
        phrase!("law-the-unchanged-paper", "the unchanged paper {before}", before = print_paper(before)),
        print_paper(after),
    )
}

fn public_paper(paper: Option<&Document>) -> Option<(Hash, u64)> {
    paper.and_then(|paper| paper.sha256.zip(paper.size))
}

fn print_paper(paper: Option<(Hash, u64)>) -> Phrase {
    paper.map_or_else(
        || phrase!("law-no-public-paper", "no public paper"),
        |(hash, size)| phrase!("law-of-bytes", "{hash} of {size} bytes"),
    )
}

fn require_basis(fact: Phrase, expected: &Hash, b: &ProtocolSuperseded) -> Result<(), Violation> {
    require(b.basis == *expected, Rule::Pro09, phrase!("law-basis", "basis {fact} {expected}"), b.basis)
}

fn without_basis(fact: Phrase, status: &ProtocolStatus) -> Violation {
    let found = match status {
        ProtocolStatus::Signed => phrase!("law-a-protocol-signed", "a protocol signed"),
        ProtocolStatus::Received => phrase!("law-a-protocol-received", "a protocol received"),
        ProtocolStatus::Returned(_) => phrase!("law-a-protocol-returned", "a protocol returned"),
        ProtocolStatus::RecountOrdered(_) => phrase!("law-a-recount-ordered", "a recount ordered"),
        ProtocolStatus::Superseded(_) => phrase!("law-a-protocol-superseded", "a protocol superseded"),
        ProtocolStatus::Cancelled(_) => phrase!("law-a-protocol-cancelled", "a protocol cancelled"),
    };
    Violation::new(Rule::Pro09, phrase!("law-fact-before", "{fact} before"), found)
}
