//! The cells of published tables that have a line on paper.
//!
//! Contains which columns of which tables these are. A table is read row by row and believed nothing; what cannot be read is
//! passed over, for other checks have said so. Elsewhere: the tables as they should be (`publication`).

use csv::ByteRecord;
use event::Id;
use law::facts::{Count, Totals};
use publication::{
    delimited::{BYTE_ORDER_MARK, CsvFlavour},
    precincts::list_figures,
};
use serde::Deserialize;
use site::pictures::list_count_lines;

use super::contradiction::ContradictedLine;

/// Cells of a row beyond which nothing is read: no ballot is that long.
const CELLS_MAX: usize = 2_000;

/// One cell that has a line on paper.
pub(super) struct PublishedCell {
    pub(super) election: Id,
    pub(super) precinct: Option<Id>,
    pub(super) line: ContradictedLine,
    pub(super) value: String,
}

type Take<'t> = &'t mut dyn FnMut(PublishedCell);

/// Whether cells of this file are read.
pub(super) fn is_table(name: &str) -> bool {
    kind_of(name).is_some()
}

/// Whether this file has every protocol.
pub(super) fn lists_every_protocol(name: &str) -> bool {
    matches!(kind_of(name), Some(Table::Tallies | Table::Precincts | Table::Lines))
}

#[derive(Clone, Copy)]
enum Table {
    Tallies,
    Candidates,
    Precincts,
    Lines,
    Results,
}

fn kind_of(name: &str) -> Option<Table> {
    Some(match name {
        "projections/tallies.json" => Table::Tallies,
        "projections/candidates.json" => Table::Candidates,
        "report/precincts.csv" | "report/precincts-excel.csv" => Table::Precincts,
        "report/lines.csv" => Table::Lines,
        "report/results.csv" | "report/results-excel.csv" => Table::Results,
        _ => return None,
    })
}

/// Hands over every cell of a table that has a line on paper; whether it could be read to its end.
pub(super) fn read_cells(name: &str, bytes: &[u8], take: Take<'_>) -> bool {
    match kind_of(name) {
        Some(Table::Tallies) => read_tallies(bytes, take).is_some(),
        Some(Table::Candidates) => read_candidates(bytes, take).is_some(),
        Some(Table::Precincts) => read_rows(name, bytes, take, precinct_row),
        Some(Table::Lines) => read_rows(name, bytes, take, line_row),
        Some(Table::Results) => read_rows(name, bytes, take, result_row),
        None => false,
    }
}

#[derive(Deserialize)]
struct Document<T> {
    #[serde(default = "Vec::new")]
    elections: Vec<T>,
}

#[derive(Deserialize)]
struct Projection<T> {
    view: Option<Document<T>>,
}

#[derive(Deserialize)]
struct TalliesOfElection {
    election: Id,
    #[serde(default)]
    precincts: Vec<TallyOfPrecinct>,
    totals: Option<Totals>,
}

#[derive(Deserialize)]
struct TallyOfPrecinct {
    precinct: Id,
    count: Count,
}

#[derive(Deserialize)]
struct CandidatesOfElection {
    election: Id,
    #[serde(default)]
    candidates: Vec<NamedCandidate>,
}

#[derive(Deserialize)]
struct NamedCandidate {
    candidate: Id,
    name_kk: String,
    name_ru: String,
}

fn read_tallies(bytes: &[u8], take: Take<'_>) -> Option<()> {
    let document: Projection<TalliesOfElection> = serde_json::from_slice(bytes).ok()?;
    for own in document.view.map(|view| view.elections).unwrap_or_default() {
        for tally in &own.precincts {
            for (line, candidate, value) in list_count_lines(&tally.count) {
                let line = candidate.map_or(ContradictedLine::Figure(line), ContradictedLine::Votes);
                let (election, precinct) = (own.election.clone(), Some(tally.precinct.clone()));
                take(PublishedCell { election, precinct, line, value: value.to_string() });
            }
        }
        let Some(totals) = own.totals else { continue };
        let figures = [
            ("voters", totals.voters),
            ("received", totals.received),
            ("issued", totals.issued),
            ("cancelled", totals.cancelled),
            ("home_applications", totals.home_applications),
            ("absentee", totals.absentee),
            ("portable_found", totals.home_found),
            ("found", totals.found),
            ("invalid", totals.invalid),
            ("against_all", totals.against_all),
        ];
        let votes = totals.votes.into_iter().map(|own| (ContradictedLine::Votes(own.candidate), own.votes));
        for (line, value) in
            figures.map(|(name, value)| (ContradictedLine::Figure(name), value)).into_iter().chain(votes)
        {
            let election = own.election.clone();
            take(PublishedCell { election, precinct: None, line, value: value.to_string() });
        }
    }
    Some(())
}

