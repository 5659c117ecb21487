//! Where a published report file leaves what the ledger gives.
//!
//! Contains the files that are missing or too many, the first cell, member, pointer or byte that differs. Elsewhere:
//! what that means for the verdict (`checks`).

use phrase::{Argument, phrase};

use std::{
    collections::BTreeSet,
    io::{Cursor, Read as _},
};

use serde_json::Value;

use publication::{
    REPORT_FOLDER, ReportFile,
    delimited::{BYTE_ORDER_MARK, CsvFlavour},
};

use crate::{
    found_message::{FoundMessage, quote},
    source::published::Snapshot,
};

/// Characters of a value that are shown.
const SHOWN_MAX: usize = 80;

/// Members of a workbook that are looked at; ours has eight.
const MEMBERS_MAX: usize = 16;

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// What is wrong with the report files of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReportFileDifference {
    Missing { name: String },
    Extra { name: String },
    Cell { name: String, row: usize, column: String, expected: String, found: String },
    Width { name: String, row: usize, expected: usize, found: usize },
    Rows { name: String, expected: usize, found: usize },
    Pointer { name: String, pointer: String, expected: Argument, found: Argument },
    Members { name: String, expected: Vec<String>, found: Vec<String> },
    Member { name: String, member: String, at: usize },
    NoWorkbook { name: String, found: String },
    Container { name: String, at: usize },
    Byte { name: String, at: usize },
    Unlisted { name: String, at: usize },
}

impl ReportFileDifference {
    /// The file.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Missing { name }
            | Self::Extra { name }
            | Self::Cell { name, .. }
            | Self::Width { name, .. }
            | Self::Rows { name, .. }
            | Self::Pointer { name, .. }
            | Self::Members { name, .. }
            | Self::Member { name, .. }
            | Self::NoWorkbook { name, .. }
            | Self::Container { name, .. }
            | Self::Byte { name, .. }
            | Self::Unlisted { name, .. } => name,
        }
    }

    /// What a finding says of it.
    pub(crate) fn message(&self) -> FoundMessage {
        match self {
            Self::Missing { name } => FoundMessage::expected(quote(name), phrase!("found-none", "none")),
            Self::Extra { name } => FoundMessage::expected(
                phrase!("found-only-report-files-of-this-version", "only report files of this version"),
                quote(format_args!("{name:?}")),
            ),
            Self::Cell { name, row, column, expected, found } => {
                FoundMessage::expected(quote(format_args!("{expected:?}")), quote(format_args!("{found:?}")))
                    .with_subject(phrase!("found-row-column", "{name}, row {row}, column {column:?}"))
            }
            Self::Width { name, row, expected, found } => {
                FoundMessage::expected(phrase!("found-cells", "{expected} cells"), found)
                    .with_subject(phrase!("found-row", "{name}, row {row}"))
            }
            Self::Rows { name, expected, found } => {
                FoundMessage::expected(phrase!("found-rows", "{expected} rows"), found)
                    .with_subject(quote(name))
            }
            Self::Pointer { name, pointer, expected, found } => {
                FoundMessage::expected(expected, found).with_subject(quote(format_args!("{name}{pointer}")))
            }
            Self::Members { name, expected, found } => FoundMessage::expected(
                phrase!("found-the-members", "the members {expected:?}"),
                quote(format_args!("{found:?}")),
            )
            .with_subject(quote(name)),
            Self::Member { name, member, at } => FoundMessage::stated(phrase!(
                "found-member-expected-other-bytes-from-byte-on",
                "{name}, member {member:?}: expected other bytes from byte {at} on"
            )),
            Self::NoWorkbook { name, found } => FoundMessage::stated(phrase!(
                "found-expected-a-workbook-found",
                "{name}: expected a workbook, found: {found}"
            )),
            Self::Container { name, at } => FoundMessage::stated(phrase!(
                "found-the-same-members-with-the-same-contents-in-another",
                "{name}: the same members with the same contents, in another container from byte {at} on"
            )),
            Self::Byte { name, at } => FoundMessage::stated(phrase!(
                "found-expected-other-bytes-from-byte-on-for-the-same-content",
                "{name}: expected other bytes from byte {at} on, for the same content"
            )),
            Self::Unlisted { name, at } => FoundMessage::expected(
                phrase!("found-other-bytes-from-byte-on", "other bytes from byte {at} on"),
                phrase!(
                    "found-a-file-that-no-announced-manifest-lists-so",
                    "a file that no announced manifest lists so"
                ),
            )
            .with_subject(quote(name)),
        }
    }

    /// Whether the content is the same and only its wrapping is not: for people to look at.
    pub(crate) fn is_wrapping(&self) -> bool {
        matches!(self, Self::Container { .. })
    }
}

