//! Whether an evidence file proves what it says.
//!
//! Contains the verdict, and every reason to give none. Elsewhere: the proof of each kind (`trees`, `acts`, `office`).

use event::Hash;
use phrase::Phrase;
use tlog::policy::Policy;

use crate::evidence::{
    acts,
    claims::{Claim, Evidence, VERSION},
    forks, office, trees,
    trust::EvidenceTrust,
    unproved::Unproved,
};

/// Misbehaviour that was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misbehaviour {
    /// The kind.
    pub kind: &'static str,
    /// Whose: the ledger's id.
    pub ledger: Hash,
    /// The origin of its checkpoints.
    pub origin: String,
    /// What the file shows, name and value, in order.
    pub shown: Vec<(&'static str, Phrase)>,
}

impl Evidence {
    /// Judges it offline, from what it carries alone; a policy only says whose clocks count.
    ///
    /// # Errors
    /// [`Unproved`]: then it shows nothing, whoever made it.
    pub fn judge(&self, policy: Option<&Policy>) -> Result<Misbehaviour, Unproved> {
        if self.v != VERSION {
            return Err(Unproved::Version { found: self.v });
        }
        let trust = EvidenceTrust::of(self)?;
        let shown = match &self.claim {
            Claim::SplitView(claim) => trees::judge_split_view(&trust, claim),
            Claim::RetiredKey(claim) => trees::judge_retired_key(&trust, claim),
            Claim::ReceiptNotHonoured(claim) => trees::judge_receipt(&trust, claim),
            Claim::StaleLog(claim) => trees::judge_stale_log(&trust, claim, policy),
            Claim::AuthorFork(claim) => forks::judge_fork(&trust, claim, &self.charter),
            Claim::BadEntry(claim) => acts::bad_entry(&trust, claim),
            Claim::RuleBroken(claim) => acts::rule_broken(&trust, claim, &self.charter),
            Claim::FalseAnnouncement(claim) => office::false_announcement(claim, &self.charter),
            Claim::TwoRoots(claim) => office::two_roots(&trust, claim, &self.charter),
            Claim::FalseFile(claim) => office::false_file(&trust, claim, &self.charter),
        }?;
        let origin = trust.charter.origin.to_string();
        Ok(Misbehaviour { kind: self.claim.kind(), ledger: trust.ledger, origin, shown })
    }
}
