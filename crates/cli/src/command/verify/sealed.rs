//! Commitments to evidence, from a table: precinct, sealed, at, and what opens them.
//!
//! In: CSV of five known columns. Out: what the times mean (`verifier`).

use std::path::Path;

use event::{Document, Hash, Id, Time};
use serde::Deserialize;
use verifier::Sealed;

use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    precinct: String,
    sealed: String,
    at: String,
    /// The document's file, beside the table.
    #[serde(default)]
    document: String,
    /// 64 hexadecimal digits.
    #[serde(default)]
    salt: String,
}

/// Reads every row.
pub(super) fn read(file: &Path) -> Result<Vec<Sealed>, Fault> {
    let unreadable = |line: u64, found: String| Fault::Unreadable {
        path: file.to_owned(),
        found: format!("line {line}: {found}"),
    };
    let bytes = std::fs::read(file).map_err(|error| Fault::Read { path: file.to_owned(), error })?;
    let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes.as_slice());
    let mut all = Vec::new();
    for (row, line) in table.deserialize::<Row>().zip(2..) {
        let row = row.map_err(|error| unreadable(line, error.to_string()))?;
        let wrong = |column: &str, found: String| unreadable(line, format!("column {column}: {found}"));
        let sealed = Hash::parse(&row.sealed).map_err(|error| wrong("sealed", error.to_string()))?;
        all.push(Sealed {
            place: format!("{}, line {line}", file.file_name().unwrap_or_default().to_string_lossy()),
            precinct: Id::new(&row.precinct).map_err(|error| wrong("precinct", error.to_string()))?,
            sealed,
            at: Time::parse(&row.at).map_err(|error| wrong("at", error.to_string()))?,
            opens: opens(file, &row, sealed, wrong)?,
        });
    }
    Ok(all)
}

fn opens(
    table: &Path,
    row: &Row,
    sealed: Hash,
    wrong: impl Fn(&str, String) -> Fault,
) -> Result<Option<bool>, Fault> {
    if row.document.is_empty() && row.salt.is_empty() {
        return Ok(None);
    }
    let salt = Hash::parse(&row.salt).map_err(|error| wrong("salt", error.to_string()))?;
    let path = table.parent().unwrap_or(Path::new(".")).join(&row.document);
    let document = std::fs::read(&path).map_err(|error| Fault::Read { path, error })?;
    Ok(Some(Document::seal(&salt.0, &document).sealed == Some(sealed)))
}
