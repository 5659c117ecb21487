//! What places and witnesses told of a ledger before it is written to, and how it is said that they told too little.

use phrase::{Phrase, phrase};

/// What was learnt so far.
#[derive(Default)]
pub(super) struct Inquiry {
    /// Whether a place shows what it is known to have shown, or an address a checkpoint of this ledger.
    pub(super) seen: bool,
    /// Who gave no answer that tells anything, and why.
    pub(super) silent: Vec<Phrase>,
    /// Whether one of them could not be reached at all.
    pub(super) unreached: bool,
}

impl Inquiry {
    /// Takes a checkpoint of this ledger's past; one smaller than what is known to have been shown tells nothing.
    pub(super) fn see(&mut self, at: &str, size: u64, known: Option<u64>) {
        match known.filter(|known| size < *known) {
            Some(known) => self.silent.push(phrase!(
                "smaller-than-shown",
                "{at}: expected a checkpoint of at least the {known} entries that were shown before, found one of {size}"
            )),
            None => self.seen = true,
        }
    }

    pub(super) fn describe_silent(&self) -> Phrase {
        Phrase::chain(self.silent.iter().cloned())
            .unwrap_or_else(|| phrase!("nobody-to-ask", "nobody to ask"))
    }

    pub(super) fn miss(&mut self, why: Phrase) {
        self.silent.push(why);
        self.unreached = true;
    }

    /// What is to be said where too few could be asked; `accepted` tells whether somebody wanted to write all the same.
    pub(super) fn describe_silence(&self, accepted: bool, shown: bool, witnessed: bool) -> Phrase {
        let found = self.describe_silent();
        let way = match (shown, accepted) {
            (false, _) => {
                phrase!("wait-or-accept", "wait until they answer, or start with --accept-unanchored")
            }
            (true, false) if witnessed => phrase!(
                "wait-or-quorum-first",
                "wait until they answer, or start a node with --quorum-first, which acknowledges nothing before they do (a place does not know what \
                 witnesses saw, and --accept-unanchored does not help once a ledger was shown to others)"
            ),
            (true, false) => phrase!(
                "wait-or-name-a-place",
                "wait until they answer, or name a place that has the newest checkpoint with --to or --witness (--accept-unanchored \
                 does not help once a ledger was shown to others)"
            ),
            (true, true) => phrase!(
                "accepting-is-refused",
                "this ledger was shown to others, so --accept-unanchored is refused: wait until they answer, or name a place that has \
                 the newest checkpoint with --to or --witness"
            ),
        };
        phrase!(
            "too-few-to-compare-with",
            "expected the newest checkpoint from a place of publication, or from so many witnesses that every quorum has one of \
             them, found too few: {found}; {way}"
        )
    }
}
