//! The event: what commissions sign.
//!
//! Contains its fields, its bytes, its hash, the text that each member signs. Does not contain what a fact's body says
//! (`law`).
//!
//! ```text
//! event hash = SHA-256( "hattama-event-v1\n" ‖ canonical event )
//! ```

use alloc::{
    borrow::ToOwned,
    boxed::Box,
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error, Visitor},
};
use serde_json::value::RawValue;

use crate::{
    Hash, Id, Key, Time,
    fault::{DecodeError, Fault},
    json, sha256,
};

/// Longest event: the entry around it, with 32 signatures, must fit a bundle's 65,535 bytes.
pub const EVENT_BYTES_MAX: usize = 60_000;

/// Most signers of one event.
pub(crate) const SIGNERS_MAX: usize = 32;

/// One statement of one commission.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When the author says it was signed. It grants nothing.
    pub at: Time,
    /// The commission.
    pub author: Id,
    /// Hash of the author's event before, in the chain of (author, election or none, desk); zeros at 0.
    pub author_prev: Hash,
    /// Place in that chain.
    pub author_seq: u64,
    /// The fact's content.
    pub body: Body,
    /// `board`, or the seat of the one officer who acts.
    pub desk: Id,
    /// The election; absent for facts of the whole ledger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub election: Option<Id>,
    /// Which fact is stated.
    pub fact: Id,
    /// Hash of the ledger's first event; zeros in that event.
    pub ledger: Hash,
    /// The newest checkpoint that the author had verified.
    pub seen: Seen,
    /// The keys that sign, ascending.
    pub signers: Vec<Key>,
    /// Version of this form: 1.
    pub v: u64,
    /// Signed events at this place that this one replaces and that were never admitted, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voids: Vec<Hash>,
}

/// A tree by size and root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Root of RFC 6962.
    pub root: Hash,
    /// How many entries.
    pub size: u64,
}

impl Seen {
    /// The tree before the first entry: SHA-256 of nothing.
    #[must_use]
    pub fn nothing() -> Self {
        Self { root: sha256(&[]), size: 0 }
    }
}

/// The canonical bytes of a fact's content, not yet read.
#[derive(Debug, Clone)]
pub struct Body(Box<RawValue>);

impl Body {
    /// Writes a fact's content.
    ///
    /// # Errors
    /// When it has no canonical form.
    pub fn from_content<T: Serialize + DeserializeOwned>(content: &T) -> Result<Self, DecodeError> {
        let bytes = json::encode(content)?;
        // Read again, so that content with a forbidden character or an empty list is refused where it is made.
        json::decode::<T>(&bytes)?;
        let text = String::from_utf8(bytes).map_err(|_| DecodeError { at: 0, fault: Fault::Utf8 })?;
        Self::from_text(text)
    }

    fn from_text(text: String) -> Result<Self, DecodeError> {
        RawValue::from_string(text)
            .map(Self)
            .map_err(|error| DecodeError { at: 0, fault: Fault::Other { reason: error.to_string() } })
    }

    /// The canonical text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.get()
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Span;
        impl Visitor<'_> for Span {
            type Value = Body;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Body, E> {
                Body::from_text(text.to_owned()).map_err(E::custom)
            }
        }
        deserializer.deserialize_newtype_struct("Body", Span)
    }
}

impl Event {
    /// Reads an event from its canonical bytes.
    ///
    /// # Errors
    /// The first [`Fault`] with its position.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let read = || {
            if bytes.len() > EVENT_BYTES_MAX {
                let fault = Fault::TooLong { max: EVENT_BYTES_MAX, found: bytes.len() };
                return Err(DecodeError { at: EVENT_BYTES_MAX, fault });
            }
            let event: Self = json::decode(bytes)?;
            event.require_sound(bytes)?;
            Ok(event)
        };
        read().map_err(|error| find_unknown_version(bytes).unwrap_or(error))
    }

    /// What the fields must keep beyond their form, by position in the event's bytes.
    pub(crate) fn require_sound(&self, bytes: &[u8]) -> Result<(), DecodeError> {
        if bytes.len() > EVENT_BYTES_MAX {
            let fault = Fault::TooLong { max: EVENT_BYTES_MAX, found: bytes.len() };
            return Err(DecodeError { at: EVENT_BYTES_MAX, fault });
        }
        let at = |field, fault| DecodeError {
            at: json::span_of_field(bytes, field).map_or(0, |(start, _)| start),
            fault,
        };
        if self.v != 1 {
            return Err(at("v", Fault::Version { found: self.v }));
        }
        require_ascending("signers", &self.signers).map_err(|fault| at("signers", fault))?;
        require_ascending("voids", &self.voids).map_err(|fault| at("voids", fault))
    }

    /// The canonical bytes.
    ///
    /// # Errors
    /// When a value has no canonical form.
    pub fn encode(&self) -> Result<Vec<u8>, DecodeError> {
        json::encode(self)
    }

    /// Reads the body as the content of a fact; positions count from the start of the event's `bytes`.
    ///
    /// # Errors
    /// The first [`Fault`] with its position.
    pub fn parse_content<T: DeserializeOwned + Serialize>(&self, bytes: &[u8]) -> Result<T, DecodeError> {
        let start = json::span_of_field(bytes, "body").map_or(0, |(start, _)| start);
        json::decode(self.body.text().as_bytes()).map_err(|error| error.shifted_by(start))
    }
}

/// The version that bytes claim which do not read, where it is not that of this program: an event, or an entry or a working
/// file with one in it. The version goes before the form: what a later one writes otherwise is no fault.
#[must_use]
pub fn find_unknown_version(bytes: &[u8]) -> Option<DecodeError> {
    let (start, end) = json::span_of_field(bytes, "event").unwrap_or((0, bytes.len()));
    let event = bytes.get(start..end)?;
    let (at, end) = json::span_of_field(event, "v")?;
    let found: u64 = core::str::from_utf8(event.get(at..end)?).ok()?.parse().ok()?;
    (found != 1).then(|| DecodeError { at: start + at, fault: Fault::Version { found } })
}

fn require_ascending<T: Ord>(list: &'static str, items: &[T]) -> Result<(), Fault> {
    if items.len() > SIGNERS_MAX {
        return Err(Fault::TooMany { list, max: SIGNERS_MAX, found: items.len() });
    }
    if items.is_sorted_by(|a, b| a < b) { Ok(()) } else { Err(Fault::Unsorted { list }) }
}

/// The hash by which an event is known.
#[must_use]
pub fn event_hash(bytes: &[u8]) -> Hash {
    sha256(&[b"hattama-event-v1\n", bytes])
}

/// What each member signs: short enough for a small device to show, and made again by every verifier.
#[must_use]
pub fn member_text(event: &Event, hash: &Hash) -> String {
    let election = event.election.as_ref().map_or("-", Id::as_str);
    format!(
        "hattama-event-v1\nledger {}\nauthor {}\nelection {election}\nfact {}\nevent {hash}\n",
        event.ledger, event.author, event.fact
    )
}
