//! The stage: acts in the order of their times, drafted, signed and appended in groups.
//!
//! In: what an act is, and how it gets into a ledger. Out: which acts there are (the script).

use event::{CheckError, Id, SignedEvent, Time, json::DecodeError};
use law::Fact;
use ledger::{Chain, Head};
use node::{AppendError, Writer, received_for};
use rayon::prelude::*;

use super::cast::Cast;

/// Writes a fact once the head is where it should be.
pub type Write = Box<dyn Fn(&Head) -> Option<Fact>>;

/// One act of one commission.
pub struct Act {
    /// When, in seconds since 1970.
    pub at: i64,
    /// Hours that the author's clock is ahead of UTC.
    pub zone: i8,
    /// The commission.
    pub author: String,
    /// The desk.
    pub desk: String,
    /// The election, if it is about one.
    pub election: Option<String>,
    /// Labels of the keys that sign.
    pub signers: Vec<String>,
    /// What is stated.
    pub fact: Write,
    /// What it speaks of that may have been said just before it.
    pub looks_back: Needs,
}

/// What must be in the ledger before an act can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needs {
    /// Nothing that was said just before it.
    Nothing,
    /// What this commission said.
    Of(String),
    /// Everything that was said in its election.
    Election,
}

/// How acts share durable writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Groups {
    /// An act that looks back waits until everything before it is durable.
    Apart,
    /// It waits only where a group holds what it speaks of: many elections go on at once.
    Together,
}

/// Why a play stops.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// An act was refused.
    #[error("the script at {at}, {fact} by {author}: {error}")]
    Append {
        /// When.
        at: String,
        /// What.
        fact: String,
        /// Who.
        author: String,
        /// Why.
        error: AppendError,
    },
    /// The group could not be written.
    #[error(transparent)]
    Commit(#[from] AppendError),
    /// An act that the head does not allow to be written.
    #[error(
        "the script at {at}: expected a ledger where {desk} of {author} has something to say, found none"
    )]
    Silent {
        /// When.
        at: String,
        /// Who.
        author: String,
        /// At which desk.
        desk: String,
    },
    /// An event that cannot be signed.
    #[error(transparent)]
    Sign(#[from] CheckError),
    /// A value without canonical form.
    #[error(transparent)]
    Form(#[from] DecodeError),
    /// A time or an id of the script.
    #[error(transparent)]
    Value(#[from] event::json::Fault),
}

/// An act with its event, not signed yet.
type Drafted<'a> = (&'a Act, SignedEvent);

impl Groups {
    /// How many acts at most share one durable write.
    fn largest(self) -> usize {
        match self {
            Self::Apart => 64,
            Self::Together => 512,
        }
    }

    /// Whether an act has to wait for those before it.
    fn waits(self, act: &Act, group: &[Drafted<'_>]) -> bool {
        let said = |by: &str| group.iter().any(|(other, _)| other.author == by);
        match (self, &act.looks_back) {
            (_, Needs::Nothing) => false,
            (Self::Apart, _) => true,
            (Self::Together, Needs::Of(author)) => said(author),
            (Self::Together, Needs::Election) => {
                group.iter().any(|(other, _)| other.election == act.election)
            }
        }
    }
}

/// Plays acts in the order of their times; `step` hears how many were acknowledged.
///
/// # Errors
/// The first [`StageError`].
pub fn play(
    writer: &mut Writer,
    cast: &mut Cast,
    acts: Vec<Act>,
    step: impl FnMut(u64),
) -> Result<(), StageError> {
    play_in(Groups::Apart, writer, cast, acts, step)
}

/// The same, in groups of that kind.
///
/// # Errors
/// The first [`StageError`].
pub fn play_in(
    groups: Groups,
    writer: &mut Writer,
    cast: &mut Cast,
    mut acts: Vec<Act>,
    mut step: impl FnMut(u64),
) -> Result<(), StageError> {
    acts.sort_by_key(|act| act.at);
    let mut group: Vec<Drafted<'_>> = Vec::new();
    for act in &acts {
        let again = group.iter().any(|(other, _)| other.shares_chain(act));
        if groups.waits(act, &group) || again || group.len() == groups.largest() {
            flush(writer, cast, &mut group, &mut step)?;
        }
        group.push((act, draft(writer.head(), cast, act)?));
    }
    flush(writer, cast, &mut group, &mut step)
}

/// Drafts and signs one act at the head.
///
/// # Errors
/// [`StageError`].
pub fn sign(head: &Head, cast: &mut Cast, act: &Act) -> Result<SignedEvent, StageError> {
    let mut signed = draft(head, cast, act)?;
    cast.sign(&mut signed, &act.signers)?;
    Ok(signed)
}

fn draft(head: &Head, cast: &mut Cast, act: &Act) -> Result<SignedEvent, StageError> {
    let at = clock_in(act.zone, act.at);
    let silent = || StageError::Silent { at: at.clone(), author: act.author.clone(), desk: act.desk.clone() };
    let fact = (act.fact)(head).ok_or_else(silent)?;
    let keys = act.signers.iter().map(|label| cast.key(label)).collect();
    Ok(head.draft(act.chain()?, &fact, Time::parse(&at)?, keys)?)
}

fn flush(
    writer: &mut Writer,
    cast: &Cast,
    group: &mut Vec<Drafted<'_>>,
    step: &mut impl FnMut(u64),
) -> Result<(), StageError> {
    // Nobody waits for another's signature: all of a group sign at once, on every core.
    let members: Vec<&[String]> = group.iter().map(|(act, _)| act.signers.as_slice()).collect();
    let mut signed: Vec<SignedEvent> = group.drain(..).map(|(_, drafted)| drafted).collect();
    signed.par_iter_mut().zip(members).try_for_each(|(event, members)| cast.sign(event, members))?;
    let mut pairs = Vec::with_capacity(signed.len());
    for signed in signed {
        let received = received_for(writer.head(), &signed.event)?;
        pairs.push((signed, received));
    }
    for (answer, (signed, _)) in writer.append(&pairs)?.into_iter().zip(&pairs) {
        answer.map_err(|error| StageError::Append {
            at: signed.event.at.to_string(),
            fact: signed.event.fact.to_string(),
            author: signed.event.author.to_string(),
            error,
        })?;
    }
    step(pairs.len() as u64);
    Ok(())
}

impl Act {
    fn shares_chain(&self, other: &Self) -> bool {
        (&self.author, &self.election, &self.desk) == (&other.author, &other.election, &other.desk)
    }

    fn chain(&self) -> Result<Chain, StageError> {
        let election = self.election.as_deref().map(Id::new).transpose()?;
        Ok(Chain { author: Id::new(&self.author)?, election, desk: Id::new(&self.desk)? })
    }
}

/// Seconds since 1970 of a local time in Semey, `2025-10-12 07:00`.
#[must_use]
pub fn local(text: &str) -> i64 {
    let full = format!("{}:00+05:00", text.replace(' ', "T"));
    Time::parse(&full).map_or(0, |time| time.seconds())
}

/// A moment as an author in Semey writes it.
#[must_use]
pub fn clock(seconds: i64) -> String {
    clock_in(5, seconds)
}

/// A moment as an author writes it whose clock is so many hours ahead of UTC.
#[must_use]
pub fn clock_in(zone: i8, seconds: i64) -> String {
    let offset = jiff::tz::Offset::constant(zone);
    jiff::Timestamp::from_second(seconds)
        .map(|moment| format!("{}+{zone:02}:00", offset.to_datetime(moment).strftime("%Y-%m-%dT%H:%M:%S")))
        .unwrap_or_default()
}
