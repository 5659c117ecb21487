//! Whether an evidence file proves what it says.
//!
//! In: the verdict, and every reason to give none. Out: the proof of each kind (`trees`, `acts`, `office`).

use event::Hash;
use tlog::policy::Policy;

use super::{Claim, Evidence, VERSION, acts, office, trees, trust::Trust};

/// A lie that was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lie {
    /// The kind.
    pub kind: &'static str,
    /// Whose: the ledger's id.
    pub ledger: Hash,
    /// The origin of its checkpoints.
    pub origin: String,
    /// What the file shows, name and value, in order.
    pub shown: Vec<(&'static str, String)>,
}

/// Why a file proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unproved {
    /// Another version of the format.
    #[error("expected version {VERSION} of the format, found {found}")]
    Version {
        /// What the file says.
        found: u64,
    },
    /// The charter does not open a ledger.
    #[error("expected a charter that opens a ledger, found {0}")]
    Charter(String),
    /// A handover does not hold.
    #[error("expected the handover at entry {index} to hold, found {found}")]
    Handover {
        /// Its entry.
        index: u64,
        /// What is wrong.
        found: String,
    },
    /// A checkpoint that the log did not sign, or not under this key.
    #[error("expected a checkpoint signed by the log, found {0}")]
    Checkpoint(String),
    /// An entry is not in the tree.
    #[error("expected entry {index} in the signed tree, found {found}")]
    Inclusion {
        /// Its index.
        index: u64,
        /// What is wrong.
        found: String,
    },
    /// The two trees are not shown to be different.
    #[error("expected two trees that contradict each other, found {0}")]
    Consistent(String),
    /// A receipt that does not hold by itself.
    #[error("expected a receipt that holds under its own checkpoint, found {0}")]
    Receipt(String),
    /// The manifest is not what an office key signed.
    #[error("expected a manifest signed by an office key of the CEC, found {0}")]
    Manifest(String),
    /// Bundles that do not read, or are not the entries under the signed root.
    #[error("expected the entries under the signed root, found {0}")]
    Bundles(String),
    /// What is claimed to be unlawful or false is lawful and true.
    #[error("expected a lie, found none: {0}")]
    True(String),
    /// The claim rests on witnesses, and nobody said whom to trust.
    #[error(
        "expected a policy, found none: this claim rests on the times of witnesses, and only you know whom you trust"
    )]
    NoPolicy,
    /// The policy is not met by cosignatures that show the lie.
    #[error("expected enough cosignatures of the policy that show it, found {0}")]
    Witnesses(String),
}

impl Evidence {
    /// Judges it offline, from what it carries alone; a policy only says whose clocks count.
    ///
    /// # Errors
    /// [`Unproved`]: then it shows nothing, whoever made it.
    pub fn judge(&self, policy: Option<&Policy>) -> Result<Lie, Unproved> {
        if self.v != VERSION {
            return Err(Unproved::Version { found: self.v });
        }
        let trust = Trust::of(self)?;
        let shown = match &self.claim {
            Claim::SplitView(claim) => trees::split(&trust, claim),
            Claim::RetiredKey(claim) => trees::retired(&trust, claim),
            Claim::ReceiptNotHonoured(claim) => trees::dishonoured(&trust, claim),
            Claim::StaleLog(claim) => trees::stale(&trust, claim, policy),
            Claim::AuthorFork(claim) => acts::fork(&trust, claim),
            Claim::BadEntry(claim) => acts::bad_entry(&trust, claim),
            Claim::RuleBroken(claim) => acts::rule_broken(&trust, claim, &self.charter),
            Claim::FalseFile(claim) => office::false_file(&trust, claim, &self.charter),
        }?;
        let origin = trust.charter.origin.to_string();
        Ok(Lie { kind: self.claim.kind(), ledger: trust.ledger, origin, shown })
    }
}
