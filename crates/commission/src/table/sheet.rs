//! What a sheet of a workbook says beside its values: hidden rows and columns, cells in per cent, and references that no
//! cell can have or that stand twice. It is looked at before the values are read.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Read as _},
};

use phrase::{Phrase, phrase};

use super::{cells::CELLS_MAX, container::WorkbookZip, fault::InputTableFault};

/// The last row and column that a workbook has.
const LAST: (u64, u64) = (1_048_576, 16_384);
/// A tag, a comment or the text between two tags has at most so many bytes.
const TAG_BYTES_MAX: usize = 1 << 20;
/// A part of styles or names has at most so many bytes.
const PART_BYTES_MAX: u64 = 16 << 20;

/// What a sheet says beside its values.
#[derive(Debug, Default)]
pub(super) struct SheetMarks {
    /// Rows that are hidden.
    pub(super) hidden_rows: Vec<u64>,
    /// Whether columns are hidden.
    pub(super) hidden_columns: bool,
    /// Row and column, from 1, of cells whose number is shown in per cent.
    pub(super) percent: BTreeSet<(u64, u64)>,
}

/// Looks through the sheet at this place of the workbook; nothing where its part is not found as programs write it.
pub(super) fn scan_sheet(
    archive: &mut WorkbookZip<'_>,
    place: usize,
) -> Result<Option<SheetMarks>, InputTableFault> {
    let Some(part) = part_of_sheet(archive, place)? else { return Ok(None) };
    let percent = percent_styles(archive)?;
    let Ok(file) = archive.by_name(&part) else { return Ok(None) };
    let mut tags = TagReader::new(BufReader::new(file));
    let mut scan = SheetScan { percent, ..SheetScan::default() };
    while let Some(tag) = tags.next_tag()? {
        scan.read_tag(&tag)?;
        if scan.marks.percent.len() > CELLS_MAX {
            let reason = phrase!("workbook-too-many-percent", "more than {CELLS_MAX} cells in per cent");
            return Err(InputTableFault::Workbook { reason });
        }
    }
    Ok(Some(scan.marks))
}

#[derive(Default)]
struct SheetScan {
    marks: SheetMarks,
    /// Rows are hidden where they say no height of their own.
    flat: bool,
    percent: Vec<bool>,
    row: u64,
    column: u64,
    /// Values in the cell that is open, which has one.
    values: Option<u64>,
    /// Whether the rows of the sheet have begun.
    begun: bool,
}

