//! Watching a log: whatever it shows is held against everything that it showed before.
//!
//! In: one step: the newest checkpoint, the entries under it, admitted by the same head as everywhere. Out: bytes from the
//! net and to the folder (`shown`, `kept`), what a clock and receipts say (`due`), telling people (`alarm`).
//!
//! ```text
//! checkpoint ──▶ entries up to its size ──▶ check, admit, extend on a copy ──▶ key in force, root ──▶ kept
//! ```
//!
//! Nothing is taken over unless the checkpoint over it is good: what nobody signed changes nothing here.

pub(crate) mod alarm;
pub(crate) mod due;
pub(crate) mod kept;
pub(crate) mod pinned;
pub(crate) mod shown;

use std::collections::BTreeMap;

use event::{Hash, Stamp};
use law::Rule;
use ledger::{Entry, Head};
use tlog::{
    checkpoint::Checkpoint,
    note::{Note, VerifierKey},
    policy::Policy,
};

use alarm::{Alarm, Kind};
use shown::{Shown, Silent};

/// A log that moves under the eyes is looked at again so often.
const TURNS: usize = 2;

/// Entries decoded at once, on every core.
const AT_ONCE: u64 = 4096;

/// What was seen and found good so far.
#[derive(Default)]
pub(crate) struct Watched {
    pub(crate) head: Head,
    /// The leaves of the head.
    pub(crate) entries: Vec<Vec<u8>>,
    /// The newest checkpoint that was good.
    pub(crate) newest: Option<(u64, Vec<u8>)>,
    /// When each snapshot was announced.
    pub(crate) announced: Vec<Stamp>,
    /// Whom the observer trusts to have seen the checkpoint.
    pub(crate) policy: Option<Policy>,
}

/// What a step found.
#[derive(Default)]
pub(crate) struct Step {
    pub(crate) alarms: Vec<Alarm>,
    /// The note, as it was shown; kept whatever it is worth.
    pub(crate) note: Vec<u8>,
    /// Entries that are new and good.
    pub(crate) new: u64,
    /// Entries that the log showed and that are not good, with those before them: for evidence.
    pub(crate) suspect: Vec<Vec<u8>>,
    again: Option<Again>,
}

/// Why a step says nothing yet.
enum Again {
    /// Another checkpoint is shown meanwhile.
    Moved,
    /// It rests on what the stream said.
    Streamed,
}

impl Step {
    /// The tree is as it should be, and the stream had shown something else.
    fn with(mut self, other: Option<Alarm>) -> Self {
        if let Some(other) = other.filter(|_| self.alarms.is_empty()) {
            self.alarms.push(other.streamed());
        }
        self
    }
}

impl Watched {
    /// Goes on with leaves that were found good before, under the checkpoints that were shown.
    pub(crate) fn resume(&mut self, leaves: Vec<Vec<u8>>, notes: &[Vec<u8>]) -> Result<(), Alarm> {
        let (mut head, mut announced) = (Head::default(), Vec::new());
        extend(&mut head, &leaves, &mut announced)?;
        let good = notes.iter().filter_map(|note| {
            let known = opened(&head, note).ok()?;
            (head.root_at(known.size) == Some(Hash(known.root))).then(|| (known.size, note.clone()))
        });
        self.newest = good.max_by_key(|(size, _)| *size);
        (self.head, self.announced, self.entries) = (head, announced, leaves);
        Ok(())
    }

    /// Looks once; again where the log moved under the eyes. `streamed` are leaves that came by the stream.
    pub(crate) fn step(
        &mut self,
        shown: &mut Shown,
        streamed: &mut BTreeMap<u64, Vec<u8>>,
    ) -> Result<Step, Silent> {
        let mut other = None;
        for _ in 0..TURNS {
            let step = self.once(shown, streamed)?;
            match step.again {
                None => return Ok(step.with(other)),
                Some(Again::Moved) => {}
                Some(Again::Streamed) => other = step.alarms.into_iter().next(),
            }
        }
        Ok(self.once(shown, streamed)?.with(other))
    }

