//! Whether a file has the form of an evidence file, looked at from its beginning to its end before any of it is held: what only claims to be one
//! costs no memory.
//!
//! Contains the limits of each part by the kind of the claim. Elsewhere: reading it (`claims`), judging it (`judge`).

use std::io::{self, BufRead, Read as _};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use tlog::tile::{self, FULL_WIDTH};

use crate::evidence::claims::KINDS;

/// The charter, an entry of 65,535 bytes at most, in base64.
const CHARTER_MAX: usize = 87_384;

/// A full bundle of longest entries in base64.
const BUNDLE_MAX: usize = (256 * (2 + 65_535) as usize).div_ceil(3) * 4;

/// Notes, proofs, handovers, a manifest, single entries: all but bundles and the file of a snapshot.
const REST_MAX: u64 = 16 << 20;

/// The file of a snapshot that is carried whole: a workbook.
const WORKBOOK_MAX: u64 = 48 << 20;

/// Why a file is no evidence file.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum EvidenceFormFault {
    /// What stands there begins no part of one.
    #[error("found other bytes at byte {at}")]
    Other {
        /// Bytes before them.
        at: u64,
    },
    /// Another kind than any.
    #[error("found a claim of an unknown kind at byte {at}")]
    Kind {
        /// Bytes before it.
        at: u64,
    },
    /// Bundles that are none of 256 entries each.
    #[error("found no bundle of 256 entries at byte {at}")]
    Bundle {
        /// Bytes before its end.
        at: u64,
    },
    /// More than belongs to its kind.
    #[error("found more than {expected} bytes behind byte {at}")]
    Long {
        /// How many there may be.
        expected: u64,
        /// Bytes before them.
        at: u64,
    },
    /// What the system says.
    #[error("found: {0}")]
    System(#[from] io::Error),
}

/// A reader that knows where it is.
struct Placed<'a, R> {
    inner: &'a mut R,
    at: u64,
}

/// Looks at a file of so many bytes from its beginning on. Whether it reads is for the decoder: this only tells whether it is worth holding.
///
/// # Errors
/// [`EvidenceFormFault`].
pub fn require_evidence_form(file: &mut impl BufRead, length: u64) -> Result<(), EvidenceFormFault> {
    let mut file = Placed { inner: file, at: 0 };
    file.expect(b"{\"charter\":\"")?;
    let charter = STANDARD.decode(file.text(CHARTER_MAX)?).map_err(|_| file.other())?;
    file.expect(b",\"claim\":{\"")?;
    let kind: Vec<u8> =
        file.text(64)?.into_iter().map(|byte| if byte == b'_' { b'-' } else { byte }).collect();
    if !KINDS.iter().any(|known| known.as_bytes() == kind.as_slice()) {
        return Err(EvidenceFormFault::Kind { at: file.at });
    }
    file.expect(b":{\"")?;
    let field = file.text(64)?;
    if field == b"bundles" {
        file.expect(b":[")?;
        file.bundles(&charter)?;
    }
    let expected = if kind == b"false-file" { REST_MAX + WORKBOOK_MAX } else { REST_MAX };
    if length.saturating_sub(file.at) > expected {
        return Err(EvidenceFormFault::Long { expected, at: file.at });
    }
    Ok(())
}

