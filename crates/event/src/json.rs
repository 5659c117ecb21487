//! The one JSON form of every value: a strict subset of RFC 8785.
//!
//! In: [`decode`] (refuses whatever has a second way of being written, by position) and [`encode`].
//! Out: what the fields mean.
//!
//! The subset: objects with ASCII field names in ascending order, arrays, text, integers 0…2^53−1 and `true`. No
//! floats, no `null`, no `false` and nothing empty: what is absent is left out, so absence has one spelling.

mod fault;
mod reader;

use alloc::{string::ToString, vec::Vec};

use serde::{Serialize, de::DeserializeOwned};

pub use fault::{DecodeError, Fault};
pub(crate) use reader::span_of_field;

/// Largest integer that every JSON reader keeps exactly (RFC 8785, section 3.2.2.3 and its appendix): 2^53−1.
pub const INTEGER_MAX: u64 = (1 << 53) - 1;

/// Objects and arrays inside one another; deeper than any fact needs, shallow enough for any stack.
pub const DEPTH_MAX: usize = 16;

/// Reads a value from its one canonical form.
///
/// # Errors
/// The first [`Fault`], with its position in bytes from the start.
pub fn decode<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, DecodeError> {
    let value = reader::read(bytes)?;
    // Belt and braces: what does not come out as it went in has a second encoding, whatever the reader thought.
    let again = encode(&value)?;
    if again != bytes {
        let at = again.iter().zip(bytes).take_while(|(a, b)| a == b).count();
        return Err(DecodeError { at, fault: Fault::NotCanonical });
    }
    Ok(value)
}

/// Writes a value in its canonical form.
///
/// # Errors
/// [`Fault::Unwritable`] when the value has no such form.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, DecodeError> {
    serde_json::to_vec(value)
        .map_err(|error| DecodeError { at: 0, fault: Fault::Unwritable { reason: error.to_string() } })
}

#[cfg(test)]
mod tests;
