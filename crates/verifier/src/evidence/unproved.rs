//! What judging an evidence file comes to: what it shows, or why it proves nothing.

use event::Hash;
use phrase::{Phrase, phrase};
use tlog::checkpoint::Checkpoint;

use crate::evidence::claims::VERSION;

/// What a file shows, name and value, in order.
pub(super) type ShownFacts = Vec<(&'static str, Phrase)>;

/// A tree by its size and root.
pub(super) fn print_tree(checkpoint: &Checkpoint) -> Phrase {
    phrase!("shown-tree", "size {size}, root {root}", size = checkpoint.size, root = Hash(checkpoint.root))
}

/// Why a file proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum Unproved {
    /// Another version of the format.
    #[error("expected version {VERSION} of the format, found {found}")]
    Version {
        /// What the file says.
        found: u64,
    },
    /// The charter does not open a ledger.
    #[error("expected a charter that opens a ledger, found {0}")]
    Charter(Phrase),
    /// A handover does not hold.
    #[error("expected the handover at entry {index} to hold, found {found}")]
    Handover {
        /// Its entry.
        index: u64,
        /// What is wrong.
        found: Phrase,
    },
    /// A checkpoint that the log did not sign, or not under this key.
    #[error("expected a checkpoint signed by the log, found {0}")]
    Checkpoint(Phrase),
    /// An entry is not in the tree.
    #[error("expected entry {index} in the signed tree, found {found}")]
    Inclusion {
        /// Its index.
        index: u64,
        /// What is wrong.
        found: Phrase,
    },
    /// The two trees are not shown to be different.
    #[error("expected two trees that contradict each other, found {0}")]
    Consistent(Phrase),
    /// A receipt that does not hold by itself.
    #[error("expected a receipt that holds under its own checkpoint, found {0}")]
    Receipt(Phrase),
    /// The manifest is not what an office key signed.
    #[error("expected a manifest signed by an office key of the CEC, found {0}")]
    Manifest(Phrase),
    /// Bundles that do not read, or are not the entries under the signed root.
    #[error("expected the entries under the signed root, found {0}")]
    Bundles(Phrase),
    /// What is claimed to be unlawful or false is lawful and true.
    #[error("expected a lie, found none: {0}")]
    True(Phrase),
    /// Two events that good signatures stand under at one place of one chain; that this is a lie is not shown.
    #[error("expected a lie, found two signed acts at {place}, {one} and {other}: {doubt}", one = .events[0], other = .events[1])]
    TwoSignedActs {
        /// The author's chain and the number in it.
        place: Box<Phrase>,
        /// The hashes of both events, ascending.
        events: [Hash; 2],
        /// Why they may be honest.
        doubt: ForkDoubt,
    },
    /// The claim rests on witnesses, and nobody said whom to trust.
    #[error(
        "expected a policy, found none: this claim rests on the times of witnesses, and only you know whom you trust"
    )]
    NoPolicy,
    /// The policy is not met by cosignatures that show the lie.
    #[error("expected enough cosignatures of the policy that show it, found {0}")]
    Witnesses(Phrase),
}

/// Why two signed acts at one place of one chain may be honest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum ForkDoubt {
    /// One of them voids acts that are not shown.
    #[error("one of them replaces earlier acts, and the other may be among those")]
    Replaces,
    /// They are not two protocols of one precinct with other figures.
    #[error(
        "they are not two protocols of one precinct with other figures: who drafted again may merely have forgotten to \
         name the old draft"
    )]
    Redraft,
    /// The file does not carry the entries up to a stated size.
    #[error("the file has no entries that show which keys were in force")]
    NoEntries,
    /// The ledger took in neither of them, as far as the entries go.
    #[error("neither of them stands among the entries")]
    NotInLedger,
    /// One of them would not have been admitted where the other one was.
    #[error("{event} would not have been admitted at size {size}: {found}")]
    Refused {
        /// The event.
        event: Hash,
        /// How many entries stood before it.
        size: u64,
        /// Why not.
        found: Phrase,
    },
}