impl<R: BufRead> Placed<'_, R> {
    fn other(&self) -> EvidenceFormFault {
        EvidenceFormFault::Other { at: self.at }
    }

    fn byte(&mut self) -> Result<u8, EvidenceFormFault> {
        let mut byte = [0];
        match self.inner.read_exact(&mut byte) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(self.other()),
            read => read?,
        }
        self.at += 1;
        let [byte] = byte;
        Ok(byte)
    }

    fn expect(&mut self, bytes: &[u8]) -> Result<(), EvidenceFormFault> {
        for expected in bytes {
            if self.byte()? != *expected {
                return Err(EvidenceFormFault::Other { at: self.at.saturating_sub(1) });
            }
        }
        Ok(())
    }

    /// What stands before the next quotation mark, which is taken, too: no text of the form has one inside.
    fn text(&mut self, most: usize) -> Result<Vec<u8>, EvidenceFormFault> {
        let mut text = Vec::new();
        let read = self.inner.by_ref().take(most as u64 + 1).read_until(b'"', &mut text)?;
        let begun = self.at;
        self.at += read as u64;
        if text.pop() == Some(b'"') {
            return Ok(text);
        }
        let expected = most as u64;
        Err(if read > most { EvidenceFormFault::Long { expected, at: begun } } else { self.other() })
    }

    /// Full bundles and a last one, of which the first begins with the charter.
    fn bundles(&mut self, charter: &[u8]) -> Result<(), EvidenceFormFault> {
        let mut first = true;
        loop {
            self.expect(b"\"")?;
            let bytes = STANDARD.decode(self.text(BUNDLE_MAX)?).map_err(|_| self.other())?;
            let wrong = || EvidenceFormFault::Bundle { at: self.at };
            if first && !begins_with_entry(&bytes, charter) {
                return Err(wrong());
            }
            first = false;
            let at = self.at;
            match self.byte()? {
                b',' => {
                    tile::parse_bundle(&bytes, FULL_WIDTH).map_err(|_| EvidenceFormFault::Bundle { at })?;
                }
                b']' => return Ok(()),
                _ => return Err(EvidenceFormFault::Other { at }),
            }
        }
    }
}

/// Whether a bundle begins with an entry behind its length.
fn begins_with_entry(bundle: &[u8], entry: &[u8]) -> bool {
    let Some((length, rest)) = bundle.split_first_chunk() else { return false };
    usize::from(u16::from_be_bytes(*length)) == entry.len() && rest.starts_with(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(text: &str, length: u64) -> Result<(), EvidenceFormFault> {
        require_evidence_form(&mut text.as_bytes(), length)
    }

    fn bundle(entries: &[&[u8]]) -> String {
        STANDARD.encode(tile::encode_bundle(entries).unwrap())
    }

    #[test]
    fn what_only_begins_like_one_is_not_held() {
        let charter = STANDARD.encode("charter");
        let of = |claim: &str| format!("{{\"charter\":\"{charter}\",\"claim\":{{{claim}");
        assert!(look(&of("\"split_view\":{\"newer\":\"AAAA\"}},\"v\":1}"), 90).is_ok());
        let full: Vec<&[u8]> = std::iter::once(b"charter".as_slice()).chain([b"x".as_slice(); 255]).collect();
        let whole =
            of(&format!("\"rule_broken\":{{\"bundles\":[\"{}\",\"{}\"]", bundle(&full), bundle(&[b"y"])));
        assert!(look(&whole, whole.len() as u64 + REST_MAX).is_ok());
        let long = whole.len() as u64 + REST_MAX + 1;
        assert!(matches!(look(&whole, long), Err(EvidenceFormFault::Long { expected: REST_MAX, .. })));
        // The first bundle is not the charter's, or a bundle before the last one is short.
        let other = of(&format!("\"rule_broken\":{{\"bundles\":[\"{}\"]", bundle(&[b"other"])));
        assert!(matches!(look(&other, 1 << 30), Err(EvidenceFormFault::Bundle { .. })));
        let short = of(&format!("\"rule_broken\":{{\"bundles\":[\"{0}\",\"{0}\"]", bundle(&[b"charter"])));
        assert!(matches!(look(&short, 1 << 30), Err(EvidenceFormFault::Bundle { .. })));
        for begins in ["", "{", "{}", "\0\0\0\0", "{\"charter\":\"====\"", "{\"charter\":\"QUFB"] {
            assert!(matches!(look(begins, 1 << 30), Err(EvidenceFormFault::Other { .. })), "{begins}");
        }
        let endless = format!("{{\"charter\":\"{}", "A".repeat(1 << 20));
        assert!(matches!(look(&endless, 1 << 30), Err(EvidenceFormFault::Long { .. })));
        let kind = of("\"framed\":{\"x\":1}");
        assert!(matches!(look(&kind, 1 << 30), Err(EvidenceFormFault::Kind { .. })));
        let film = of("\"split_view\":{\"newer\":\"");
        assert!(matches!(look(&film, 2 << 30), Err(EvidenceFormFault::Long { expected: REST_MAX, .. })));
    }
}
