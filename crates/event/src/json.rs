//! The one JSON form of every value: a strict subset of RFC 8785.
//!
//! [`decode`] refuses whatever has a second way of being written, and tells the position; [`encode`] writes the one form.
//! What the fields mean is not known here.
//!
//! The subset: objects with ASCII field names in ascending order, arrays, text, integers 0…2^53−1 and `true`. No
//! floats, no `null`, no `false` and nothing empty: what is absent is left out, so absence has one spelling.

mod limits;
mod reader;
mod value_source;

use alloc::{string::ToString, vec::Vec};

use serde::{Serialize, de::DeserializeOwned};

pub use limits::{DEPTH_MAX, INTEGER_MAX};
pub use reader::span_of_field;

pub use crate::fault::{DecodeError, Fault};

/// Reads a value from its one canonical form.
///
/// # Errors
/// The first [`Fault`], with its position in bytes from the start.
pub fn decode<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, DecodeError> {
    let value = reader::read(bytes)?;
    // Belt and braces: what does not come out as it went in has a second encoding, whatever the reader thought.
    require_same_bytes(&encode(&value)?, bytes)?;
    Ok(value)
}

fn require_same_bytes(again: &[u8], bytes: &[u8]) -> Result<(), DecodeError> {
    if again == bytes {
        return Ok(());
    }
    let at = again.iter().zip(bytes).take_while(|(a, b)| a == b).count();
    Err(DecodeError { at, fault: Fault::NotCanonical })
}

/// Writes a value in its canonical form.
///
/// # Errors
/// [`Fault::Unwritable`] when the value has no such form.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, DecodeError> {
    #[cfg(test)]
    written::count();
    serde_json::to_vec(value)
        .map_err(|error| DecodeError { at: 0, fault: Fault::Unwritable { reason: error.to_string() } })
}

/// How often this thread wrote a canonical form.
#[cfg(test)]
pub(crate) mod written {
    extern crate std;

    use core::cell::Cell;

    std::thread_local!(static WRITTEN: Cell<u64> = const { Cell::new(0) });

    pub(super) fn count() {
        WRITTEN.set(WRITTEN.get() + 1);
    }

    pub(crate) fn times() -> u64 {
        WRITTEN.get()
    }
}

#[cfg(test)]
mod tests;
