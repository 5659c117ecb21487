//! The rows of a file of claims: words and lists under their keys, whatever the file is written in.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::fault::ClaimsFault;

/// What stands under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// A word, a figure, a sentence.
    Word(String),
    /// Several.
    List(Vec<String>),
}

/// One claim as it stands in the file.
pub(crate) type Row = BTreeMap<String, Cell>;

/// A whole file.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) title: Option<String>,
    pub(crate) rows: Vec<Row>,
}

/// What parts a list in a cell of CSV.
const LIST_MARK: char = ';';

/// Reads TOML: `title`, `[defaults]`, `[[claim]]`.
pub(crate) fn read_toml_rows(text: &str) -> Result<Rows, ClaimsFault> {
    let table: Table = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        ClaimsFault::Toml {
            line: before.matches('\n').count() as u64 + 1,
            reason: error.message().to_owned(),
        }
    })?;
    let mut found = Rows::default();
    let (mut defaults, mut own) = (Row::new(), Vec::new());
    for (key, value) in table {
        match (key.as_str(), value) {
            ("title", Value::String(text)) => found.title = Some(text),
            ("defaults", Value::Table(table)) => defaults = read_table(0, table)?,
            ("claim", Value::Array(claims)) => own = claims,
            _ => return Err(ClaimsFault::TopKey { key }),
        }
    }
    for (claim, value) in (1..).zip(own) {
        let Value::Table(table) = value else { return Err(ClaimsFault::TopKey { key: "claim".to_owned() }) };
        let mut row = read_table(claim, table)?;
        fill_in(&mut row, &defaults);
        found.rows.push(row);
    }
    Ok(found)
}

/// What a claim does not say itself, of what it can use.
fn fill_in(row: &mut Row, defaults: &Row) {
    let what = |row: &Row, word: &str| row.get("what") == Some(&Cell::Word(word.to_owned()));
    let of_ledgers = !row.contains_key("sum_of") && !row.contains_key("share_of") && !what(row, "unrecorded");
    let counts_elections = what(row, "elections") && !row.contains_key("of") && !row.contains_key("per");
    let days = ["day", "from", "until"];
    let says_days = days.iter().any(|key| row.contains_key(*key));
    for (key, cell) in defaults {
        let fits = match key.as_str() {
            "date" | "says" | "source" => true,
            "elections" => of_ledgers && !counts_elections,
            key if days.contains(&key) => of_ledgers && !says_days,
            _ => of_ledgers,
        };
        if fits {
            row.entry(key.clone()).or_insert_with(|| cell.clone());
        }
    }
}

fn read_table(claim: u64, table: Table) -> Result<Row, ClaimsFault> {
    table.into_iter().map(|(key, value)| read_cell(claim, &key, value).map(|cell| (key, cell))).collect()
}

fn read_cell(claim: u64, key: &str, value: Value) -> Result<Cell, ClaimsFault> {
    let word = |value: Value| match value {
        Value::String(text) => Ok(text),
        Value::Integer(number) => Ok(number.to_string()),
        Value::Datetime(day) => Ok(day.to_string()),
        // The zero at the end of 79.10 would be gone: it says how exact the figure is.
        Value::Float(found) => {
            Err(ClaimsFault::Unquoted { claim, key: key.to_owned(), found: found.to_string() })
        }
        Value::Boolean(_) | Value::Array(_) | Value::Table(_) => {
            Err(ClaimsFault::OtherValue { claim, key: key.to_owned() })
        }
    };
    match value {
        Value::Array(items) => items.into_iter().map(word).collect::<Result<_, _>>().map(Cell::List),
        one => word(one).map(Cell::Word),
    }
}

/// Reads CSV: the keys as header, one claim a row; a list is parted by semicolons.
pub(crate) fn read_csv_rows(text: &str, lists: &[&str]) -> Result<Rows, ClaimsFault> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let told = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        ClaimsFault::Csv { line, reason: error.to_string() }
    };
    let header: Vec<String> =
        reader.headers().map_err(told)?.iter().map(|key| key.trim().to_owned()).collect();
    for (place, key) in header.iter().enumerate() {
        if header.iter().skip(place + 1).any(|other| other == key) {
            return Err(ClaimsFault::ColumnTwice { key: key.clone() });
        }
    }
    let mut found = Rows::default();
    for record in reader.records() {
        let record = record.map_err(told)?;
        let cells = header.iter().zip(record.iter()).filter(|(_, cell)| !cell.trim().is_empty());
        let cell = |key: &str, text: &str| {
            if lists.contains(&key) {
                Cell::List(text.split(LIST_MARK).map(|item| item.trim().to_owned()).collect())
            } else {
                Cell::Word(text.trim().to_owned())
            }
        };
        found.rows.push(cells.map(|(key, text)| (key.clone(), cell(key, text))).collect());
    }
    Ok(found)
}
