//! The slip: one page with a protocol in print and in codes, as it hangs at the precinct; also with the results of an election,
//! and an extract on a certificate.
//!
//! Everything on the page follows from the signed event alone, so that it can be printed the moment the last member has
//! signed, without a ledger and without a line. SheetNames come from a ledger where there is one.
//!
//! ```text
//! working file ──cut──▶ parts ──draw──▶ QR A      receipt ──▶ QR B
//!      └──read──▶ sheet ──set──▶ one page of A4
//! ```

pub mod code;
mod column;
mod extract;
pub mod fault;
mod ink;
mod names;
mod note;
mod page;
mod phrases;
mod results;
mod sheet;
mod stated;

use event::{CheckError, Hash, SignedEvent};
use law::Fact;
use ledger::receipt::rebuild_entry;
use phrase::{Phrase, Phrased as _};
use tlog::{checkpoint::Checkpoint, note::Note, proof::verify_inclusion, receipt::Receipt};

use extract::extract_sheet;
use fault::{RECEIPT, RECEIPT_BYTES_MAX, SlipFault};
pub use names::SheetNames;
use page::{CODES_MAX, PlacedCode};
use phrases::BothLanguages;
pub use phrases::SheetLanguages;
use results::results_sheet;
use sheet::Sheet;
use stated::StatedProtocol;
pub use verifier::{alphabet, sheet_parts as parts};

/// The largest code at level M that a phone reads from 6 cm of paper without effort: 117 modules, 0.49 mm each. Where the
/// page has no room for so many, a larger one: 137 modules, 0.42 mm each.
const VERSIONS: [(i16, usize); 2] = [(25, 997), (30, 1370)];

/// How the sheet is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    /// A page for a browser, which prints it
    Html,
    /// A drawing
    Svg,
}

/// A slip, and what can be said about it.
#[derive(Debug)]
pub struct MadeSlip {
    /// The file.
    pub text: String,
    /// Version of each code of QR A.
    pub parts: Vec<i16>,
    /// Version of QR B.
    pub receipt: Option<i16>,
    /// Bytes that QR A holds in all.
    pub bytes: usize,
}

/// What a slip is made from.
#[derive(Debug)]
pub struct SlipOrder<'a> {
    /// The signed protocol.
    pub signed: &'a SignedEvent,
    /// The text of its receipt, which becomes code B.
    pub receipt: Option<&'a str>,
    /// What a ledger knows of its names.
    pub names: &'a SheetNames,
    /// Whether signatures may be missing; the sheet says so across the page.
    pub draft: bool,
    /// How it is written.
    pub format: SheetFormat,
    /// Which languages it speaks.
    pub lang: SheetLanguages,
}

/// Makes the slip of a signed protocol, of the results of an election, or of a certificate.
///
/// # Errors
/// The first [`SlipFault`].
pub fn make_slip(order: &SlipOrder<'_>) -> Result<MadeSlip, SlipFault> {
    let signed = order.signed;
    // Another fact is told before its signatures are.
    let sheet = make_sheet(signed, order.names, order.draft)?;
    require_signed(signed, order.draft)?;
    let text = String::from_utf8_lossy(&event::json::encode(signed)?).into_owned();
    let receipt = order.receipt.map(|text| receipt_code(text, signed)).transpose()?;
    let held = if signed.event.fact.as_str().starts_with("protocol-") {
        phrases::code_a()
    } else {
        phrases::code_act()
    };
    let room = CODES_MAX - usize::from(receipt.is_some());
    let mut codes = event_codes(&text, &signed.hash(), room, &held)?;
    let parts = codes.iter().map(|placed| placed.code.version).collect();
    let receipt_version = receipt.as_ref().map(|placed| placed.code.version);
    codes.extend(receipt);
    let written = match order.format {
        SheetFormat::Html => page::page_as_html(&sheet, &codes, order.lang)?,
        SheetFormat::Svg => page::page_as_svg(&sheet, &codes, order.lang)?,
    };
    Ok(MadeSlip { text: written, parts, receipt: receipt_version, bytes: text.len() })
}

