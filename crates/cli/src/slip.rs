//! The slip: one page that hangs at the precinct, with the protocol in print and in codes.
//!
//! In: the page out of the signed event, the codes' text and back. Out: files and words of the command line (`command`).
//!
//! Everything on the page follows from the signed event alone, so that it can be printed the moment the last member has
//! signed, without a ledger and without a line. Names come from a ledger where there is one.
//!
//! ```text
//! working file ──cut──▶ parts ──draw──▶ QR A      receipt ──▶ QR B
//!      └──read──▶ sheet ──set──▶ one page of A4
//! ```

pub mod parts;

pub(crate) mod code;
mod column;
mod ink;
mod names;
mod page;
mod phrases;
mod sheet;
mod words;

use clap::ValueEnum;
use event::{CheckError, Hash, SignedEvent, json::DecodeError};
use ledger::receipt::rebuild;
use tlog::{checkpoint::Checkpoint, note::Note, proof::verify_inclusion, receipt::Receipt};

pub(crate) use names::Names;
use page::{CODES_MAX, Placed};
use phrases::Both;
use sheet::{Sheet, Stated};

/// The largest code at level M that a phone reads from 6 cm of paper without effort: 117 modules, 0.49 mm each. Where the
/// page has no room for so many, a larger one: 137 modules, 0.42 mm each.
const VERSIONS: [(i16, usize); 2] = [(25, 997), (30, 1370)];
/// What a receipt begins with.
const RECEIPT: &str = "c2sp.org/tlog-proof@v1";
/// The longest receipt that one code takes, at level L.
const RECEIPT_BYTES_MAX: usize = 2_900;

/// Why there is no slip.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SlipError {
    #[error("expected a protocol (protocol-signed or protocol-superseded), found {found}")]
    Fact { found: String },
    #[error("expected the signatures of all {expected} signers, found {found}")]
    Unsigned { expected: usize, found: usize },
    #[error("expected names out of ledger {expected}, found ledger {found}")]
    Ledger { expected: Hash, found: String },
    #[error("expected a receipt, which starts with `{RECEIPT}`, found other text")]
    Receipt,
    #[error("expected the receipt of this event, found another: {found}")]
    ReceiptForeign { found: String },
    #[error("expected a receipt of at most {RECEIPT_BYTES_MAX} bytes, found {found}")]
    ReceiptBytes { found: usize },
    #[error("expected text for one code, found {found} bytes, which no code holds")]
    Code { found: usize },
    #[error("expected at most {expected} codes on one page, found {found}")]
    Codes { expected: usize, found: usize },
    #[error("expected text for one page, found more than the smallest print has room for")]
    Text,
    #[error("the codes do not read back: {0}")]
    Parts(#[from] parts::PartsError),
    #[error(transparent)]
    Check(#[from] CheckError),
    #[error(transparent)]
    Form(#[from] DecodeError),
    #[error(transparent)]
    Body(#[from] law::FactError),
}

/// Which languages the sheet speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Kazakh
    Kk,
    /// Russian
    Ru,
    /// Kazakh, and Russian under it
    Both,
}

impl Lang {
    /// The texts in these languages; one that is the same in both stands once.
    fn of(self, both: &Both) -> Vec<&str> {
        match self {
            Self::Kk => vec![&both.kk],
            Self::Ru => vec![&both.ru],
            Self::Both if both.kk == both.ru => vec![&both.kk],
            Self::Both => vec![&both.kk, &both.ru],
        }
    }
}

/// How the sheet is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A page for a browser, which prints it
    Html,
    /// A drawing
    Svg,
}

/// A slip, and what can be said about it.
pub(crate) struct Slip {
    /// The file.
    pub(crate) text: String,
    /// Version of each code of QR A.
    pub(crate) parts: Vec<i16>,
    /// Version of QR B.
    pub(crate) receipt: Option<i16>,
    /// Bytes that QR A holds in all.
    pub(crate) bytes: usize,
}

/// What a slip is made from.
pub(crate) struct Order<'a> {
    pub(crate) signed: &'a SignedEvent,
    pub(crate) receipt: Option<&'a str>,
    pub(crate) names: &'a Names,
    pub(crate) draft: bool,
    pub(crate) format: Format,
    pub(crate) lang: Lang,
}

