//! A safe start: before the first signature the world is asked what it has seen.
//!
//! Places of publication, addresses that show a checkpoint and the witnesses of the policy are asked, those that are named and those that the
//! ledger remembers; what any of them has must be of this ledger's past.
//!
//! A disk that was rolled back as a whole looks sound from inside. Whoever signs on it signs a second history.

use std::path::Path;

use tlog::policy::Policy;
use verifier::address::{self, AddressError};

use super::{
    anchor_fault::AnchorError,
    ask::WitnessPolicyError,
    compare::{keep_contradiction, require_own_past},
    memory::{AnchorMemory, absolute_place},
    policy::WitnessPolicy,
    probe::{PATIENCE, PolicyStanding, probe_policy},
};
use crate::{fault::OpenLedgerError, publish::open::open_target, writer::Writer};

/// Whom to ask.
#[derive(Debug, Default)]
pub struct Anchors {
    /// Places that the ledger is published to.
    pub places: Vec<String>,
    /// Addresses of witnesses, mirrors and static servers that show a checkpoint.
    pub addresses: Vec<String>,
    /// The policy, whose witnesses are asked.
    pub policy: Option<WitnessPolicy>,
    /// Write although nobody answered; of no use once the ledger was shown to anybody.
    pub accept_unanchored: bool,
}

/// How a ledger stands to what the world has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nobody who was reached has anything newer, or nothing was ever published.
    Anchored,
    /// Nothing may be signed before others answer.
    Unanchored {
        /// Why not.
        why: String,
    },
    /// A witness claims more, and no quorum says otherwise.
    Claimed {
        /// Who claims what.
        found: String,
    },
}

/// Why a ledger does not open for writing.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum BeginError {
    /// The world knows more, or could not be asked.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
    /// What a crash left cannot be signed over.
    #[error(transparent)]
    Sign(#[from] OpenLedgerError),
}

/// The policy under which the ledger in a folder was opened last.
///
/// # Errors
/// [`AnchorError`] when it cannot be read.
pub fn remembered_policy(dir: &Path) -> Result<Option<Policy>, AnchorError> {
    let text = AnchorMemory::read(dir)?.and_then(|memory| memory.policy);
    let read = text.map(|text| Policy::parse(text.as_bytes()).map_err(WitnessPolicyError::Remembered));
    Ok(read.transpose()?)
}

/// What was learnt so far.
#[derive(Default)]
struct Inquiry {
    /// Whether a place shows what it is known to have shown, or an address a checkpoint of this ledger.
    seen: bool,
    /// Who gave no answer that tells anything, and why.
    silent: Vec<String>,
    /// Whether one of them could not be reached at all.
    unreached: bool,
}

impl Anchors {
    /// Asks everybody, then lets a writer that was opened unsigned begin: what a crash left is signed over.
    ///
    /// # Errors
    /// [`BeginError`]; nothing was signed.
    pub fn begin_writing(&self, writer: &mut Writer) -> Result<(), BeginError> {
        match self.compare_newest(writer)? {
            Standing::Anchored => {}
            Standing::Unanchored { why } => return Err(AnchorError::Unanchored { why }.into()),
            Standing::Claimed { found } => return Err(AnchorError::Claimed { found }.into()),
        }
        Ok(writer.sign_uncovered_entries().map_err(OpenLedgerError::from)?)
    }

    /// Asks everybody. Who is anchored remembers the policy under which it was.
    pub(crate) fn compare_newest(&self, writer: &Writer) -> Result<Standing, AnchorError> {
        let dir = writer.store().dir();
        let memory = AnchorMemory::read(dir)?;
        let published = memory
            .as_ref()
            .map_or_else(|| !writer.head().state().snapshots.is_empty(), AnchorMemory::was_published);
        let memory = memory.unwrap_or_default();
        // A ledger of a program without a memory has at least the checkpoint that its quorum cosigned.
        let witnessed = memory.witnessed || dir.join("witnessed").is_file();
        let shown = published || witnessed;
        let mut inquiry = Inquiry::default();
        self.ask_places(writer, &memory, &mut inquiry)?;
        self.ask_addresses(writer, &memory, &mut inquiry)?;
        let policies = self.policies(&memory, witnessed)?;
        let mut standings = Vec::new();
        for policy in &policies {
            standings.push(probe_policy(writer, &policy.policy, !shown, &mut inquiry.silent)?);
        }
        for one in &inquiry.silent {
            tracing::warn!(found = one, "no checkpoint to compare with");
        }
        let claims: Vec<String> =
            standings.iter().filter(|one| !one.quorum).flat_map(|one| one.claims.clone()).collect();
        if !claims.is_empty() {
            return Ok(Standing::Claimed { found: claims.join("; ") });
        }
        for claim in standings.iter().flat_map(|one| &one.claims) {
            tracing::error!(claim, "a quorum of witnesses says otherwise: report this witness");
        }
        let anchored = is_anchored(&inquiry, &standings, published, witnessed);
        let accepted = self.accept_unanchored && !shown && memory.policy.is_none();
        if !(anchored || accepted) {
            return Ok(Standing::Unanchored {
                why: self.describe_silence(&inquiry, shown || memory.policy.is_some()),
            });
        }
        if let Some(policy) = &self.policy {
            AnchorMemory::update(dir, |memory| memory.policy = Some(policy.text.clone()))?;
        }
        Ok(Standing::Anchored)
    }

