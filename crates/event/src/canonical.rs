//! An event together with its canonical bytes and its hash, so that it is written and hashed once.

use alloc::vec::Vec;
use core::ops::Deref;

use serde::{Serialize, Serializer};

use crate::{Event, Hash, event::event_hash, fault::DecodeError};

/// An event, its canonical bytes and its hash, which always belong together: the event inside cannot be changed, only made
/// into another one ([`CanonicalEvent::with_change`]).
#[derive(Debug, Clone)]
pub struct CanonicalEvent {
    event: Event,
    bytes: Vec<u8>,
    hash: Hash,
    /// Whether the bytes were read, so that their form is known to be good.
    is_read: bool,
}

impl CanonicalEvent {
    /// Writes an event. Whether a reader would take it is judged when it is checked.
    ///
    /// # Errors
    /// When a value has no canonical form.
    pub fn new(event: Event) -> Result<Self, DecodeError> {
        let bytes = event.encode()?;
        Ok(Self { hash: event_hash(&bytes), event, bytes, is_read: false })
    }

    /// Reads an event from its canonical bytes, and keeps them.
    ///
    /// # Errors
    /// The first [`Fault`](crate::json::Fault) with its position.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let event = Event::decode(bytes)?;
        Ok(Self { event, hash: event_hash(bytes), bytes: bytes.to_vec(), is_read: true })
    }

    /// An event that was read as part of something larger; its bytes are those of the part.
    pub(crate) fn of_part(event: Event, bytes: Vec<u8>) -> Result<Self, DecodeError> {
        event.require_sound(&bytes)?;
        Ok(Self { event, hash: event_hash(&bytes), bytes, is_read: true })
    }

    /// Another event, which differs from this one by a change.
    ///
    /// # Errors
    /// When a value has no canonical form.
    pub fn with_change(&self, change: impl FnOnce(&mut Event)) -> Result<Self, DecodeError> {
        let mut event = self.event.clone();
        change(&mut event);
        Self::new(event)
    }

    /// The form of an event that nobody has read yet: it is as strict as for one that comes from elsewhere.
    pub(crate) fn require_form(&self) -> Result<(), DecodeError> {
        if self.is_read { Ok(()) } else { Event::decode(&self.bytes).map(drop) }
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
