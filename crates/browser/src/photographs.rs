//! Photographs of slips: what their codes say becomes scans and copies, which the verifier compares with the ledger.
//!
//! Elsewhere: finding codes in a picture (`verifier::photographed`), putting an event together (`verifier::sheet_parts`).

use phrase::Phrased as _;
use verifier::{
    FoundMessage, Scan,
    copies::PaperCopy,
    photographed::{read_codes, tell_without_codes},
    sheet_parts::{has_parts, join_parts, split_sheets},
};

/// The texts of codes on the photographs that were handed in; the codes of one sheet may stand on several.
#[derive(Default)]
pub(crate) struct Photographs {
    texts: String,
}

/// What they come to.
#[derive(Default)]
pub(crate) struct ReadSheets {
    pub(crate) scans: Vec<Scan>,
    pub(crate) copies: Vec<PaperCopy>,
    /// Sheets that do not read, by number, and why.
    pub(crate) faults: Vec<(String, FoundMessage)>,
}

impl Photographs {
    /// Takes in the texts of one photograph.
    ///
    /// # Errors
    /// None of them is of a slip.
    pub(crate) fn add_texts(&mut self, texts: &str) -> Result<(), FoundMessage> {
        if !has_parts(texts) {
            return Err(FoundMessage::stated(tell_without_codes()));
        }
        self.texts.push_str(texts);
        self.texts.push('\n');
        Ok(())
    }

    /// Every sheet, put together.
    pub(crate) fn read_sheets(&self) -> ReadSheets {
        let mut read = ReadSheets::default();
        let mut sheets = split_sheets(&self.texts);
        if sheets.is_empty() && has_parts(&self.texts) {
            // No first line reads: what is wrong with it is told.
            sheets.push(self.texts.clone());
        }
        for (sheet, number) in sheets.iter().zip(1..) {
            let joined = join_parts(sheet).map_err(|error| error.phrase());
            match joined.and_then(|joined| Scan::read(joined.text.as_bytes()).map_err(|error| error.phrase()))
            {
                Ok(scan) => read.scans.push(scan),
                Err(fault) => read.faults.push((format!("sheet {number}"), FoundMessage::stated(fault))),
            }
        }
        read.copies = read.scans.iter().map(PaperCopy::of_scan).collect();
        read
    }
}

/// The texts of all codes on a grey picture, one after another, as JSON: for a helper, so that a picture that brings it down
/// brings down nothing else.
pub(crate) fn list_codes(width: u32, height: u32, grey: &[u8]) -> String {
    let side = |length: u32| usize::try_from(length).unwrap_or(usize::MAX);
    serde_json::to_string(&read_codes(side(width), side(height), grey)).unwrap_or_default()
}
