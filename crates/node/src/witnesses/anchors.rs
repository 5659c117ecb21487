//! A safe start: before the first signature the world is asked what it has seen.
//!
//! Places of publication, addresses that show a checkpoint and the witnesses of the policy are asked, those that are named and those that the
//! ledger remembers; what any of them has must be of this ledger's past.
//!
//! A disk that was rolled back as a whole looks sound from inside. Whoever signs on it signs a second history.

use std::path::{Path, PathBuf};

use phrase::{Argument, Phrase, Phrased as _, phrase};
use tlog::policy::Policy;
use verifier::{
    Pin,
    address::{self, AddressError},
};

use super::{
    anchor_fault::AnchorError,
    ask::WitnessPolicyError,
    compare::{keep_contradiction, require_own_head, require_own_past},
    inquiry::Inquiry,
    memory::{AnchorMemory, absolute_place},
    policy::WitnessPolicy,
    probe::{PATIENCE, PolicyStanding, probe_policy},
};
use crate::{
    fault::OpenLedgerError,
    instance::{Instance, InstancePlace},
    publish::open::open_target,
    writer::Writer,
};

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
    /// The state directory, outside of the ledger's folder, which tells a ledger from its copy.
    pub state: PathBuf,
    /// Write to a copy, if somebody else knows that it is the newest.
    pub restored: bool,
    /// Nothing is acknowledged before the quorum of the policy: the ledger itself may then be written to while its witnesses are silent.
    pub quorum_first: bool,
    /// Checkpoints, receipts, sizes with their roots that were kept elsewhere: each must be of this ledger's past.
    pub pins: Vec<Pin>,
    /// The node that wrote before the ledger was restored can never start again: people saw to that.
    pub old_node_gone: bool,
}

