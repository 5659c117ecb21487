//! Tables for a terminal.

use comfy_table::{CellAlignment, Table, presets};

/// A table whose columns after the first hold figures.
pub(crate) fn new_figures_table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(header.iter().copied());
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// A table whose columns hold words.
pub(crate) fn new_words_table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(header.iter().copied());
    table
}

/// Widest line of a page of text.
const WIDTH: usize = 110;

/// Names, and texts broken between words so that they stand under each other.
pub(crate) fn format_page(pairs: &[(String, String)]) -> String {
    let indent = pairs.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default() + 2;
    let mut page = String::new();
    for (name, text) in pairs {
        let mut place = name.chars().count();
        page.push_str(name);
        for (nth, word) in text.split(' ').enumerate() {
            let long = word.chars().count();
            if nth == 0 || place + 1 + long > WIDTH {
                let (before, from) = if nth == 0 { ("", place) } else { ("\n", 0) };
                page.push_str(&format!("{before}{:width$}", "", width = indent - from));
                place = indent;
            } else {
                page.push(' ');
                place += 1;
            }
            page.push_str(word);
            place += long;
        }
        page.push('\n');
    }
    page.trim_end().to_owned()
}

/// 220761 as 220 761.
pub(crate) fn group_digits(number: u64) -> String {
    texts::group_digits(&number.to_string())
}

/// Names and values, one pair a line, the values under each other.
pub(crate) fn format_pairs(pairs: &[(String, String)]) -> String {
    let width = pairs.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    pairs.iter().map(|(name, value)| format!("{name:width$}  {value}")).collect::<Vec<_>>().join("\n")
}