/// Makes the slip of a signed protocol.
pub(crate) fn make(order: &Order<'_>) -> Result<Slip, SlipError> {
    let signed = order.signed;
    // Another fact is told before its signatures are.
    Stated::read(signed)?;
    require_signed(signed, order.draft)?;
    let text = String::from_utf8_lossy(&event::json::encode(signed)?).into_owned();
    let receipt = order.receipt.map(|text| receipt(text, signed)).transpose()?;
    let mut codes = protocol_codes(&text, &signed.hash(), CODES_MAX - usize::from(receipt.is_some()))?;
    let parts = codes.iter().map(|placed| placed.code.version).collect();
    let receipt_version = receipt.as_ref().map(|placed| placed.code.version);
    codes.extend(receipt);
    let sheet = Sheet::of(signed, order.names, order.draft)?;
    let written = match order.format {
        Format::Html => page::html(&sheet, &codes, order.lang)?,
        Format::Svg => page::svg(&sheet, &codes, order.lang)?,
    };
    Ok(Slip { text: written, parts, receipt: receipt_version, bytes: text.len() })
}

/// Complete and each signature good; a draft may lack some, and may hold no bad one.
fn require_signed(signed: &SignedEvent, draft: bool) -> Result<(), SlipError> {
    let (expected, missing) = (signed.event.signers.len(), signed.missing().len());
    if let Some(signer) = signed.bad().first() {
        return Err(CheckError::Signature { signer: *signer, event: signed.hash() }.into());
    }
    if draft {
        return Ok(());
    }
    if missing > 0 {
        return Err(SlipError::Unsigned { expected, found: expected - missing });
    }
    signed.check()?;
    Ok(())
}

/// QR A: as few parts as the page has room for, of the smallest version that does.
fn protocol_codes(text: &str, event: &Hash, room: usize) -> Result<Vec<Placed>, SlipError> {
    let mut fewest = usize::MAX;
    for (version, bytes_max) in VERSIONS {
        let parts = parts::cut(text, event, bytes_max - 2);
        fewest = fewest.min(parts.len());
        if parts.len() <= room {
            // What hangs on a wall for days is read once before it is printed.
            parts::join(&parts.join("\n"))?;
            let all = parts.len();
            let placed = parts.iter().zip(1..).map(|(part, k)| {
                let caption = (format!("QR A {k}/{all}: "), phrases::code_a());
                Ok(Placed { code: code::draw(part, version)?, caption })
            });
            return placed.collect();
        }
    }
    Err(SlipError::Codes { expected: room, found: fewest })
}

/// QR B: the receipt's text as it stands, of this very event. Whether the log signed it says `hattama receipt verify`.
fn receipt(text: &str, signed: &SignedEvent) -> Result<Placed, SlipError> {
    if !text.starts_with(RECEIPT) {
        return Err(SlipError::Receipt);
    }
    let foreign = |found: String| SlipError::ReceiptForeign { found };
    let read = Receipt::parse(text.as_bytes()).map_err(|error| foreign(error.to_string()))?;
    let entry = rebuild(&read, signed.check()?).map_err(|error| foreign(error.to_string()))?;
    leads_up(&read, &entry.hash().0).map_err(foreign)?;
    if text.len() > RECEIPT_BYTES_MAX {
        return Err(SlipError::ReceiptBytes { found: text.len() });
    }
    let (version, _) = VERSIONS[0];
    Ok(Placed { code: code::draw(text, version)?, caption: ("QR B: ".to_owned(), phrases::code_b()) })
}

/// Whether the proof leads from the leaf to the root that its checkpoint names, whoever signed that.
fn leads_up(receipt: &Receipt, leaf: &[u8; 32]) -> Result<(), String> {
    let note = Note::parse(receipt.checkpoint.as_bytes()).map_err(|error| error.to_string())?;
    let top = Checkpoint::parse(note.text()).map_err(|error| error.to_string())?;
    verify_inclusion(receipt.index, top.size, leaf, &receipt.proof, &top.root)
        .map_err(|error| error.to_string())
}