fn read_candidates(bytes: &[u8], take: Take<'_>) -> Option<()> {
    let document: Projection<CandidatesOfElection> = serde_json::from_slice(bytes).ok()?;
    for own in document.view.map(|view| view.elections).unwrap_or_default() {
        for named in own.candidates {
            let names = [
                (ContradictedLine::NameKk(named.candidate.clone()), named.name_kk),
                (ContradictedLine::NameRu(named.candidate), named.name_ru),
            ];
            for (line, value) in names {
                take(PublishedCell { election: own.election.clone(), precinct: None, line, value });
            }
        }
    }
    Some(())
}

/// A row by the names of its columns.
struct NamedRow<'r> {
    header: &'r ByteRecord,
    row: &'r ByteRecord,
}

impl NamedRow<'_> {
    /// What stands in a column; nothing in an empty cell.
    fn text(&self, column: &str) -> Option<String> {
        let at = self.header.iter().take(CELLS_MAX).position(|own| own == column.as_bytes())?;
        let cell = self.row.get(at).filter(|cell| !cell.is_empty())?;
        Some(unguard(&String::from_utf8_lossy(cell)).to_owned())
    }

    fn id(&self, column: &str) -> Option<Id> {
        Id::new(&self.text(column)?).ok()
    }
}

/// A text without the apostrophe that keeps a spreadsheet from running it.
fn unguard(text: &str) -> &str {
    let bare = text.strip_prefix('\'').filter(|bare| bare.starts_with(['=', '+', '-', '@', '\t', '\r']));
    bare.unwrap_or(text)
}

fn read_rows(
    name: &str,
    bytes: &[u8],
    take: Take<'_>,
    of_row: fn(&NamedRow<'_>, Take<'_>) -> Option<()>,
) -> bool {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(CsvFlavour::of_file(name).delimiter())
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes));
    let (mut header, mut row) = (ByteRecord::new(), ByteRecord::new());
    if !reader.read_byte_record(&mut header).unwrap_or(false) {
        return false;
    }
    loop {
        match reader.read_byte_record(&mut row) {
            Ok(true) => {
                // A row that names nothing says nothing.
                let _ = of_row(&NamedRow { header: &header, row: &row }, take);
            }
            Ok(false) => return true,
            Err(_) => return false,
        }
    }
}

fn precinct_row(row: &NamedRow<'_>, take: Take<'_>) -> Option<()> {
    let (election, precinct) = (row.id("election")?, row.id("precinct")?);
    let mut cell = |line: ContradictedLine, value: Option<String>| {
        if let Some(value) = value {
            take(PublishedCell { election: election.clone(), precinct: Some(precinct.clone()), line, value });
        }
    };
    cell(ContradictedLine::Number, row.text("number"));
    for name in list_figures() {
        cell(ContradictedLine::Figure(name), row.text(name));
    }
    for k in 1..CELLS_MAX {
        let Some(candidate) = row.id(&format!("candidate_{k}")) else { break };
        cell(ContradictedLine::Votes(candidate), row.text(&format!("votes_{k}")));
    }
    Some(())
}

fn line_row(row: &NamedRow<'_>, take: Take<'_>) -> Option<()> {
    let (election, precinct) = (row.id("election")?, Some(row.id("precinct")?));
    let line = row.text("line")?;
    let line = if line == "votes" {
        ContradictedLine::Votes(row.id("candidate")?)
    } else {
        ContradictedLine::Figure(list_figures().find(|own| *own == line)?)
    };
    take(PublishedCell { election, precinct, line, value: row.text("value").unwrap_or_default() });
    Some(())
}

fn result_row(row: &NamedRow<'_>, take: Take<'_>) -> Option<()> {
    let election = row.id("election")?;
    let mut cell = |line: ContradictedLine, value: Option<String>| {
        if let Some(value) = value {
            take(PublishedCell { election: election.clone(), precinct: None, line, value });
        }
    };
    for name in ["voters", "issued", "found"] {
        cell(ContradictedLine::Figure(name), row.text(name));
    }
    let Some(candidate) = row.id("candidate") else {
        cell(ContradictedLine::Figure("against_all"), row.text("votes"));
        return Some(());
    };
    cell(ContradictedLine::NameKk(candidate.clone()), row.text("name_kk"));
    cell(ContradictedLine::NameRu(candidate.clone()), row.text("name_ru"));
    cell(ContradictedLine::Votes(candidate.clone()), row.text("votes"));
    cell(ContradictedLine::Elected, row.text("elected").map(|_| candidate.to_string()));
    Some(())
}