/// Every difference between the files that the ledger gives and those that were published.
pub(crate) fn list_file_differences(
    expected: &[ReportFile],
    snapshot: &Snapshot<'_>,
) -> Vec<ReportFileDifference> {
    let mut differences = Vec::new();
    for (name, bytes) in expected {
        match snapshot.files.get(name.as_str()) {
            None => differences.push(ReportFileDifference::Missing { name: name.clone() }),
            Some(found) => {
                let Some(at) = found.find_difference(bytes) else { continue };
                differences.push(match snapshot.of_office(name) {
                    Some(found) => find_difference(name, bytes, &found),
                    None => ReportFileDifference::Unlisted { name: name.clone(), at },
                });
            }
        }
    }
    let known: BTreeSet<&str> = expected.iter().map(|(name, _)| name.as_str()).collect();
    for name in snapshot.files.keys().filter(|name| name.starts_with(REPORT_FOLDER)) {
        if !known.contains(name) {
            differences.push(ReportFileDifference::Extra { name: bound_value(name) });
        }
    }
    differences
}

/// Whether a workbook has other parts than the one that the ledger gives; not where it does not read at all.
pub(crate) fn differs_in_parts(name: &str, expected: &[u8], found: &[u8]) -> bool {
    let difference = compare_workbooks(name, expected, found);
    matches!(difference, ReportFileDifference::Members { .. } | ReportFileDifference::Member { .. })
}

pub(crate) fn find_difference(name: &str, expected: &[u8], found: &[u8]) -> ReportFileDifference {
    let told = match name.rsplit_once('.') {
        Some((_, "csv")) => compare_tables(name, expected, found),
        Some((_, "json")) => compare_json(name, expected, found),
        Some((_, "xlsx")) => Some(compare_workbooks(name, expected, found)),
        Some(_) | None => None,
    };
    told.unwrap_or_else(|| ReportFileDifference::Byte {
        name: name.to_owned(),
        at: first_byte(expected, found),
    })
}

/// The first byte that differs, or the end of the shorter one.
fn first_byte(expected: &[u8], found: &[u8]) -> usize {
    expected.iter().zip(found).take_while(|(a, b)| a == b).count()
}

/// The first cell that differs, in rows counted from 1 for the header.
fn compare_tables(name: &str, expected: &[u8], found: &[u8]) -> Option<ReportFileDifference> {
    let header = read_rows(name, expected).next()?;
    let (mut ours, mut theirs) = (read_rows(name, expected), read_rows(name, found));
    let (mut expected, mut found) = (0, 0);
    // Row beside row: what was published is never held as a whole.
    loop {
        let (a, b) = (ours.next(), theirs.next());
        expected += usize::from(a.is_some());
        found += usize::from(b.is_some());
        let (Some(a), Some(b)) = (a, b) else { break };
        let differs = a.iter().zip(&b).enumerate().find(|(_, (a, b))| a != b);
        if let Some((place, (ours, theirs))) = differs {
            let column = header.get(place).map(print_cell).unwrap_or_default();
            let (expected, theirs) = (print_cell(ours), print_cell(theirs));
            return Some(ReportFileDifference::Cell {
                name: name.to_owned(),
                row: found,
                column,
                expected,
                found: theirs,
            });
        }
        if a.len() != b.len() {
            let (name, row) = (name.to_owned(), found);
            return Some(ReportFileDifference::Width { name, row, expected: a.len(), found: b.len() });
        }
    }
    (expected, found) = (expected + ours.count(), found + theirs.count());
    (expected != found).then(|| ReportFileDifference::Rows { name: name.to_owned(), expected, found })
}