/// What stands on the page: of a protocol, of the results of an election, of a certificate.
fn make_sheet(signed: &SignedEvent, names: &SheetNames, draft: bool) -> Result<Sheet, SlipFault> {
    Ok(match Fact::read(&signed.event, signed.event.bytes())? {
        Fact::ResultsDetermined(results) => results_sheet(signed, &results, names, draft),
        Fact::CertificateIssued(certificate) => extract_sheet(signed, &certificate, names, draft),
        _ => Sheet::of_protocol(signed, &StatedProtocol::read(signed)?, names, draft),
    })
}

/// Complete and each signature good; a draft may lack some, and may hold no bad one.
fn require_signed(signed: &SignedEvent, draft: bool) -> Result<(), SlipFault> {
    let (expected, missing) = (signed.event.signers.len(), signed.missing_signers().len());
    if let Some(signer) = signed.bad_signatures().first() {
        return Err(CheckError::Signature { signer: *signer, event: signed.hash() }.into());
    }
    if draft {
        return Ok(());
    }
    if missing > 0 {
        return Err(SlipFault::Unsigned { expected, found: expected - missing });
    }
    signed.check()?;
    Ok(())
}

/// QR A: as few parts as the page has room for, of the smallest version that does.
fn event_codes(
    text: &str,
    event: &Hash,
    room: usize,
    held: &BothLanguages,
) -> Result<Vec<PlacedCode>, SlipFault> {
    let mut fewest = usize::MAX;
    for (version, bytes_max) in VERSIONS {
        let parts = parts::cut_event(text, event, bytes_max - 2);
        fewest = fewest.min(parts.len());
        if parts.len() <= room {
            // What hangs on a wall for days is read once before it is printed.
            parts::join_parts(&parts.join("\n"))?;
            let all = parts.len();
            let placed = parts.iter().zip(1..).map(|(part, k)| {
                let caption = (format!("QR A {k}/{all}: "), held.clone());
                Ok(PlacedCode { code: code::draw_code(part, version)?, caption })
            });
            return placed.collect();
        }
    }
    Err(SlipFault::Codes { expected: room, found: fewest })
}

/// QR B: the receipt's text as it stands, of this very event. Whether the log signed it says `hattama receipt verify`.
fn receipt_code(text: &str, signed: &SignedEvent) -> Result<PlacedCode, SlipFault> {
    if !text.starts_with(RECEIPT) {
        return Err(SlipFault::Receipt);
    }
    let foreign = |found: Phrase| SlipFault::ReceiptForeign { found };
    let read = Receipt::parse(text.as_bytes()).map_err(|error| foreign(error.phrase()))?;
    let entry = rebuild_entry(&read, signed.check()?).map_err(|error| foreign(error.phrase()))?;
    leads_up(&read, &entry.hash().0).map_err(foreign)?;
    if text.len() > RECEIPT_BYTES_MAX {
        return Err(SlipFault::ReceiptBytes { found: text.len() });
    }
    let (version, _) = VERSIONS[0];
    Ok(PlacedCode {
        code: code::draw_code(text, version)?,
        caption: ("QR B: ".to_owned(), phrases::code_b()),
    })
}

/// Whether the proof leads from the leaf to the root that its checkpoint names, whoever signed that.
fn leads_up(receipt: &Receipt, leaf: &[u8; 32]) -> Result<(), Phrase> {
    let note = Note::parse(receipt.checkpoint.as_bytes()).map_err(|error| error.phrase())?;
    let top = Checkpoint::parse(note.text()).map_err(|error| error.phrase())?;
    verify_inclusion(receipt.index, top.size, leaf, &receipt.proof, &top.root).map_err(|error| error.phrase())
}
