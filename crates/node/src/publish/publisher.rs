//! Publishing: frozen, verified, signed, announced, made public; and what a crash between two steps leaves to be finished.
//!
//! ```text
//! freeze at size n ─▶ verify ─▶ stage and fsync ─▶ append snapshot-published ─▶ tiles ─▶ snapshots/n ─▶ checkpoint
//! ```
//!
//! What is announced and not yet public after a crash is finished from the staging folder by the next call.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use event::{Hash, Id, MemberSignature, Text, json::DecodeError, member_text};
use law::{
    Fact,
    facts::{Overridden, SnapshotPublished},
};
use ledger::Chain;
use tlog::policy::Policy;
use verifier::{Audit, Paper, Status, Verdict};

use super::{
    cosigned::WitnessAnswers,
    fault::PublishError,
    frozen::PublishableLedger,
    office::OfficeSigner,
    pages::SnapshotPages,
    release::{make_public, remove_replaced_tiles},
    stage::{StagedSnapshot, keep_staged},
    target::{PublicationTarget, checkpoint_size_at, has_snapshot, require_own_root_page},
};
use crate::{attachments, fault::AppendError, witnesses::memory::absolute_place};

/// What was made public.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Number of the snapshot.
    pub n: u64,
    /// Entries that it covers.
    pub size: u64,
    /// SHA-256 of its manifest.
    pub manifest: Hash,
    /// Files written; the others were there already.
    pub written: usize,
    /// Whether an announced snapshot was finished instead of a new one made.
    pub finished: bool,
    /// What the witnesses said to the checkpoint that shows it, where there is a policy.
    pub witnesses: Option<WitnessAnswers>,
}

/// Publishes one ledger again and again: keeps what only publishing needs, so that the next publication verifies and reads
/// nothing but what is new.
#[derive(Default)]
pub struct Publisher {
    /// What was verified before a publication.
    audit: Audit,
    /// The folder and the root of the ledger that was verified.
    verified: Option<(PathBuf, Hash)>,
    /// The attachments that were found beside the ledger then.
    attachments: BTreeMap<String, Paper>,
    /// Whose cosignatures published checkpoints carry.
    policy: Option<Policy>,
    /// What new snapshots have for people.
    pages: Option<SnapshotPages>,
}

impl Publisher {
    /// A publisher that puts checkpoints to the witnesses of a policy before they are made public.
    #[must_use]
    pub fn with_witnesses(policy: Policy) -> Self {
        Self { policy: Some(policy), ..Self::default() }
    }

    /// The same publisher, which gives each new snapshot its pages, and the verifier as one file beside them.
    #[must_use]
    pub fn and_pages(self, verifier_page: Vec<u8>) -> Self {
        Self { pages: Some(SnapshotPages { verifier_page }), ..self }
    }

    /// Publishes a snapshot of the ledger in `dir` to a publication target. A frozen ledger that does not verify is published
    /// only for a `reason`, which the announcement carries for ever together with the checks that failed.
    ///
    /// # Errors
    /// [`PublishError`]; a reader never sees half a snapshot.
    pub fn publish(
        &mut self,
        ledger: &mut dyn PublishableLedger,
        dir: &Path,
        to: &mut dyn PublicationTarget,
        office: &OfficeSigner<'_>,
        reason: Option<&Text>,
    ) -> Result<Publication, PublishError> {
        let from = checkpoint_size_at(ledger, to)?;
        if self.pages.is_some() {
            require_own_root_page(to)?;
        }
        office.require_office_key(ledger)?;
        // Remembered before it is shown: whoever opens this ledger later asks there first.
        let place = absolute_place(&to.name());
        ledger.note_place(dir, &place, (from > 0).then_some(from), None)?;
        if let Some((finished, _)) =
            self.finish_announced(ledger, dir, to, from)?.filter(|(_, newest)| *newest)
        {
            remember_shown(ledger, dir, &place, finished.witnesses.as_ref())?;
            return Ok(finished);
        }
        self.forget_other_ledger(ledger, dir);
        let found = attachments::read_attachments(dir, &self.attachments)?;
        let overridden = self.verify_frozen(ledger, dir, &found, reason)?;
        let (policy, pages) = (self.policy.as_ref(), self.pages.as_ref());
        let staged = StagedSnapshot::stage_next(ledger, dir, office, &found, policy, pages)?;
        self.attachments = found;
        announce_snapshot(ledger, &staged, office, overridden)?;
        let policy = self.policy.as_ref();
        let (written, witnesses) = make_public(ledger, dir, std::slice::from_ref(&staged), to, from, policy)?;
        remember_shown(ledger, dir, &place, witnesses.as_ref())?;
        Ok(Publication {
            n: staged.n,
            size: staged.size,
            manifest: staged.manifest_hash(),
            written,
            finished: false,
            witnesses,
        })
    }

