//! Tables as CSV (RFC 4180), for programs and for Excel.
//!
//! In: delimiter, line ends, byte order mark, the guard against formulas. Out: what the columns are (`precincts`,
//! `results`, `labels`).

use super::{
    ExportError,
    table::{Cell, Table},
};

/// Bytes before the first row for Excel: without them it takes UTF-8 for the system's code page.
pub(super) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// First characters of a text that a spreadsheet takes for a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// For whom it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flavour {
    /// Comma, decimal point, no byte order mark.
    Tools,
    /// Semicolon, decimal comma, byte order mark: what Excel expects under a Kazakh or Russian locale. There it would
    /// read `12.5` as the 12th of May.
    Excel,
}

impl Flavour {
    /// What stands between two cells.
    pub(super) fn delimiter(self) -> u8 {
        match self {
            Self::Tools => b',',
            Self::Excel => b';',
        }
    }

    /// The flavour of a file, by its name.
    pub(super) fn of(name: &str) -> Self {
        if name.ends_with("-excel.csv") { Self::Excel } else { Self::Tools }
    }
}

/// A table as bytes; each row ends with CRLF, the last one too.
pub(super) fn write(table: &Table, flavour: Flavour) -> Result<Vec<u8>, ExportError> {
    let start = match flavour {
        Flavour::Tools => Vec::new(),
        Flavour::Excel => BYTE_ORDER_MARK.to_vec(),
    };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(flavour.delimiter())
        .terminator(csv::Terminator::CRLF)
        .quote_style(csv::QuoteStyle::Necessary)
        .from_writer(start);
    writer.write_record(&table.header)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| written(cell, flavour)))?;
    }
    writer.into_inner().map_err(|error| ExportError::Part(error.into_error()))
}

fn written(cell: &Cell, flavour: Flavour) -> String {
    match (cell, flavour) {
        (Cell::Text(text), _) => guarded(text),
        (Cell::Percent(text, _), Flavour::Excel) => text.replace('.', ","),
        (Cell::Percent(..) | Cell::Count(_) | Cell::Empty, _) => cell.shown(),
    }
}

/// A text that no spreadsheet runs: an apostrophe before what could start a formula.
fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA_STARTS) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(["name", "votes", "share"]);
        for text in ["=1+1", "+7", "-x", "@me", "\tx", "\rx", "a=b", "say \"no\"", "a,b", "a;b", "'x"] {
            let share = Cell::Percent("12.5".into(), 1);
            table.rows.push(vec![Cell::text(text), Cell::Count(7), share]);
        }
        table.rows.push(vec![Cell::text(""), Cell::Empty, Cell::flag(false)]);
        table
    }

    #[test]
    fn formulas_are_guarded_and_quotes_stand_where_they_must() {
        let bytes = write(&table(), Flavour::Tools).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let expected = "name,votes,share\r\n'=1+1,7,12.5\r\n'+7,7,12.5\r\n'-x,7,12.5\r\n'@me,7,12.5\r\n'\tx,7,12.5\r\n\"'\rx\",7,12.5\r\na=b,7,12.5\r\n\"say \"\"no\"\"\",7,12.5\r\n\"a,b\",7,12.5\r\na;b,7,12.5\r\n'x,7,12.5\r\n,,\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn excel_gets_its_mark_its_semicolons_and_its_decimal_comma() {
        let bytes = write(&table(), Flavour::Excel).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("\u{feff}name;votes;share\r\n'=1+1;7;12,5\r\n"), "{text}");
        assert!(text.contains("\r\na,b;7;12,5\r\n\"a;b\";7;12,5\r\n"), "{text}");
    }
}