/// How a ledger stands to what the world has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nobody who was reached has anything newer, or nothing was ever published.
    Anchored,
    /// Nothing may be signed before others answer.
    Unanchored {
        /// Why not.
        why: Phrase,
    },
    /// The folder is a copy, and nobody said that it is the restored ledger.
    Copied {
        /// By what it is told.
        why: Phrase,
    },
    /// A witness claims more, and no quorum says otherwise.
    Claimed {
        /// Who claims what.
        found: Phrase,
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

impl Anchors {
    /// Asks everybody, then lets a writer that was opened unsigned begin: what a crash left is signed over.
    ///
    /// # Errors
    /// [`BeginError`]; nothing was signed.
    pub fn begin_writing(&self, writer: &mut Writer) -> Result<(), BeginError> {
        match self.compare_newest(writer)? {
            Standing::Anchored => {}
            Standing::Unanchored { why } => return Err(AnchorError::Unanchored { why }.into()),
            Standing::Copied { why } => return Err(AnchorError::Copied { why }.into()),
            Standing::Claimed { found } => return Err(AnchorError::Claimed { found }.into()),
        }
        self.mark_opening(writer)?;
        Ok(writer.sign_uncovered_entries().map_err(OpenLedgerError::from)?)
    }

    /// Asks everybody. Who is anchored remembers the policy under which it was.
    pub(crate) fn compare_newest(&self, writer: &Writer) -> Result<Standing, AnchorError> {
        let dir = writer.store().dir();
        let memory = AnchorMemory::read(dir)?.unwrap_or_default();
        if memory.quorum_first && !self.quorum_first && !self.old_node_gone {
            return Err(AnchorError::QuorumFirst);
        }
        let before = memory.shown_before(dir, !writer.head().state().snapshots.is_empty());
        let (published, witnessed, shown) = (before.published, before.witnessed, before.at_all());
        let mut inquiry = Inquiry::default();
        self.compare_pins(writer, &memory, &mut inquiry)?;
        self.ask_places(writer, &memory, &mut inquiry)?;
        self.ask_addresses(writer, &memory, &mut inquiry)?;
        let policies = self.policies(&memory, witnessed)?;
        let mut standings = Vec::new();
        for policy in &policies {
            standings.push(probe_policy(writer, &policy.policy, !shown, &mut inquiry.silent)?);
        }
        for one in &inquiry.silent {
            tracing::warn!(found = %one, "no checkpoint to compare with");
        }
        let claims = standings.iter().filter(|one| !one.quorum).flat_map(|one| one.claims.clone());
        if let Some(found) = Phrase::chain(claims) {
            return Ok(Standing::Claimed { found });
        }
        for claim in standings.iter().flat_map(|one| &one.claims) {
            tracing::error!(%claim, "a quorum of witnesses says otherwise: report this witness");
        }
        if let Some(standing) = self.judge_copy(writer, &memory, &inquiry, &standings)? {
            return Ok(standing);
        }
        let anchored = is_anchored(&inquiry, &standings, published, witnessed);
        let accepted = self.accept_unanchored && !shown && memory.policy.is_none();
        let waits =
            !anchored && !accepted && witnessed && self.may_wait_for_quorum(&inquiry, &standings, published);
        if waits {
            tracing::warn!(
                "too few witnesses answer: events are taken in, and none is acknowledged before the quorum has cosigned it"
            );
        }
        if !(anchored || accepted || waits) {
            return Ok(Standing::Unanchored {
                why: inquiry.describe_silence(
                    self.accept_unanchored,
                    shown || memory.policy.is_some(),
                    witnessed,
                ),
            });
        }
        if let Some(policy) = &self.policy {
            AnchorMemory::update(dir, |memory| memory.policy = Some(policy.text.clone()))?;
        }
        Ok(Standing::Anchored)
    }

    /// Marks that the ledger is opened for writing here, for a copy to be told later. What was restored gets a mark of its own.
    ///
    /// # Errors
    /// [`AnchorError`] when the mark cannot be kept.
    pub fn mark_opening(&self, writer: &mut Writer) -> Result<(), AnchorError> {
        let dir = writer.store().dir().to_owned();
        let place = self.instance_place(writer);
        let size = signed_size(writer);
        let memory = AnchorMemory::read(&dir)?.unwrap_or_default();
        let anew = place.examine(size, memory.marked)? != Instance::Same;
        let keeper = place.mark_opening(size, anew)?;
        AnchorMemory::update(&dir, |memory| {
            memory.marked = true;
            memory.quorum_first &= !self.old_node_gone;
        })?;
        writer.keep_signed_size(keeper);
        Ok(())
    }

    fn instance_place<'a>(&'a self, writer: &'a Writer) -> InstancePlace<'a> {
        let ledger = writer.head().state().ledger.unwrap_or(event::Hash::ZERO);
        InstancePlace { dir: writer.store().dir(), state: &self.state, ledger, test: writer.is_test() }
    }

    /// What is to be said of a copy that may not be written to; none for the ledger itself, and for a restored copy that others confirm.
    fn judge_copy(
        &self,
        writer: &Writer,
        memory: &AnchorMemory,
        inquiry: &Inquiry,
        standings: &[PolicyStanding],
    ) -> Result<Option<Standing>, AnchorError> {
        let found = self.instance_place(writer).examine(signed_size(writer), memory.marked)?;
        let Instance::Copy(sign) = found else { return Ok(None) };
        if !self.restored {
            return Ok(Some(Standing::Copied {
                why: phrase!(
                    "a-copy",
                    "{sign}: this folder is a copy of a ledger, and the ledger itself may be written to elsewhere; a copy is read, and written to \
                     only with --restored (docs/operations.md, Restore)"
                ),
            }));
        }
        if inquiry.seen || is_confirmed(standings) {
            tracing::warn!(why = %sign, "a copy is written to as the restored ledger");
            return Ok(None);
        }
        let found = inquiry.describe_silent();
        Ok(Some(Standing::Unanchored {
            why: phrase!(
                "a-restored-copy-alone",
                "expected with --restored a place, a witness, or a --pin with the newest checkpoint or receipt that others hold, found \
                 none that shows what this copy must hold: {found}; {sign}"
            ),
        }))
    }

    /// Whether the ledger may be written to although its witnesses are silent: it is no copy (which was asked before), nobody says anything against it,
    /// places show what they should, and nothing is acknowledged before the quorum.
    fn may_wait_for_quorum(&self, inquiry: &Inquiry, standings: &[PolicyStanding], published: bool) -> bool {
        let remembered = !standings.is_empty() && standings.iter().all(|one| !one.forgetful);
        self.quorum_first && self.policy.is_some() && remembered && (inquiry.seen || !published)
    }

    /// Compares what was kept elsewhere with the ledger.
    fn compare_pins(
        &self,
        writer: &Writer,
        memory: &AnchorMemory,
        inquiry: &mut Inquiry,
    ) -> Result<(), AnchorError> {
        const AT: &str = "--pin";
        let known = memory.largest_size();
        for pin in &self.pins {
            let size = match pin {
                Pin::Checkpoint(note) => require_past(writer, AT, note)?,
                Pin::Receipt(receipt) => require_past(writer, AT, receipt.checkpoint.as_bytes())?,
                Pin::Heads(heads) => {
                    let mut largest = 0;
                    for (size, root) in heads {
                        largest = require_own_head(writer.head(), AT, *size, *root)?.max(largest);
                    }
                    largest
                }
                Pin::Genesis(_) => {
                    return Err(AnchorError::Pin { found: phrase!("a-ledger-id", "a ledger's id") });
                }
                Pin::Policy(_) => return Err(AnchorError::Pin { found: phrase!("a-policy", "a policy") }),
                Pin::Event(_) => return Err(AnchorError::Pin { found: phrase!("an-event", "an event") }),
            };
            inquiry.see(AT, size, known);
        }
        Ok(())
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
                Ok(None) => inquiry.silent.push(phrase!("place-without-checkpoint", "{at}: no checkpoint")),
                Err(error) => inquiry.miss(error.phrase().at(Argument::quote(format!("{at}: ")))),
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
                Err(error @ AddressError::NoCheckpoint { .. }) => inquiry.silent.push(error.phrase()),
                Err(error) => inquiry.miss(error.phrase()),
            }
        }
        Ok(())
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

/// Entries under the newest signed checkpoint of this disk.
fn signed_size(writer: &Writer) -> u64 {
    writer.store().head().map_or(0, |(size, _)| size)
}

/// Whether the witnesses of every policy that counts know nothing newer.
fn is_confirmed(standings: &[PolicyStanding]) -> bool {
    !standings.is_empty() && standings.iter().all(|one| one.quorum || one.covered)
}

/// Whether enough of those who may know more were asked.
fn is_anchored(inquiry: &Inquiry, standings: &[PolicyStanding], published: bool, witnessed: bool) -> bool {
    let confirmed = is_confirmed(standings);
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
