//! Tables as a workbook (Office Open XML), from templates of our own: the parts, to the byte, and their order.
//!
//! A library that writes workbooks may change its bytes with each version. These must come out the same for ten years,
//! so only the container is a library's, and nothing in it is compressed.

use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, DateTime, System, ZipWriter, write::SimpleFileOptions};

use crate::{
    fault::ReportFileError,
    table::{ReportCell, ReportTable},
};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Figures as they are, the header in bold, text that stays text, percent with one and with two decimals.
const STYLES: &str = concat!(
    "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.0\"/></numFmts>",
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>",
    "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>",
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>",
    "<fill><patternFill patternType=\"gray125\"/></fill></fills>",
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    "<cellXfs count=\"5\">",
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>",
    "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>",
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>",
    "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>",
    "<xf numFmtId=\"2\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>",
    "</cellXfs>",
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>",
);

/// Narrowest and widest column, in characters.
const WIDTH: (usize, usize) = (8, 48);

/// A workbook of sheets, each a name and a table.
pub(crate) fn write_workbook(sheets: &[(&str, &ReportTable)]) -> Result<Vec<u8>, ReportFileError> {
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), content_types_xml(sheets.len())),
        ("_rels/.rels".to_owned(), package_relations_xml()),
        ("xl/workbook.xml".to_owned(), workbook_xml(sheets)),
        ("xl/_rels/workbook.xml.rels".to_owned(), workbook_relations_xml(sheets.len())),
        ("xl/styles.xml".to_owned(), xml_element("styleSheet", STYLES)),
    ];
    for (number, (_, table)) in (1..).zip(sheets) {
        parts.push((format!("xl/worksheets/sheet{number}.xml"), worksheet_xml(table, number == 1)));
    }
    pack_parts(&parts)
}

/// Stored, in this order, of the 1st of January 1980, as from one system wherever it is made.
fn pack_parts(parts: &[(String, String)]) -> Result<Vec<u8>, ReportFileError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, options)?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

fn content_types_xml(sheets: usize) -> String {
    let mut text = format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{KIND}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{KIND}.styles+xml\"/>"
    );
    for number in 1..=sheets {
        text.push_str(&format!(
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{KIND}.worksheet+xml\"/>"
        ));
    }
    text + "</Types>"
}

fn package_relations_xml() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    )
}

fn workbook_xml(sheets: &[(&str, &ReportTable)]) -> String {
    let mut text = format!("{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>");
    for (number, (name, _)) in (1..).zip(sheets) {
        text.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"));
    }
    text + "</sheets></workbook>"
}

fn workbook_relations_xml(sheets: usize) -> String {
    let mut text = format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for number in 1..=sheets {
        text.push_str(&format!(
            "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        ));
    }
    let styles = sheets + 1;
    text + &format!(
        "<Relationship Id=\"rId{styles}\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
    )
}

fn xml_element(name: &str, inner: &str) -> String {
    format!("{DECLARATION}<{name} xmlns=\"{MAIN}\">{inner}</{name}>")
}

fn worksheet_xml(table: &ReportTable, selected: bool) -> String {
    let selected = if selected { " tabSelected=\"1\"" } else { "" };
    let mut text = format!(
        "<sheetViews><sheetView{selected} workbookViewId=\"0\">\
         <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         </sheetView></sheetViews><cols>"
    );
    for (number, width) in (1_usize..).zip(column_widths(table)) {
        text.push_str(&format!(
            "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>"
        ));
    }
    text.push_str("</cols><sheetData><row r=\"1\">");
    for (column, name) in (0..).zip(&table.header) {
        write_inline_text(&mut text, column, 1, 1, name);
    }
    text.push_str("</row>");
    for (row, cells) in (2..).zip(&table.rows) {
        text.push_str(&format!("<row r=\"{row}\">"));
        for (column, cell) in (0..).zip(cells) {
            write_cell_xml(&mut text, column, row, cell);
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData>");
    xml_element("worksheet", &text)
}

fn write_cell_xml(text: &mut String, column: usize, row: usize, cell: &ReportCell) {
    let figure = |style: usize, value: &str| {
        format!("<c r=\"{}{row}\" s=\"{style}\"><v>{value}</v></c>", column_letters(column))
    };
    match cell {
        ReportCell::Empty => {}
        ReportCell::Text(value) => write_inline_text(text, column, row, 2, value),
        ReportCell::Count(value) => text.push_str(&figure(0, &value.to_string())),
        ReportCell::Percent(value, 1) => text.push_str(&figure(3, value)),
        ReportCell::Percent(value, _) => text.push_str(&figure(4, value)),
    }
}

/// A string in the cell itself: no spreadsheet takes it for a formula or a figure.
fn write_inline_text(text: &mut String, column: usize, row: usize, style: usize, value: &str) {
    let value = escape_xml(value);
    let place = column_letters(column);
    text.push_str(&format!(
        "<c r=\"{place}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t>{value}</t></is></c>"
    ));
}

/// `&`, `<` and `>` are escaped. Texts of a ledger hold no sign that XML forbids.
fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A, B … Z, AA, AB …
fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = Some(column);
    while let Some(place) = rest {
        letters.push(char::from(b'A' + u8::try_from(place % 26).unwrap_or_default()));
        rest = (place / 26).checked_sub(1);
    }
    letters.iter().rev().collect()
}

/// The longest of each column and two more, within bounds.
fn column_widths(table: &ReportTable) -> Vec<usize> {
    let mut widths: Vec<usize> = table.header.iter().map(|name| name.chars().count()).collect();
    for row in &table.rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.shown_text().chars().count());
        }
    }
    widths.into_iter().map(|width| (width + 2).clamp(WIDTH.0, WIDTH.1)).collect()
}

#[cfg(test)]
mod tests {
    use super::column_letters;

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        let named = |column| column_letters(column);
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(named), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
