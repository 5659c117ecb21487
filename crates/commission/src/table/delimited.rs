//! CSV of both flavours: RFC 4180 with commas, and that of spreadsheets with semicolons behind a byte-order mark.

use std::{io::Cursor, sync::Arc};

use phrase::{Phrase, phrase};

use super::{
    cells::TableOptions,
    encoding::decode_text,
    fault::InputTableFault,
    quotes::{QuoteFault, QuoteScan, scan_quotes},
};

const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// A table of text: its header, what was found out about the file, and the records below the header.
pub(super) struct DelimitedTable {
    pub(super) header: Vec<String>,
    pub(super) notes: Vec<Phrase>,
    pub(super) records: CsvRecords,
}

/// Reads the header; the records are read on demand.
pub(super) fn read_csv(bytes: Vec<u8>, options: &TableOptions) -> Result<DelimitedTable, InputTableFault> {
    let mut notes = Vec::new();
    let bytes = decode_text(bytes, options.encoding.as_deref(), &mut notes)?;
    let said = said_separator(&bytes);
    let line = options.header.unwrap_or(if said.is_some() { 2 } else { 1 });
    let separator = match options.separator.or(said) {
        Some(separator) if SEPARATORS.contains(&separator) => separator,
        Some(found) => return Err(InputTableFault::Separator { found }),
        None => find_separator(&bytes, line)?,
    };
    let named = name_separator(separator);
    notes.push(match said {
        Some(_) => {
            phrase!(
                "table-note-separator-said",
                "separator {separator}, as its first line says",
                separator = named
            )
        }
        None => phrase!("table-note-separator", "separator {separator}", separator = named),
    });
    let mut records = CsvRecords::new(bytes, separator);
    let mut above = 0_u64;
    loop {
        let CsvRow { line: at, record, fault } =
            records.next_record()?.ok_or(InputTableFault::NoHeader { line })?;
        if at >= line {
            if let Some(fault) = fault {
                return Err(InputTableFault::Quote { line: at, fault });
            }
            let header: Vec<String> = record.iter().map(str::to_owned).collect();
            (records.columns, records.tall) = (header.len(), None);
            notes.extend(note_above(above));
            return Ok(DelimitedTable { header, notes, records });
        }
        let names_separator = said.is_some() && at == 1;
        above += u64::from(!names_separator && record.iter().any(|cell| !cell.trim().is_empty()));
    }
}

/// What stands above the header is no part of the table, and told.
pub(super) fn note_above(rows: u64) -> Option<Phrase> {
    (rows > 0).then(|| phrase!("table-note-above", "{rows} rows above the header were left aside"))
}

/// The separator that a first line `sep=;` of spreadsheets names.
fn said_separator(bytes: &[u8]) -> Option<char> {
    let first = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next()?;
    let first = std::str::from_utf8(first).ok()?.trim_matches('"');
    let rest = first.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).and(first.get(4..))?;
    let mut rest = rest.chars();
    rest.next().filter(|_| rest.next().is_none())
}

/// A record, the line that it begins in, and what is wrong with its quotation marks.
pub(super) struct CsvRow {
    pub(super) line: u64,
    pub(super) record: csv::StringRecord,
    pub(super) fault: Option<QuoteFault>,
}

/// Records that take in more than one line.
#[derive(Debug, Clone, Copy)]
pub(super) struct TallRecords {
    pub(super) count: u64,
    pub(super) first: u64,
}

/// CsvRecords, each with the line that it begins in.
pub(super) struct CsvRecords {
    bytes: Arc<[u8]>,
    records: csv::StringRecordsIntoIter<Cursor<Arc<[u8]>>>,
    /// What was counted up to here, and the line that it is in.
    counted: usize,
    line: u64,
    separator: u8,
    /// Columns of the header, once it is read.
    columns: usize,
    pub(super) tall: Option<TallRecords>,
}

impl CsvRecords {
    fn new(bytes: Vec<u8>, separator: char) -> Self {
        let bytes: Arc<[u8]> = bytes.into();
        let separator = u8::try_from(separator).unwrap_or(b',');
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(Cursor::new(Arc::clone(&bytes)));
        let records = reader.into_records();
        Self { bytes, records, counted: 0, line: 1, separator, columns: 0, tall: None }
    }

    pub(super) fn next_record(&mut self) -> Result<Option<CsvRow>, InputTableFault> {
        let Some(record) = self.records.next().transpose()? else { return Ok(None) };
        let place = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
        let line = self.line_at(place(record.position().map_or(0, csv::Position::byte)));
        let end = place(self.records.reader().position().byte()).min(self.bytes.len());
        let whole = self.bytes.get(self.counted..end).unwrap_or_default();
        let QuoteScan { lines, fault } = scan_quotes(whole, self.separator, self.columns);
        if lines > 0 && fault.is_none() {
            let tall = self.tall.get_or_insert(TallRecords { count: 0, first: line });
            tall.count += 1;
        }
        Ok(Some(CsvRow { line, record, fault }))
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

fn name_separator(separator: char) -> Phrase {
    match separator {
        ';' => phrase!("table-semicolon", "semicolon"),
        '\t' => phrase!("table-tab", "tab"),
        _ => phrase!("table-comma", "comma"),
    }
}
