//! What a commission does on its own computer, without a line.
//!
//! Contains a precinct's book, the forms that are filled in, tables of protocols read, checked and drafted from, the
//! sheet at the precinct, lists of sealed evidence, and key files.
//! Nothing here talks to a node, and nothing is printed.
//!
//! ```
//! use commission::{
//!     import::{check, columns::Columns, mapped::MappedTable, mapping::Mapping},
//!     table::{self, cells::TableOptions},
//! };
//!
//! // A table that somebody typed: 812 ballots found, but the votes and the invalid ballots come to 810.
//! let text = "precinct,found,invalid,a,b,against\n0017,812,10,500,290,10\n";
//! let mapping = Mapping::parse(
//!     "[precinct]\nid = \"precinct\"\n[figures]\nfound = \"found\"\ninvalid = \"invalid\"\nagainst_all = \"against\"\n\
//!      [votes]\nabenov = \"a\"\nberikov = \"b\"\n",
//! )?;
//! let table = table::read_table(text.as_bytes().to_vec(), &TableOptions::default())?;
//! let columns = Columns::new(&mapping, &table.header)?;
//! let checked = check::check_table(MappedTable { table, columns })?;
//! assert_eq!(checked.rows, 1);
//! assert_eq!(checked.breaches[0].ratio.rule().id(), "ARI-04");
//! # Ok::<(), commission::import::fault::ImportFault>(())
//! ```

pub mod batch;
pub mod book;
pub mod ceremony;
pub mod described;
pub mod drafting;
pub mod form;
mod form_text;
pub mod import;
mod invisible;
pub mod keys;
pub mod legible;
pub mod many;
pub mod moments;
pub mod paper_form;
pub mod sealed;
pub mod second_entry;
pub mod slip;
pub mod standing;
pub mod table;
