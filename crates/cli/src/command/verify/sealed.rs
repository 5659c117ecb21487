//! Commitments to evidence, and the documents that open them.

use std::path::Path;

use client::files::read_bounded;
use commission::sealed::{Commitment, read_commitments};
use event::Document;
use phrase::{Phrase, Phrased as _};
use verifier::{Sealed, limits::FILE_BYTES_MAX};

use crate::{fault::Fault, open::read_file};

/// Reads every row.
pub(super) fn read_sealed(file: &Path) -> Result<Vec<Sealed>, Fault> {
    let bytes = read_file(file)?;
    let unreadable = |found: Phrase| Fault::Unreadable { path: file.to_owned(), found };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let all = read_commitments(&bytes).map_err(|fault| unreadable(fault.phrase()))?;
    all.into_iter()
        .map(|row| {
            Ok(Sealed {
                place: format!("{name}, line {}", row.line),
                opens: opens_commitment(file, &row)?,
                precinct: row.precinct,
                sealed: row.sealed,
                at: row.at,
            })
        })
        .collect()
}

fn opens_commitment(table: &Path, row: &Commitment) -> Result<Option<bool>, Fault> {
    let Some((document, salt)) = &row.opened_by else { return Ok(None) };
    let path = table.parent().unwrap_or(Path::new(".")).join(document);
    let document = read_bounded(&path, FILE_BYTES_MAX)?;
    Ok(Some(Document::seal(&salt.0, &document).sealed == Some(row.sealed)))
}
