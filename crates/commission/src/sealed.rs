//! Commitments to evidence, from a CSV table of five columns: precinct, sealed, at, and what opens them.

use event::{Hash, Id, Time};
use phrase::{Phrase, Phrased, phrase};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommitmentCells {
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

/// Columns that every table has.
const COLUMNS: [&str; 3] = ["precinct", "sealed", "at"];

/// One commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Where it stands in the table; the header is line 1.
    pub line: u64,
    /// The precinct.
    pub precinct: Id,
    /// The commitment.
    pub sealed: Hash,
    /// When it was handed in.
    pub at: Time,
    /// Document and salt, where they are given.
    pub opened_by: Option<(String, Hash)>,
}

/// A row that is no commitment.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[error("line {line}: {found}")]
pub struct CommitmentFault {
    /// Where.
    pub line: u64,
    /// What stands there.
    pub found: Phrase,
}

/// Reads every row.
///
/// # Errors
/// The first row that is none.
pub fn read_commitments(bytes: &[u8]) -> Result<Vec<Commitment>, CommitmentFault> {
    let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let header =
        table.headers().map_err(|error| CommitmentFault { line: 1, found: Phrase::verbatim(error) })?;
    if let Some(lacking) = COLUMNS.iter().find(|column| !header.iter().any(|found| found == **column)) {
        let found = phrase!(
            "commitment-columns",
            "expected the columns {columns}, found no {lacking}",
            columns = COLUMNS.join(", ")
        );
        return Err(CommitmentFault { line: 1, found });
    }
    let mut all = Vec::new();
    for (cells, line) in table.deserialize::<CommitmentCells>().zip(2..) {
        let cells = cells.map_err(|error| CommitmentFault { line, found: Phrase::verbatim(error) })?;
        let wrong = |column: &str, said: &dyn Phrased| CommitmentFault {
            line,
            found: phrase!("in-column", "column {column}: {said}", said = said.phrase()),
        };
        let opened_by = match (cells.document.as_str(), cells.salt.as_str()) {
            ("", "") => None,
            (document, salt) => {
                Some((document.to_owned(), Hash::parse(salt).map_err(|error| wrong("salt", &error))?))
            }
        };
        all.push(Commitment {
            line,
            precinct: Id::new(&cells.precinct).map_err(|error| wrong("precinct", &error))?,
            sealed: Hash::parse(&cells.sealed).map_err(|error| wrong("sealed", &error))?,
            at: Time::parse(&cells.at).map_err(|error| wrong("at", &error))?,
            opened_by,
        });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_its_columns_or_is_none() {
        let empty = read_commitments(b"precinct,sealed,at\n").unwrap();
        assert!(empty.is_empty());
        for garbage in ["", "not a table at all", "precinct,at\n", "precinct;sealed;at\n"] {
            let fault = read_commitments(garbage.as_bytes()).unwrap_err();
            assert!(
                fault.line == 1 && fault.found.to_string().contains("precinct, sealed, at"),
                "{garbage:?}: {fault}"
            );
        }
    }
}