    /// Makes public what was announced and is not there, and announces nothing: another place of a snapshot that was just announced. Answers
    /// with the newest, where there is one.
    ///
    /// # Errors
    /// [`PublishError`].
    pub fn publish_announced(
        &mut self,
        ledger: &dyn PublishableLedger,
        dir: &Path,
        to: &mut dyn PublicationTarget,
    ) -> Result<Option<Publication>, PublishError> {
        let from = checkpoint_size_at(ledger, to)?;
        let place = absolute_place(&to.name());
        ledger.note_place(dir, &place, (from > 0).then_some(from), None)?;
        let Some((finished, _)) = self.finish_announced(ledger, dir, to, from)? else { return Ok(None) };
        remember_shown(ledger, dir, &place, finished.witnesses.as_ref())?;
        Ok(Some(finished))
    }

    /// Makes public what was announced and is not there: after a crash, or in a folder that was not published to before.
    /// Answers with the last of them, and whether nothing has happened since.
    fn finish_announced(
        &self,
        ledger: &dyn PublishableLedger,
        dir: &Path,
        to: &mut dyn PublicationTarget,
        from: u64,
    ) -> Result<Option<(Publication, bool)>, PublishError> {
        let mut lacking = Vec::new();
        let mut last = None;
        for (index, announced) in &ledger.head().state().snapshots {
            // Laid down and not shown is not public: a crash may have come between the two.
            if *index < from && has_snapshot(to, announced.n)? {
                continue;
            }
            lacking.push(reopen_staged(ledger, dir, announced.n, &announced.manifest)?);
            last = Some((*index, announced));
        }
        let Some((index, announced)) = last else { return Ok(None) };
        let (written, witnesses) = make_public(ledger, dir, &lacking, to, from, self.policy.as_ref())?;
        let finished = Publication {
            n: announced.n,
            size: announced.size,
            manifest: announced.manifest,
            written,
            finished: true,
            witnesses,
        };
        Ok(Some((finished, ledger.head().size() == index + 1)))
    }

    /// What was verified before must be the past of this ledger, in this folder; otherwise everything is verified anew.
    fn forget_other_ledger(&mut self, ledger: &dyn PublishableLedger, dir: &Path) {
        let past = ledger.head().root_at(self.audit.size());
        let same = |(folder, root): &(PathBuf, Hash)| folder == dir && Some(*root) == past;
        if !self.verified.as_ref().is_some_and(same) {
            self.audit = Audit::default();
            self.attachments.clear();
        }
    }

