//! The stage: acts in the order of their times, drafted, signed and appended in groups.
//!
//! In: what an act is, and how it gets into a ledger. Out: which acts there are (the script).

use event::{CheckError, Id, SignedEvent, Time, json::DecodeError};
use law::Fact;
use ledger::{Chain, Head};
use node::{AppendError, Writer, received_for};

use super::cast::Cast;

/// Writes a fact once the head is where it should be.
pub type Write = Box<dyn Fn(&Head) -> Option<Fact>>;

/// One act of one commission.
pub struct Act {
    /// When, in seconds since 1970.
    pub at: i64,
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
    /// Whether it speaks of events just before it.
    pub looks_back: bool,
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

/// How many acts at most share one durable write.
const GROUP_MAX: usize = 64;

/// Plays acts in the order of their times; `step` hears how many were acknowledged.
///
/// # Errors
/// The first [`StageError`].
pub fn play(
    writer: &mut Writer,
    cast: &mut Cast,
    mut acts: Vec<Act>,
    mut step: impl FnMut(u64),
) -> Result<(), StageError> {
    acts.sort_by_key(|act| act.at);
    let mut group: Vec<SignedEvent> = Vec::new();
    for act in &acts {
        let chain = act.chain()?;
        let again = group.iter().any(|signed| Chain::of(&signed.event) == chain);
        if act.looks_back || again || group.len() == GROUP_MAX {
            flush(writer, &mut group, &mut step)?;
        }
        group.push(sign(writer.head(), cast, act)?);
    }
    flush(writer, &mut group, &mut step)
}

/// Drafts and signs one act at the head.
///
/// # Errors
/// [`StageError`].
pub fn sign(head: &Head, cast: &mut Cast, act: &Act) -> Result<SignedEvent, StageError> {
    let silent =
        || StageError::Silent { at: clock(act.at), author: act.author.clone(), desk: act.desk.clone() };
    let fact = (act.fact)(head).ok_or_else(silent)?;
    let keys = act.signers.iter().map(|label| cast.key(label)).collect();
    let mut signed = head.draft(act.chain()?, &fact, Time::parse(&clock(act.at))?, keys)?;
    cast.sign(&mut signed, &act.signers)?;
    Ok(signed)
}

fn flush(
    writer: &mut Writer,
    group: &mut Vec<SignedEvent>,
    step: &mut impl FnMut(u64),
) -> Result<(), StageError> {
    let mut pairs = Vec::with_capacity(group.len());
    for signed in group.drain(..) {
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
    let offset = jiff::tz::Offset::constant(5);
    jiff::Timestamp::from_second(seconds)
        .map(|moment| format!("{}+05:00", offset.to_datetime(moment).strftime("%Y-%m-%dT%H:%M:%S")))
        .unwrap_or_default()
}
