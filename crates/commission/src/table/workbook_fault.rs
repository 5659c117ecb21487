//! Why a file is no workbook, in words of ours: each fault of the libraries that unpack and read it has its sentence.

use calamine::XlsxError;
use phrase::{Phrase, Phrased as _, phrase};
use zip::result::ZipError;

use super::fault::InputTableFault;

/// A workbook that does not read, with the reason.
pub(super) fn unread_workbook(error: XlsxError) -> InputTableFault {
    InputTableFault::Workbook { reason: tell_reading(error) }
}

/// A zip that does not unpack, with the reason.
pub(super) fn unread_container(error: ZipError) -> InputTableFault {
    InputTableFault::Workbook { reason: tell_unpacking(error) }
}

fn tell_reading(error: XlsxError) -> Phrase {
    match error {
        XlsxError::Io(error) => error.phrase(),
        XlsxError::Zip(error) => tell_unpacking(error),
        XlsxError::Password => locked(),
        XlsxError::FileNotFound(part) => {
            phrase!("workbook-no-part", "it has no part {part}, which every workbook has")
        }
        XlsxError::RelationshipNotFound => {
            phrase!("workbook-no-links", "it does not say which of its parts are the sheets")
        }
        XlsxError::WorksheetNotFound(sheet) | XlsxError::NotAWorksheet(sheet) => {
            phrase!("workbook-no-sheet-of-cells", "its sheet \"{sheet}\" is no sheet of cells")
        }
        XlsxError::Xml(_)
        | XlsxError::XmlAttr(_)
        | XlsxError::XmlEof(_)
        | XlsxError::UnexpectedNode(_)
        | XlsxError::Unexpected(_)
        | XlsxError::Encoding(_)
        | XlsxError::Parse(_) => {
            phrase!("workbook-broken-part", "one of its parts is broken, cut off or changed")
        }
        XlsxError::ParseFloat(_)
        | XlsxError::ParseInt(_)
        | XlsxError::Alphanumeric(_)
        | XlsxError::NumericColumn(_)
        | XlsxError::RangeWithoutColumnComponent
        | XlsxError::RangeWithoutRowComponent
        | XlsxError::ColumnNumberOverflow
        | XlsxError::RowNumberOverflow
        | XlsxError::DimensionCount(_)
        | XlsxError::CellTAttribute(_)
        | XlsxError::CellError(_)
        | XlsxError::Unrecognized { .. } => {
            phrase!(
                "workbook-strange-cell",
                "a cell or an area of it is written as no spreadsheet program writes it"
            )
        }
        error => {
            phrase!("workbook-not-read", "something in it is not read (`{error}`)", error = error.to_string())
        }
    }
}

fn tell_unpacking(error: ZipError) -> Phrase {
    match error {
        ZipError::Io(error) => error.phrase(),
        ZipError::InvalidPassword => locked(),
        ZipError::UnsupportedArchive(said) if said == ZipError::PASSWORD_REQUIRED => locked(),
        ZipError::UnsupportedArchive(_) => {
            phrase!("workbook-other-packing", "it is packed in a way that workbooks are not")
        }
        _ => phrase!("workbook-broken-zip", "it does not unpack: it is broken, cut off or changed"),
    }
}

fn locked() -> Phrase {
    phrase!("workbook-locked", "it is locked with a password")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    use super::*;
    use crate::table::{cells::TableOptions, workbook::read_workbook};

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, text) in parts {
            zip.start_file(*name, plain).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn reason(bytes: Vec<u8>) -> String {
        match read_workbook(bytes, &TableOptions::default()) {
            Err(InputTableFault::Workbook { reason }) => reason.id().to_owned(),
            Err(other) => other.to_string(),
            Ok(_) => "read".to_owned(),
        }
    }

    const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");
    const RELS: (&str, &str) = (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"a\" Target=\"xl/workbook.xml\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/></Relationships>",
    );
    const LINKS: (&str, &str) = (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"s\" Target=\"worksheets/sheet1.xml\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/>\
         <Relationship Id=\"t\" Target=\"sharedStrings.xml\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\"/></Relationships>",
    );
    const BOOK: (&str, &str) = (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>",
    );

    fn sheet(cells: &str) -> String {
        format!("<worksheet><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>")
    }

    #[test]
    fn every_fault_of_a_workbook_is_told_in_our_words() {
        let whole = |sheet: &str, texts: &str| {
            packed(&[
                TYPES,
                RELS,
                LINKS,
                BOOK,
                ("xl/worksheets/sheet1.xml", sheet),
                ("xl/sharedStrings.xml", texts),
            ])
        };
        let texts = "<sst><si><t>precinct</t></si></sst>";
        let good = sheet("<c r=\"A1\" t=\"s\"><v>0</v></c>");
        assert_eq!(reason(whole(&good, texts)), "read");
        assert_eq!(reason(packed(&[])), "workbook-empty-zip");
        assert_eq!(reason(packed(&[TYPES])), "workbook-no-part");
        assert_eq!(
            reason(packed(&[TYPES, RELS, LINKS, ("xl/workbook.xml", "<workbook><sheets><sheet")])),
            "workbook-broken-part"
        );
        assert_eq!(reason(packed(&[TYPES, RELS, LINKS, BOOK])), "workbook-no-sheet-of-cells");
        assert_eq!(
            reason(whole("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"", texts)),
            "workbook-broken-part"
        );
        let mut cut = whole(&good, texts);
        cut.truncate(cut.len() - 30);
        assert_eq!(reason(cut), "workbook-broken-zip");
    }

    #[test]
    fn a_comment_inside_a_shared_text_is_refused() {
        let parts = |texts: &str| {
            let sheet = sheet("<c r=\"A1\" t=\"s\"><v>0</v></c>");
            packed(&[
                TYPES,
                RELS,
                LINKS,
                BOOK,
                ("xl/worksheets/sheet1.xml", &sheet),
                ("xl/sharedStrings.xml", texts),
            ])
        };
        for texts in [
            "<sst><si><t>1<!-- 9 -->2</t></si></sst>",
            "<sst><si><t>12</t><!-- 9 --></si></sst>",
            "<sst><si><t><![CDATA[9]]>12</t></si></sst>",
            "<sst><si><t>1<?x 9?>2</t></si></sst>",
        ] {
            assert_eq!(reason(parts(texts)), "workbook-comment-in-a-text", "{texts}");
        }
        // A clean part of the same name in front hides nothing.
        let sheet = sheet("<c r=\"A1\" t=\"s\"><v>0</v></c>");
        let twice = packed(&[
            TYPES,
            RELS,
            LINKS,
            BOOK,
            ("docs/sharedStrings.xml", "<sst><si><t>12</t></si></sst>"),
            ("xl/worksheets/sheet1.xml", &sheet),
            ("xl/sharedStrings.xml", "<sst><si><t>1<!-- 9 -->2</t></si></sst>"),
        ]);
        assert_eq!(reason(twice), "workbook-comment-in-a-text");
        assert_eq!(
            reason(parts("<?xml version=\"1.0\"?><!-- by us --><sst><!-- one --><si><t>12</t></si></sst>")),
            "read"
        );
    }
}