    /// The policy given, or the one remembered; both where witnesses of the other one may have seen more.
    fn policies(&self, memory: &AnchorMemory, witnessed: bool) -> Result<Vec<WitnessPolicy>, AnchorError> {
        let mut policies: Vec<WitnessPolicy> = self.policy.iter().cloned().collect();
        let other = |text: &&String| self.policy.as_ref().is_none_or(|own| own.text != **text && witnessed);
        if let Some(text) = memory.policy.as_ref().filter(other) {
            let remembered = WitnessPolicy::parse(text.as_bytes());
            policies.push(remembered.map_err(WitnessPolicyError::Remembered)?);
        }
        Ok(policies)
    }

    fn ask_places(
        &self,
        writer: &Writer,
        memory: &AnchorMemory,
        inquiry: &mut Inquiry,
    ) -> Result<(), AnchorError> {
        let mut places: Vec<(String, Option<u64>)> =
            memory.places.iter().map(|place| (place.at.clone(), place.size)).collect();
        for named in self.places.iter().map(|at| absolute_place(at)) {
            if !places.iter().any(|(at, _)| *at == named) {
                places.push((named, None));
            }
        }
        let largest = memory.largest_size();
        for (at, known) in places {
            let known = known.or(largest);
            match open_target(&at).and_then(|target| target.read("checkpoint")) {
                Ok(Some(note)) => {
                    let size = require_past(writer, &at, &note)?;
                    inquiry.see(&at, size, known);
                }
                Ok(None) => inquiry.silent.push(format!("{at}: no checkpoint")),
                Err(error) => inquiry.miss(format!("{at}: {error}")),
            }
        }
        Ok(())
    }

    fn ask_addresses(
        &self,
        writer: &Writer,
        memory: &AnchorMemory,
        inquiry: &mut Inquiry,
    ) -> Result<(), AnchorError> {
        for at in &self.addresses {
            match address::checkpoint(at, &PATIENCE) {
                Ok(note) => {
                    let size = require_past(writer, at, &note)?;
                    inquiry.see(at, size, memory.largest_size());
                }
                Err(error @ AddressError::NoCheckpoint { .. }) => inquiry.silent.push(error.to_string()),
                Err(error) => inquiry.miss(error.to_string()),
            }
        }
        Ok(())
    }

    fn describe_silence(&self, inquiry: &Inquiry, shown: bool) -> String {
        let found =
            if inquiry.silent.is_empty() { "nobody to ask".to_owned() } else { inquiry.silent.join("; ") };
        let way = match (shown, self.accept_unanchored) {
            (false, _) => "wait until they answer, or start with --accept-unanchored",
            (true, false) => {
                "wait until they answer, or name a place that has the newest checkpoint with --to or --witness (--accept-unanchored \
                 does not help once a ledger was shown to others)"
            }
            (true, true) => {
                "this ledger was shown to others, so --accept-unanchored is refused: wait until they answer, or name a place that has \
                 the newest checkpoint with --to or --witness"
            }
        };
        format!(
            "expected the newest checkpoint from a place of publication, or from so many witnesses that every quorum has one of \
             them, found too few: {found}; {way}"
        )
    }
}

impl Inquiry {
    /// Takes a checkpoint of this ledger's past; one smaller than what is known to have been shown tells nothing.
    fn see(&mut self, at: &str, size: u64, known: Option<u64>) {
        match known.filter(|known| size < *known) {
            Some(known) => self.silent.push(format!(
                "{at}: expected a checkpoint of at least the {known} entries that were shown before, found one of {size}"
            )),
            None => self.seen = true,
        }
    }

    fn miss(&mut self, why: String) {
        self.silent.push(why);
        self.unreached = true;
    }
}

/// Entries under a checkpoint of this ledger's past; one that contradicts the ledger is kept as evidence.
fn require_past(writer: &Writer, at: &str, note: &[u8]) -> Result<u64, AnchorError> {
    let compared = require_own_past(writer.head(), at, note);
    if let Err(AnchorError::Behind { .. } | AnchorError::Beside { .. }) = &compared {
        keep_contradiction(writer.store().dir(), note, writer.checkpoint().as_deref());
    }
    compared
}

/// Whether enough of those who may know more were asked.
fn is_anchored(inquiry: &Inquiry, standings: &[PolicyStanding], published: bool, witnessed: bool) -> bool {
    let confirmed = !standings.is_empty() && standings.iter().all(|one| one.quorum || one.covered);
    if witnessed && !standings.is_empty() {
        // A place knows what was published, and not what witnesses saw since.
        return confirmed;
    }
    if inquiry.seen || confirmed {
        return true;
    }
    // What was shown to nobody can have no newer copy with anybody; who is new to this ledger says so, too.
    !published && !witnessed && !inquiry.unreached && standings.iter().all(|one| one.covered_with_new)
}
