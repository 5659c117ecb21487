//! The fingerprint of a key, which people read to each other.

use event::{Key, sha256};

/// The SHA-256 of the 32 bytes of the public key, in hexadecimal: sixteen groups of four.
#[must_use]
pub fn fingerprint_of(key: &Key) -> String {
    sha256(&[&key.0]).in_groups()
}
