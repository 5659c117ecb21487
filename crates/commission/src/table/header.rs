//! The names of a table's columns: finding one by its header or its letter, naming one.

use super::fault::InputTableFault;
use crate::invisible::show_invisible;

/// The names of columns.
#[derive(Debug, Clone)]
pub struct ColumnHeader {
    pub(crate) names: Vec<String>,
}

impl ColumnHeader {
    /// Of these names; white space counts once and not at the ends.
    #[must_use]
    pub fn new(names: &[String]) -> Self {
        Self { names: names.iter().map(|name| single_spaced(name)).collect() }
    }

    /// The column with this name, or of this letter.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn column(&self, field: &str, wanted: &str) -> Result<usize, InputTableFault> {
        let name = single_spaced(wanted);
        // A column may itself be called "#" or "# of boxes"; what no column is called is a letter.
        if let Some(letters) = wanted.strip_prefix('#').filter(|_| !self.names.contains(&name)) {
            let place = place_of(letters).filter(|place| *place < self.names.len());
            return place.ok_or_else(|| self.no_column(field, wanted));
        }
        let found: Vec<usize> =
            self.names.iter().enumerate().filter(|(_, own)| **own == name).map(|(place, _)| place).collect();
        match found.as_slice() {
            [place] => Ok(*place),
            [] => Err(self.no_column(field, wanted)),
            more => Err(InputTableFault::TwoColumns { field: field.to_owned(), name, found: more.len() }),
        }
    }

    /// The name of a column, with its letter.
    #[must_use]
    pub fn name(&self, column: usize) -> String {
        let letters = letters_of(column);
        match self.names.get(column).map(String::as_str) {
            Some("") | None => format!("column {letters}"),
            Some(name) => format!("column {letters} \"{}\"", show_invisible(name)),
        }
    }

    fn no_column(&self, field: &str, wanted: &str) -> InputTableFault {
        let mut expected: Vec<&str> = self.names.iter().map(String::as_str).take(12).collect();
        if self.names.len() > expected.len() {
            expected.push("…");
        }
        let expected = show_invisible(&expected.join(" | "));
        let (field, found) = (field.to_owned(), show_invisible(wanted));
        InputTableFault::NoColumn { field, expected, found }
    }
}

/// `A` is 0, `AA` is 26.
fn place_of(letters: &str) -> Option<usize> {
    let digits = letters.bytes().map(|byte| byte.is_ascii_uppercase().then(|| usize::from(byte - b'A') + 1));
    let place = digits.take(4).try_fold(0_usize, |place, digit| Some(place * 26 + digit?))?;
    place.checked_sub(1).filter(|_| letters.len() < 4)
}

fn letters_of(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

fn single_spaced(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