fn print_cell(bytes: &[u8]) -> String {
    bound_value(String::from_utf8_lossy(bytes))
}

fn read_rows(name: &str, bytes: &[u8]) -> impl Iterator<Item = csv::ByteRecord> {
    let flavour = CsvFlavour::of_file(name);
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let reader = csv::ReaderBuilder::new()
        .delimiter(flavour.delimiter())
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    reader.into_byte_records().map_while(Result::ok)
}

/// The first value that differs, by its JSON pointer (RFC 6901).
fn compare_json(name: &str, expected: &[u8], found: &[u8]) -> Option<ReportFileDifference> {
    let expected: Value = serde_json::from_slice(expected).ok()?;
    let found: Value = serde_json::from_slice(found).ok()?;
    let (pointer, expected, found) = compare_values(String::new(), Some(&expected), Some(&found))?;
    Some(ReportFileDifference::Pointer {
        name: name.to_owned(),
        pointer: bound_value(pointer),
        expected,
        found,
    })
}

fn compare_values(
    at: String,
    expected: Option<&Value>,
    found: Option<&Value>,
) -> Option<(String, Argument, Argument)> {
    if expected == found {
        return None;
    }
    match (expected, found) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            let keys = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key)));
            keys.filter_map(|key| {
                compare_values(format!("{at}/{}", escape_pointer(key)), a.get(key), b.get(key))
            })
            .next()
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            let places = 0..a.len().max(b.len());
            places
                .filter_map(|place| compare_values(format!("{at}/{place}"), a.get(place), b.get(place)))
                .next()
        }
        (expected, found) => Some((at, print_json(expected), print_json(found))),
    }
}

fn escape_pointer(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn print_json(value: Option<&Value>) -> Argument {
    value.map_or_else(
        || Argument::of_phrase(phrase!("law-nothing", "nothing")),
        |value| quote(bound_value(value.to_string().escape_debug())),
    )
}

/// Members and their contents; the container alone comes last.
fn compare_workbooks(name: &str, expected: &[u8], found: &[u8]) -> ReportFileDifference {
    let compared =
        open_archive(expected).and_then(|expected| compare_members(name, expected, open_archive(found)?));
    match compared {
        Ok(Some(difference)) => difference,
        Ok(None) => {
            ReportFileDifference::Container { name: name.to_owned(), at: first_byte(expected, found) }
        }
        Err(error) => {
            let found = bound_value(error.to_string().escape_debug());
            ReportFileDifference::NoWorkbook { name: name.to_owned(), found }
        }
    }
}

/// The first member that differs. Of what was published no more is read than the expected member is long: the directory
/// of a container may claim anything.
fn compare_members(
    name: &str,
    mut expected: Archive<'_>,
    mut found: Archive<'_>,
) -> zip::result::ZipResult<Option<ReportFileDifference>> {
    let names = |archive: &Archive<'_>| {
        archive.file_names_raw().take(MEMBERS_MAX).map(member_name).collect::<Vec<_>>()
    };
    let (ours, theirs) = (names(&expected), names(&found));
    if ours != theirs {
        return Ok(Some(ReportFileDifference::Members {
            name: name.to_owned(),
            expected: ours,
            found: theirs,
        }));
    }
    for (place, member) in ours.into_iter().enumerate() {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        expected.by_index(place)?.read_to_end(&mut a)?;
        found.by_index(place)?.take(a.len() as u64 + 1).read_to_end(&mut b)?;
        if a != b {
            let at = first_byte(&a, &b);
            return Ok(Some(ReportFileDifference::Member { name: name.to_owned(), member, at }));
        }
    }
    Ok(None)
}

fn open_archive(bytes: &[u8]) -> zip::result::ZipResult<Archive<'_>> {
    zip::ZipArchive::new(Cursor::new(bytes))
}

fn member_name(raw: &[u8]) -> String {
    bound_value(String::from_utf8_lossy(raw))
}

/// The beginning of a value: what was published may be long.
pub(crate) fn bound_value(value: impl ToString) -> String {
    value.to_string().chars().take(SHOWN_MAX).collect()
}
