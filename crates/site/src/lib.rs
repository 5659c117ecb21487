//! The pages of a published ledger, and the pictures that they share with reports.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // A ledger without entries has no pages; whoever has the entries makes the same bytes.
//! assert!(site::make_site(&ledger::Head::default()).is_err());
//! # Ok(())
//! # }
//! ```
//!
//! Every file is a pure function of the head, which is one of the entries: no clock, no place, no name of a machine. Pages
//! load nothing but their style sheet and their one script, which they can do without, and lead nowhere outside.

pub mod pictures;

mod check_page;
mod choice_page;
mod commissions_page;
mod corrections_page;
mod data_files;
mod data_package;
mod download_line;
mod downloads_page;
mod election_page;
mod failed_mark;
mod fault;
mod feed;
mod format;
mod frame;
mod front_page;
mod live_figures;
mod live_part;
mod made;
mod page_script;
mod precinct_pages;
mod root_page;
mod shown_election;
mod shown_ledger;
mod site_file;
mod standing;
mod svg_file;
mod turnout;

pub use fault::SiteError;
pub use format::{SITE_FORMAT, SITE_PROGRAM, is_site_file_name};
pub use live_figures::describe_live_figures;
pub use made::{make_failed_site, make_site, make_site_of, visit_site};
pub use page_script::page_policy;
pub use root_page::{parse_root_page, render_root_page};
pub use site_file::SiteFile;
