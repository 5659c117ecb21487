//! What a claim comes to, before it is put beside its wording.

use phrase::Phrase;

use crate::outcome::{ClaimOutcome, EventReference};

/// Outcome, what follows, why, and from which events.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) outcome: ClaimOutcome,
    pub(crate) found: Option<String>,
    pub(crate) reason: Phrase,
    pub(crate) events: Vec<EventReference>,
}

impl Verdict {
    /// Something is missing.
    pub(crate) fn undecidable(missing: Phrase) -> Self {
        Self { outcome: ClaimOutcome::Undecidable, found: None, reason: missing, events: Vec::new() }
    }

    /// What was announced holds, or does not.
    pub(crate) fn of_figure(holds: bool, found: String, reason: Phrase) -> Self {
        let outcome = if holds { ClaimOutcome::Supported } else { ClaimOutcome::Contradicted };
        Self { outcome, found: Some(found), reason, events: Vec::new() }
    }

    /// The same with the events that it follows from.
    pub(crate) fn resting_on(self, events: Vec<EventReference>) -> Self {
        Self { events, ..self }
    }
}
