//! What a browser remembers of earlier visits: checkpoints of ledgers that were verified here.
//!
//! Contains what a remembered checkpoint comes to beside the ledger that was handed in. It is advice: a ledger that goes on
//! from it, or ends before it, is judged as if nothing were remembered. One that contradicts it is verified again with the
//! remembered checkpoint as a pin, and so fails with evidence of both.

use event::Hash;
use tlog::{checkpoint::Checkpoint, note::Note};
use verifier::Verification;

/// What is remembered, beside what was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remembered {
    /// Nothing of this ledger.
    Nothing,
    /// The ledger goes on from every checkpoint that is remembered.
    Continued,
    /// The ledger ends before a remembered checkpoint, and says nothing else as far as it goes: an older copy.
    Older,
    /// The ledger has other entries than when it was verified.
    Contradicted,
}

impl Remembered {
    /// What one remembered checkpoint comes to. Another ledger's, and what does not read, is nothing.
    pub(crate) fn judge(note: &[u8], origin: &str, verification: &Verification<'_>) -> Self {
        let Some(seen) = read_checkpoint(note).filter(|seen| seen.origin == origin) else {
            return Self::Nothing;
        };
        match verification.root_at(seen.size) {
            None => Self::Older,
            Some(root) if root == Hash(seen.root) => Self::Continued,
            Some(_) => Self::Contradicted,
        }
    }

    /// The number that a page knows it by.
    #[must_use]
    pub fn number(self) -> u32 {
        match self {
            Self::Nothing => 0,
            Self::Continued => 1,
            Self::Older => 2,
            Self::Contradicted => 3,
        }
    }
}

/// What a note says as a checkpoint, whoever signed it.
pub(crate) fn read_checkpoint(note: &[u8]) -> Option<Checkpoint> {
    Checkpoint::parse(Note::parse(note).ok()?.text()).ok()
}
