//! How the lines of a form stand in its page: the names of fields, and what tells two states of it apart.

use commission::form::TypedValues;
use event::sha256;

use crate::call::DeskCall;

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

/// What was posted for each line.
pub(crate) fn read_posted(call: &DeskCall) -> TypedValues {
    let mut typed = TypedValues::new();
    for (name, value) in &call.fields {
        if let Some(number) =
            name.strip_prefix(LINE).filter(|number| number.starts_with(|c: char| c.is_ascii_digit()))
        {
            typed.entry(number.to_owned()).or_insert_with(|| value.to_string());
        }
    }
    typed
}

/// The lines that two states have otherwise, each with what is kept.
pub(crate) fn list_differing(typed: &TypedValues, kept: &TypedValues) -> Vec<String> {
    let numbers = typed.keys().chain(kept.keys()).collect::<std::collections::BTreeSet<_>>();
    let differ = numbers.into_iter().filter(|number| typed.get(*number) != kept.get(*number));
    differ.map(|number| format!("{number}) {}", kept.get(number).map_or("—", String::as_str))).collect()
}
