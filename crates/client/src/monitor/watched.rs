//! One step of watching a log: the newest checkpoint, and the entries under it, admitted by the same head as everywhere.
//!
//! ```text
//! checkpoint ──▶ entries up to its size ──▶ check, admit, extend on a copy ──▶ key in force, root ──▶ kept
//! ```
//!
//! Nothing is taken over unless the checkpoint over it is good: what nobody signed changes nothing here.

use std::{collections::BTreeMap, ops::ControlFlow};

use event::{Hash, Stamp};
use law::Rule;
use ledger::{Head, ReplayStep, StoppedReplay, replay};
use phrase::{ToArgument, phrase};
use tlog::{checkpoint::Checkpoint, policy::Policy};
use verifier::address::AddressError;

use super::{
    alarm::{Alarm, AlarmKind},
    checkpoint::{open_checkpoint, read_claim},
    log_server::LogServer,
};

/// A log that moves under the eyes is looked at again so often.
const TURNS: usize = 2;

/// Entries decoded at once, on every core.
const AT_ONCE: u64 = 4096;

/// What was seen and found good so far.
#[derive(Debug, Default)]
pub struct WatchedLog {
    /// The ledger as far as it was seen.
    pub head: Head,
    /// The leaves of the head.
    pub entries: Vec<Vec<u8>>,
    /// The newest checkpoint that was good: its size, its note.
    pub newest: Option<(u64, Vec<u8>)>,
    /// When each snapshot was announced.
    pub announced: Vec<Stamp>,
    /// Whom the observer trusts to have seen the checkpoint.
    pub policy: Option<Policy>,
}

/// What a step found.
#[derive(Debug, Default)]
pub struct WatchStep {
    /// What is wrong.
    pub alarms: Vec<Alarm>,
    /// The note, as it was shown; kept whatever it is worth.
    pub note: Vec<u8>,
    /// Entries that are new and good.
    pub new: u64,
    /// Entries that the log showed and that are not good, with those before them: for evidence.
    pub suspect: Vec<Vec<u8>>,
    again: Option<Again>,
}

/// Why a step says nothing yet.
#[derive(Debug)]
enum Again {
    /// Another checkpoint is shown meanwhile.
    Moved,
    /// It rests on what the stream said.
    Streamed,
}

impl WatchStep {
    /// The tree is as it should be, and the stream had shown something else.
    fn with_streamed(mut self, other: Option<Alarm>) -> Self {
        if let Some(other) = other.filter(|_| self.alarms.is_empty()) {
            self.alarms.push(other.of_stream());
        }
        self
    }
}

impl WatchedLog {
    /// Goes on with leaves that were found good before, under the checkpoints that were shown.
    ///
    /// # Errors
    /// The first [`Alarm`] that the leaves raise.
    pub fn resume(&mut self, leaves: Vec<Vec<u8>>, notes: &[Vec<u8>]) -> Result<(), Alarm> {
        let (mut head, mut announced) = (Head::default(), Vec::new());
        take_in(&mut head, &leaves, &mut announced)?;
        let good = notes.iter().filter_map(|note| {
            let known = open_checkpoint(&head, note).ok()?;
            (head.root_at(known.size) == Some(Hash(known.root))).then(|| (known.size, note.clone()))
        });
        self.newest = good.max_by_key(|(size, _)| *size);
        (self.head, self.announced, self.entries) = (head, announced, leaves);
        Ok(())
    }

