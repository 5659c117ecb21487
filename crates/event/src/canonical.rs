//! An event together with its canonical bytes and its hash, so that it is written and hashed once.

use alloc::vec::Vec;
use core::ops::Deref;

use serde::{Serialize, Serializer};

use crate::{Event, Hash, event::event_hash, fault::DecodeError};

/// An event, its canonical bytes and its hash, which always belong together: the event inside cannot be changed. To change
/// one, clone it out and make another [`CanonicalEvent::new`].
#[derive(Debug, Clone)]
pub struct CanonicalEvent {
    event: Event,
    bytes: Vec<u8>,
    hash: Hash,
}

impl CanonicalEvent {
    /// Writes an event, and reads what was written, so that nothing counts as an event that no reader would take.
    ///
    /// # Errors
    /// The first [`Fault`](crate::json::Fault) with its position.
    pub fn new(event: Event) -> Result<Self, DecodeError> {
        Self::decode(&event.encode()?)
    }

    /// Reads an event from its canonical bytes, and keeps them.
    ///
    /// # Errors
    /// The first [`Fault`](crate::json::Fault) with its position.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        Event::decode(bytes).map(|event| Self::known(event, bytes.to_vec()))
    }

    /// An event that was read as part of something larger; its bytes are those of the part.
    pub(crate) fn of_part(event: Event, bytes: Vec<u8>) -> Result<Self, DecodeError> {
        event.require_sound(&bytes)?;
        Ok(Self::known(event, bytes))
    }

    fn known(event: Event, bytes: Vec<u8>) -> Self {
        let hash = event_hash(&bytes);
        Self { event, bytes, hash }
    }

    /// The event.
    #[must_use]
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// Its canonical bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its hash.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.hash
    }
}

impl Deref for CanonicalEvent {
    type Target = Event;

    fn deref(&self) -> &Event {
        &self.event
    }
}

impl Serialize for CanonicalEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.event.serialize(serializer)
    }
}
