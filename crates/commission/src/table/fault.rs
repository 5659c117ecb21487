//! Why a table is not read at all, or has no such column.

use std::io;

use super::cells::COLUMNS_MAX;

/// Why a table is not read at all, or has no such column.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the words say it")]
pub enum InputTableFault {
    #[error("cannot be read: {error}")]
    Read { error: io::Error },
    #[error("expected at most {expected} bytes, found {found}")]
    TooLarge { expected: u64, found: u64 },
    #[error("expected at most {expected} rows, found more")]
    TooManyRows { expected: u64 },
    #[error("expected at most {COLUMNS_MAX} columns, found {found}")]
    TooManyColumns { found: usize },
    #[error("expected a header in line {line}, found nothing there")]
    NoHeader { line: u64 },
    #[error("expected UTF-8, found the byte {byte:#04x} in line {line}")]
    Utf8 { line: usize, byte: u8 },
    #[error("expected UTF-8, found UTF-16")]
    Utf16,
    #[error("expected Windows-1251, found a byte that it gives no character")]
    Windows1251,
    #[error("expected utf-8 or windows-1251 as encoding, found \"{found}\"")]
    Encoding { found: String },
    #[error("expected a comma, a semicolon or a tab as separator, found {found:?}")]
    Separator { found: char },
    #[error("expected one separator in line {line}, found two equally often")]
    TwoSeparators { line: u64 },
    #[error("expected CSV or a workbook (.xlsx), found a workbook of the old kind (.xls)")]
    OldWorkbook,
    #[error("expected CSV or a workbook (.xlsx), found a packed file")]
    Packed,
    #[error("expected a workbook (.xlsx): {reason}")]
    Workbook { reason: String },
    #[error("expected a workbook of at most {expected} bytes unpacked, found more")]
    Unpacked { expected: u64 },
    #[error("expected a sheet of this workbook ({expected}), found {found}")]
    Sheet { expected: String, found: String },
    #[error("expected a table, found {found} merged areas")]
    Merged { found: usize },
    #[error("cannot be read as CSV: {0}")]
    Csv(#[from] csv::Error),
    #[error("{field}: expected a column of the table ({expected}), found \"{found}\"")]
    NoColumn { field: String, expected: String, found: String },
    #[error("{field}: expected one column, found {found} with the name \"{name}\"")]
    TwoColumns { field: String, name: String, found: usize },
}

impl InputTableFault {
    /// The exit code of a command that stops for it: 2 where the file could not be read, else 1.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Read { .. } => 2,
            _ => 1,
        }
    }

    /// How to mend it, in one line.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Utf8 { .. } => {
                "save it as \"CSV UTF-8\", or name the encoding it has: --encoding windows-1251"
            }
            Self::Utf16 => "save it as \"CSV UTF-8\"",
            Self::OldWorkbook => "save it as .xlsx or as \"CSV UTF-8\"",
            Self::Packed => "unpack it first",
            Self::TwoSeparators { .. } => "say which it is: separator = \";\" in [file] of the mapping",
            Self::NoHeader { .. } => {
                "say in which line the header stands: header = 3 in [file] of the mapping"
            }
            Self::Sheet { .. } => "name one with --sheet",
            Self::TwoColumns { .. } => "name it by its letter, as #B",
            _ => return None,
        };
        Some(hint.to_owned())
    }
}
