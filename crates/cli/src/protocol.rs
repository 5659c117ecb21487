//! Tables of protocols: what a file says, which control ratios hold, and drafts of events from it.
//!
//! In: reading tables (`table`), the mapping of their columns (`mapping`, `bound`), judging rows (`check`), drafting
//! (`drafts`). Out: the ratios themselves (`law`), signing and appending (`command::event`).
//!
//! A table is somebody else's: nothing in it is mended, guessed or left out in silence. A row is taken whole or refused
//! whole, with its line, its column and the reason.

pub mod bound;
pub mod check;
pub mod copied;
pub mod drafts;
pub mod fault;
pub mod header;
pub mod mapping;
pub mod table;

mod cell;
mod chosen;
mod delimited;
mod invalidation;
mod long;
mod protocol_of;
pub mod reading;
pub(crate) mod report;
pub(crate) mod skeleton;
mod workbook;

use std::path::Path;

use bound::Bound;
use fault::ProtocolFault;
use mapping::Mapping;
use table::{Options, Table};

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
pub fn open(file: &Path, mapping: &Mapping, options: &Options) -> Result<Mapped, ProtocolFault> {
    let mut table = table::open(file, &options.or(&mapping.file))?;
    if let Some(votes) = &mapping.long {
        long::join(&mut table, votes, file)?;
    }
    let bound = Bound::of(mapping, &table.header)?;
    Ok(Mapped { table, bound })
}
