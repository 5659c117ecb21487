//! The one writer: owns the head, the store and the log key. It opens with a full replay and appends in groups.
//!
//! After any failed write the writer is done: it never guesses what the disk holds. Open the ledger again; opening looks.

use std::{collections::BTreeMap, ops::ControlFlow, path::Path};

use event::{CheckError, Checked, Hash, SignedEvent, Stamp};
use ledger::{Admitted, Head, LogKeys, Refusal, ReplayStep, receipt, replay};
use phrase::{Phrase, Phrased as _, phrase};
use rayon::prelude::*;
use shared_store::open_engine;
use store::{Engine, Notice, Store};
use tlog::{
    checkpoint::Checkpoint,
    note::{NoteSigner, VerifierKey},
    receipt::Receipt,
};

use crate::{
    fault::{AppendError, OpenLedgerError},
    instance::SizeKeeper,
    log_signer::make_log_signer,
    named_documents::note_documents,
    others::admit_entries,
    witnesses::memory::{AnchorMemory, AnchorMemoryError},
};

/// Entries decoded together when a ledger is opened.
const DECODED_TOGETHER: usize = 1024;

/// Appends to one ledger; there is one at a time.
pub struct Writer {
    head: Head,
    engine: Box<dyn Engine>,
    log: NoteSigner,
    /// The key that takes over when the ledger says so.
    successor: Option<NoteSigner>,
    documents: BTreeMap<Hash, u64>,
    /// Notes each signed size outside of the folder, once the ledger is opened for writing.
    sizes: Option<SizeKeeper>,
    /// Whether others are known to have seen this ledger.
    shown: bool,
}

/// An event that is in the ledger, durably, under a signed checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledged {
    /// Where it stands.
    pub index: u64,
    /// Its entry's hash: the leaf.
    pub entry: Hash,
    /// Its own hash.
    pub event: Hash,
    /// Whether it was there already.
    pub again: bool,
}

/// What became of a group.
pub(crate) struct Appended {
    /// One answer for each event, in order.
    pub(crate) answers: Vec<Result<Acknowledged, AppendError>>,
    /// What is in the ledger now.
    pub(crate) admitted: Vec<Admitted>,
}

impl Writer {
    /// Opens a ledger: every entry of the journal is checked and admitted again, then the head is signed over.
    ///
    /// # Errors
    /// [`OpenLedgerError`]; nothing is changed but a torn tail, which is said.
    pub fn open(dir: &Path, log_seed: &[u8; 32]) -> Result<(Self, Vec<Notice>), OpenLedgerError> {
        let (mut writer, notices) = Self::open_unsigned(dir, log_seed)?;
        writer.sign_uncovered_entries()?;
        Ok((writer, notices))
    }

    /// The same, and nothing is signed yet: whoever was published before asks the world first, then calls
    /// [`Writer::sign_uncovered_entries`].
    ///
    /// # Errors
    /// [`OpenLedgerError`]; nothing is changed but a torn tail, which is said.
    pub fn open_unsigned(dir: &Path, log_seed: &[u8; 32]) -> Result<(Self, Vec<Notice>), OpenLedgerError> {
        let (engine, notices) = open_engine(dir, false)?;
        Ok((Self::replay_store(engine, log_seed)?, notices))
    }

    /// The same after a write that failed in this process: what no checkpoint covers is written elsewhere and synced.
    ///
    /// # Errors
    /// [`OpenLedgerError`]; nothing is changed but a torn tail, which is said.
    pub(crate) fn reopen_unsigned(
        dir: &Path,
        log_seed: &[u8; 32],
    ) -> Result<(Self, Vec<Notice>), OpenLedgerError> {
        let (engine, notices) = open_engine(dir, true)?;
        Ok((Self::replay_store(engine, log_seed)?, notices))
    }

    /// Admits every entry again. No more than a few are in memory at a time, beside the head that they make.
    fn replay_store(engine: Box<dyn Engine>, log_seed: &[u8; 32]) -> Result<Self, OpenLedgerError> {
        let (mut head, mut documents) = (Head::default(), BTreeMap::new());
        let mut entries = engine.folder().entries()?;
        loop {
            let some: Vec<Vec<u8>> = entries.by_ref().take(DECODED_TOGETHER).collect::<Result<_, _>>()?;
            if some.is_empty() {
                break;
            }
            let some: Vec<&[u8]> = some.iter().map(Vec::as_slice).collect();
            replay(&mut head, verifier::decode_all(&some), |step| {
                if let ReplayStep::Admitted(_, admitted) = step {
                    note_documents(&mut documents, admitted);
                }
                ControlFlow::Continue(())
            })?;
        }
        let charter = head.state().charter.as_ref().ok_or(OpenLedgerError::Empty)?;
        // What is signed next is at least as large as the ledger is now.
        let key = event::Key(LogKeys::of(head.state())?.in_force(head.size())?.key());
        let log = make_log_signer(charter, key, log_seed)?;
        let writer = Self::new(head, engine, log, documents);
        writer.require_own_checkpoint()?;
        Ok(writer)
    }