    fn once(&mut self, shown: &mut Shown, streamed: &mut BTreeMap<u64, Vec<u8>>) -> Result<Step, Silent> {
        let mut step = Step { note: shown.checkpoint()?, ..Step::default() };
        let claimed = match claimed(&step.note) {
            Ok(claimed) => claimed,
            Err(found) => {
                let message = format!("expected a signed checkpoint, found {found}");
                step.alarms.push(Alarm::new(Kind::Checkpoint, Some(Rule::Sig07), message));
                return Ok(step);
            }
        };
        streamed.retain(|index, _| *index >= self.head.size());
        let (mut head, mut announced) = (self.head.clone(), self.announced.clone());
        let mut leaves = Vec::new();
        while head.size() < claimed.size {
            let from = head.size();
            let until = claimed.size.min(from.saturating_add(AT_ONCE));
            let batch = match taken(streamed, from, until) {
                Some(batch) => {
                    // What the stream said is asked of the tree, too, before anybody is alarmed.
                    step.again = Some(Again::Streamed);
                    batch
                }
                None => shown.entries(from, until, claimed.size)?,
            };
            if batch.is_empty() {
                let size = claimed.size;
                let message =
                    format!("expected every entry under the checkpoint of size {size}, found none at {from}");
                step.alarms.push(Alarm::new(Kind::Withheld, Some(Rule::Int06), message).at(from));
                // A publication may have replaced what the checkpoint led to.
                step.again = (shown.checkpoint()? != step.note).then_some(Again::Moved);
                return Ok(step);
            }
            let admitted = extend(&mut head, &batch, &mut announced);
            leaves.extend(batch);
            if let Err(alarm) = admitted {
                step.suspect = leaves;
                step.alarms.push(alarm);
                return Ok(step);
            }
        }
        match self.judged(&head, &step.note, &claimed) {
            Ok(()) => {
                step.again = None;
                step.new = leaves.len() as u64;
                self.entries.extend(leaves);
                (self.head, self.announced) = (head, announced);
                self.grown(&claimed, &mut step);
            }
            Err(alarm) => {
                step.suspect = leaves;
                step.alarms.push(alarm);
            }
        }
        Ok(step)
    }

    /// The checkpoint's signature and root, on a head that reaches at least as far.
    fn judged(&self, head: &Head, note: &[u8], claimed: &Checkpoint) -> Result<(), Alarm> {
        let opened = opened(head, note).map_err(|found| {
            let message = format!("expected a checkpoint signed by the log key in force, found {found}");
            Alarm::new(Kind::Checkpoint, Some(Rule::Sig07), message)
        })?;
        match head.root_at(opened.size) {
            Some(root) if root == Hash(opened.root) => Ok(()),
            root => {
                let root = root.map_or_else(|| "none".to_owned(), |root| root.to_string());
                let message = format!(
                    "expected root {root} at size {}, as the entries seen so far have it, found {} signed by the log",
                    claimed.size,
                    Hash(opened.root)
                );
                Err(Alarm::new(Kind::Split, Some(Rule::Snp01), message))
            }
        }
    }

    /// A checkpoint that is good: whether it goes forward, and who cosigned it.
    fn grown(&mut self, claimed: &Checkpoint, step: &mut Step) {
        // Every entry taken in stood under a checkpoint.
        let before = self.head.size();
        if claimed.size < before {
            let message = format!(
                "expected a checkpoint of at least the {before} entries seen before, found one of {}",
                claimed.size
            );
            step.alarms.push(Alarm::new(Kind::Regress, Some(Rule::Snp01), message));
        } else {
            self.newest = Some((claimed.size, step.note.clone()));
        }
        if let Some(Err(error)) = self.policy.as_ref().map(|policy| policy.judge(&step.note)) {
            let message = format!("expected a checkpoint that counts under the policy, found {error}");
            step.alarms.push(Alarm::new(Kind::Unwitnessed, Some(Rule::Snp08), message));
        }
    }
}

/// Leaves that the stream brought, if they are the next ones.
fn taken(streamed: &mut BTreeMap<u64, Vec<u8>>, from: u64, until: u64) -> Option<Vec<Vec<u8>>> {
    let batch: Vec<Vec<u8>> = (from..until).map_while(|index| streamed.remove(&index)).collect();
    (!batch.is_empty()).then_some(batch)
}

/// Checks leaves and takes them in, up to the first that is not good.
fn extend(head: &mut Head, leaves: &[Vec<u8>], announced: &mut Vec<Stamp>) -> Result<(), Alarm> {
    let bytes: Vec<&[u8]> = leaves.iter().map(Vec::as_slice).collect();
    for decoded in verifier::decode_all(&bytes) {
        let index = head.size();
        let entry: Entry = decoded.map_err(|error| {
            Alarm::new(Kind::Entry, Some(Rule::Int05), format!("entry {index}: {error}")).at(index)
        })?;
        let received = entry.received();
        let admitted = head.admit(entry).map_err(|refusal| {
            let message = format!("entry {index}: {refusal}");
            Alarm::new(Kind::Unlawful, Some(refusal.rule()), message).at(index)
        })?;
        if admitted.fact().name() == "snapshot-published" {
            announced.push(received);
        }
        head.extend(admitted);
    }
    Ok(())
}

/// What a note says of itself.
pub(crate) fn claimed(note: &[u8]) -> Result<Checkpoint, String> {
    let read = Note::parse(note).map_err(|error| error.to_string())?;
    Checkpoint::parse(read.text()).map_err(|error| error.to_string())
}

/// A checkpoint under the log key in force at its size, as far as this head knows.
pub(crate) fn opened(head: &Head, note: &[u8]) -> Result<Checkpoint, String> {
    let claimed = claimed(note)?;
    let state = head.state();
    let key = state.log_key_for(claimed.size).zip(state.charter.as_ref());
    let (key, charter) = key.ok_or_else(|| "no charter".to_owned())?;
    let key = VerifierKey::new(charter.origin.as_str(), key.0).map_err(|error| error.to_string())?;
    Checkpoint::open(note, &key).map_err(|error| error.to_string())
}
