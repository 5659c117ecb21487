//! A table opened under a mapping: which column holds what.

use std::path::Path;

use super::{
    columns::Columns, contest_columns::filter_table, fault::ImportFault, figures_file::join_figures,
    mapping::Mapping, votes_file::join_votes,
};
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
    let contest = mapping.contest.as_ref();
    if let Some(rule) = contest {
        filter_table(&mut table, rule, "contest.column", &rule.column)?;
    }
    if let Some(votes) = &mapping.long {
        join_votes(&mut table, votes, contest, file, false)?;
    }
    if let Some(second) = &mapping.compare {
        if let Some(figures) = &second.file {
            join_figures(&mut table, figures, second, contest, file)?;
        }
        if let Some(votes) = &second.long {
            join_votes(&mut table, votes, contest, file, true)?;
        }
    }
    let columns = Columns::lay_over(mapping, table.column_header())?;
    Ok(MappedTable { table, columns })
}
