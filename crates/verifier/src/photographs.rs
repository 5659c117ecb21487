//! Photographs of slips: what their codes say becomes scans and copies, which are compared with the ledger.
//!
//! The codes of one sheet may stand on several photographs, and several sheets on one. A photograph that spoils a sheet spoils
//! none that another one shows whole. Elsewhere: finding codes in a picture (`photographed`), putting an event together
//! (`sheet_parts`).

use std::collections::{BTreeMap, BTreeSet};

use event::Hash;
use phrase::{Phrase, Phrased as _};

use crate::{
    compare::{copies::PaperCopy, scan::Scan},
    sheet_parts::{PartsError, join_parts, split_events},
};

/// What the codes on photographs say.
#[derive(Debug, Default)]
pub struct Photographs {
    /// For each event the texts of its parts, with the photographs on which they stand.
    sheets: BTreeMap<Hash, BTreeSet<(String, String)>>,
}

/// What they come to.
#[derive(Debug, Default)]
pub struct ReadSheets {
    /// Every signed protocol.
    pub scans: Vec<Scan>,
    /// Their figures.
    pub copies: Vec<PaperCopy>,
    /// Sheets that do not read: the photographs, and why.
    pub faults: Vec<(String, Phrase)>,
}

impl Photographs {
    /// Takes in the texts of all codes on one photograph, which is called so.
    ///
    /// # Errors
    /// None of them is of a slip, or one of them is damaged: what is whole among them is taken in all the same.
    pub fn add_texts(&mut self, place: &str, texts: impl IntoIterator<Item = String>) -> Result<(), Phrase> {
        let (mut found, mut wrong) = (false, None);
        for text in texts {
            let parts = split_events(&text);
            if parts.is_empty() {
                // Says what is wrong with a first line; a code of something else has none.
                wrong = join_parts(&text).err().filter(|error| !matches!(error, PartsError::None)).or(wrong);
            }
            for (event, part) in parts {
                found = true;
                self.sheets.entry(event).or_default().insert((place.to_owned(), part));
            }
        }
        match wrong {
            Some(wrong) => Err(wrong.phrase()),
            None if found => Ok(()),
            None => Err(PartsError::None.phrase()),
        }
    }

    /// Whether a sheet was found on any.
    #[must_use]
    pub fn any(&self) -> bool {
        !self.sheets.is_empty()
    }

    /// Every sheet, put together.
    #[must_use]
    pub fn read_sheets(&self) -> ReadSheets {
        let mut read = ReadSheets::default();
        for parts in self.sheets.values() {
            let (scan, faults) = read_sheet(parts);
            read.scans.extend(scan);
            read.faults.extend(faults);
        }
        read.copies = read.scans.iter().map(PaperCopy::of_scan).collect();
        read
    }
}

/// The protocol whose parts these are, and what is wrong with any of them.
fn read_sheet(parts: &BTreeSet<(String, String)>) -> (Option<Scan>, Vec<(String, Phrase)>) {
    let all: BTreeSet<&str> = parts.iter().map(|(place, _)| place.as_str()).collect();
    let places = all.iter().copied().collect::<Vec<_>>().join(", ");
    let fault = match read_parts(parts, &all) {
        Ok(scan) => return (Some(scan.taken_from(&places)), Vec::new()),
        Err(fault) => fault,
    };
    // Something is wrong with them together: a photograph that has the sheet whole speaks for itself.
    let whole = all.iter().find_map(|place| {
        let scan = read_parts(parts, &BTreeSet::from([*place])).ok()?;
        Some((scan.taken_from(place), *place))
    });
    let Some((scan, own)) = whole else { return (None, vec![(places, fault)]) };
    let others = all.into_iter().filter(|place| *place != own);
    let faults = others.filter_map(|place| {
        let fault = read_parts(parts, &BTreeSet::from([place])).err()?;
        Some((place.to_owned(), fault))
    });
    (Some(scan), faults.collect())
}

fn read_parts(parts: &BTreeSet<(String, String)>, places: &BTreeSet<&str>) -> Result<Scan, Phrase> {
    let own = parts.iter().filter(|(place, _)| places.contains(place.as_str()));
    let text: String = own.map(|(_, text)| text.as_str()).collect();
    let joined = join_parts(&text).map_err(|error| error.phrase())?;
    Scan::read(joined.text.as_bytes()).map_err(|error| error.phrase())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

    use super::*;

    #[test]
    fn a_code_of_something_else_is_no_slip_and_a_damaged_one_is_told() {
        let mut photographs = Photographs::default();
        let menu = photographs.add_texts("menu.png", ["https://example.org/menu".to_owned()]).unwrap_err();
        assert_eq!(menu.id(), "parts-error-none");
        let torn = photographs.add_texts("torn.png", ["hattama-slip-v1 1/1 not a hash\nx".to_owned()]);
        assert_eq!(torn.unwrap_err().id(), "parts-error-header");
        assert_eq!(photographs.add_texts("none.png", []).unwrap_err().id(), "parts-error-none");
        let sheets = photographs.read_sheets();
        assert!(sheets.scans.is_empty() && sheets.faults.is_empty());
    }

    #[test]
    fn what_is_wrong_names_every_photograph_of_the_sheet() {
        let hash = "ab".repeat(32);
        let mut photographs = Photographs::default();
        photographs.add_texts("b.png", [format!("hattama-slip-v1 2/3 {hash}\nx")]).unwrap();
        photographs.add_texts("a.png", [format!("hattama-slip-v1 1/3 {hash}\nx")]).unwrap();
        let faults = photographs.read_sheets().faults;
        assert_eq!(faults.len(), 1);
        assert_eq!((faults[0].0.as_str(), faults[0].1.id()), ("a.png, b.png", "parts-error-missing"));
    }
}
