//! Versions of the rules: which this program knows, and from which on something is asked.
//!
//! A ledger stands under the version that its charter or the last `rules-adopted` names. What a version let in stays let in:
//! a new refusal belongs to a new version.

use event::{Event, json};
use phrase::{Phrase, phrase};

use crate::{Fact, Rule, State, Violation, statement::require};

/// The newest version of the rules that this program knows.
pub const RULES: u64 = 2;

/// What nobody can have counted does not decide a result; what a verification must find later is refused at once.
pub(crate) const SOUND_FIGURES: u64 = 2;

/// A call names the decision that its ground rests on.
pub(crate) const GROUND_DECISION: u64 = 2;

/// INT-05: a field that came with a later version is none of the fields of a fact before.
pub(crate) fn require_fields_of_version(state: &State, fact: &Fact) -> Result<(), Violation> {
    let early = matches!(fact, Fact::ElectionCalled(b) if b.ground_decision.is_some())
        && !are_in_force(state, GROUND_DECISION);
    require(
        !early,
        Rule::Int05,
        phrase!(
            "law-the-decision-of-the-ground-from-rules-version-on",
            "the decision of the ground from rules version {version} on",
            version = GROUND_DECISION
        ),
        state.rules,
    )
}

/// INT-08: a version of the rules that this program knows.
pub(crate) fn require_known(found: u64) -> Result<(), Violation> {
    require((1..=RULES).contains(&found), Rule::Int08, known_versions(), found)
}

fn known_versions() -> Phrase {
    phrase!("law-rules-version-1-to", "rules version 1 to {newest}", newest = RULES)
}

/// INT-08: the rules in force are known here. It is asked before the content of a fact is read: later rules may write it
/// otherwise.
///
/// # Errors
/// INT-08.
pub fn require_known_rules(state: &State, event: &Event) -> Result<(), Violation> {
    if state.charter.is_some() {
        require_known(state.rules)?;
    }
    // What brings other rules in may say more than this version reads.
    if !matches!(event.fact.as_str(), "ledger-opened" | "rules-adopted") {
        return Ok(());
    }
    let body = event.body.text().as_bytes();
    let span = json::span_of_field(body, "rules").and_then(|(start, end)| body.get(start..end));
    let named: Option<u64> =
        span.and_then(|text| core::str::from_utf8(text).ok()).and_then(|text| text.parse().ok());
    match named {
        // Another known version is judged with the rest.
        Some(named) if named > RULES && is_other_form(event) => {
            Err(Violation::new(Rule::Int08, known_versions(), named))
        }
        _ => Ok(()),
    }
}

/// Whether the content of a fact does not read in the form of this version.
fn is_other_form(event: &Event) -> bool {
    Fact::read_body(event.fact.as_str(), event.body.text().as_bytes()).is_err()
}

/// Whether the rules in force are this version or a later one.
pub(crate) fn are_in_force(state: &State, version: u64) -> bool {
    state.rules >= version
}
