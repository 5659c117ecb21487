//! How the lines of a form stand in its page: the names of fields, and what tells two states of it apart.

use commission::form::TypedValues;
use event::sha256;

/// What every field for a line is called, before the number of the line.
pub(crate) const LINE: &str = "v";
/// The same for a file that belongs to a line.
pub(crate) const LINE_FILE: &str = "f";

/// What a member who signs has on their line.
pub(crate) const SIGNS: &str = "+";

/// What tells two states of a form apart.
pub(crate) fn digest(typed: &TypedValues) -> String {
    let all: Vec<String> = typed.iter().map(|(number, value)| format!("{number}={value}\n")).collect();
    sha256(&[all.concat().as_bytes()]).to_string()
}
