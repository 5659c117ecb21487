//! Tables made for the tests: the same rows as CSV of both flavours and as a workbook.
//!
//! In: rows with names of columns, three spellings of a file, a ledger with two precincts. Out: what is
//! asked of them (`import`).

use std::io::Write as _;

use event::Id;
use law::{Fact, facts::*, lines_root};

use crate::scene::{PEC, STEPS, Scene, Step, TEC, id, paper, text};

pub(super) const SECOND: &str = "aul-2";
pub(super) const SECOND_PEC: &str = "pec-aul-2";

/// Columns in the order of the table.
pub(super) const COLUMNS: [&str; 24] = [
    "Учаске",
    "Сайлаушылар",
    "Алынды",
    "Берілді",
    "Жойылды",
    "Бүлінді",
    "Табылды",
    "Жарамсыз",
    "Стационар",
    "Жылжымалы",
    "Өтініштер",
    "Куәлік",
    "Бәріне қарсы",
    "Әбенов",
    "Қалиев",
    "m4 берді",
    "m5 берді",
    "Басталды",
    "Аяқталды",
    "Қағаз",
    "Көлемі",
    "Акт",
    "Акт көлемі",
    "Түсініктеме",
];

/// A row by the names of its columns.
pub(super) type Row = Vec<String>;

/// Figures that hold, as `scene::count` has them.
pub(super) fn row(precinct: &str) -> Row {
    let (signed, act) = (paper("protocol"), paper("damaged"));
    let figures =
        ["400", "404", "240", "163", "1", "239", "9", "234", "5", "6", "1", "20", "60", "150", "130", "110"];
    let mut row = vec![precinct.to_owned()];
    row.extend(figures.map(str::to_owned));
    row.extend(["12.10.2025 20:40".to_owned(), "2025-10-12 22:00:00".to_owned()]);
    for paper in [signed, act] {
        row.extend([paper.sha256.unwrap().to_string(), paper.size.unwrap().to_string()]);
    }
    row.push(String::new());
    row
}

pub(super) fn place(column: &str) -> usize {
    COLUMNS.iter().position(|name| *name == column).unwrap()
}

/// The row with one cell changed.
pub(super) fn with(mut row: Row, column: &str, cell: &str) -> Row {
    row[place(column)] = cell.to_owned();
    row
}

/// RFC 4180: commas, UTF-8, no byte-order mark, CRLF.
pub(super) fn rfc(rows: &[Row]) -> Vec<u8> {
    delimited(rows, b',')
}

/// As spreadsheets write it: semicolons behind a byte-order mark.
pub(super) fn excel(rows: &[Row]) -> Vec<u8> {
    [b"\xef\xbb\xbf".as_slice(), &delimited(rows, b';')].concat()
}

fn delimited(rows: &[Row], separator: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    writer.write_record(COLUMNS.iter().chain(&["Ескерту"])).unwrap();
    for row in rows {
        let note = ["белгі; \"қол қойылды\", бар".to_owned()];
        let filled = if row.len() == COLUMNS.len() { note.as_slice() } else { &[] };
        writer.write_record(row.iter().chain(filled)).unwrap();
    }
    writer.into_inner().unwrap()
}

/// A cell of a workbook: how it stands in the sheet.
pub(super) fn cell(text: &str) -> String {
    if let Some(formula) = text.strip_prefix('=') {
        return format!("<f>{formula}</f><v>7</v>");
    }
    match text.parse::<f64>() {
        Ok(number) => format!("<v>{number}</v>"),
        Err(_) => format!("<is><t>{}</t></is>", text.replace('&', "&amp;").replace('<', "&lt;")),
    }
}

/// A workbook of one sheet for each name; numbers are numbers, so `0001` becomes 1, as spreadsheets have it.
pub(super) fn workbook(rows: &[Row], sheets: &[&str], merged: &str) -> Vec<u8> {
    let mut lines = vec![COLUMNS.iter().map(|name| (*name).to_owned()).collect::<Row>()];
    lines.extend_from_slice(rows);
    workbook_of(&lines, sheets, merged)
}

