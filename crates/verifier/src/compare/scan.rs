//! A protocol that somebody scanned from the sheet at a precinct.
//!
//! Contains reading its working file: form, hash and every signature. Elsewhere: putting it together from codes
//! (`sheet_parts`), comparing it with a ledger (`checks`).

use event::{CheckError, Checked, Hash, Id, SignedEvent, json::DecodeError};
use law::{
    Fact, FactError,
    facts::{Count, Protocol, Share},
};

/// A protocol under which every signature stands. Whose keys these are, only a ledger knows.
#[derive(Debug, Clone)]
pub struct Scan {
    checked: Checked,
    precinct: Id,
    protocol: Protocol,
    supersedes: Option<Hash>,
    place: String,
}

/// Why scanned bytes are no signed protocol.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
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
        let (expected, missing) = (signed.event.signers.len(), signed.missing_signers().len());
        if missing > 0 {
            return Err(ScanError::Unsigned { expected, found: expected - missing });
        }
        Self::of(signed.check()?)
    }

    /// The same of an event whose signatures were checked.
    ///
    /// # Errors
    /// [`ScanError::Other`], [`ScanError::Body`].
    pub fn of(checked: Checked) -> Result<Self, ScanError> {
        let (precinct, protocol, supersedes) = match Fact::read(checked.event(), checked.bytes())? {
            Fact::ProtocolSigned(b) => (b.precinct, b.protocol, None),
            Fact::ProtocolSuperseded(b) => (b.precinct, b.protocol, Some(b.supersedes)),
            other => return Err(ScanError::Other { found: other.name().to_owned() }),
        };
        Ok(Self { checked, precinct, protocol, supersedes, place: String::new() })
    }

    /// The same, found on these photographs.
    #[must_use]
    pub fn taken_from(mut self, place: &str) -> Self {
        place.clone_into(&mut self.place);
        self
    }

    /// The photographs on which it was found; empty where it came otherwise.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
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

/// Every figure of a protocol by the name of its line.
#[must_use]
pub fn list_lines(count: &Count) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = [
        ("voters", count.voters),
        ("received", count.received),
        ("issued", count.issued),
        ("absentee", count.absentee),
        ("cancelled", count.cancelled),
        ("home applications", count.home_applications),
        ("stationary", count.stationary),
        ("found", count.found),
        ("invalid", count.invalid),
        ("against all", count.against_all),
    ]
    .map(|(name, figure)| (name.to_owned(), figure.to_string()))
    .to_vec();
    lines.extend(count.damaged.iter().map(|damaged| ("damaged".to_owned(), damaged.count.to_string())));
    let share = |share: &Share| (format!("issued by {}", share.seat), share.issued.to_string());
    lines.extend(count.issued_by.iter().map(share));
    for (portable, n) in count.portable.iter().zip(1..) {
        let act = if portable.act.is_some() { ", invalid by an act" } else { "" };
        let said = format!("{} ballots, {} applications{act}", portable.found, portable.applications);
        lines.push((format!("portable box {n}"), said));
    }
    lines.extend(
        count.votes.iter().map(|line| (format!("votes for {}", line.candidate), line.votes.to_string())),
    );
    lines
}
