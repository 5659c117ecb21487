//! Which keys count, from the charter and the handovers that an evidence file carries.
//!
//! Contains the charter admitted as entry 0, each handover signed by the root and proved in the log. Elsewhere: what is
//! proved with these keys (`trees`, `acts`, `office`).

use event::{Hash, Key};
use law::{Fact, facts::LedgerOpened};
use ledger::{Entry, Head, LogKeyError, LogKeys};
use phrase::{Phrase, Phrased as _, phrase};
use tlog::{
    checkpoint::Checkpoint,
    note::{Note, VerifierKey},
    proof::verify_inclusion,
    tree::leaf_hash,
};

use crate::evidence::{
    claims::{Claim, Evidence, Handover, Proved},
    unproved::Unproved,
};

/// The ledger, and the keys of its log by the size from which they sign.
pub(super) struct EvidenceTrust {
    pub(super) ledger: Hash,
    pub(super) charter: LedgerOpened,
    /// Checkpoints of a size above the number are under this key.
    log_keys: Vec<(u64, Key)>,
    root_keys: Vec<Key>,
    threshold: u64,
}

impl EvidenceTrust {
    /// Reads the charter and every handover.
    pub(super) fn of(evidence: &Evidence) -> Result<Self, Unproved> {
        let entry = Entry::decode(&evidence.charter.0).map_err(|error| Unproved::Charter(error.phrase()))?;
        let admitted = Head::default().admit(entry).map_err(|refusal| Unproved::Charter(refusal.phrase()))?;
        let Fact::LedgerOpened(charter) = admitted.fact() else {
            return Err(Unproved::Charter(phrase!(
                "another-first-entry",
                "{fact} as its first entry",
                fact = admitted.fact().name()
            )));
        };
        let mut trust = Self {
            ledger: admitted.entry().checked().hash(),
            log_keys: vec![(0, charter.log_key)],
            root_keys: charter.root_keys.clone(),
            threshold: charter.threshold,
            charter: charter.clone(),
        };
        for handover in &evidence.handovers {
            trust.hand_over(handover)?;
        }
        for handover in &evidence.handovers {
            let opened = match &evidence.claim {
                // Whoever signs a tree that holds the end of the key says with the same signature that it has ended.
                Claim::RetiredKey(claim) if claim.checkpoint == handover.checkpoint => {
                    trust.open_under_any_key(&handover.checkpoint.0)?.0
                }
                _ => trust.open_checkpoint(&handover.checkpoint.0)?,
            };
            require_inclusion(&handover.proved, &opened)?;
        }
        Ok(trust)
    }

    /// The root signed the event. Its place is proved afterwards, under the keys in force: who makes the file cannot move
    /// it to another one.
    fn hand_over(&mut self, handover: &Handover) -> Result<(), Unproved> {
        let fault = |found: Phrase| Unproved::Handover { index: handover.proved.index, found };
        let entry = Entry::decode(&handover.proved.entry.0).map_err(|error| fault(error.phrase()))?;
        let event = entry.event();
        if event.ledger != self.ledger || entry.index() != handover.proved.index {
            return Err(fault(phrase!(
                "event-of-another-ledger-or-index",
                "an event of another ledger, or at another index"
            )));
        }
        let fact = Fact::read(event, entry.checked().bytes()).map_err(|error| fault(error.phrase()))?;
        let old = self.root_keys.iter().filter(|key| event.signers.contains(key)).count() as u64;
        if old < self.threshold {
            return Err(fault(phrase!(
                "too-few-root-signatures",
                "{old} signatures of root keys, not {threshold}",
                threshold = self.threshold
            )));
        }
        match fact {
            Fact::LogKeyReplaced(body) => self.log_keys.push((handover.proved.index, body.log_key)),
            Fact::RootKeysReplaced(body) if body.root_keys.iter().all(|key| event.signers.contains(key)) => {
                (self.root_keys, self.threshold) = (body.root_keys, body.threshold);
            }
            other => {
                return Err(fault(phrase!(
                    "hands-nothing-over",
                    "{fact}, which hands nothing over",
                    fact = other.name()
                )));
            }
        }
        Ok(())
    }

    /// Opens a checkpoint under the key in force at its size.
    pub(super) fn open_checkpoint(&self, note: &[u8]) -> Result<Checkpoint, Unproved> {
        match self.open_under_any_key(note)? {
            (checkpoint, key) if self.in_force(checkpoint.size) == Some(key) => Ok(checkpoint),
            (checkpoint, _) => Err(Unproved::Checkpoint(phrase!(
                "log-key-not-in-force",
                "one of size {size} under a log key not in force there",
                size = checkpoint.size
            ))),
        }
    }

    /// Opens a checkpoint under any key that the log ever had, and tells which.
    pub(super) fn open_under_any_key(&self, note: &[u8]) -> Result<(Checkpoint, Key), Unproved> {
        let keys = LogKeys::new(self.charter.origin.as_str(), &self.log_keys);
        if let Some((key, opened)) = keys.signers(note).next() {
            return Ok((opened, key));
        }
        let found = keys.open(note).err().unwrap_or(LogKeyError::NoCharter);
        Err(Unproved::Checkpoint(found.phrase()))
    }

    /// The key that signs checkpoints of this size.
    pub(super) fn in_force(&self, size: u64) -> Option<Key> {
        law::log_key_for(&self.log_keys, size)
    }

    /// Opens the signed text of an office of the CEC.
    pub(super) fn open_office(note: &[u8], keys: &[VerifierKey]) -> Result<String, Unproved> {
        let note = Note::parse(note).map_err(|error| Unproved::Manifest(error.phrase()))?;
        note.verify(keys).map_err(|error| Unproved::Manifest(error.phrase()))?;
        Ok(note.text().to_owned())
    }
}

/// The entry stands at its index in the tree of the checkpoint.
pub(super) fn require_inclusion(proved: &Proved, checkpoint: &Checkpoint) -> Result<(), Unproved> {
    leaf_included(proved.index, &leaf_hash(&proved.entry.0), &proved.proof, checkpoint)
}

/// The leaf stands at this index in the tree of the checkpoint.
pub(super) fn leaf_included(
    index: u64,
    leaf: &[u8; 32],
    proof: &[Hash],
    checkpoint: &Checkpoint,
) -> Result<(), Unproved> {
    let proof: Vec<[u8; 32]> = proof.iter().map(|hash| hash.0).collect();
    verify_inclusion(index, checkpoint.size, leaf, &proof, &checkpoint.root)
        .map_err(|error| Unproved::Inclusion { index, found: error.phrase() })
}
