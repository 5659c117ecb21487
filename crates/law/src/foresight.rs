//! What a draft cannot know before it is sent: the registry of refusals that no draft and no check can promise to say first.
//!
//! Every other refusal follows from the ledger, the event and its author's time, and is said before anybody signs.

use crate::Rule;

/// Why a refusal may come although the draft was lawful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unforeseen {
    /// It depends on when the node receives the event.
    TimeOfReceipt,
    /// It depends on signatures, which come after the draft.
    Signatures,
    /// It depends on the place that the log gives the entry, or on entries that come in between.
    LaterEntries,
}

impl Rule {
    /// Why a draft cannot promise that this rule will not refuse it; none where the draft and the check say it first. What
    /// is broken already at the time of the draft is said there in any case.
    #[must_use]
    pub fn unforeseen(self) -> Option<Unforeseen> {
        if matches!(self, Self::Sig03 | Self::Pro17) {
            Some(Unforeseen::TimeOfReceipt)
        } else if self == Self::Sig01 {
            Some(Unforeseen::Signatures)
        } else if self == Self::Int02 {
            Some(Unforeseen::LaterEntries)
        } else {
            None
        }
    }
}
