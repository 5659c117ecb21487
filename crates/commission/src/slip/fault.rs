//! Why there is no sheet.

use event::{CheckError, Hash, json::DecodeError};

use phrase::Phrase;

use verifier::sheet_parts as parts;

/// What a receipt begins with.
pub(super) const RECEIPT: &str = "c2sp.org/tlog-proof@v1";
/// The longest receipt that one code takes, at level L.
pub(super) const RECEIPT_BYTES_MAX: usize = 2_900;

/// Why there is no slip.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "expected and found: the sentence says which")]
pub enum SlipFault {
    /// A fact that has no sheet.
    #[error(
        "expected a protocol, the results of an election or a certificate (protocol-signed, protocol-superseded, results-determined, certificate-issued), found {found}"
    )]
    Fact { found: String },
    /// Signatures are missing.
    #[error("expected the signatures of all {expected} signers, found {found}")]
    Unsigned { expected: usize, found: usize },
    /// SheetNames out of another ledger.
    #[error("expected names out of ledger {expected}, found ledger {found}")]
    Ledger { expected: Hash, found: Phrase },
    /// No receipt.
    #[error("expected a receipt, which starts with `{RECEIPT}`, found other text")]
    Receipt,
    /// The receipt of another event.
    #[error("expected the receipt of this event, found another: {found}")]
    ReceiptForeign { found: Phrase },
    /// A receipt that is too long for a code.
    #[error("expected a receipt of at most {RECEIPT_BYTES_MAX} bytes, found {found}")]
    ReceiptBytes { found: usize },
    /// Text that no code holds.
    #[error("expected text for one code, found {found} bytes, which no code holds")]
    Code { found: usize },
    /// More codes than the page has room for.
    #[error("expected at most {expected} codes on one page, found {found}")]
    Codes { expected: usize, found: usize },
    /// More text than the page has room for.
    #[error("expected text for one page, found more than the smallest print has room for")]
    Text,
    /// Codes that do not read back.
    #[error("the codes do not read back: {0}")]
    Parts(#[from] parts::PartsError),
    /// An event that is not as its authors signed it.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// A value without canonical form.
    #[error(transparent)]
    Form(#[from] DecodeError),
    /// A fact that does not read.
    #[error(transparent)]
    Body(#[from] law::FactError),
}
