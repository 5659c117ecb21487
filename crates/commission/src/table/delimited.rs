//! CSV of both flavours: RFC 4180 with commas, and that of spreadsheets with semicolons behind a byte-order mark.

use std::{borrow::Cow, io::Cursor, sync::Arc};

use super::{cells::TableOptions, fault::InputTableFault};

const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// A table of text: its header, what was found out about the file, and the records below the header.
pub(super) struct DelimitedTable {
    pub(super) header: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) records: CsvRecords,
}

/// Reads the header; the records are read on demand.
pub(super) fn read_csv(bytes: Vec<u8>, options: &TableOptions) -> Result<DelimitedTable, InputTableFault> {
    let mut notes = Vec::new();
    let bytes = decode_text(bytes, options.encoding.as_deref(), &mut notes)?;
    let line = options.header.unwrap_or(1);
    let separator = match options.separator {
        Some(separator) if SEPARATORS.contains(&separator) => separator,
        Some(found) => return Err(InputTableFault::Separator { found }),
        None => find_separator(&bytes, line)?,
    };
    notes.push(format!("separator {}", name_separator(separator)));
    let mut records = CsvRecords::new(bytes, separator);
    loop {
        let (at, record) = records.next_record()?.ok_or(InputTableFault::NoHeader { line })?;
        if at >= line {
            let header = record.iter().map(str::to_owned).collect();
            return Ok(DelimitedTable { header, notes, records });
        }
    }
}

/// CsvRecords, each with the line that it begins in.
pub(super) struct CsvRecords {
    bytes: Arc<[u8]>,
    records: csv::StringRecordsIntoIter<Cursor<Arc<[u8]>>>,
    /// What was counted up to here, and the line that it is in.
    counted: usize,
    line: u64,
}

impl CsvRecords {
    fn new(bytes: Vec<u8>, separator: char) -> Self {
        let bytes: Arc<[u8]> = bytes.into();
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(u8::try_from(separator).unwrap_or(b','))
            .from_reader(Cursor::new(Arc::clone(&bytes)));
        Self { bytes, records: reader.into_records(), counted: 0, line: 1 }
    }

    pub(super) fn next_record(&mut self) -> Result<Option<(u64, csv::StringRecord)>, InputTableFault> {
        let Some(record) = self.records.next().transpose()? else { return Ok(None) };
        let position = record.position().map_or(0, csv::Position::byte);
        Ok(Some((self.line_at(usize::try_from(position).unwrap_or(usize::MAX)), record)))
    }

    /// The line of the first byte of a record. The reader's own position is before the end of the line above, where that
    /// is CR LF, and before empty lines.
    fn line_at(&mut self, position: usize) -> u64 {
        let behind = self.bytes.get(position..).unwrap_or_default();
        let skipped = behind.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let begins = position.saturating_add(skipped);
        let mut passed = self.bytes.get(self.counted..begins).unwrap_or_default().iter().peekable();
        while let Some(byte) = passed.next() {
            let ends = *byte == b'\n' || (*byte == b'\r' && passed.peek() != Some(&&b'\n'));
            self.line += u64::from(ends);
        }
        self.counted = begins;
        self.line
    }
}

/// The bytes as UTF-8, without a byte-order mark.
fn decode_text(
    mut bytes: Vec<u8>,
    encoding: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<Vec<u8>, InputTableFault> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(InputTableFault::Utf16);
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        notes.push("UTF-8 behind a byte-order mark".to_owned());
        bytes.drain(..3);
        return require_utf8(bytes);
    }
    match encoding.map(str::to_ascii_lowercase).as_deref() {
        None | Some("utf-8" | "utf8") => {
            notes.push("UTF-8 without a byte-order mark".to_owned());
            require_utf8(bytes)
        }
        Some("windows-1251" | "cp1251") => {
            notes.push("Windows-1251".to_owned());
            // The code page has a meaning for all bytes but one, which becomes a replacement character.
            let (text, damaged) = encoding_rs::WINDOWS_1251.decode_without_bom_handling(&bytes);
            match (damaged, text) {
                (true, _) => Err(InputTableFault::Windows1251),
                (false, Cow::Owned(text)) => Ok(text.into_bytes()),
                (false, Cow::Borrowed(_)) => Ok(bytes),
            }
        }
        Some(found) => Err(InputTableFault::Encoding { found: found.to_owned() }),
    }
}

fn require_utf8(bytes: Vec<u8>) -> Result<Vec<u8>, InputTableFault> {
    let Err(error) = std::str::from_utf8(&bytes) else { return Ok(bytes) };
    let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    Err(InputTableFault::Utf8 { line, byte: bytes.get(error.valid_up_to()).copied().unwrap_or_default() })
}

/// The separator that the header line has most of, outside quotation marks.
fn find_separator(bytes: &[u8], line: u64) -> Result<char, InputTableFault> {
    // Lines end with LF, CR LF or, in old files, CR alone.
    let crs_alone = !bytes.contains(&b'\n');
    let end = if crs_alone { b'\r' } else { b'\n' };
    let above = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
    let header = bytes.split(|byte| *byte == end).nth(above).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [0_u32; 3];
    for byte in header {
        quoted ^= *byte == b'"';
        for (separator, count) in SEPARATORS.iter().zip(&mut counts) {
            *count += u32::from(!quoted && char::from(*byte) == *separator);
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let mut leading = SEPARATORS.iter().zip(counts).filter(|(_, count)| *count == most);
    match (most, leading.next(), leading.next()) {
        (1.., Some((separator, _)), None) => Ok(*separator),
        // One column, and nothing to part.
        (0, ..) => Ok(','),
        _ => Err(InputTableFault::TwoSeparators { line }),
    }
}

fn name_separator(separator: char) -> &'static str {
    match separator {
        ';' => "semicolon",
        '\t' => "tab",
        _ => "comma",
    }
}
