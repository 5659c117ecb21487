//! A protocol that somebody scanned from the sheet at a precinct.
//!
//! In: reading its working file: form, hash and every signature. Out: putting it together from codes (`cli`), comparing
//! it with a ledger (`checks`).

use event::{CheckError, Checked, Hash, Id, SignedEvent, json::DecodeError};
use law::{Fact, FactError, facts::Protocol};

/// A protocol under which every signature stands. Whose keys these are, only a ledger knows.
#[derive(Debug, Clone)]
pub struct Scan {
    checked: Checked,
    precinct: Id,
    protocol: Protocol,
    supersedes: Option<Hash>,
}

/// Why scanned bytes are no signed protocol.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// Not the working file of an event.
    #[error("expected the working file of a signed event, found other bytes: {0}")]
    Form(#[from] DecodeError),
    /// Signatures are missing: the sheet was printed from a draft.
    #[error("expected the signatures of all {expected} signers, found {found}: a draft, no protocol yet")]
    Unsigned {
        /// Signers.
        expected: usize,
        /// Signatures.
        found: usize,
    },
    /// A signature that is none.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// Another fact.
    #[error("expected a protocol (protocol-signed or protocol-superseded), found {found}")]
    Other {
        /// The fact.
        found: String,
    },
    /// Not what a protocol says.
    #[error(transparent)]
    Body(#[from] FactError),
}

impl Scan {
    /// Reads the canonical working file of a signed protocol, and checks each signature.
    ///
    /// # Errors
    /// The first [`ScanError`].
    pub fn read(bytes: &[u8]) -> Result<Self, ScanError> {
        let signed = SignedEvent::decode(bytes)?;
        let (expected, missing) = (signed.event.signers.len(), signed.missing().len());
        if missing > 0 {
            return Err(ScanError::Unsigned { expected, found: expected - missing });
        }
        let checked = signed.check()?;
        let (precinct, protocol, supersedes) = match Fact::read(checked.event(), checked.bytes())? {
            Fact::ProtocolSigned(b) => (b.precinct, b.protocol, None),
            Fact::ProtocolSuperseded(b) => (b.precinct, b.protocol, Some(b.supersedes)),
            other => return Err(ScanError::Other { found: other.name().to_owned() }),
        };
        Ok(Self { checked, precinct, protocol, supersedes })
    }

    /// The event.
    #[must_use]
    pub fn checked(&self) -> &Checked {
        &self.checked
    }

    /// The precinct.
    #[must_use]
    pub fn precinct(&self) -> &Id {
        &self.precinct
    }

    /// What it says.
    #[must_use]
    pub fn protocol(&self) -> &Protocol {
        &self.protocol
    }

    /// The event of the protocol that it replaces, if it replaces one.
    #[must_use]
    pub fn supersedes(&self) -> Option<Hash> {
        self.supersedes
    }
}
