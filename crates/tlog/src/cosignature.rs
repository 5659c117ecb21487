//! Cosignatures: a witness says when it saw a checkpoint (C2SP tlog-cosignature, Ed25519).
//!
//! ```text
//! cosignature/v1<LF>                          what is signed
//! time <seconds since 1970, decimal><LF>
//! <whole text of the checkpoint, ends with LF>
//!
//! — <name> <base64(key id[4] || seconds, u64 big-endian || signature[64])><LF>
//! ```
//!
//! Contains keys of cosigners (type 04), signing, verifying one line, and [`attach_cosignatures`], which adds
//! the lines a witness answered with to a checkpoint. Does not contain when to cosign (see
//! [`witness`](crate::witness)), how many cosignatures are enough (see [`policy`](crate::policy)),
//! ML-DSA-44 (type 06), and clocks.
//!
//! The name of the cosigner is not signed. So two cosigners never share a key, and who counts them
//! counts keys.

mod attach;
mod cosigner;
mod cosigner_key;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub use self::attach::{AttachError, attach_cosignatures};
pub use self::cosigner::{CosignError, Cosigner};
pub use self::cosigner_key::{CosignatureError, CosignerKey};

/// The latest time a cosignature may say: other readers keep it in a signed number of 64 bits.
pub const MAX_TIME: u64 = i64::MAX.unsigned_abs();

/// The bytes of a line after the key id: the time and the signature.
const TIMED_SIGNATURE_BYTES: usize = 8 + 64;

/// Writes what a cosigner signs over the text of a checkpoint.
fn cosigned_message(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

/// Writes the bytes of a line after the key id.
fn timed_signature(time: u64, signature: &[u8; 64]) -> Vec<u8> {
    [time.to_be_bytes().as_slice(), signature].concat()
}

#[cfg(test)]
mod tests;
