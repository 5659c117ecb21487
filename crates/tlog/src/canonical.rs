//! The one spelling of numbers and bytes in text: decimal and padded standard base64.
//!
//! Contains decoders that encode again and compare, because two spellings of one value would let
//! two verifiers disagree about the same bytes. Does not contain hexadecimal, which only key ids
//! use.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Writes bytes as base64 with padding (RFC 4648 section 4).
pub(crate) fn encode_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads base64, refusing every spelling but the one [`encode_base64`] writes.
pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(text).ok()?;
    (encode_base64(&bytes) == text).then_some(bytes)
}

/// Reads a decimal number without sign or leading zeros.
pub(crate) fn decode_decimal(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_of_base64() {
        assert_eq!(decode_base64("aGk="), Some(b"hi".to_vec()));
        assert_eq!(decode_base64(""), Some(Vec::new()));
        for other in ["aGl=", "aGk", "aGk==", "aGk=\n", " aGk=", "aG-_", "a"] {
            assert_eq!(decode_base64(other), None, "{other:?}");
        }
    }

    #[test]
    fn one_spelling_of_numbers() {
        assert_eq!(decode_decimal("0"), Some(0));
        assert_eq!(decode_decimal("18446744073709551615"), Some(u64::MAX));
        for other in ["", "00", "01", "+1", "-0", " 1", "1 ", "0x1", "1e3", "18446744073709551616", "١"] {
            assert_eq!(decode_decimal(other), None, "{other:?}");
        }
    }
}
