//! A table opened under a mapping: which column holds what.

use std::path::Path;

use super::{columns::Bound, fault::ImportFault, mapping::Mapping, votes_file};
use crate::table::{self, Table, cells::Options};

/// A table with the mapping of its columns.
#[derive(Debug)]
pub struct Mapped {
    /// The table.
    pub table: Table,
    /// Which column holds what.
    pub bound: Bound,
}

/// Opens a table under a mapping; what the command line says goes before what the mapping says.
///
/// # Errors
/// When the file cannot be read as a table, or the mapping does not fit it.
pub fn open(file: &Path, mapping: &Mapping, options: &Options) -> Result<Mapped, ImportFault> {
    let mut table = table::open(file, &options.or(&mapping.file))?;
    if let Some(votes) = &mapping.long {
        votes_file::join(&mut table, votes, file)?;
    }
    let bound = Bound::of(mapping, &table.header)?;
    Ok(Mapped { table, bound })
}