    /// The frozen ledger through the eyes of an observer; what the reason overrides, if it is not sound. What
    /// was verified before is not verified again.
    fn verify_frozen(
        &mut self,
        ledger: &dyn PublishableLedger,
        dir: &Path,
        attachments: &BTreeMap<String, Paper>,
        reason: Option<&Text>,
    ) -> Result<Option<Overridden>, PublishError> {
        while self.audit.size() < ledger.head().size() {
            let from = self.audit.size();
            let to = ledger.head().size().min(from + AT_ONCE);
            let entries: Vec<Vec<u8>> =
                (from..to).map(|index| ledger.entry(index)).collect::<Result<_, _>>()?;
            let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
            self.audit.feed_entries(&entries);
        }
        self.verified = Some((dir.to_owned(), ledger.head().root()));
        let report = self.audit.report("the frozen ledger", ledger.checkpoint(), attachments.clone());
        if report.verdict() != Verdict::Failed {
            return Ok(None);
        }
        let Some(reason) = reason else { return Err(PublishError::Unverified { report: Box::new(report) }) };
        let failed = report.rows.iter().filter(|row| row.status == Status::Fail);
        let ids = failed.map(|row| Text::new(row.rule.id())).collect::<Result<Vec<_>, _>>();
        let mut checks = ids.map_err(|fault| DecodeError { at: 0, fault })?;
        checks.sort();
        Ok(Some(Overridden { checks, reason: reason.clone() }))
    }
}

/// Whether this ledger may be published to a target, which is read and not touched. Who publishes to several looks at
/// all of them before the first announcement.
///
/// # Errors
/// [`PublishError::Foreign`], [`PublishError::Ahead`], [`PublishError::Fork`], or when that cannot be told.
pub fn require_publishable(
    ledger: &dyn PublishableLedger,
    to: &dyn PublicationTarget,
) -> Result<(), PublishError> {
    checkpoint_size_at(ledger, to).map(|_| ())
}

/// Removes partial tiles and bundles that full ones replaced; tells how many.
///
/// # Errors
/// [`PublishError`].
pub fn sweep_partial_tiles(
    ledger: &dyn PublishableLedger,
    to: &mut dyn PublicationTarget,
) -> Result<usize, PublishError> {
    checkpoint_size_at(ledger, to)?;
    remove_replaced_tiles(to)
}

/// Keeps durably what a place shows now, and that a witness cosigned it.
fn remember_shown(
    ledger: &dyn PublishableLedger,
    dir: &Path,
    place: &str,
    witnesses: Option<&WitnessAnswers>,
) -> Result<(), PublishError> {
    ledger.note_place(dir, place, Some(ledger.head().size()), witnesses)
}

/// What was staged for an announced snapshot, in this folder or with whoever keeps the ledger.
fn reopen_staged(
    ledger: &dyn PublishableLedger,
    dir: &Path,
    n: u64,
    manifest: &Hash,
) -> Result<StagedSnapshot, PublishError> {
    if let Some(staged) = StagedSnapshot::reopen_announced(dir, n, manifest)? {
        return Ok(staged);
    }
    let files = ledger.staged_elsewhere(n)?;
    if !files.is_empty() {
        keep_staged(dir, n, &files)?;
    }
    StagedSnapshot::reopen_announced(dir, n, manifest)?.ok_or(PublishError::NotStaged { n })
}

/// So many entries are verified at once.
const AT_ONCE: u64 = 16_384;

fn announce_snapshot(
    ledger: &mut dyn PublishableLedger,
    staged: &StagedSnapshot,
    office: &OfficeSigner<'_>,
    overridden: Option<Overridden>,
) -> Result<(), PublishError> {
    let form = |fault| DecodeError { at: 0, fault };
    let chain = Chain {
        author: Id::new("cec").map_err(form)?,
        election: None,
        desk: Id::new("office").map_err(form)?,
    };
    let fact = Fact::SnapshotPublished(SnapshotPublished {
        manifest: staged.manifest_hash(),
        n: staged.n,
        overridden,
        projection_root: staged.projection_root,
        root: staged.root,
        size: staged.size,
    });
    let signer = office.public_key();
    let mut signed = ledger.head().draft(chain, &fact, office.at.clone(), vec![signer])?;
    let text = member_text(&signed.event, &signed.hash());
    let signature = office.sign(text.as_bytes())?;
    signed.add_signature(MemberSignature { signature, signer }).map_err(AppendError::from)?;
    ledger.announce(signed, office.received, (staged.n, &staged.files))
}
