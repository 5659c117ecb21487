//! Copies of protocols on the command line: tables, texts of slips' codes, signed events.
//!
//! One mapping serves all tables; without one a table's own names are taken.

use std::path::{Path, PathBuf};

use clap::Args;
use commission::{
    import::{
        columns::Columns,
        copies,
        mapped::{self, MappedTable},
        mapping::Mapping,
    },
    slip::parts,
    table::{self, cells::TableOptions},
};
use event::Id;
use phrase::{Phrase, Phrased, phrase};
use verifier::{Scan, Source, copies::PaperCopy};

use crate::{fault::Fault, open::read_file};

/// Faults of rows that are told before "and so many more".
const FAULTS_SHOWN: usize = 5;

/// Words of the command line about copies.
#[derive(Debug, Args)]
pub(super) struct CopiesWords {
    /// Copies of protocols, compared line by line with the ledger: a table (CSV or .xlsx), or the text of slips' codes
    #[arg(long, env = "HATTAMA_COPIES", value_name = "FILE")]
    copies: Vec<PathBuf>,
    /// Which column of the tables holds what (docs/import.md) [default: columns named precinct or number, voters, issued,
    /// found, invalid, against_all … and the ids of candidates]
    #[arg(long, env = "HATTAMA_MAP", value_name = "FILE", requires = "copies")]
    map: Option<PathBuf>,
    /// The sheet of a workbook that has several
    #[arg(long, env = "HATTAMA_SHEET", value_name = "NAME", requires = "copies")]
    sheet: Option<String>,
    /// The election that the copies are of, if the ledger holds several
    #[arg(long, env = "HATTAMA_ELECTION", value_name = "ID", requires = "copies")]
    election: Option<String>,
    /// The precincts of the copies were drawn by lot: a quick count, whose interval the official shares must lie in
    #[arg(long, env = "HATTAMA_BY_LOT", requires = "copies")]
    pub(super) by_lot: bool,
}

impl CopiesWords {
    /// Every copy, and the signed ones among them as scans, too.
    pub(super) fn read_copies(&self, source: &Source) -> Result<(Vec<PaperCopy>, Vec<Scan>), Fault> {
        let election = self.election.as_deref().map(Id::new).transpose()?;
        let (mut copies, mut scans) = (Vec::new(), Vec::new());
        for file in &self.copies {
            let bytes = read_file(file)?;
            let text = String::from_utf8_lossy(&bytes);
            if parts::has_parts(&text) {
                for sheet in parts::split_sheets(&text) {
                    scans.push(Scan::read(parts::join_parts(&sheet)?.text.as_bytes())?);
                }
            } else if text.starts_with('{') {
                scans.push(Scan::read(text.trim_end().as_bytes())?);
            } else {
                copies.extend(self.read_table(file, source)?);
            }
        }
        copies.iter_mut().for_each(|copy| copy.election.clone_from(&election));
        copies.extend(scans.iter().map(copy_of_scan));
        Ok((copies, scans))
    }

    fn read_table(&self, file: &Path, source: &Source) -> Result<Vec<PaperCopy>, Fault> {
        let of = |error: &dyn Phrased| Fault::Unreadable { path: file.to_owned(), found: error.phrase() };
        let options = TableOptions { sheet: self.sheet.clone(), ..TableOptions::default() };
        let mapped = match &self.map {
            Some(map) => {
                mapped::open_mapped(file, &Mapping::read_file(map).map_err(|error| of(&error))?, &options)
                    .map_err(|error| of(&error))?
            }
            None => {
                let table = table::open_table(file, &options).map_err(|error| of(&error))?;
                let (candidates, digits) = candidates_and_digits(source);
                let mapping = copies::mapping_by_name(&table.header, &candidates, digits)
                    .map_err(|error| of(&error))?;
                let columns = Columns::new(&mapping, &table.header).map_err(|error| of(&error))?;
                MappedTable { table, columns }
            }
        };
        let name = file.file_name().map_or_else(|| file.to_string_lossy(), |name| name.to_string_lossy());
        let (copies, refused) = copies::read_copies(mapped, &name).map_err(|error| of(&error))?;
        let told = refused.iter().flat_map(|row| {
            row.faults.iter().map(|fault| phrase!("in-line", "line {line}: {fault}", line = row.line))
        });
        let mut told: Vec<Phrase> = told.collect();
        if let Some(more) = told.len().checked_sub(FAULTS_SHOWN).filter(|more| *more > 0) {
            told.truncate(FAULTS_SHOWN);
            told.push(phrase!("and-more", "and {more} more"));
        }
        match Phrase::chain(told) {
            Some(found) => Err(Fault::Unreadable { path: file.to_owned(), found }),
            None => Ok(copies),
        }
    }
}

/// Candidates of every election of the ledger, and the most digits of a precinct's number; nothing where it does not
/// replay, which the report says.
fn candidates_and_digits(source: &Source) -> (Vec<Id>, usize) {
    let Ok(head) = verifier::replay_to(source, None) else { return (Vec::new(), 0) };
    let state = head.state();
    let mut candidates: Vec<Id> =
        state.elections.values().flat_map(|election| election.candidates.keys().cloned()).collect();
    candidates.sort();
    candidates.dedup();
    let digits = state.precincts.values().map(|precinct| precinct.formed.number.as_str().len()).max();
    (candidates, digits.unwrap_or_default())
}

fn copy_of_scan(scan: &Scan) -> PaperCopy {
    let event = scan.checked().event();
    PaperCopy {
        place: format!("the codes of event {}", scan.checked().hash()),
        precinct: scan.precinct().to_string(),
        election: event.election.clone(),
        event: Some(scan.checked().hash()),
        figures: verifier::copies::list_figures(&scan.protocol().count),
    }
}
