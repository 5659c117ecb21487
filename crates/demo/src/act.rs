//! Acts: who states what, when and with whose keys; drafting and signing one at the head of a ledger.

use event::{CheckError, Id, SignedEvent, Time, json::DecodeError};
use law::Fact;
use ledger::{Chain, Head};

use crate::cast::Cast;

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

/// Why an act is not signed.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ActError {
    /// An act that the head does not allow to be written.
    #[error(
        "the script at {at}: expected a ledger where {desk} of {author} has something to say, found none"
    )]
    Silent {
        /// When.
        at: Time,
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

/// Drafts and signs one act at the head.
///
/// # Errors
/// [`ActError`].
pub fn sign_act(head: &Head, cast: &mut Cast, act: &Act) -> Result<SignedEvent, ActError> {
    let mut signed = draft_act(head, cast, act)?;
    cast.sign(&mut signed, &act.signers)?;
    Ok(signed)
}

pub(crate) fn draft_act(head: &Head, cast: &mut Cast, act: &Act) -> Result<SignedEvent, ActError> {
    let at = Time::from_seconds(act.at, act.zone)?;
    let silent = || ActError::Silent { at: at.clone(), author: act.author.clone(), desk: act.desk.clone() };
    let fact = (act.fact)(head).ok_or_else(silent)?;
    let keys = act.signers.iter().map(|label| cast.key(label)).collect();
    Ok(head.draft(act.chain()?, &fact, at, keys)?)
}

impl Act {
    /// Whether both stand in one chain.
    #[cfg(feature = "play")]
    pub(crate) fn shares_chain(&self, other: &Self) -> bool {
        (&self.author, &self.election, &self.desk) == (&other.author, &other.election, &other.desk)
    }

    fn chain(&self) -> Result<Chain, ActError> {
        let election = self.election.as_deref().map(Id::new).transpose()?;
        Ok(Chain { author: Id::new(&self.author)?, election, desk: Id::new(&self.desk)? })
    }
}

/// Seconds since 1970 of a local time in Semey, `2025-10-12 07:00`.
#[must_use]
pub fn semey_seconds(text: &str) -> i64 {
    let full = format!("{}:00+05:00", text.replace(' ', "T"));
    Time::parse(&full).map_or(0, |time| time.seconds())
}

/// A moment as an author in Semey writes it; nothing outside the years 2000 to 2099.
#[must_use]
pub fn semey_clock(seconds: i64) -> String {
    Time::from_seconds(seconds, 5).map(|time| time.to_string()).unwrap_or_default()
}
