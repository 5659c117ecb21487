//! Copies of protocols on the command line: tables, texts of slips' codes, photographs of slips, signed events.
//!
//! One mapping serves all tables; without one a table's own names are taken.

use std::path::{Path, PathBuf};

use clap::Args;
use client::files::FileFault;
use commission::{
    import::{
        columns::Columns,
        copies,
        mapped::{self, MappedTable},
        mapping::Mapping,
        row_fault::RowRefusal,
    },
    slip::parts,
    table::{self, cells::TableOptions, fault::InputTableFault},
};
use event::Id;
use phrase::{Argument, Phrase, Phrased, phrase};
use verifier::{
    BroughtFault, BroughtKind, BroughtOutcome, FoundMessage, Scan, Source, copies::PaperCopy,
    photographs::Photographs,
};

use super::photographs::{is_picture, read_photograph};
use crate::{fault::Fault, open::read_file};

/// Words of the command line about copies.
#[derive(Debug, Args)]
pub(super) struct CopiesWords {
    /// Copies of protocols, compared line by line with the ledger: a table (CSV or .xlsx), the text of slips' codes,
    /// photographs of slips (JPEG, PNG), or a folder of these
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
    /// Every copy, and the signed ones among them as scans, too; what could not be read is told beside them.
    pub(super) fn read_copies(&self, source: &Source) -> Result<ReadCopies, Fault> {
        let election = self.election.as_deref().map(Id::new).transpose()?;
        let mut read = ReadCopies::default();
        let mut photographed = Photographs::default();
        for file in list_files(&self.copies)? {
            if let Err(fault) = self.read_file(&file, source, &mut photographed, &mut read) {
                read.faults.push((file.display().to_string(), fault));
            }
        }
        let sheets = photographed.read_sheets();
        read.scans.extend(sheets.scans);
        let fault = |(places, found): (String, Phrase)| {
            (places.clone(), Fault::Unreadable { path: places.into(), found })
        };
        read.faults.extend(sheets.faults.into_iter().map(fault));
        read.copies.iter_mut().for_each(|copy| copy.election.clone_from(&election));
        read.copies.extend(read.scans.iter().map(PaperCopy::of_scan));
        Ok(read)
    }

    fn read_file(
        &self,
        file: &Path,
        source: &Source,
        photographed: &mut Photographs,
        read: &mut ReadCopies,
    ) -> Result<(), Fault> {
        let bytes = read_file(file)?;
        if is_picture(&bytes) {
            let of = |found| Fault::Unreadable { path: file.to_owned(), found };
            let texts = read_photograph(bytes).map_err(of)?;
            let place =
                file.file_name().map_or_else(|| file.to_string_lossy(), |name| name.to_string_lossy());
            return photographed.add_texts(&place, texts).map_err(of);
        }
        let text = String::from_utf8_lossy(&bytes);
        if parts::has_parts(&text) {
            read.take_sheets(&file.display().to_string(), &text);
        } else if text.starts_with('{') {
            read.scans.push(Scan::read(text.trim_end().as_bytes())?);
        } else {
            self.read_table(file, source, read)?;
        }
        Ok(())
    }

    fn read_table(&self, file: &Path, source: &Source, read: &mut ReadCopies) -> Result<(), Fault> {
        let of = |error: &dyn Phrased| Fault::Unreadable { path: file.to_owned(), found: error.phrase() };
        let options = TableOptions { sheet: self.sheet.clone(), ..TableOptions::default() };
        let mapped = match &self.map {
            Some(map) => {
                mapped::open_mapped(file, &Mapping::read_file(map).map_err(|error| of(&error))?, &options)
                    .map_err(|error| of(&error))?
            }
            None => {
                let table = table::open_table(file, &options).map_err(|error| Fault::Unreadable {
                    path: file.to_owned(),
                    found: describe_table_fault(&error),
                })?;
                let (candidates, digits) = candidates_and_digits(source);
                let mapping = copies::mapping_by_name(&table.header, &candidates, digits)
                    .map_err(|error| of(&error))?;
                let columns = Columns::new(&mapping, &table.header).map_err(|error| of(&error))?;
                MappedTable { table, columns }
            }
        };
        let name = file.file_name().map_or_else(|| file.to_string_lossy(), |name| name.to_string_lossy());
        let (copies, refused) = copies::read_copies(mapped, &name).map_err(|error| of(&error))?;
        if copies.is_empty() && refused.is_empty() {
            return Err(of(&phrase!(
                "copies-without-rows",
                "expected rows with copies of protocols, found none"
            )));
        }
        read.copies.extend(copies);
        let row = |row: &RowRefusal| {
            let precinct = row.precinct.as_ref().map(|precinct| format!(", {precinct}")).unwrap_or_default();
            BroughtFault {
                kind: BroughtKind::Copies,
                place: format!("{name}, line {}{precinct}", row.line),
                outcome: BroughtOutcome::Unusable,
                message: FoundMessage::stated_together(&row.faults),
            }
        };
        read.rows.extend(refused.iter().map(row));
        Ok(())
    }
}

/// What is wrong with a table of copies; how to mend its encoding, since no option names it here.
fn describe_table_fault(error: &InputTableFault) -> Phrase {
    let found = error.phrase();
    match error {
        InputTableFault::Utf8 { likely: Some(page), .. } => phrase!(
            "copies-in-a-likely-encoding",
            "{found}; it seems to be in {page}: save it as \"CSV UTF-8\", or name the encoding in a mapping (--map)",
            page = Argument::quote(page)
        ),
        InputTableFault::Utf8 { .. } | InputTableFault::ZeroBytes | InputTableFault::Kazakh { .. } => {
            phrase!(
                "copies-in-another-encoding",
                "{found}: save it as \"CSV UTF-8\", or name the encoding in a mapping (--map)"
            )
        }
        _ => found,
    }
}

/// What the files of copies hold.
#[derive(Default)]
pub(super) struct ReadCopies {
    /// Every copy.
    pub(super) copies: Vec<PaperCopy>,
    /// The signed ones.
    pub(super) scans: Vec<Scan>,
    /// Files and sheets that could not be read, with the place of each.
    pub(super) faults: Vec<(String, Fault)>,
    /// Rows of tables that could not be read.
    pub(super) rows: Vec<BroughtFault>,
}

impl ReadCopies {
    /// Every sheet in a text of codes.
    fn take_sheets(&mut self, place: &str, text: &str) {
        let mut sheets = parts::split_sheets(text);
        if sheets.is_empty() && parts::has_parts(text) {
            // No first line reads: what is wrong with it is told.
            sheets.push(text.to_owned());
        }
        for (sheet, number) in sheets.iter().zip(1..) {
            let joined = parts::join_parts(sheet).map_err(Fault::from);
            match joined.and_then(|joined| Ok(Scan::read(joined.text.as_bytes())?)) {
                Ok(scan) => self.scans.push(scan),
                Err(fault) => self.faults.push((format!("{place}, sheet {number}"), fault)),
            }
        }
    }
}

/// The files that were named, and those of each folder that was named, by name; what begins with a dot is no copy.
fn list_files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Fault> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let failed = |error| FileFault::Read { path: path.clone(), error };
        let mut inside = Vec::new();
        for item in std::fs::read_dir(path).map_err(failed)? {
            let item = item.map_err(failed)?;
            let hidden = item.file_name().to_string_lossy().starts_with('.');
            if !hidden && item.path().is_file() {
                inside.push(item.path());
            }
        }
        inside.sort();
        files.append(&mut inside);
    }
    Ok(files)
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
