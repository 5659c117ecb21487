//! The next event of an author: place, seen tree and body filled in, signatures still to come.
//!
//! Contains what a head knows of an author's place. Does not contain who may sign (`law`), the file that goes round
//! (`event::SignedEvent`).

use alloc::vec::Vec;

use event::{Event, Hash, Id, Key, Seen, SignedEvent, Time, json::DecodeError, json::Fault};
use law::Fact;

use crate::{Chain, Head};

impl Head {
    /// An unsigned event at the author's next place.
    ///
    /// # Errors
    /// When the fact's content has no canonical form.
    pub fn draft(
        &self,
        chain: Chain,
        fact: &Fact,
        at: Time,
        signers: Vec<Key>,
    ) -> Result<SignedEvent, DecodeError> {
        let ledger = self.state().ledger.unwrap_or(Hash::ZERO);
        draft_at_place((ledger, self.as_seen()), self.next_in(&chain), chain, fact, at, signers)
    }
}

/// The event of a ledger with the tree seen, at a place in its author's chain.
pub(crate) fn draft_at_place(
    (ledger, seen): (Hash, Seen),
    (author_seq, author_prev): (u64, Hash),
    chain: Chain,
    fact: &Fact,
    at: Time,
    mut signers: Vec<Key>,
) -> Result<SignedEvent, DecodeError> {
    signers.sort();
    signers.dedup();
    let name = Id::new(fact.name()).map_err(|fault| DecodeError { at: 0, fault })?;
    if signers.is_empty() {
        let reason = "expected at least one signer, found none".into();
        return Err(DecodeError { at: 0, fault: Fault::Other { reason } });
    }
    let event = Event {
        at,
        author: chain.author,
        author_prev,
        author_seq,
        body: fact.body()?,
        desk: chain.desk,
        election: chain.election,
        fact: name,
        ledger,
        seen,
        signers,
        v: 1,
        voids: Vec::new(),
    };
    SignedEvent::unsigned(event)
}
