//! Tables as CSV (RFC 4180), for programs and for Excel: delimiter, line ends, byte order mark, the guard against formulas.

use crate::{
    fault::ReportFileError,
    table::{ReportCell, ReportTable},
};

/// Bytes before the first row for Excel: without them it takes UTF-8 for the system's code page.
pub const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// First characters of a text that a spreadsheet takes for a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// For whom it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvFlavour {
    /// Comma, decimal point, no byte order mark.
    Tools,
    /// Semicolon, decimal comma, byte order mark: what Excel expects under a Kazakh or Russian locale. There it would
    /// read `12.5` as the 12th of May.
    Excel,
}

impl CsvFlavour {
    /// What stands between two cells.
    #[must_use]
    pub fn delimiter(self) -> u8 {
        match self {
            Self::Tools => b',',
            Self::Excel => b';',
        }
    }

    /// The flavour of a file, by its name.
    #[must_use]
    pub fn of_file(name: &str) -> Self {
        if name.ends_with("-excel.csv") { Self::Excel } else { Self::Tools }
    }
}

/// A table as bytes; each row ends with CRLF, the last one too.
pub(crate) fn write_csv(table: &ReportTable, flavour: CsvFlavour) -> Result<Vec<u8>, ReportFileError> {
    let start = match flavour {
        CsvFlavour::Tools => Vec::new(),
        CsvFlavour::Excel => BYTE_ORDER_MARK.to_vec(),
    };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(flavour.delimiter())
        .terminator(csv::Terminator::CRLF)
        .quote_style(csv::QuoteStyle::Necessary)
        .from_writer(start);
    writer.write_record(&table.header)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| write_cell_text(cell, flavour)))?;
    }
    writer.into_inner().map_err(|error| ReportFileError::Part(error.into_error()))
}

/// Rows for tools and spreadsheets as commands print them: the first is the header, each row ends with CRLF, and no cell
/// is run as a formula.
pub fn write_guarded_rows<R, C>(rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .quote_style(csv::QuoteStyle::Necessary)
        .from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail.
        let _ = writer.write_record(row.into_iter().map(|cell| guard_formula(cell.as_ref())));
    }
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}

fn write_cell_text(cell: &ReportCell, flavour: CsvFlavour) -> String {
    match (cell, flavour) {
        (ReportCell::Text(text), _) => guard_formula(text),
        (ReportCell::Percent(text, _), CsvFlavour::Excel) => text.replace('.', ","),
        (ReportCell::Percent(..) | ReportCell::Count(_) | ReportCell::Empty, _) => cell.shown_text(),
    }
}

/// A text that no spreadsheet runs: an apostrophe before what could start a formula.
#[must_use]
pub fn guard_formula(text: &str) -> String {
    if text.starts_with(FORMULA_STARTS) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    fn table() -> ReportTable {
        let mut table = ReportTable::new(["name", "votes", "share"]);
        for text in ["=1+1", "+7", "-x", "@me", "\tx", "\rx", "a=b", "say \"no\"", "a,b", "a;b", "'x"] {
            let share = ReportCell::Percent("12.5".into(), 1);
            table.rows.push(vec![ReportCell::from_text(text), ReportCell::Count(7), share]);
        }
        table.rows.push(vec![ReportCell::from_text(""), ReportCell::Empty, ReportCell::from_flag(false)]);
        table
    }

    #[test]
    fn formulas_are_guarded_and_quotes_stand_where_they_must() {
        let bytes = write_csv(&table(), CsvFlavour::Tools).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let expected = "name,votes,share\r\n'=1+1,7,12.5\r\n'+7,7,12.5\r\n'-x,7,12.5\r\n'@me,7,12.5\r\n'\tx,7,12.5\r\n\"'\rx\",7,12.5\r\na=b,7,12.5\r\n\"say \"\"no\"\"\",7,12.5\r\n\"a,b\",7,12.5\r\na;b,7,12.5\r\n'x,7,12.5\r\n,,\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn what_commands_print_is_guarded_in_every_cell() {
        let rows = [vec!["a", "=b"], vec!["+7", "x,y"], vec!["-1+1|cmd", "@SUM(A1)"], vec!["12", "ә"]];
        let expected = "a,'=b\r\n'+7,\"x,y\"\r\n'-1+1|cmd,'@SUM(A1)\r\n12,ә\r\n";
        assert_eq!(write_guarded_rows(rows), expected);
    }

    #[test]
    fn excel_gets_its_mark_its_semicolons_and_its_decimal_comma() {
        let bytes = write_csv(&table(), CsvFlavour::Excel).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("\u{feff}name;votes;share\r\n'=1+1;7;12,5\r\n"), "{text}");
        assert!(text.contains("\r\na,b;7;12,5\r\n\"a;b\";7;12,5\r\n"), "{text}");
    }
}
