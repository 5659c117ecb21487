//! Playing acts into a ledger: in the order of their times, drafted, signed and appended in groups.

use event::{CheckError, SignedEvent};
use node::{AppendError, Writer, received_for};
use rayon::prelude::*;

use crate::{
    act::{Act, ActError, Needs, draft_act},
    cast::Cast,
};

/// How acts share durable writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// An act that looks back waits until everything before it is durable.
    Apart,
    /// It waits only where a group holds what it speaks of: many elections go on at once.
    Together,
}

/// Why a play stops.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
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
    /// An act that cannot be drafted.
    #[error(transparent)]
    Act(#[from] ActError),
    /// An event that cannot be signed.
    #[error(transparent)]
    Sign(#[from] CheckError),
    /// A moment that no stamp can hold.
    #[error(transparent)]
    Value(#[from] event::json::Fault),
}

/// An act with its event, not signed yet.
type UnsignedAct<'a> = (&'a Act, SignedEvent);

impl Grouping {
    /// How many acts at most share one durable write.
    fn largest_group(self) -> usize {
        match self {
            Self::Apart => 64,
            Self::Together => 512,
        }
    }

    /// Whether an act has to wait for those before it.
    fn must_wait(self, act: &Act, group: &[UnsignedAct<'_>]) -> bool {
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
pub fn play_acts(
    writer: &mut Writer,
    cast: &mut Cast,
    acts: Vec<Act>,
    step: impl FnMut(u64),
) -> Result<(), StageError> {
    play_acts_in(Grouping::Apart, writer, cast, acts, step)
}

/// The same, in groups of that kind.
///
/// # Errors
/// The first [`StageError`].
pub fn play_acts_in(
    groups: Grouping,
    writer: &mut Writer,
    cast: &mut Cast,
    mut acts: Vec<Act>,
    mut step: impl FnMut(u64),
) -> Result<(), StageError> {
    acts.sort_by_key(|act| act.at);
    let mut group: Vec<UnsignedAct<'_>> = Vec::new();
    for act in &acts {
        let again = group.iter().any(|(other, _)| other.shares_chain(act));
        if groups.must_wait(act, &group) || again || group.len() == groups.largest_group() {
            append_group(writer, cast, &mut group, &mut step)?;
        }
        group.push((act, draft_act(writer.head(), cast, act)?));
    }
    append_group(writer, cast, &mut group, &mut step)
}

fn append_group(
    writer: &mut Writer,
    cast: &Cast,
    group: &mut Vec<UnsignedAct<'_>>,
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