    pub(crate) fn new(
        head: Head,
        engine: Box<dyn Engine>,
        log: NoteSigner,
        documents: BTreeMap<Hash, u64>,
    ) -> Self {
        Self { head, engine, log, successor: None, documents, sizes: None, shown: false }
    }

    /// Appends events one after the other as one group: one durable write, one signed checkpoint. What is refused is
    /// answered in its place and keeps nothing else out.
    ///
    /// # Errors
    /// When the group could not be made durable: open the ledger again.
    pub fn append(
        &mut self,
        group: &[(SignedEvent, Stamp)],
    ) -> Result<Vec<Result<Acknowledged, AppendError>>, AppendError> {
        // Signatures need nothing but the bytes: on every core at once, before the one writer judges in order.
        let checked: Vec<_> = group.par_iter().map(|(signed, _)| signed.check()).collect();
        let group: Vec<_> =
            group.iter().zip(checked).map(|((signed, at), checked)| (signed, checked, *at)).collect();
        self.append_checked(group).map(|appended| appended.answers)
    }

    /// The same for events whose signatures were checked already; hands out what was admitted, for readers to follow.
    pub(crate) fn append_checked(
        &mut self,
        group: Vec<(&SignedEvent, Result<Checked, CheckError>, Stamp)>,
    ) -> Result<Appended, AppendError> {
        let turn = self.engine.take_turn()?;
        let mut admitted = self.admit_others(&turn.others)?;
        let others = admitted.len();
        let mut answers = Vec::with_capacity(group.len());
        for (signed, checked, received) in group {
            let answer = match ledger::judge_checked(&self.head, signed, checked, received)
                .map_err(AppendError::from)
                .and_then(|one| self.require_shown(one))
            {
                Ok(one) => {
                    let acknowledged = Acknowledged {
                        index: one.entry().index(),
                        entry: one.entry().hash(),
                        event: one.entry().checked().hash(),
                        again: false,
                    };
                    // Judged on the writer's own head; readers see nothing before the commit.
                    self.extend_head(one.clone());
                    admitted.push(one);
                    Ok(acknowledged)
                }
                Err(AppendError::Refused(Refusal::Known { event, index })) => {
                    Ok(self.acknowledge_again(event, index))
                }
                Err(error) => Err(error),
            };
            answers.push(answer);
        }
        if admitted.is_empty() {
            self.engine.leave_turn()?;
        } else {
            self.engine.commit(admitted.get(others..).unwrap_or_default())?;
            self.sign_head()?;
        }
        Ok(Appended { answers, admitted })
    }

    /// Takes in what other nodes appended and signed; what they have not signed yet is left to them, or to the next group.
    pub(crate) fn follow_others(&mut self) -> Result<Vec<Admitted>, AppendError> {
        let turn = self.engine.take_turn()?;
        let size = self.head.size().saturating_add(turn.others.len() as u64);
        if turn.others.is_empty() || turn.signed.is_none_or(|(signed, _)| signed != size) {
            self.engine.leave_turn()?;
            return Ok(Vec::new());
        }
        let admitted = self.admit_others(&turn.others)?;
        self.engine.commit(&[])?;
        self.sign_head()?;
        Ok(admitted)
    }

    fn admit_others(&mut self, entries: &[Vec<u8>]) -> Result<Vec<Admitted>, AppendError> {
        let admitted = admit_entries(&mut self.head, entries)?;
        for one in &admitted {
            note_documents(&mut self.documents, one);
        }
        Ok(admitted)
    }