impl SheetScan {
    /// What a spreadsheet program and a reader of values may take differently: then one of them shows what the other does not.
    fn require_one_reading(&mut self, tag: &Tag) -> Result<(), InputTableFault> {
        let refused = |reason| Err(InputTableFault::Workbook { reason });
        if self.values.is_some() && tag.behind_other {
            return refused(phrase!(
                "workbook-comment-in-a-cell",
                "a comment inside a cell of row {row}",
                row = self.row
            ));
        }
        match tag.name.as_str() {
            "sheetData" if std::mem::replace(&mut self.begun, true) => {
                return refused(phrase!("workbook-two-lists-of-rows", "two lists of rows in one sheet"));
            }
            "c" => self.values = (!tag.closed).then_some(0),
            "/c" => self.values = None,
            "v" | "is" => {
                let before = self.values.as_mut().map(|values| std::mem::replace(values, 1));
                if before == Some(1) {
                    return refused(phrase!(
                        "workbook-two-values-in-a-cell",
                        "a cell with two values in row {row}",
                        row = self.row
                    ));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_tag(&mut self, tag: &Tag) -> Result<(), InputTableFault> {
        self.require_one_reading(tag)?;
        // A row without height or a column without width is as hidden as one that says so.
        let flat = |name: &str| {
            tag.attribute(name).and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size <= 0.0)
        };
        let says = |name: &str| matches!(tag.attribute(name).as_deref(), Some("1" | "true"));
        let hidden = || says("hidden") || flat("ht") || flat("width");
        match tag.name.as_str() {
            "sheetFormatPr" => {
                self.flat = says("zeroHeight") || flat("defaultRowHeight");
                self.marks.hidden_columns |= flat("defaultColWidth");
            }
            "row" => {
                let before = self.row;
                self.row = match tag.attribute("r") {
                    None => before + 1,
                    Some(text) => row_number(&text)
                        .ok_or_else(|| impossible(phrase!("workbook-a-row", "row"), &text))?,
                };
                self.column = 0;
                if self.row <= before {
                    return Err(InputTableFault::Repeated {
                        what: phrase!("workbook-row", "row {row}", row = self.row),
                        before,
                    });
                }
                let by_default =
                    self.flat && ["ht", "hidden"].iter().all(|name| tag.attribute(name).is_none());
                if hidden() || by_default {
                    self.marks.hidden_rows.push(self.row);
                }
            }
            "c" => self.read_cell(tag)?,
            "col" => self.marks.hidden_columns |= hidden(),
            "mergeCell" | "dimension" => {
                let area = tag.attribute("ref").unwrap_or_default();
                if !area.is_empty() && !area.split(':').all(|cell| place_of_cell(cell).is_some()) {
                    return Err(impossible(phrase!("workbook-an-area", "area"), &area));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_cell(&mut self, tag: &Tag) -> Result<(), InputTableFault> {
        let before = self.column;
        self.column = match tag.attribute("r") {
            None => before + 1,
            Some(text) => match place_of_cell(&text) {
                Some((row, column)) if row == self.row => column,
                Some(_) => {
                    return Err(InputTableFault::Workbook {
                        reason: phrase!(
                            "workbook-cell-in-another-row",
                            "the cell {text} stands in row {row}",
                            row = self.row
                        ),
                    });
                }
                None => return Err(impossible(phrase!("workbook-a-cell", "cell"), &text)),
            },
        };
        if self.column <= before {
            let what = tag.attribute("r").unwrap_or_default();
            return Err(InputTableFault::Repeated {
                what: phrase!("workbook-cell", "cell {what}"),
                before: self.row,
            });
        }
        let style = tag.attribute("s").and_then(|style| style.parse::<usize>().ok());
        if style.is_some_and(|style| self.percent.get(style) == Some(&true)) {
            self.marks.percent.insert((self.row, self.column));
        }
        Ok(())
    }
}

fn impossible(what: Phrase, found: &str) -> InputTableFault {
    let found: String = found.chars().take(40).collect();
    InputTableFault::Workbook {
        reason: phrase!(
            "workbook-impossible-place",
            "no sheet has the {what} \"{found}\"",
            found = crate::invisible::show_invisible(&found)
        ),
    }
}

fn row_number(digits: &str) -> Option<u64> {
    let plain = digits.len() <= 7 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|row| plain && (1..=LAST.0).contains(row))
}

/// `B3` is row 3 and column 2.
fn place_of_cell(reference: &str) -> Option<(u64, u64)> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = reference.split_at_checked(letters).filter(|_| (1..=3).contains(&letters))?;
    let place = |place: u64, byte: u8| place * 26 + u64::from(byte.to_ascii_uppercase() - b'A') + 1;
    let column = letters.bytes().fold(0, place);
    Some((row_number(digits)?, column)).filter(|_| column <= LAST.1)
}

/// The name of the part that holds the sheet at a place, by the workbook's own links.
fn part_of_sheet(archive: &mut WorkbookZip<'_>, place: usize) -> Result<Option<String>, InputTableFault> {
    let sheets = read_tags(archive, "xl/workbook.xml", "sheet")?;
    let links = read_tags(archive, "xl/_rels/workbook.xml.rels", "Relationship")?;
    let target = sheets.get(place).and_then(|sheet| sheet.linked("id")).and_then(|id| {
        let link = links.iter().find(|link| link.attribute("Id").as_deref() == Some(&id))?;
        link.attribute("Target")
    });
    let Some(target) = target else { return Ok(None) };
    let target = target.trim_start_matches('/');
    let part = if target.starts_with("xl/") { target.to_owned() } else { format!("xl/{target}") };
    let mut names = archive.file_names().filter_map(|name| name.ok().map(|name| name.into_owned()));
    Ok(names.find(|name| name.eq_ignore_ascii_case(&part)))
}

/// Which styles of cells show per cent, in their order.
fn percent_styles(archive: &mut WorkbookZip<'_>) -> Result<Vec<bool>, InputTableFault> {
    let formats: BTreeSet<String> = read_tags(archive, "xl/styles.xml", "numFmt")?
        .iter()
        .filter(|format| format.attribute("formatCode").is_some_and(|code| code.contains('%')))
        .filter_map(|format| format.attribute("numFmtId"))
        .collect();
    let mut styles = Vec::new();
    let mut within = false;
    for tag in read_tags(archive, "xl/styles.xml", "")? {
        match tag.name.as_str() {
            "cellXfs" => within = true,
            "/cellXfs" => within = false,
            "xf" if within => {
                let format = tag.attribute("numFmtId").unwrap_or_default();
                styles.push(matches!(format.as_str(), "9" | "10") || formats.contains(&format));
            }
            _ => {}
        }
    }
    Ok(styles)
}

/// Every tag of this name in a part, or every tag at all.
fn read_tags(archive: &mut WorkbookZip<'_>, part: &str, wanted: &str) -> Result<Vec<Tag>, InputTableFault> {
    let Ok(file) = archive.by_name(part) else { return Ok(Vec::new()) };
    let mut tags = TagReader::new(BufReader::new(file.take(PART_BYTES_MAX)));
    let mut found = Vec::new();
    while let Some(tag) = tags.next_tag()? {
        if wanted.is_empty() || tag.name == wanted {
            found.push(tag);
        }
    }
    Ok(found)
}

/// A tag of XML: its name without a prefix (behind a slash where it closes), and its attributes as they stand.
pub(super) struct Tag {
    pub(super) name: String,
    attributes: String,
    /// Whether it closes itself.
    pub(super) closed: bool,
    /// Whether a comment or the like stands between the tag before and this one.
    pub(super) behind_other: bool,
}

impl Tag {
    fn attribute(&self, wanted: &str) -> Option<String> {
        self.pairs().into_iter().find(|(name, _)| name == wanted).map(|(_, value)| value)
    }

    /// An attribute of another namespace, as `r:id`.
    fn linked(&self, wanted: &str) -> Option<String> {
        let fits = |name: &str| name.split_once(':').is_some_and(|(_, local)| local == wanted);
        self.pairs().into_iter().find(|(name, _)| fits(name)).map(|(_, value)| value)
    }

    fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut rest = self.attributes.as_str();
        while let Some((name, behind)) = rest.split_once('=') {
            let behind = behind.trim_start();
            let Some(mark) = behind.chars().next().filter(|c| matches!(c, '"' | '\'')) else { break };
            let Some((value, behind)) = behind.get(1..).and_then(|value| value.split_once(mark)) else {
                break;
            };
            pairs.push((name.trim().to_owned(), value.to_owned()));
            rest = behind;
        }
        pairs
    }
}

/// The tags of a part, one after the other.
pub(super) struct TagReader<R> {
    reader: R,
    chunk: Vec<u8>,
}

impl<R: BufRead> TagReader<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, chunk: Vec::new() }
    }

    /// The next tag; nothing at the end, or where the part cannot be read on (which reading its values says).
    pub(super) fn next_tag(&mut self) -> Result<Option<Tag>, InputTableFault> {
        let mut behind_other = false;
        loop {
            self.chunk.clear();
            let mut scan: Option<TagScan> = None;
            loop {
                let left = (TAG_BYTES_MAX + 1).saturating_sub(self.chunk.len());
                let read = self.reader.by_ref().take(left as u64).read_until(b'>', &mut self.chunk);
                if read.is_err() || read.is_ok_and(|bytes| bytes == 0) {
                    return Ok(None);
                }
                if self.chunk.len() > TAG_BYTES_MAX {
                    return Err(InputTableFault::Workbook {
                        reason: phrase!(
                            "workbook-long-tag",
                            "a tag, a comment or a text of more than {TAG_BYTES_MAX} bytes"
                        ),
                    });
                }
                if scan.is_none() {
                    let start = self.chunk.iter().position(|byte| *byte == b'<');
                    scan = start.map(|start| TagScan { start, scanned: start, mark: None });
                }
                let Some(scan) = &mut scan else { break };
                if scan.is_whole(&self.chunk) {
                    break;
                }
            }
            let inner =
                scan.and_then(|scan| self.chunk.get(scan.start + 1..self.chunk.len().saturating_sub(1)));
            match inner {
                Some(inner) if inner.starts_with(b"!") || inner.starts_with(b"?") => behind_other = true,
                Some(inner) => {
                    return Ok(Some(Tag { behind_other, ..read_tag(&String::from_utf8_lossy(inner)) }));
                }
                None => {}
            }
        }
    }
}

/// How far a tag was looked through: no byte is looked at twice, however many signs stand in its attributes.
struct TagScan {
    start: usize,
    scanned: usize,
    /// The quotation mark that is open.
    mark: Option<u8>,
}

impl TagScan {
    /// Whether the last sign ends the tag, and does not stand in a comment or in an attribute.
    fn is_whole(&mut self, chunk: &[u8]) -> bool {
        let tag = chunk.get(self.start..).unwrap_or_default();
        if tag.starts_with(b"<!--") {
            return tag.len() >= 7 && tag.ends_with(b"-->");
        }
        if tag.starts_with(b"<![CDATA[") {
            return tag.ends_with(b"]]>");
        }
        for byte in chunk.get(self.scanned..).unwrap_or_default() {
            match (self.mark, byte) {
                (None, b'"' | b'\'') => self.mark = Some(*byte),
                (Some(own), byte) if own == *byte => self.mark = None,
                _ => {}
            }
        }
        self.scanned = chunk.len();
        self.mark.is_none()
    }
}

fn read_tag(inner: &str) -> Tag {
    let closed = inner.ends_with('/');
    let inner = inner.trim_end_matches('/');
    let (name, attributes) = inner.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inner, ""));
    let (slash, name) = name.strip_prefix('/').map_or(("", name), |name| ("/", name));
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    Tag { name: format!("{slash}{local}"), attributes: attributes.to_owned(), closed, behind_other: false }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_past_comments_and_signs_in_attributes() {
        let text = b"<?xml?><!-- <row r=\"9\"> --><x:row r=\"1\" hidden='1'/><c t=\"a>b\" r=\"B1\">3 > 2</c>";
        let mut tags = TagReader::new(text.as_slice());
        let read: Vec<(String, Option<String>)> = std::iter::from_fn(|| tags.next_tag().unwrap())
            .map(|tag| (tag.name.clone(), tag.attribute("r")))
            .collect();
        let names: Vec<&str> = read.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["row", "c", "/c"]);
        assert_eq!(read[1].1.as_deref(), Some("B1"));
    }

    #[test]
    fn what_has_no_height_or_no_width_is_hidden_too() {
        let marks = |text: &str| {
            let (mut tags, marks) = (TagReader::new(text.as_bytes()), SheetMarks::default());
            let mut scan = SheetScan { marks, ..SheetScan::default() };
            while let Some(tag) = tags.next_tag().unwrap() {
                scan.read_tag(&tag).unwrap();
            }
            (scan.marks.hidden_rows, scan.marks.hidden_columns)
        };
        let rows = "<row r='2' ht='0.0'/><row r='3' ht='15'/><row r='4' hidden='true'/><row r='5'/>";
        assert_eq!(marks(&format!("<cols><col width='0'/></cols>{rows}")), (vec![2, 4], true));
        // A sheet whose rows are hidden unless they say otherwise.
        for default in ["zeroHeight='1'", "zeroHeight='true'", "defaultRowHeight='0'"] {
            let sheet = format!("<sheetFormatPr {default}/>{rows}<row r='6' hidden='0'/>");
            assert_eq!(marks(&sheet), (vec![2, 4, 5], false), "{default}");
        }
        assert_eq!(marks("<sheetFormatPr defaultColWidth='0'/><row r='1'/>"), (vec![], true));
    }

    #[test]
    fn what_two_readers_may_take_differently_is_refused() {
        let read = |cells: &str| {
            let text = format!("<sheetData><row r='1'>{cells}</row></sheetData>");
            let (mut tags, mut scan) = (TagReader::new(text.as_bytes()), SheetScan::default());
            while let Some(tag) = tags.next_tag()? {
                scan.read_tag(&tag)?;
            }
            Ok::<(), InputTableFault>(())
        };
        for one in [
            "<c r='A1'><v>9</v></c><!-- between --><c r='B1'/><c r='C1'><v>1</v></c>",
            "<c r='A1' t='str'><f>1</f><v>9</v></c><c r='B1' t='inlineStr'><is><t>a</t></is></c>",
            "<c r='A1'/><c r='B1'></c>",
        ] {
            assert!(read(one).is_ok(), "{one}");
        }
        for two in [
            "<c r='A1'><v>900</v><v>800</v></c>",
            "<c r='A1' t='inlineStr'><is><t>7</t></is><v>900</v></c>",
            "<c r='A1'><v>9<!-- x -->00</v></c>",
            "<c r='A1'><v><![CDATA[900]]></v></c>",
            "<c r='A1'><v>9<?x?>00</v></c>",
            "</row></sheetData><sheetData><row r='2'><c r='A2'><v>1</v></c>",
        ] {
            assert!(matches!(read(two), Err(InputTableFault::Workbook { .. })), "{two}");
        }
    }

    #[test]
    fn a_tag_without_an_end_is_bounded_and_looked_through_once() {
        let signs = [b"<row r=\"".to_vec(), vec![b'>'; TAG_BYTES_MAX + 9]].concat();
        let text = [b"<row/>".to_vec(), vec![b'x'; TAG_BYTES_MAX + 9]].concat();
        for (bytes, tags_before) in [(signs, 0), (text, 1)] {
            let mut tags = TagReader::new(bytes.as_slice());
            for _ in 0..tags_before {
                assert!(tags.next_tag().unwrap().is_some());
            }
            assert!(matches!(tags.next_tag(), Err(InputTableFault::Workbook { .. })));
        }
    }

    #[test]
    fn a_reference_is_within_a_sheet() {
        assert_eq!(place_of_cell("AA10"), Some((10, 27)));
        assert_eq!(place_of_cell("XFD1048576"), Some(LAST));
        for bad in ["", "A", "1", "A0", "XFE1", "AAAA1", "A1048577", "A99999999999", "A+1", "$A$1"] {
            assert_eq!(place_of_cell(bad), None, "{bad}");
        }
    }
}
