//! Files that are no table: what each is, by its first bytes or by the names in it, and how to get a table out of it.

use std::fmt;

use phrase::{Phrase, phrase};

/// A file of a kind that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileKind {
    /// A workbook of the old binary kind.
    OldWorkbook,
    /// A workbook that a password locks.
    LockedWorkbook,
    /// A workbook of the binary kind of later years.
    BinaryWorkbook,
    /// An OpenDocument spreadsheet.
    OpenDocument,
    /// A text document of an office program.
    Document,
    /// A zip, with the name of one file in it.
    Zip {
        /// That name.
        holds: String,
    },
    /// A compressed file.
    Packed,
    /// A page of HTML or another XML, whatever its name says.
    Html,
    /// A PDF.
    Pdf,
    /// A picture.
    Picture,
    /// RTF.
    RichText,
}

impl FileKind {
    /// The kind of a file by what it begins with; nothing for what may be a table.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let text = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes).trim_ascii_start();
        Some(match bytes {
            [0xD0, 0xCF, 0x11, 0xE0, ..] if is_locked(bytes) => Self::LockedWorkbook,
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Self::OldWorkbook,
            // A bare stream of records, before there were containers.
            [0x09, 0x00 | 0x02 | 0x04 | 0x08, _, 0x00, ..] => Self::OldWorkbook,
            [0x1F, 0x8B, ..] | [b'7', b'z', 0xBC, 0xAF, ..] | [b'R', b'a', b'r', b'!', ..] => Self::Packed,
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0xFD, b'7', b'z', b'X', b'Z', ..] | [b'B', b'Z', b'h', ..] => {
                Self::Packed
            }
            [b'%', b'P', b'D', b'F', b'-', ..] => Self::Pdf,
            [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'I', b'I', b'*', 0, ..] => {
                Self::Picture
            }
            _ if text.starts_with(b"{\\rtf") => Self::RichText,
            _ if begins_markup(text) => Self::Html,
            _ => return None,
        })
    }

    /// The kind of a zip by the names in it; nothing for what may be a workbook.
    pub(super) fn of_names(names: &[String]) -> Option<Self> {
        let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
        if has("xl/workbook.bin") {
            return Some(Self::BinaryWorkbook);
        }
        if has("word/document.xml") {
            return Some(Self::Document);
        }
        if has("[Content_Types].xml") || has("xl/workbook.xml") {
            return None;
        }
        if has("mimetype") && has("content.xml") {
            return Some(Self::OpenDocument);
        }
        names.first().map(|name| Self::Zip { holds: name.clone() })
    }

    /// How to get a table out of it.
    pub(super) fn hint(&self) -> Phrase {
        match self {
            Self::LockedWorkbook => phrase!(
                "hint-table-locked",
                "open it with its password and save a copy without one, as .xlsx or as \"CSV UTF-8\""
            ),
            Self::OldWorkbook | Self::BinaryWorkbook | Self::OpenDocument | Self::Html => {
                phrase!(
                    "hint-table-save",
                    "open it in a spreadsheet program and save it as .xlsx or as \"CSV UTF-8\""
                )
            }
            Self::Zip { .. } | Self::Packed => phrase!("hint-table-unpack", "unpack it first"),
            Self::Document | Self::Pdf | Self::Picture | Self::RichText => {
                phrase!(
                    "hint-table-copy",
                    "copy its table into a spreadsheet, read it over, and save it as \"CSV UTF-8\""
                )
            }
        }
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OldWorkbook => f.write_str("a workbook of the old kind (.xls)"),
            Self::LockedWorkbook => f.write_str("a workbook that a password locks, or a damaged one"),
            Self::BinaryWorkbook => f.write_str("a workbook of the binary kind (.xlsb)"),
            Self::OpenDocument => f.write_str("an OpenDocument file (.ods)"),
            Self::Document => f.write_str("a text document (.docx)"),
            Self::Zip { holds } => {
                write!(f, "a packed file (zip) with \"{}\" in it", crate::invisible::show_invisible(holds))
            }
            Self::Packed => f.write_str("a packed file"),
            Self::Html => f.write_str("a page of HTML or XML, whatever its name says"),
            Self::Pdf => f.write_str("a PDF"),
            Self::Picture => f.write_str("a picture"),
            Self::RichText => f.write_str("a text document (RTF)"),
        }
    }
}

/// A container of the old kind, longer than its header, in which a locked workbook lies and none of the old kind.
fn is_locked(bytes: &[u8]) -> bool {
    let old = || holds_utf16(bytes, "Workbook") || holds_utf16(bytes, "Book");
    holds_utf16(bytes, "EncryptedPackage") || (bytes.len() > 512 && !old())
}

/// The name of a stream in a container of the old kind, whose directory is UTF-16.
fn holds_utf16(bytes: &[u8], name: &str) -> bool {
    let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Whether markup begins here, and not a cell that begins with a less-than sign.
fn begins_markup(text: &[u8]) -> bool {
    let start: Vec<u8> = text.iter().take(16).map(u8::to_ascii_lowercase).collect();
    let known: [&[u8]; 9] =
        [b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<body", b"<!--", b"<style"];
    known.iter().any(|tag| start.starts_with(tag))
}
