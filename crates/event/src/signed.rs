//! The file that goes from member to member until all have signed.
//!
//! In: an event with the signatures gathered so far. Out: the entry that the node makes of it (`ledger`).

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{
    CheckError, Checked, Event, Hash, Key, Signature, check, event_hash,
    json::{self, DecodeError, Fault},
    member_text, verify,
};

/// An event and the signatures gathered so far, sorted by signer: canonical JSON `{"event":…,"signatures":[…]}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedEvent {
    /// The event.
    pub event: Event,
    /// The signatures so far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<MemberSignature>,
}

/// One member's signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberSignature {
    /// Over [`member_text`].
    pub signature: Signature,
    /// The member's key.
    pub signer: Key,
}

impl SignedEvent {
    /// Reads the file's canonical bytes; the event inside must be canonical by itself.
    ///
    /// # Errors
    /// The first [`Fault`] with its position.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let file: Self = json::decode(bytes)?;
        let start = json::span_of_field(bytes, "event").map_or(0, |(start, _)| start);
        Event::decode(&file.event.encode()?).map_err(|error| error.shifted(start))?;
        if !file.signatures.is_sorted_by(|a, b| a.signer < b.signer) {
            let at = json::span_of_field(bytes, "signatures").map_or(0, |(start, _)| start);
            return Err(DecodeError { at, fault: Fault::Unsorted { list: "signatures" } });
        }
        Ok(file)
    }

    /// The file of an event that all have signed.
    #[must_use]
    pub fn of(checked: &Checked) -> Self {
        let event = checked.event().clone();
        let signers = event.signers.iter().zip(checked.signatures());
        let signatures = signers
            .map(|(signer, signature)| MemberSignature { signature: *signature, signer: *signer })
            .collect();
        Self { event, signatures }
    }

    /// The event's hash.
    ///
    /// # Errors
    /// When the event has no canonical form.
    pub fn hash(&self) -> Result<Hash, DecodeError> {
        Ok(event_hash(&self.event.encode()?))
    }

    /// Adds one signature, in the place where its signer sorts; one that was there and is no good gives way to it. Tells
    /// whether anything changed.
    ///
    /// # Errors
    /// When it is not this signer's over this event, or the event does not name the signer.
    pub fn add(&mut self, signature: MemberSignature) -> Result<bool, CheckError> {
        let hash = self.hash()?;
        let named = self.event.signers.contains(&signature.signer);
        let text = member_text(&self.event, &hash);
        if !named || !verify(&signature.signer, text.as_bytes(), &signature.signature) {
            return Err(CheckError::Signature { signer: signature.signer, event: hash });
        }
        match self.signatures.binary_search_by(|other| other.signer.cmp(&signature.signer)) {
            Ok(place) => match self.signatures.get_mut(place) {
                Some(there) if *there != signature => *there = signature,
                _ => return Ok(false),
            },
            Err(place) => self.signatures.insert(place, signature),
        }
        Ok(true)
    }

    /// The signers whose signature stands in the file and does not verify.
    ///
    /// # Errors
    /// When the event has no canonical form.
    pub fn bad(&self) -> Result<Vec<Key>, DecodeError> {
        let text = member_text(&self.event, &self.hash()?);
        let bad = self.signatures.iter().filter(|s| !verify(&s.signer, text.as_bytes(), &s.signature));
        Ok(bad.map(|s| s.signer).collect())
    }

    /// The signers whose signature is still missing.
    #[must_use]
    pub fn missing(&self) -> Vec<Key> {
        let has = |key: &Key| self.signatures.iter().any(|s| s.signer == *key);
        self.event.signers.iter().copied().filter(|key| !has(key)).collect()
    }

    /// Checks the whole: canonical, and each signer's signature there.
    ///
    /// # Errors
    /// The first [`CheckError`].
    pub fn check(&self) -> Result<Checked, CheckError> {
        let bytes = self.event.encode()?;
        for (signer, found) in self.event.signers.iter().zip(&self.signatures) {
            if *signer != found.signer {
                return Err(CheckError::Signature { signer: *signer, event: event_hash(&bytes) });
            }
        }
        let signatures: Vec<Signature> = self.signatures.iter().map(|s| s.signature).collect();
        check(&bytes, &signatures)
    }
}
