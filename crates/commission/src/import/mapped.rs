//! A table opened under a mapping: which column holds what.

use std::path::Path;

use super::{columns::Columns, fault::ImportFault, mapping::Mapping, votes_file};
use crate::table::{self, InputTable, cells::TableOptions};

/// A table with the mapping of its columns.
#[derive(Debug)]
pub struct MappedTable {
    /// The table.
    pub table: InputTable,
    /// Which column holds what.
    pub columns: Columns,
}

/// Opens a table under a mapping; what the command line says goes before what the mapping says.
///
/// # Errors
/// When the file cannot be read as a table, or the mapping does not fit it.
pub fn open_mapped(
    file: &Path,
    mapping: &Mapping,
    options: &TableOptions,
) -> Result<MappedTable, ImportFault> {
    let mut table = table::open_table(file, &options.or(&mapping.file))?;
    if let Some(votes) = &mapping.long {
        votes_file::join_votes(&mut table, votes, file)?;
    }
    let columns = Columns::new(mapping, &table.header)?;
    Ok(MappedTable { table, columns })
}
