//! What stands behind the entries from outside, and how far it reaches.
//!
//! In: which entries are anchored, which are not, in words. Out: judging the pins (`checks::pinned`).

use crate::Report;

/// What anchors a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Nothing was pinned.
    Nothing,
    /// What was pinned does not fit this ledger.
    Contradicted,
    /// The id, which is the hash of the first event.
    Id,
    /// An older checkpoint, or one as new.
    Checkpoint,
    /// Enough witnesses of the observer's policy.
    Witnesses,
}

impl Anchor {
    /// As it stands in the report as JSON.
    pub(crate) fn word(self) -> Option<&'static str> {
        match self {
            Self::Nothing | Self::Contradicted => None,
            Self::Id => Some("the pinned id"),
            Self::Checkpoint => Some("the pinned checkpoint"),
            Self::Witnesses => Some("the witnesses of the policy"),
        }
    }
}

impl Report {
    /// First and last of the entries that something outside stands for.
    #[must_use]
    pub fn anchored_entries(&self) -> Option<[u64; 2]> {
        Some([0, self.anchored?.min(self.size).checked_sub(1)?])
    }

    /// First and last of the entries that nothing but the log's own key stands for.
    #[must_use]
    pub fn unanchored_entries(&self) -> Option<[u64; 2]> {
        let from = self.anchored.unwrap_or(0);
        (from < self.size).then(|| [from, self.size - 1])
    }

    /// What stands behind the ledger from outside, in one sentence.
    #[must_use]
    pub fn anchor_sentence(&self) -> String {
        let alone = match self.unanchored_entries() {
            Some(range) => format!("{} on the log's word alone", stand(range)),
            None => String::new(),
        };
        match (self.anchor.word(), self.anchored_entries()) {
            (Some(by), Some(_)) if alone.is_empty() => format!("Anchored: all {} entries by {by}.", self.size),
            (Some(by), Some(range)) => format!("Anchored: {} by {by}; {alone}.", entries(range)),
            _ if self.anchor == Anchor::Contradicted => {
                "Unanchored: what was pinned and this ledger contradict each other; see INT-01, SNP-01 and SNP-02."
                    .to_owned()
            }
            _ if alone.is_empty() => "Unanchored: there are no entries.".to_owned(),
            _ => format!(
                "Unanchored: no older checkpoint was given (--pin): {alone}. A ledger cut off or rewritten as a whole \
                 would look the same."
            ),
        }
    }
}

fn entries([from, to]: [u64; 2]) -> String {
    if from == to { format!("entry {from}") } else { format!("entries {from}–{to}") }
}

fn stand(range: [u64; 2]) -> String {
    let verb = if range.first() == range.last() { "stands" } else { "stand" };
    format!("{} {verb}", entries(range))
}
