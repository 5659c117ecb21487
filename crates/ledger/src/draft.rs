//! The next event of an author: place, seen tree and body filled in, signatures still to come.
//!
//! In: what a head knows of an author's place. Out: who may sign (`law`), the file that goes round (`event::SignedEvent`).

use alloc::vec::Vec;

use event::{Event, Hash, Id, Key, SignedEvent, Time, json::DecodeError, json::Fault};
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
        mut signers: Vec<Key>,
    ) -> Result<SignedEvent, DecodeError> {
        let (author_seq, author_prev) = self.next_in(&chain);
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
            ledger: self.state().ledger.unwrap_or(Hash::ZERO),
            seen: self.as_seen(),
            signers,
            v: 1,
            voids: Vec::new(),
        };
        Ok(SignedEvent { event, signatures: Vec::new() })
    }
}
