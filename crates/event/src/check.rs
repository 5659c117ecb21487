//! From bytes and signatures to a checked event.
//!
//! Contains [`check`], which needs nothing but the bytes, so that it runs on every core at once. Does not contain
//! whether the signers had the right to sign (`law`).

use alloc::vec::Vec;

use phrase::Phrased;

use crate::{
    CanonicalEvent, Event, Hash, Key, Signature,
    fault::{DecodeError, Fault},
    member_text, verify,
};

/// An event whose bytes are canonical and under which each signer's signature stands. Only [`check`], [`check_event`] and
/// [`SignedEvent::check`](crate::SignedEvent::check) make one, and [`accept_checked`] of what one of them has checked before.
#[derive(Debug, Clone)]
pub struct Checked {
    event: CanonicalEvent,
    signatures: Vec<Signature>,
}

/// Why bytes and signatures are no signed event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Phrased)]
pub enum CheckError {
    /// The bytes are not an event in canonical form.
    #[error("event, {0}")]
    Decode(#[from] DecodeError),
    /// Not one signature for each signer.
    #[error("expected {expected} signatures, one per signer, found {found}")]
    Count {
        /// Signers.
        expected: usize,
        /// Signatures.
        found: usize,
    },
    /// A signature that is not this signer's over this event.
    #[error("expected the signature of {signer} over event {event}, found one that does not verify")]
    Signature {
        /// The key.
        signer: Key,
        /// The event.
        event: Hash,
    },
    /// Nobody signs.
    #[error("expected at least one signer, found none")]
    NoSigner,
}

/// Reads an event and checks every signature under it.
///
/// # Errors
/// The first [`CheckError`]: bytes, then number, then each signature in order.
pub fn check(bytes: &[u8], signatures: &[Signature]) -> Result<Checked, CheckError> {
    check_canonical(CanonicalEvent::decode(bytes)?, signatures.to_vec())
}

/// The same for an event that was read as part of something larger; its bytes are written again, so that nothing but
/// the canonical form is ever hashed.
///
/// # Errors
/// The first [`CheckError`].
pub fn check_event(event: Event, signatures: &[Signature]) -> Result<Checked, CheckError> {
    let bytes = event.encode()?;
    check_canonical(CanonicalEvent::of_part(event, bytes)?, signatures.to_vec())
}

/// The same for an event of which [`check_event`] has said yes before, of the same event and the same signatures, in another
/// instance of this program: its form is judged again, its signatures are not. Whoever calls this answers for that.
///
/// # Errors
/// The first [`CheckError`] that is none of a signature.
pub fn accept_checked(event: Event, signatures: &[Signature]) -> Result<Checked, CheckError> {
    let bytes = event.encode()?;
    let event = CanonicalEvent::of_part(event, bytes)?;
    require_one_for_each(&event, signatures)?;
    Ok(Checked { event, signatures: signatures.to_vec() })
}

/// Checks the signatures alone: the form of the event was judged when its bytes were written or read.
pub(crate) fn check_canonical(
    event: CanonicalEvent,
    signatures: Vec<Signature>,
) -> Result<Checked, CheckError> {
    require_one_for_each(&event, &signatures)?;
    let text = member_text(&event, &event.hash());
    for (signer, signature) in event.signers.iter().zip(&signatures) {
        if !verify(signer, text.as_bytes(), signature) {
            return Err(CheckError::Signature { signer: *signer, event: event.hash() });
        }
    }
    Ok(Checked { event, signatures })
}

fn require_one_for_each(event: &Event, signatures: &[Signature]) -> Result<(), CheckError> {
    if event.signers.is_empty() {
        return Err(CheckError::NoSigner);
    }
    if event.signers.len() != signatures.len() {
        return Err(CheckError::Count { expected: event.signers.len(), found: signatures.len() });
    }
    Ok(())
}

impl CheckError {
    /// Whether only the form of the bytes is at fault.
    #[must_use]
    pub fn is_form(&self) -> bool {
        matches!(self, Self::Decode(_))
    }

    /// The fault of form, if it is one.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Decode(error) => Some(&error.fault),
            Self::Count { .. } | Self::Signature { .. } | Self::NoSigner => None,
        }
    }
}

impl Checked {
    /// The canonical bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.event.bytes()
    }

    /// The event.
    #[must_use]
    pub fn event(&self) -> &Event {
        self.event.event()
    }

    /// Its hash.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.event.hash()
    }

    /// The event with its bytes and its hash.
    #[must_use]
    pub fn canonical(&self) -> &CanonicalEvent {
        &self.event
    }

    /// The signatures, in the order of the signers.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }
}
