//! The file that goes from member to member until all have signed: an event with the signatures gathered so far.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{
    CanonicalEvent, CheckError, Checked, Event, Hash, Key, Signature,
    check::check_canonical,
    event::find_unknown_version,
    fault::{DecodeError, Fault},
    json, member_text, verify,
};

/// An event and the signatures gathered so far, sorted by signer: canonical JSON `{"event":…,"signatures":[…]}`.
#[derive(Debug, Clone, Serialize)]
pub struct SignedEvent {
    /// The event, with its canonical bytes and its hash.
    pub event: CanonicalEvent,
    /// The signatures so far.
    #[serde(skip_serializing_if = "Vec::is_empty")]
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

/// The file as it is read: a [`SignedEvent`] whose event has no bytes of its own yet.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedEventFile {
    event: Event,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    signatures: Vec<MemberSignature>,
}

impl SignedEvent {
    /// Reads the file's canonical bytes; the event inside must be canonical by itself.
    ///
    /// # Errors
    /// The first [`Fault`] with its position.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let read = json::decode(bytes).map_err(|error| find_unknown_version(bytes).unwrap_or(error));
        let SignedEventFile { event, signatures } = read?;
        // The file is canonical, so the event in it is: what stands there are its bytes.
        let (start, end) = json::span_of_field(bytes, "event").unwrap_or_default();
        let own = bytes.get(start..end).unwrap_or_default().to_vec();
        let event = CanonicalEvent::of_part(event, own).map_err(|error| error.shifted_by(start))?;
        if !signatures.is_sorted_by(|a, b| a.signer < b.signer) {
            let at = json::span_of_field(bytes, "signatures").map_or(0, |(start, _)| start);
            return Err(DecodeError { at, fault: Fault::Unsorted { list: "signatures" } });
        }
        Ok(Self { event, signatures })
    }

    /// The file of an event that nobody has signed yet.
    ///
    /// # Errors
    /// When the event has no canonical form.
    pub fn unsigned(event: Event) -> Result<Self, DecodeError> {
        Ok(Self { event: CanonicalEvent::new(event)?, signatures: Vec::new() })
    }

    /// The file of an event that all have signed.
    #[must_use]
    pub fn from_checked(checked: &Checked) -> Self {
        let event = checked.canonical().clone();
        let signers = event.signers.iter().zip(checked.signatures());
        let signatures = signers
            .map(|(signer, signature)| MemberSignature { signature: *signature, signer: *signer })
            .collect();
        Self { event, signatures }
    }

    /// The event's hash.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.event.hash()
    }

    /// Adds one signature, in the place where its signer sorts; one that was there and is no good gives way to it. Tells
    /// whether anything changed.
    ///
    /// # Errors
    /// When it is not this signer's over this event, or the event does not name the signer.
    pub fn add_signature(&mut self, signature: MemberSignature) -> Result<bool, CheckError> {
        let hash = self.hash();
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
    #[must_use]
    pub fn bad_signatures(&self) -> Vec<Key> {
        let text = member_text(&self.event, &self.hash());
        let bad = self.signatures.iter().filter(|s| !verify(&s.signer, text.as_bytes(), &s.signature));
        bad.map(|s| s.signer).collect()
    }

    /// The signers whose signature is still missing.
    #[must_use]
    pub fn missing_signers(&self) -> Vec<Key> {
        let has = |key: &Key| self.signatures.iter().any(|s| s.signer == *key);
        self.event.signers.iter().copied().filter(|key| !has(key)).collect()
    }

    /// Checks that each signer's signature stands there and is good. The form was checked when the file was read; only an event
    /// that was never read is read now.
    ///
    /// # Errors
    /// The first [`CheckError`].
    pub fn check(&self) -> Result<Checked, CheckError> {
        for (signer, found) in self.event.signers.iter().zip(&self.signatures) {
            if *signer != found.signer {
                return Err(CheckError::Signature { signer: *signer, event: self.hash() });
            }
        }
        let signatures: Vec<Signature> = self.signatures.iter().map(|s| s.signature).collect();
        self.event.require_form()?;
        check_canonical(self.event.clone(), signatures)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use ed25519_dalek::{Signer as _, SigningKey};

    use super::*;
    use crate::{Body, Id, Seen, Time, event_hash, json::written};

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Said {
        n: u64,
    }

    /// An event of one signer, and the file as that signer hands it on.
    fn signed() -> (SigningKey, SignedEvent) {
        let key = SigningKey::from_bytes(&[7; 32]);
        let event = Event {
            at: Time::parse("2025-10-12T21:14:00+05:00").unwrap(),
            author: Id::new("pec-1").unwrap(),
            author_prev: Hash::ZERO,
            author_seq: 0,
            body: Body::from_content(&Said { n: 7 }).unwrap(),
            desk: Id::new("board").unwrap(),
            election: None,
            fact: Id::new("voting-closed").unwrap(),
            ledger: Hash::ZERO,
            seen: Seen::nothing(),
            signers: vec![Key(key.verifying_key().to_bytes())],
            v: 1,
            voids: Vec::new(),
        };
        let mut file = SignedEvent::unsigned(event).unwrap();
        let text = member_text(&file.event, &file.hash());
        let signature = Signature(key.sign(text.as_bytes()).to_bytes());
        assert!(
            file.add_signature(MemberSignature { signature, signer: Key(key.verifying_key().to_bytes()) })
                .unwrap()
        );
        (key, file)
    }

    #[test]
    fn a_file_is_written_once_where_it_is_read_and_never_where_it_is_checked() {
        let bytes = json::encode(&signed().1).unwrap();
        let before = written::times();
        let file = SignedEvent::decode(&bytes).unwrap();
        assert_eq!(written::times() - before, 1, "the reader compares what it read with its one spelling");
        let checked = file.check().unwrap();
        assert_eq!((file.bad_signatures(), file.missing_signers()), (Vec::new(), Vec::new()));
        assert_eq!((file.hash(), checked.hash()), (event_hash(checked.bytes()), file.hash()));
        assert_eq!(written::times() - before, 1, "checking and hashing write nothing");
    }

    #[test]
    fn the_bytes_that_are_kept_are_the_canonical_ones() {
        let (_, file) = signed();
        let read = SignedEvent::decode(&json::encode(&file).unwrap()).unwrap();
        for kept in [&file.event, &read.event, read.check().unwrap().canonical()] {
            assert_eq!(kept.bytes(), kept.event().encode().unwrap());
            assert_eq!(kept.hash(), event_hash(kept.bytes()));
            assert_eq!(Event::decode(kept.bytes()).unwrap().encode().unwrap(), kept.bytes());
        }
    }

    #[test]
    fn a_changed_event_is_another_one_and_keeps_no_signature() {
        let (_, mut file) = signed();
        file.event = file.event.with_change(|event| event.author_seq = 1).unwrap();
        assert!(matches!(file.check(), Err(CheckError::Signature { event, .. }) if event == file.hash()));
        assert_eq!(file.bad_signatures(), file.event.signers);
    }

    #[test]
    fn an_event_that_no_reader_would_take_is_not_checked() {
        let (_, mut file) = signed();
        let read = file.event.clone();
        file.event = read.with_change(|event| event.v = 2).unwrap();
        let refused = file.check().map(drop);
        let fault = |error: CheckError| error.fault().cloned();
        assert_eq!(refused.map_err(fault), Err(Some(Fault::Version { found: 2 })));
        file.event = read.with_change(|event| event.author_seq = json::INTEGER_MAX + 1).unwrap();
        let refused = file.check().map(drop);
        assert!(matches!(refused.map_err(fault), Err(Some(Fault::TooBig { .. }))));
    }
}
