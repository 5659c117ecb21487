//! Protocols that look unusual by themselves: ARI-14, ARI-15, ARI-18.
//!
//! Looks at thresholds over the figures of one protocol. Elsewhere: protocols beside each other (`duplicates`, `outliers`).
//!
//! A threshold accuses nobody: it says where people look first. The two of ARI-14 and ARI-15 are those that the Dutch
//! software of count protocols warns at; ARI-14 asks for a number of ballots too, since in a small box one ballot is
//! already a share.

use phrase::phrase;

use law::{
    Rule,
    facts::{Count, PrecinctKind},
};

use crate::{
    checks::{context::Context, current_protocols::CurrentProtocol},
    findings::Findings,
    found_message::FoundMessage,
};

/// ARI-14: invalid ballots in percent of those found.
const INVALID_PERCENT: u64 = 3;
/// ARI-14: fewer invalid ballots are no share.
const INVALID_MIN: u64 = 10;
/// ARI-15: issued and found differ by so many percent of the issued.
const DIFFERENCE_PERCENT: u64 = 2;
/// ARI-15: and by so many ballots.
const DIFFERENCE_MIN: u64 = 15;
/// ARI-18: ballots issued in percent of the voters on the list.
const TURNOUT_PERCENT: u64 = 95;

/// Every election, protocol by protocol.
pub(crate) fn check_thresholds(context: &Context<'_>, findings: &mut Findings) {
    for (id, protocols) in &context.current_protocols {
        let mut closed = Vec::new();
        for own in protocols {
            note_invalid_share(own, findings);
            note_ballot_difference(own, findings);
            if note_turnout(own, findings) {
                closed.push(own.precinct.as_str());
            }
        }
        if !closed.is_empty() {
            let message = FoundMessage::stated(phrase!(
                "found-closed-precincts-at-high-turnout",
                "{count} closed precincts at {percent} % or more, by their nature: {names}",
                count = closed.len(),
                percent = TURNOUT_PERCENT,
                names = closed.join(", ")
            ));
            findings.fail(Rule::Ari18, None, id.as_str(), message);
        }
    }
    for rule in [Rule::Ari14, Rule::Ari15, Rule::Ari18] {
        findings.not_applicable(rule);
    }
}

fn at_least(part: u64, percent: u64, whole: u64) -> bool {
    whole > 0 && u128::from(part) * 100 >= u128::from(whole) * u128::from(percent)
}

fn note_invalid_share(own: &CurrentProtocol<'_>, findings: &mut Findings) {
    let Count { invalid, found, .. } = *own.count;
    findings.count_examined(Rule::Ari14, 1);
    if invalid >= INVALID_MIN && at_least(invalid, INVALID_PERCENT, found) {
        let message = FoundMessage::expected(
            phrase!(
                "found-invalid-ballots-under-of-those-found",
                "invalid ballots under {INVALID_PERCENT} % of those found"
            ),
            phrase!("found-of", "{invalid} of {found}"),
        );
        findings.fail(Rule::Ari14, Some(own.entry), own.precinct.as_str(), message);
    }
}

fn note_ballot_difference(own: &CurrentProtocol<'_>, findings: &mut Findings) {
    let Count { issued, found, .. } = *own.count;
    findings.count_examined(Rule::Ari15, 1);
    let apart = issued.abs_diff(found);
    if apart >= DIFFERENCE_MIN && at_least(apart, DIFFERENCE_PERCENT, issued) {
        let message = FoundMessage::expected(
            phrase!(
                "found-found-within-or-ballots-of-the-issued",
                "found within {DIFFERENCE_PERCENT} % or {DIFFERENCE_MIN} ballots of the {issued} issued"
            ),
            found,
        );
        findings.fail(Rule::Ari15, Some(own.entry), own.precinct.as_str(), message);
    }
}

/// Tells whether it is a closed precinct at the threshold; those are listed together.
fn note_turnout(own: &CurrentProtocol<'_>, findings: &mut Findings) -> bool {
    let Count { issued, voters, .. } = *own.count;
    findings.count_examined(Rule::Ari18, 1);
    let extreme = at_least(issued, TURNOUT_PERCENT, voters);
    if extreme && own.kind == PrecinctKind::Closed {
        return true;
    }
    if extreme {
        let message = FoundMessage::expected(
            phrase!(
                "found-ballots-issued-under-of-the-list",
                "ballots issued under {TURNOUT_PERCENT} % of the list"
            ),
            phrase!("found-of-an-open-precinct", "{issued} of {voters}, an open precinct"),
        );
        findings.fail(Rule::Ari18, Some(own.entry), own.precinct.as_str(), message);
    }
    false
}