/// A workbook of these lines, the header among them.
pub(crate) fn workbook_of(lines: &[Row], sheets: &[&str], merged: &str) -> Vec<u8> {
    let mut data = String::new();
    for (line, cells) in lines.iter().enumerate() {
        data.push_str(&format!("<row r=\"{}\">", line + 1));
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let letter = char::from(b'A' + u8::try_from(column).unwrap());
            let inner = cell(text);
            let kind = match inner.as_bytes() {
                _ if text.starts_with('#') => " t=\"e\"",
                [b'<', b'i', ..] => " t=\"inlineStr\"",
                _ => "",
            };
            let inner = if text.starts_with('#') { format!("<v>{text}</v>") } else { inner };
            data.push_str(&format!("<c r=\"{letter}{}\"{kind}>{inner}</c>", line + 1));
        }
        data.push_str("</row>");
    }
    let merged = match merged {
        "" => String::new(),
        area => format!("<mergeCells count=\"1\"><mergeCell ref=\"{area}\"/></mergeCells>"),
    };
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let (mut names, mut links) = (String::new(), String::new());
    for (place, name) in sheets.iter().enumerate() {
        let n = place + 1;
        names.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"r{n}\"/>"));
        links.push_str(&format!(
            "<Relationship Id=\"r{n}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
        ));
    }
    let files = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{names}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{links}</Relationships>"),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{data}</sheetData>{merged}</worksheet>"),
        ),
    ];
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(name, stored).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The scene before its first protocol, with a second precinct and its commission.
pub(super) fn two_precincts() -> Scene {
    let mut scene = Scene::new();
    for name in STEPS.iter().take_while(|name| **name != "protocol-signed") {
        let mut step = scene.step(name);
        match &mut step.fact {
            Fact::PrecinctsFixed(b) => {
                let formed: Vec<(Id, event::Hash)> =
                    scene.head.state().precincts.iter().map(|(id, own)| (id.clone(), own.event)).collect();
                b.precincts.root = lines_root(formed.iter().map(|(id, hash)| (id, *hash)));
                (b.precincts.count, b.open, b.voters) = (2, 2, 800);
            }
            Fact::BallotsPrinted(b) => b.count = 808,
            _ => {}
        }
        said(&mut scene, name, &step);
        let mut step = scene.step(name);
        if second(&mut scene, &mut step) {
            said(&mut scene, name, &step);
        }
    }
    scene
}

fn said(scene: &mut Scene, name: &str, step: &Step) {
    let signed = scene.sign(step);
    scene.append(signed.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
    scene.said.push(signed);
}

/// The same step for the second precinct and its commission, if it is about one.
fn second(scene: &mut Scene, step: &mut Step) -> bool {
    let precinct = match &mut step.fact {
        Fact::CommissionFormed(b) if b.commission.as_str() == PEC => {
            let ledger = scene.head.state().ledger.unwrap();
            let (level, parent) = (Level::Precinct, Some(TEC));
            let formed =
                demo::commission_formed(&mut scene.cast, &ledger, SECOND_PEC, level, parent, "Комиссия", 5);
            step.fact = formed.unwrap();
            return true;
        }
        Fact::PrecinctFormed(b) => {
            (b.number, b.commission) = (text("0002"), id(SECOND_PEC));
            &mut b.precinct
        }
        Fact::VoterListHandedOver(b) => &mut b.precinct,
        Fact::BallotsDelivered(b) => &mut b.precinct,
        Fact::PrecinctOpened(b) => &mut b.precinct,
        Fact::TurnoutReported(b) => &mut b.precinct,
        Fact::VotingClosed(b) => &mut b.precinct,
        Fact::BallotsAccounted(b) => &mut b.precinct,
        _ => return false,
    };
    *precinct = id(SECOND);
    if step.author == PEC {
        step.author = SECOND_PEC.to_owned();
        step.signers.iter_mut().for_each(|label| *label = label.replace(PEC, SECOND_PEC));
    }
    true
}
