//! What a draft stands on: a ledger with what is on its way to it, or a precinct's book.

use event::{Hash, Id, Key, SignedEvent, Stamp, Time, json::DecodeError};
use law::{Fact, Finding, State};
use ledger::{Chain, OwnError, Prospect, Refusal};

use super::fault::DraftFault;
use crate::book::Book;

/// What a draft stands on.
#[derive(Debug)]
pub enum Ground<'a> {
    /// A ledger, replayed, with what is expected to follow it.
    Ledger(Prospect<'a>),
    /// A precinct's book.
    Book(&'a Book),
}

impl Ground<'_> {
    /// What follows from everything in it.
    #[must_use]
    pub fn state(&self) -> &State {
        match self {
            Self::Ledger(prospect) => prospect.state(),
            Self::Book(book) => book.excerpt.state(),
        }
    }

    /// The one election that a book is about.
    #[must_use]
    pub fn election(&self) -> Option<Id> {
        match self {
            Self::Ledger(_) => None,
            Self::Book(book) => Some(book.about.election.clone()),
        }
    }

    /// The commission whose book it is.
    #[must_use]
    pub fn author(&self) -> Option<Id> {
        match self {
            Self::Ledger(_) => None,
            Self::Book(book) => Some(book.author.clone()),
        }
    }

    /// The next place of a chain.
    #[must_use]
    pub fn next_in(&self, chain: &Chain) -> (u64, Hash) {
        match self {
            Self::Ledger(prospect) => prospect.next_in(chain),
            Self::Book(book) => book.excerpt.next_in(chain),
        }
    }

    /// An unsigned event at the author's next place.
    ///
    /// # Errors
    /// When the content has no canonical form, or nobody signs.
    pub fn draft(
        &self,
        chain: Chain,
        fact: &Fact,
        at: Time,
        signers: Vec<Key>,
    ) -> Result<SignedEvent, DecodeError> {
        match self {
            Self::Ledger(prospect) => prospect.draft(chain, fact, at, signers),
            Self::Book(book) => book.excerpt.draft(chain, fact, at, signers),
        }
    }

    /// What admission would say, as far as the source knows.
    ///
    /// # Errors
    /// [`DraftFault::Refused`].
    pub fn judge(&self, signed: &SignedEvent, received: Stamp) -> Result<Vec<Finding>, DraftFault> {
        match self {
            Self::Ledger(prospect) => Ok(prospect.judge(signed, received)?),
            Self::Book(book) => match book.excerpt.judge_event(signed) {
                Ok(judged) => Ok(judged.map_err(Refusal::Law)?),
                Err(OwnError::Fact(error)) => Err(Refusal::Fact(error).into()),
                Err(OwnError::Unlawful(violation)) => Err(Refusal::Law(violation).into()),
                Err(other) => Err(DraftFault::Own(other)),
            },
        }
    }
}
