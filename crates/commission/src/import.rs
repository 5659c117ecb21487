//! Tables of protocols: which control ratios hold in them, and drafts of events from them.
//!
//! Contains the mapping of columns, judging rows without a ledger (`check`), drafting (`drafts`), and tables of copies
//! (`copies`). The ratios themselves are the law's; signing and appending are commands.
//!
//! A table is somebody else's: nothing in it is mended, guessed or left out in silence. A row is taken whole or refused
//! whole, with its line, its column and the reason.

pub mod check;
pub mod columns;
pub mod comparison;
pub mod copies;
pub mod coverage;
pub mod drafts;
pub mod fault;
pub mod figure_finding;
pub mod figure_rules;
pub mod mapped;
pub mod mapping;
pub mod report;
pub mod row;
pub mod row_fault;
pub mod sums;
pub mod target;
pub mod template;
pub mod told;

mod amounts;
mod column_finder;
mod completeness;
mod contest_columns;
mod figures_file;
mod invalidation;
mod mapping_checks;
pub(crate) mod precinct_number;
mod prepared;
mod protocol;
mod second_figures;
mod totals;
mod votes_file;
