//! What an observer brings to the ledger of a demo, and what is said of it: copies as a table, photographs of sheets, the report as each of its files.

use std::{fs, path::Path};

use commission::slip::parts::cut_event;

use super::{MARKS, beside::find_signed, every_row_is_marked};
use crate::{commands::run, photographed::photograph_codes};

/// Copies that differ, and photographs of a sheet, on the terminal, as page, text, JSON and table.
pub(super) fn copies(published: &Path, dir: &Path) {
    let shown = published.display().to_string();
    let at = |name: &str| dir.join(name).display().to_string();
    fs::write(at("copies.csv"), "precinct,voters,found\nsemey-001,1,1\nsemey-002,2,2\n").unwrap();
    let signed = find_signed(&verifier::folder::read_folder(published).unwrap(), "protocol-signed");
    let text = String::from_utf8(event::json::encode(&signed).unwrap()).unwrap();
    photograph_codes(Path::new(&at("photographs")), &cut_event(&text, &signed.hash(), 900));
    let copies = ["--copies", &at("copies.csv"), "--copies", &at("photographs")];
    for (lang, mark) in MARKS {
        let files = ["brought.html", "brought.txt"].map(at);
        let reports = ["--report", &files[0], "--report", &files[1], "--lang", lang];
        let (_, out, err) = run(&[&["verify", &shown][..], &copies, &reports].concat());
        assert!(out.contains(mark), "copies in {lang}: {out}{err}");
        for file in &files {
            assert!(fs::read_to_string(file).unwrap().contains(mark), "{file} in {lang}");
        }
    }
    let files = ["brought.json", "sheets.csv"].map(at);
    let reports = ["--report", &files[0], "--report", &files[1], "--json"];
    let (_, out, err) = run(&[&["verify", &shown][..], &copies, &reports].concat());
    assert!(out.contains("SYNTHETIC"), "{out}{err}");
    assert!(fs::read_to_string(&files[0]).unwrap().contains("SYNTHETIC"));
    every_row_is_marked(&fs::read_to_string(&files[1]).unwrap(), b',', "the table of sheets");
}
