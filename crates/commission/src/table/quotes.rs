//! Quotation marks of CSV that are not closed, or closed too late, and swallow the rows between.

/// Why a record is more than one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum QuoteFault {
    /// The mark is never closed.
    #[error(
        "expected a quotation mark that is closed, found one that takes in the {lines} lines below it, to the end of the file (a mark inside a text is written twice)"
    )]
    Open {
        /// Lines below the row's own.
        lines: u64,
    },
    /// The mark is closed lines below, and rows stand between.
    #[error(
        "expected a row, found a quotation mark that is closed only {lines} lines below, with other rows in between (a mark inside a text is written twice)"
    )]
    Swallowed {
        /// Lines below the row's own.
        lines: u64,
    },
}

/// What the marks of one record say of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct QuoteScan {
    /// Lines below the first that the record takes in.
    pub(super) lines: u64,
    /// What is wrong with its marks.
    pub(super) fault: Option<QuoteFault>,
}

/// Reads the marks of one record, as it stands in the file, under a header of so many columns (0 for the header itself).
pub(super) fn scan_quotes(record: &[u8], separator: u8, columns: usize) -> QuoteScan {
    let record = record.trim_ascii_end();
    if !record.contains(&b'"') || !record.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
        let open = record.contains(&b'"') && Cells::default().scan(record, separator, columns).open;
        return QuoteScan { lines: 0, fault: open.then_some(QuoteFault::Open { lines: 0 }) };
    }
    let cells = Cells::default().scan(record, separator, columns);
    let lines = cells.lines;
    let fault = match (cells.open, cells.swallowed) {
        (true, _) => Some(QuoteFault::Open { lines }),
        (false, true) => Some(QuoteFault::Swallowed { lines }),
        (false, false) => None,
    };
    QuoteScan { lines, fault }
}

#[derive(Default)]
struct Cells {
    lines: u64,
    open: bool,
    swallowed: bool,
}

impl Cells {
    fn scan(mut self, record: &[u8], separator: u8, columns: usize) -> Self {
        // Of the cell: whether it is still to begin, whether its mark was closed, what its marks take in.
        let (mut begins, mut closed, mut lines, mut parted) = (true, false, 0_u64, 0_usize);
        let mut bytes = record.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            let ends_line = byte == b'\n' || (byte == b'\r' && bytes.peek() != Some(&b'\n'));
            if self.open {
                match byte {
                    b'"' if bytes.peek() == Some(&b'"') => {
                        bytes.next();
                    }
                    b'"' => (self.open, closed) = (false, true),
                    _ => {
                        lines += u64::from(ends_line);
                        self.lines += u64::from(ends_line);
                        parted += usize::from(byte == separator);
                        // As many separators as a whole row has are no text of a cell.
                        self.swallowed |= columns > 1 && lines > 0 && parted + 1 >= columns;
                    }
                }
            } else if byte == separator {
                (begins, closed, lines, parted) = (true, false, 0, 0);
            } else if begins && byte == b'"' {
                (begins, self.open) = (false, true);
            } else {
                // Text behind a closed mark that took in lines: the mark was another cell's.
                self.swallowed |= columns > 0 && closed && lines > 0 && !byte.is_ascii_whitespace();
                begins = false;
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{QuoteFault, scan_quotes};

    #[test]
    fn a_mark_that_takes_in_rows_is_told_and_a_text_of_two_lines_is_not() {
        let fault = |record: &str| scan_quotes(record.as_bytes(), b',', 3).fault;
        for whole in
            ["a,b,c\n", "a,\"b\nc, d\",e", "\"a \"\"b\"\"\r\n\",2,1\r\n", "a,5\" pipe,c", "\"a, b\",c,d"]
        {
            assert_eq!(fault(whole), None, "{whole}");
        }
        assert_eq!(fault("1,\"x"), Some(QuoteFault::Open { lines: 0 }));
        assert_eq!(fault("1,2,\"x\n3,4,ok\n5,6,ok\n"), Some(QuoteFault::Open { lines: 2 }));
        assert_eq!(fault("1,2,\"x\n3,4,ok\n5,6,y\"\n"), Some(QuoteFault::Swallowed { lines: 2 }));
        assert_eq!(fault("1,2,\"x\n3,\"y\",4\n"), Some(QuoteFault::Swallowed { lines: 1 }));
        assert_eq!(scan_quotes(b"a,\"b\nc\",d\n", b',', 3).lines, 1);
    }
}
