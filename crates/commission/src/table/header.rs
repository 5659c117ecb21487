//! The names of a table's columns: finding one by its header or its letter, naming one.

use std::ops::Range;

use phrase::{Argument, Phrase, phrase};

use super::fault::InputTableFault;
use crate::invisible::show_invisible;

/// Longer names of columns are cut where they are told.
const NAME_CHARACTERS_MAX: usize = 200;

/// The names of columns.
#[derive(Debug, Clone)]
pub struct ColumnHeader {
    pub(crate) names: Vec<String>,
    parts: Vec<JoinedPart>,
}

/// Columns of another file.
#[derive(Debug, Clone)]
pub(crate) struct JoinedPart {
    /// The file.
    pub(crate) file: String,
    /// Where its columns stand.
    pub(crate) columns: Range<usize>,
    /// Whether they are a second set of figures, which has names of its own.
    pub(crate) compared: bool,
}

impl ColumnHeader {
    /// Of these names; white space counts once and not at the ends.
    #[must_use]
    pub fn new(names: &[String]) -> Self {
        Self::with_parts(names, Vec::new())
    }

    /// Of these names, some of which stand in other files.
    pub(crate) fn with_parts(names: &[String], parts: Vec<JoinedPart>) -> Self {
        Self { names: names.iter().map(|name| single_spaced(name)).collect(), parts }
    }

    /// The column with this name, or of this letter; none of a second set of figures.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn column(&self, field: &str, wanted: &str) -> Result<usize, InputTableFault> {
        let name = single_spaced(wanted);
        // A column may itself be called "#" or "# of boxes"; what no column is called is a letter.
        if let Some(letters) = wanted.strip_prefix('#').filter(|_| !self.names.contains(&name)) {
            let place =
                place_of(letters).filter(|place| *place < self.names.len() && !self.is_compared(*place));
            return place.ok_or_else(|| self.no_column(field, wanted, false));
        }
        self.find_name(field, wanted, false)
    }

    /// The column with this name in the files of a second set of figures; where none of them has it, in the table.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub(crate) fn compared_column(&self, field: &str, wanted: &str) -> Result<usize, InputTableFault> {
        if !self.parts.iter().any(|part| part.compared) {
            return self.column(field, wanted);
        }
        match self.find_name(field, wanted, true) {
            Err(none @ InputTableFault::NoColumn { .. }) => self.column(field, wanted).map_err(|_| none),
            found => found,
        }
    }

    /// Whether a column is one of the files of a second set of figures.
    pub(crate) fn is_compared(&self, column: usize) -> bool {
        self.part_of(column).is_some_and(|part| part.compared)
    }

    fn part_of(&self, column: usize) -> Option<&JoinedPart> {
        self.parts.iter().find(|part| part.columns.contains(&column))
    }

    fn find_name(&self, field: &str, wanted: &str, compared: bool) -> Result<usize, InputTableFault> {
        let name = single_spaced(wanted);
        let named = self.names.iter().enumerate().filter(|(_, own)| **own == name).map(|(place, _)| place);
        let found: Vec<usize> = named.filter(|place| self.is_compared(*place) == compared).collect();
        match found.as_slice() {
            [place] => Ok(*place),
            [] => Err(self.no_column(field, wanted, compared)),
            more => Err(InputTableFault::TwoColumns { field: field.to_owned(), name, found: more.len() }),
        }
    }

    /// The name of a column, with its letter.
    #[must_use]
    pub fn name(&self, column: usize) -> Phrase {
        let letters = letters_of(column);
        let name = self.names.get(column).map(String::as_str).unwrap_or_default();
        let shown = show_invisible(&shorten(name));
        match self.part_of(column) {
            Some(part) => {
                let file = show_invisible(&part.file);
                phrase!("table-column-of-file", "column \"{shown}\" of {file}")
            }
            None if name.is_empty() => phrase!("table-column-letters", "column {letters}"),
            None => phrase!("table-column-named", "column {letters} \"{shown}\""),
        }
    }

    /// Several columns whose figures are added up.
    #[must_use]
    pub fn name_sum(&self, columns: &[usize]) -> Phrase {
        let names = columns.iter().map(|column| self.name(*column));
        let added = names.reduce(|first, more| phrase!("table-columns-added", "{first} + {more}"));
        added.unwrap_or_else(|| Phrase::verbatim(""))
    }

    /// Several columns, one behind the other.
    #[must_use]
    pub fn name_all<'a>(&self, columns: impl IntoIterator<Item = &'a usize>) -> Argument {
        Argument::list(columns.into_iter().map(|column| self.name(*column)))
    }

    fn no_column(&self, field: &str, wanted: &str, compared: bool) -> InputTableFault {
        let of_kind = self.names.iter().enumerate().filter(|(place, _)| self.is_compared(*place) == compared);
        let mut expected: Vec<String> = of_kind.map(|(_, name)| shorten(name)).take(13).collect();
        if let Some(beyond) = expected.get_mut(12) {
            "…".clone_into(beyond);
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

/// A name as a sentence can hold it; the letter says which column it is.
fn shorten(name: &str) -> String {
    match name.char_indices().nth(NAME_CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.to_owned(),
    }
}

pub(crate) fn single_spaced(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
