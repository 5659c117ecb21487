//! What a snapshot is made of: the manifest, the report files (CSV, workbook, NIST SP 1500-100), and the zip of it all.
//!
//! ```
//! use event::{Hash, Stamp};
//! use publication::{ReportPosition, make_report_files};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let received = Stamp::parse("2025-10-12T18:30:00.000Z")?;
//! let position = ReportPosition { n: Some(1), size: 1, root: Hash::ZERO, ledger: Hash::ZERO, received };
//! let files = make_report_files(&law::State::default(), &position)?;
//! let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
//! assert!(names.contains(&"report/results.csv") && names.contains(&"report/results.xlsx"));
//! // The same ledger gives the same bytes, for whoever makes them.
//! assert_eq!(files, make_report_files(&law::State::default(), &position)?);
//! # Ok(())
//! # }
//! ```
//!
//! Every file is a pure function of the ledger, so that whoever has the ledger makes the same bytes. Writing them to a
//! folder or a server belongs to the node, judging those that were published to the verifier.

pub mod delimited;
pub mod precincts;
pub mod shares;

mod archive;
mod fault;
mod labels;
mod ledger_state;
mod manifest;
mod nist;
mod position;
mod report_files;
mod results;
mod table;
mod votes;
mod workbook;

pub use archive::{ZipWriteError, write_zip};
pub use fault::ReportFileError;
pub use manifest::{AttachmentLine, FileLine, Manifest, SITE_FOLDER, manifest_text, office_key_name};
pub use position::ReportPosition;
pub use report_files::{REPORT_FOLDER, ReportFile, is_report_file_name, make_nist_report, make_report_files};
pub use votes::{list_votes_columns, make_votes_files};
