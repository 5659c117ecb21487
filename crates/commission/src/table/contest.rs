//! Rows of other elections in one table: left aside by the cell of one column, and counted.

use std::collections::BTreeMap;

use phrase::{Phrase, phrase};

use super::{
    cell::read_text,
    cells::{Cell, TableRow},
    fault::InputTableFault,
    header::single_spaced,
};
use crate::invisible::show_invisible;

/// Different values that are counted one by one; the rest is counted together.
const VALUES_MAX: usize = 1_000;
/// Values that are named in a sentence.
const NAMED_MAX: usize = 12;

/// Which rows are of the contest that is asked for.
#[derive(Debug)]
pub(crate) struct ContestFilter {
    column: usize,
    /// The column as people are told of it.
    name: Phrase,
    /// What is asked for, and whether a row has it.
    wanted: BTreeMap<String, bool>,
    /// How many rows have something else, by what it is.
    aside: BTreeMap<String, u64>,
    /// Rows with values beyond [`VALUES_MAX`].
    beyond: u64,
}

impl ContestFilter {
    /// Rows whose cell in this column is one of the values.
    pub(crate) fn new(column: usize, name: Phrase, values: &[String]) -> Self {
        let wanted = values.iter().map(|value| (single_spaced(value), false)).collect();
        Self { column, name, wanted, aside: BTreeMap::new(), beyond: 0 }
    }

    /// Whether the row is kept. One that does not say its contest, or whose cells are not where they should be, is kept, so
    /// that it is refused and does not disappear.
    pub(crate) fn keeps_row(&mut self, row: &TableRow, own_columns: usize) -> bool {
        if row.is_blank() || row.quote_fault().is_some() || row.width() != own_columns {
            return true;
        }
        self.keeps_cell(row.cell(self.column, own_columns))
    }

    fn keeps_cell(&mut self, cell: Cell<'_>) -> bool {
        let Ok(Some(text)) = read_text(cell) else { return true };
        let text = single_spaced(&text);
        if let Some(met) = self.wanted.get_mut(&text) {
            *met = true;
            return true;
        }
        if self.aside.len() < VALUES_MAX || self.aside.contains_key(&text) {
            *self.aside.entry(text).or_default() += 1;
        } else {
            self.beyond += 1;
        }
        false
    }

    /// Says which value stands in no row; known behind the last row.
    pub(crate) fn require_all_met(&self) -> Result<(), InputTableFault> {
        let unmet: Vec<&str> =
            self.wanted.iter().filter(|(_, met)| !**met).map(|(value, _)| value.as_str()).collect();
        if unmet.is_empty() {
            return Ok(());
        }
        let found: Vec<&str> =
            self.wanted.iter().filter(|(_, met)| **met).map(|(own, _)| own.as_str()).collect();
        let found = list_values(found.into_iter().chain(self.aside.keys().map(String::as_str)));
        Err(InputTableFault::NoContest {
            column: self.name.clone(),
            expected: list_values(unmet.into_iter()),
            found: if found.is_empty() {
                phrase!("import-told-none", "none")
            } else {
                Phrase::verbatim(found)
            },
        })
    }

    /// How many rows were left aside.
    pub(crate) fn note(&self) -> Option<Phrase> {
        let rows = self.aside.values().sum::<u64>() + self.beyond;
        let named = self.aside.iter().take(NAMED_MAX).map(|(own, count)| format!("\"{own}\" {count}"));
        let named: Vec<String> = named.collect();
        let more = if self.aside.len() > NAMED_MAX { ", …" } else { "" };
        (rows > 0).then(|| {
            phrase!(
                "table-note-contest",
                "{rows} rows of other contests were left aside by {column}: {names}",
                column = &self.name,
                names = format!("{}{more}", named.join(", "))
            )
        })
    }
}

fn list_values<'a>(values: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<&str> = values.collect();
    let more = if all.len() > NAMED_MAX { ", …" } else { "" };
    let named: Vec<String> =
        all.iter().take(NAMED_MAX).map(|value| format!("\"{}\"", show_invisible(value))).collect();
    format!("{}{more}", named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_aside_is_counted_and_what_is_not_met_is_told() {
        let mut filter =
            ContestFilter::new(0, Phrase::verbatim("column A"), &["аким  района".to_owned(), "x".to_owned()]);
        let kept: Vec<bool> = ["аким района", "мәслихат", "", "мәслихат", "b"]
            .map(|text| filter.keeps_cell(if text.is_empty() { Cell::Empty } else { Cell::Text(text) }))
            .to_vec();
        assert_eq!(kept, [true, false, true, false, false]);
        let note = filter.note().unwrap().to_string();
        assert_eq!(note, "3 rows of other contests were left aside by column A: \"b\" 1, \"мәслихат\" 2");
        assert!(matches!(
            filter.require_all_met(),
            Err(InputTableFault::NoContest { expected, .. }) if expected == "\"x\""
        ));
    }
}
