//! Judges the note of a checkpoint under a policy.
//!
//! Contains [`Policy::judge_note`] for who relies on the checkpoint, [`Policy::examine_note`] for who still
//! collects cosignatures. Does not contain how old a cosignature may be, which is for the caller to
//! say.
//!
//! Every key of the policy is a known key, needed or not: one line of such a key that fails
//! refuses the note. A checkpoint stands under the key whose name is its origin.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Member, Policy, Witness};
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::cosignature::CosignatureError;
use crate::note::{Note, NoteError, VerifierKey};

impl Policy {
    /// Reads the note of a checkpoint that one of the logs signed and enough witnesses cosigned.
    ///
    /// # Errors
    ///
    /// Every [`JudgeError`].
    pub fn judge_note(&self, note: &[u8]) -> Result<Judged<'_>, JudgeError> {
        let (judged, quorum) = self.examine_note(note)?;
        quorum?;
        Ok(judged)
    }

    /// Reads the note of a checkpoint that one of the logs signed, and tells apart whether enough
    /// witnesses cosigned it.
    ///
    /// # Errors
    ///
    /// Every [`JudgeError`] but [`JudgeError::Quorum`].
    pub fn examine_note(&self, note: &[u8]) -> Result<(Judged<'_>, Result<(), QuorumNotMet>), JudgeError> {
        let note = Note::parse(note)?;
        let signed = self.logs_of(&note)?;
        let cosignatures = self.cosignatures_of(&note)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        let log = signed
            .iter()
            .find(|key| key.name() == checkpoint.origin)
            .or_else(|| signed.first())
            .ok_or(NoteError::NoKnownKey { known: self.logs.len() })?;
        checkpoint.stands_under(log)?;
        let quorum = self.quorum_of(&cosignatures);
        Ok((Judged { log, checkpoint, cosignatures }, quorum))
    }

    fn logs_of(&self, note: &Note) -> Result<Vec<&VerifierKey>, NoteError> {
        let mut signed = Vec::new();
        for line in note.signatures() {
            for log in self.logs.iter().filter(|log| line.is_of(log.key.name(), log.key.id())) {
                if !log.key.verifies(note.text().as_bytes(), line.signature()) {
                    return Err(NoteError::InvalidSignature { name: line.name().to_owned() });
                }
                signed.push(&log.key);
            }
        }
        Ok(signed)
    }

    fn cosignatures_of(&self, note: &Note) -> Result<Vec<Cosignature<'_>>, CosignatureError> {
        let mut cosignatures = Vec::new();
        for line in note.signatures() {
            for witness in self.witnesses.iter().filter(|witness| witness.key.claims_line(line)) {
                let time = witness.key.verify(note.text(), line)?;
                cosignatures.push(Cosignature { witness, time });
            }
        }
        Ok(cosignatures)
    }

    /// Whether every quorum has one of these witnesses in it: what all of them say, no quorum can contradict without one
    /// witness that says two things. Without a quorum it needs all of them.
    #[must_use]
    pub fn meets_every_quorum(&self, who: impl Fn(&Witness) -> bool) -> bool {
        let others = |place: usize| self.witnesses.get(place).is_some_and(|witness| !who(witness));
        match self.quorum {
            None => self.witnesses.iter().all(who),
            Some(_) => self.quorum_among(&others).is_err(),
        }
    }

    fn quorum_of(&self, cosignatures: &[Cosignature<'_>]) -> Result<(), QuorumNotMet> {
        // The parser lets no two witnesses share a key, so each is counted once, in one place.
        let cosigned = |place: usize| {
            let key = self.witnesses.get(place).map(|witness| witness.key.key());
            cosignatures.iter().any(|cosignature| Some(cosignature.witness.key.key()) == key)
        };
        self.quorum_among(&cosigned)
    }

    /// Whether the witnesses at these places are enough.
    fn quorum_among(&self, agree: &dyn Fn(usize) -> bool) -> Result<(), QuorumNotMet> {
        let mut met: Vec<bool> = Vec::with_capacity(self.groups.len());
        let mut found = Vec::with_capacity(self.groups.len());
        for group in &self.groups {
            let agrees = |member: &&Member| match **member {
                Member::Witness(place) => agree(place),
                Member::Group(place) => met.get(place).copied().unwrap_or(false),
            };
            let agreeing = group.members.iter().filter(agrees).count();
            met.push(agreeing >= group.threshold);
            found.push(agreeing);
        }
        let (name, expected, found) = match self.quorum {
            None => return Ok(()),
            Some(Member::Witness(place)) => {
                (self.witnesses.get(place).map(|witness| &witness.name), 1, usize::from(agree(place)))
            }
            Some(Member::Group(place)) => {
                let group = self.groups.get(place);
                let threshold = group.map_or(usize::MAX, |group| group.threshold);
                (group.map(|group| &group.name), threshold, found.get(place).copied().unwrap_or(0))
            }
        };
        if found >= expected {
            return Ok(());
        }
        let name = name.map_or_else(String::new, |name| String::from_utf8_lossy(name).into_owned());
        Err(QuorumNotMet { name, expected, found })
    }
}

/// A checkpoint that one of the logs of a policy signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged<'p> {
    /// The key that signed it.
    pub log: &'p VerifierKey,
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// The witnesses that cosigned it, in the order of the note.
    pub cosignatures: Vec<Cosignature<'p>>,
}

/// That a witness of a policy cosigned, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cosignature<'p> {
    /// The witness.
    pub witness: &'p Witness,
    /// Seconds since 1970, as the witness says.
    pub time: u64,
}

/// Too few witnesses cosigned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
#[error("quorum not met: expected {expected} of {name:?}, found {found}")]
pub struct QuorumNotMet {
    /// The group or witness that is the quorum.
    pub name: String,
    /// How many of its members must have cosigned.
    pub expected: usize,
    /// How many of its members have.
    pub found: usize,
}

/// A reason not to rely on a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum JudgeError {
    /// The note is malformed, or not rightly signed by a log of the policy.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The line of a witness of the policy fails.
    #[error(transparent)]
    Cosignature(#[from] CosignatureError),
    /// The text is no checkpoint of the log that signed it.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// Too few witnesses cosigned.
    #[error(transparent)]
    Quorum(#[from] QuorumNotMet),
}