    /// The head.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        self.engine.folder()
    }

    /// Whether other nodes write to this ledger, too.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.engine.is_shared()
    }

    /// The newest signed checkpoint.
    #[must_use]
    pub fn checkpoint(&self) -> Option<Vec<u8>> {
        self.store().head().map(|(_, checkpoint)| checkpoint)
    }

    /// The public half of the log key.
    #[must_use]
    pub fn log_key(&self) -> &VerifierKey {
        self.log.verifier_key()
    }

    /// The public papers that admitted events name: hash and size.
    #[must_use]
    pub fn public_documents(&self) -> &BTreeMap<Hash, u64> {
        &self.documents
    }

    /// Flushes sled and lets go of the ledger.
    ///
    /// # Errors
    /// When sled could not be flushed; the journal has everything.
    pub fn close(self) -> Result<(), store::CloseError> {
        self.engine.close()
    }

    /// A receipt of an entry under the newest checkpoint.
    ///
    /// # Errors
    /// [`AppendError::Receipt`] when the entry is not there or cannot be read.
    pub fn issue_receipt(&self, index: u64) -> Result<Receipt, AppendError> {
        let fault = |found: Phrase| AppendError::Receipt { index, found };
        let bytes = self.store().entry(index).map_err(|error| fault(error.phrase()))?;
        let bytes = bytes.ok_or_else(|| fault(phrase!("no-such-entry", "no such entry")))?;
        let entry = ledger::Entry::decode(&bytes).map_err(|error| fault(error.phrase()))?;
        let checkpoint = self.checkpoint().ok_or_else(|| fault(phrase!("no-checkpoint", "no checkpoint")))?;
        receipt::issue_receipt(self.head.tree(), &entry, &checkpoint).map_err(|error| fault(error.phrase()))
    }

    /// Whether others have seen this ledger: it was published, or a witness cosigned it.
    ///
    /// # Errors
    /// [`AnchorMemoryError`] when what the ledger remembers cannot be read.
    pub fn was_shown(&self) -> Result<bool, AnchorMemoryError> {
        let memory = AnchorMemory::read(self.store().dir())?.unwrap_or_default();
        let announced = !self.head.state().snapshots.is_empty();
        Ok(memory.shown_before(self.store().dir(), announced).at_all())
    }

    /// Whether this is a ledger in which nothing is real.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.head.state().charter.as_ref().is_some_and(|charter| charter.test)
    }

    /// Says where a test ledger takes in what a real one would not yet.
    pub(crate) fn tell_exemption(&self) {
        if self.is_test() && matches!(self.was_shown(), Ok(false)) {
            tracing::warn!(
                "a test ledger: events of all commissions are taken in although it was neither published nor cosigned yet"
            );
        }
    }

    /// Lets the events of other commissions than the CEC in only when others have seen the ledger, or it is a test: what nobody has seen
    /// could have a second copy that nobody finds.
    fn require_shown(&mut self, one: Admitted) -> Result<Admitted, AppendError> {
        let author = &one.entry().event().author;
        if self.shown || self.is_test() || *author == law::cec_id() {
            return Ok(one);
        }
        self.shown = self.was_shown()?;
        if self.shown { Ok(one) } else { Err(AppendError::Unshown { author: author.clone() }) }
    }

    /// From here on each signed size is noted outside of the folder.
    pub(crate) fn keep_signed_size(&mut self, keeper: SizeKeeper) {
        self.sizes = Some(keeper);
    }

    /// What notes the signed sizes, for a writer that is opened again.
    pub(crate) fn size_keeper(&self) -> Option<SizeKeeper> {
        self.sizes.clone()
    }

    /// Takes an admitted event into the head, and its papers into the list.
    fn extend_head(&mut self, admitted: Admitted) {
        note_documents(&mut self.documents, &admitted);
        self.head.extend(admitted);
    }

    /// Holds a log key ready that the next group puts in force; none takes it back.
    pub(crate) fn hold_successor(&mut self, successor: Option<NoteSigner>) {
        self.successor = successor;
    }

    /// From the tree on that holds its replacement the new key signs.
    fn let_successor_sign(&mut self, size: u64) {
        let expected = self.head.state().log_key_for(size).map(|key| key.0);
        if let Some(next) = self.successor.take_if(|next| expected == Some(next.verifier_key().key())) {
            self.log = next;
        }
    }

    fn acknowledge_again(&self, event: Hash, index: u64) -> Acknowledged {
        let entry = self.head.tree().leaf_hash(index).map_or(Hash::ZERO, Hash);
        Acknowledged { index, entry, event, again: true }
    }

    /// Makes what was admitted durable, takes it in and signs the head.
    pub(crate) fn commit_and_sign(&mut self, admitted: Vec<Admitted>) -> Result<(), AppendError> {
        self.engine.commit(&admitted)?;
        for one in admitted {
            self.extend_head(one);
        }
        self.sign_head()
    }

    /// Signs the head and makes the checkpoint durable; only then is anything acknowledged.
    fn sign_head(&mut self) -> Result<(), AppendError> {
        let size = self.head.size();
        self.let_successor_sign(size);
        let origin = self.log.verifier_key().name().to_owned();
        let found = event::Key(self.log.verifier_key().key());
        if let Some(expected) = self.head.state().log_key_for(size).filter(|key| *key != found) {
            return Err(AppendError::LogKey { expected, found, size });
        }
        let checkpoint =
            Checkpoint { origin, size, root: self.head.root().0, extensions: Vec::new() }.sign(&self.log)?;
        self.engine.set_head(size, checkpoint.as_bytes())?;
        if let Some(sizes) = &self.sizes {
            sizes.note_size(size);
        }
        Ok(())
    }

    /// Signs over entries that no checkpoint covers yet.
    ///
    /// # Errors
    /// [`AppendError`]: open the ledger again.
    pub fn sign_uncovered_entries(&mut self) -> Result<(), AppendError> {
        let signed = self.store().head().map(|(size, _)| size);
        if signed == Some(self.head.size()) { Ok(()) } else { self.sign_head() }
    }

    /// The stored checkpoint must be of this tree.
    fn require_own_checkpoint(&self) -> Result<(), OpenLedgerError> {
        let Some((size, note)) = self.store().head() else { return Ok(()) };
        // The stored one may be older than a replacement of the log key.
        let opened = LogKeys::of(self.head.state())?.open(&note)?;
        let (expected, found) = (self.head.root_at(size), Hash(opened.root));
        if opened.size != size || expected != Some(found) {
            return Err(OpenLedgerError::Root { size, expected, found });
        }
        Ok(())
    }
}
