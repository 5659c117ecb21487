//! A form that a commission fills in with a text editor: the lines of the paper in their order, one value on each.
//!
//! Contains the lines of each fact (`lines`), what a value may be (`value`), an empty form and reading it back
//! (`blank_form`), and what a filled one states (`stated`).
//!
//! ```text
//! form = protocol-signed aul-2025 aul-1 board-1
//! # Lists and ballots
//! 1) Voters of the precinct in all = 1 204
//! 3.1) issued by chair = 400
//! ```
//!
//! The number in front says which line it is, in whatever language the words behind it are.

mod blank_form;
mod fault;
mod lines;
mod slot;
mod stated;
pub(crate) mod value;

use std::path::{Path, PathBuf};

pub use blank_form::{BYTES_MAX, Blank, Filled, Form, FormPart, TypedValues, read_boxes, read_typed_values};
pub use fault::{FormFault, FormFileFault};
pub use lines::{FACTS, FormSubject, list_seats, name_seat, usual_desk};
pub use slot::FormLine;
pub use stated::{FormStatement, add_up_count, read_statement};
pub use value::{Expected, FormValue, ValueContext, is_word, parse_count};

/// Where the form of a place in a chain lies.
#[must_use]
pub fn form_path(book: &Path, stem: &str) -> PathBuf {
    book.join("forms").join(format!("{stem}.txt"))
}