    /// Looks once; again where the log moved under the eyes. `streamed` are leaves that came by the stream.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn step(
        &mut self,
        server: &mut LogServer,
        streamed: &mut BTreeMap<u64, Vec<u8>>,
    ) -> Result<WatchStep, AddressError> {
        let mut other = None;
        for _ in 0..TURNS {
            let step = self.step_once(server, streamed)?;
            match step.again {
                None => return Ok(step.with_streamed(other)),
                Some(Again::Moved) => {}
                Some(Again::Streamed) => other = step.alarms.into_iter().next(),
            }
        }
        Ok(self.step_once(server, streamed)?.with_streamed(other))
    }

    fn step_once(
        &mut self,
        server: &mut LogServer,
        streamed: &mut BTreeMap<u64, Vec<u8>>,
    ) -> Result<WatchStep, AddressError> {
        let mut step = WatchStep { note: server.read_checkpoint()?, ..WatchStep::default() };
        let claimed = match read_claim(&step.note) {
            Ok(claimed) => claimed,
            Err(found) => {
                let message = phrase!(
                    "alarm-said-expected-a-signed-checkpoint-found",
                    "expected a signed checkpoint, found {found}"
                );
                step.alarms.push(Alarm::new(AlarmKind::Checkpoint, Some(Rule::Sig07), message));
                return Ok(step);
            }
        };
        streamed.retain(|index, _| *index >= self.head.size());
        let (mut head, mut announced) = (self.head.clone(), self.announced.clone());
        let mut leaves = Vec::new();
        while head.size() < claimed.size {
            let from = head.size();
            let until = claimed.size.min(from.saturating_add(AT_ONCE));
            let batch = match take_streamed(streamed, from, until) {
                Some(batch) => {
                    // What the stream said is asked of the tree, too, before anybody is alarmed.
                    step.again = Some(Again::Streamed);
                    batch
                }
                None => server.read_entries(from, until, claimed.size)?,
            };
            if batch.is_empty() {
                let size = claimed.size;
                let message = phrase!(
                    "alarm-said-expected-every-entry-under-the-checkpoint-of-size-found",
                    "expected every entry under the checkpoint of size {size}, found none at {from}"
                );
                step.alarms.push(Alarm::new(AlarmKind::Withheld, Some(Rule::Int06), message).at_entry(from));
                // A publication may have replaced what the checkpoint led to.
                step.again = (server.read_checkpoint()? != step.note).then_some(Again::Moved);
                return Ok(step);
            }
            let admitted = take_in(&mut head, &batch, &mut announced);
            leaves.extend(batch);
            if let Err(alarm) = admitted {
                step.suspect = leaves;
                step.alarms.push(alarm);
                return Ok(step);
            }
        }
        match self.judge_checkpoint(&head, &step.note, &claimed) {
            Ok(()) => {
                step.again = None;
                step.new = leaves.len() as u64;
                self.entries.extend(leaves);
                (self.head, self.announced) = (head, announced);
                self.judge_growth(&claimed, &mut step);
            }
            Err(alarm) => {
                step.suspect = leaves;
                step.alarms.push(alarm);
            }
        }
        Ok(step)
    }

    /// The checkpoint's signature and root, on a head that reaches at least as far.
    fn judge_checkpoint(&self, head: &Head, note: &[u8], claimed: &Checkpoint) -> Result<(), Alarm> {
        let opened = open_checkpoint(head, note).map_err(|found| {
            let message = phrase!(
                "alarm-said-expected-a-checkpoint-signed-by-the-log-key-in-force",
                "expected a checkpoint signed by the log key in force, found {found}"
            );
            Alarm::new(AlarmKind::Checkpoint, Some(Rule::Sig07), message)
        })?;
        match head.root_at(opened.size) {
            Some(root) if root == Hash(opened.root) => Ok(()),
            root => {
                let root = root.map_or_else(
                    || phrase!("alarm-said-none", "none").to_argument(),
                    |root| root.to_argument(),
                );
                let message = phrase!(
                    "alarm-said-expected-root-at-size-as-the-entries-seen-so-far-have",
                    "expected root {root} at size {size}, as the entries seen so far have it, found {root2} signed by the log",
                    size = claimed.size,
                    root2 = Hash(opened.root)
                );
                Err(Alarm::new(AlarmKind::Split, Some(Rule::Snp01), message))
            }
        }
    }

    /// A checkpoint that is good: whether it goes forward, and who cosigned it.
    fn judge_growth(&mut self, claimed: &Checkpoint, step: &mut WatchStep) {
        // Every entry taken in stood under a checkpoint.
        let before = self.head.size();
        if claimed.size < before {
            let message = phrase!(
                "alarm-said-expected-a-checkpoint-of-at-least-the-entries-seen",
                "expected a checkpoint of at least the {before} entries seen before, found one of {size}",
                size = claimed.size
            );
            step.alarms.push(Alarm::new(AlarmKind::Regress, Some(Rule::Snp01), message));
        } else {
            self.newest = Some((claimed.size, step.note.clone()));
        }
        if let Some(Err(error)) = self.policy.as_ref().map(|policy| policy.judge_note(&step.note)) {
            let message = phrase!(
                "alarm-said-expected-a-checkpoint-that-counts-under-the-policy-found",
                "expected a checkpoint that counts under the policy, found {error}"
            );
            step.alarms.push(Alarm::new(AlarmKind::Unwitnessed, Some(Rule::Snp08), message));
        }
    }
}

/// Leaves that the stream brought, if they are the next ones.
fn take_streamed(streamed: &mut BTreeMap<u64, Vec<u8>>, from: u64, until: u64) -> Option<Vec<Vec<u8>>> {
    let batch: Vec<Vec<u8>> = (from..until).map_while(|index| streamed.remove(&index)).collect();
    (!batch.is_empty()).then_some(batch)
}

/// Checks leaves and takes them in, up to the first that is not good.
fn take_in(head: &mut Head, leaves: &[Vec<u8>], announced: &mut Vec<Stamp>) -> Result<(), Alarm> {
    let bytes: Vec<&[u8]> = leaves.iter().map(Vec::as_slice).collect();
    replay(head, verifier::decode_all(&bytes), |step| {
        if let ReplayStep::Admitted(_, admitted) = step
            && admitted.fact().name() == "snapshot-published"
        {
            announced.push(admitted.entry().received());
        }
        ControlFlow::Continue(())
    })
    .map_err(|stopped| match stopped {
        StoppedReplay::Unreadable { index, error } => Alarm::new(
            AlarmKind::Entry,
            Some(Rule::Int05),
            phrase!("alarm-said-entry", "entry {index}: {error}"),
        )
        .at_entry(index),
        StoppedReplay::Refused { index, refusal } => {
            let message = phrase!("alarm-said-entry", "entry {index}: {error}", error = refusal);
            Alarm::new(AlarmKind::Unlawful, Some(refusal.rule()), message).at_entry(index)
        }
    })
}
