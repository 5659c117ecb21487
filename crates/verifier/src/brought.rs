//! What became of something that the observer brought along and that does not decide the ledger's verdict.
//!
//! Only what the log or a commission signed can accuse a ledger. A damaged file, a slip of the pen, figures that nobody
//! signed, a protocol of strangers say something of themselves: the check cannot be judged by them, the whole outcome is
//! INCOMPLETE, and the ledger's own verdict stands beside it.

use law::Rule;
use serde::{Deserialize, Serialize};
use texts::{Language, law_text};

use crate::found_message::FoundMessage;

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BroughtOutcome {
    /// Damaged, mistyped, or not what it should be.
    Unusable,
    /// It says other than the ledger, and nobody whose word counts here signed it.
    Differs,
    /// Of another ledger or another log.
    OtherLedger,
    /// Signed by others than those who may sign it.
    Stranger,
    /// The ledger does not go so far yet: it may come.
    NotThereYet,
    /// It lies inside the source, which cannot stand for itself.
    Inside,
}

impl BroughtOutcome {
    /// Every one, in the order of a report.
    pub const ALL: [Self; 6] =
        [Self::Unusable, Self::Differs, Self::OtherLedger, Self::Stranger, Self::NotThereYet, Self::Inside];

    /// As it stands in the report as JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unusable => "unusable",
            Self::Differs => "differs",
            Self::OtherLedger => "other-ledger",
            Self::Stranger => "stranger",
            Self::NotThereYet => "not-there-yet",
            Self::Inside => "inside-the-source",
        }
    }

    /// The id of its text, which says how many there are.
    #[must_use]
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Unusable => "brought-unusable",
            Self::Differs => "brought-differs",
            Self::OtherLedger => "brought-other-ledger",
            Self::Stranger => "brought-stranger",
            Self::NotThereYet => "brought-not-there-yet",
            Self::Inside => "brought-inside",
        }
    }

    /// So many of them, in a language.
    #[must_use]
    pub fn text_in(self, lang: Language, count: usize) -> String {
        law_text(lang, self.text_id(), &[("n", count.into())])
    }
}

/// What kind of thing was brought along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BroughtKind {
    /// A pin: an id, a checkpoint, a receipt, an event, heads.
    Pin,
    /// A policy of witnesses.
    Policy,
    /// A scanned protocol.
    Scan,
    /// Another copy of the ledger.
    Mirror,
    /// A table of copies of protocols.
    Copies,
    /// A table of commitments to evidence.
    Sealed,
    /// The state of an earlier verification: a pin, too.
    State,
}

impl BroughtKind {
    /// The check that cannot be judged by it.
    #[must_use]
    pub fn rule(self) -> Rule {
        match self {
            Self::Pin | Self::State => Rule::Snp01,
            Self::Policy => Rule::Snp08,
            Self::Scan => Rule::Obs02,
            Self::Mirror => Rule::Pub07,
            Self::Copies => Rule::Obs01,
            Self::Sealed => Rule::Obs04,
        }
    }
}

/// Something that the observer brought along and that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BroughtFault {
    /// What it was meant to be.
    pub kind: BroughtKind,
    /// Where it stands: a file, and a line of it.
    pub place: String,
    /// What became of it.
    pub outcome: BroughtOutcome,
    /// What was expected and found.
    pub message: FoundMessage,
}

#[cfg(test)]
mod tests {
    use super::*;
    use texts::law_catalogue;

    #[test]
    fn every_outcome_has_a_text_in_every_language() {
        for lang in Language::ALL {
            for outcome in BroughtOutcome::ALL {
                assert!(
                    law_catalogue().has_text(lang, outcome.text_id()),
                    "{outcome:?} in {}",
                    lang.iso_code()
                );
            }
        }
    }
}
