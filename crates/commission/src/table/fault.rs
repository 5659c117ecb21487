//! Why a table is not read at all, or has no such column.

use std::io;

use phrase::{Phrase, phrase};

use super::{cells::COLUMNS_MAX, kind::FileKind, quotes::QuoteFault};

/// Why a table is not read at all, or has no such column.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum InputTableFault {
    #[error("cannot be read: {error}")]
    Read { error: io::Error },
    #[error("expected at most {expected} bytes, found {found}")]
    TooLarge { expected: u64, found: u64 },
    #[error("expected at most {expected} rows, found more")]
    TooManyRows { expected: u64 },
    #[error(
        "expected at most {expected} cells of another file, with one for each of its keys and lines, found more"
    )]
    TooManyCells { expected: usize },
    #[error("expected at most {COLUMNS_MAX} columns, found {found}")]
    TooManyColumns { found: usize },
    #[error("expected a header in line {line}, found nothing there")]
    NoHeader { line: u64 },
    #[error("expected UTF-8, found the byte {byte:#04x} in line {line}")]
    Utf8 { line: usize, byte: u8, likely: Option<&'static str> },
    #[error("expected UTF-16, as the file begins or as was said, found half a character")]
    Utf16,
    #[error("expected text, found bytes of zero: UTF-16 without a byte-order mark, or no text at all")]
    ZeroBytes,
    #[error("expected the encoding {page}, found a byte that it gives no character")]
    CodePage { page: &'static str },
    #[error(
        "expected letters of windows-1251, found those of KZ-1048: \"{expected}\" would be read as \"{found}\""
    )]
    Kazakh { expected: String, found: String },
    #[error(
        "expected utf-8, utf-16le, utf-16be, windows-1251, kz-1048, cp866 or koi8-r as encoding, found \"{found}\""
    )]
    Encoding { found: String },
    #[error("expected a comma, a semicolon or a tab as separator, found {found:?}")]
    Separator { found: char },
    #[error("expected one separator in line {line}, found two equally often")]
    TwoSeparators { line: u64 },
    #[error("expected CSV or a workbook (.xlsx), found {found}")]
    OtherKind { found: FileKind },
    #[error("expected a file, found a folder, a device or a pipe")]
    NotAFile,
    #[error("line {line}: {fault}")]
    Quote { line: u64, fault: QuoteFault },
    #[error(
        "expected each row and each cell of the sheet once and in order, found {what} again behind row {before}"
    )]
    Repeated { what: Phrase, before: u64 },
    #[error("expected a column with figures in the mapping, found none")]
    NoFigures,
    #[error("expected a workbook (.xlsx): {reason}")]
    Workbook { reason: Phrase },
    #[error("expected a workbook of at most {expected} bytes unpacked, found more")]
    Unpacked { expected: u64 },
    #[error("expected a sheet of this workbook ({expected}), found {found}")]
    Sheet { expected: String, found: String },
    #[error("expected a table, found {found} merged areas")]
    Merged { found: usize },
    #[error("expected a table that can be read to its end, found one that its reader stopped at")]
    ReaderStopped,
    #[error(
        "expected a row with {expected} in {column}, the contest of the mapping, found none (there are: {found})"
    )]
    NoContest { column: Phrase, expected: String, found: Phrase },
    #[error("cannot be read as CSV: {0}")]
    Csv(#[from] csv::Error),
    #[error("{field}: expected a column of the table ({expected}), found \"{found}\"")]
    NoColumn { field: String, expected: String, found: String },
    #[error("{field}: expected one column, found {found} with the name \"{name}\"")]
    TwoColumns { field: String, name: String, found: usize },
}

impl InputTableFault {
    /// The exit code of a command that stops for it: 2 where the file could not be read, 1 where what was asked of it does
    /// not fit it.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NoColumn { .. } | Self::TwoColumns { .. } | Self::NoFigures | Self::Sheet { .. } => 1,
            Self::Encoding { .. } | Self::Separator { .. } | Self::NoContest { .. } => 1,
            _ => 2,
        }
    }

    /// How to mend it, in one line.
    #[must_use]
    pub fn hint(&self) -> Option<Phrase> {
        Some(match self {
            Self::Utf8 { likely: Some(page), .. } => phrase!(
                "hint-table-encoding-likely",
                "save it as \"CSV UTF-8\", or name the encoding that it seems to have: --encoding {page}"
            ),
            Self::Utf8 { likely: None, .. } => phrase!(
                "hint-table-encoding",
                "save it as \"CSV UTF-8\", or name the encoding it has: windows-1251, kz-1048, cp866 or koi8-r"
            ),
            Self::Utf16 | Self::CodePage { .. } => phrase!("hint-table-utf8", "save it as \"CSV UTF-8\""),
            Self::ZeroBytes => phrase!(
                "hint-table-utf16",
                "save it as \"CSV UTF-8\", or name its encoding: --encoding utf-16le"
            ),
            Self::Kazakh { .. } => {
                phrase!("hint-table-kazakh", "name it: --encoding kz-1048; or save it as \"CSV UTF-8\"")
            }
            Self::OtherKind { found } => found.hint(),
            Self::Quote { .. } => {
                phrase!("hint-table-quote", "close the quotation mark; a mark inside a text is written twice")
            }
            Self::Repeated { .. } | Self::Workbook { .. } | Self::ReaderStopped => phrase!(
                "hint-table-save-again",
                "open it in a spreadsheet program, look at it, and save it again as .xlsx or as \"CSV UTF-8\""
            ),
            Self::TwoSeparators { .. } => {
                phrase!("hint-table-separator", "say which it is: separator = \";\" in [file] of the mapping")
            }
            Self::NoHeader { .. } => phrase!(
                "hint-table-header",
                "say in which line the header stands: header = 3 in [file] of the mapping"
            ),
            Self::Sheet { .. } => phrase!("hint-table-sheet", "name one with --sheet"),
            Self::NoContest { .. } => {
                phrase!("hint-table-contest", "write the value under [contest] as it stands in the column")
            }
            Self::TwoColumns { .. } => phrase!("hint-table-letter", "name it by its letter, as #B"),
            _ => return None,
        })
    }
}
