//! What people and their programs write around numbers and rows: read where the mapping says how, refused aloud where not,
//! and never left out in silence.

use super::*;

const HEAD: &str = "precinct,voters,issued,found\n";
const MAP_OF_FOUR: &str = "precinct.key = [\"precinct\"]\nfigures.voters = \"voters\"\nfigures.issued = \"issued\"\nfigures.found = \"found\"\n";

/// Checks a table under a mapping; answers with the exit code and what was said.
fn check(table: &[u8], more: &str) -> (i32, String) {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("t.csv"), table).unwrap();
    fs::write(dir.path().join("m.toml"), format!("{MAP_OF_FOUR}{more}")).unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_hattama"))
        .env("HATTAMA_STATE", crate::commands::state_directory())
        .args(["protocol", "check", "t.csv", "--map", "m.toml"])
        .current_dir(dir.path())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
    (out.status.code().unwrap(), text)
}

#[test]
fn numbers_are_read_as_the_mapping_says_or_refused() {
    let one = |cell: &str, more: &str| check(format!("{HEAD}a,\"{cell}\",4,3\n").as_bytes(), more);
    let (space, dot, comma, apostrophe) = (
        "[numbers]\nthousands = \"space\"\n",
        "[numbers]\nthousands = \"dot\"\n",
        "[numbers]\ndecimal = \",\"\n",
        "[numbers]\nthousands = \"apostrophe\"\ndecimal = \".\"\n",
    );
    for (cell, more, sum) in [
        ("1 234", space, 1_234),
        ("1\u{a0}234", space, 1_234),
        ("1\u{202f}234", space, 1_234),
        ("1\u{2009}234\u{a0}", space, 1_234),
        ("1.234", dot, 1_234),
        ("12,0", comma, 12),
        ("412,00", comma, 412),
        ("1'234.000", apostrophe, 1_234),
        ("\t12 ", "", 12),
    ] {
        let (code, said) = one(cell, more);
        assert!(code == 0 && said.contains(&format!("-> voters: {sum}\n")), "{cell}: {said}");
    }
    for (cell, more, words) in [
        ("1 234", "", "found \"1 234\""),
        ("1\u{a0}234", "", "found \"1<U+00A0>234\""),
        ("1.234", "", "a whole number, found 1.234"),
        ("1.000", "[numbers]\ndecimal = \".\"\n", "a whole number, found 1.000"),
        ("12,0", "", "a whole number, found 12,0"),
        ("12,5", comma, "a whole number, found 12,5"),
        ("12 34", space, "a whole number"),
        ("1О0", "", "found \"1<U+041E>0\""),
        ("１２", "", "found \"<U+FF11><U+FF12>\""),
        ("12\u{200b}", "", "found \"12<U+200B>\""),
        ("12*", "", "found \"12*\""),
        ("12 дауыс", "", "found \"12 дауыс\""),
        ("-", "", "found \"-\""),
        ("—", "", "found \"—\""),
        ("\u{2212}5", "", "a number of at least 0"),
        ("+5", "", "found \"+5\""),
        ("1e3", "", "found \"1e3\""),
        ("0x10", "", "found \"0x10\""),
        ("012", "", "a number without leading zeros"),
        ("12.10.2025", "", "a whole number"),
        ("2025-10-12", "", "a whole number"),
        ("#REF!", "", "found \"#REF!\""),
        ("99999999999999999999", "", "at most"),
    ] {
        let (code, said) = one(cell, more);
        assert!(code == 1 && said.contains("0 clean, 1 refused") && said.contains(words), "{cell}: {said}");
    }
}

#[test]
fn rows_that_are_no_precincts_are_told_wherever_they_stand() {
    for (table, more, code, words) in [
        (
            format!("Округ 5,,,\nкүні 12.10.2025,,,\n{HEAD}a,5,4,3\n"),
            "[file]\nheader = 3\n",
            0,
            "2 rows above the header were left aside",
        ),
        (
            format!("{HEAD}1,2,3,4\n7,5,4,3\n"),
            "",
            1,
            "line 2, 1: refused: expected a precinct's row, found the numbers of the columns",
        ),
        (format!("{HEAD}А,1,2,3\n7,5,4,3\n"), "", 1, "found the numbers of the columns"),
        (format!("{HEAD},всего,выдано,найдено\n7,5,4,3\n"), "", 1, "line 2: refused"),
        (format!("{HEAD}a,5,4,3\n{HEAD}b,5,4,3\n"), "", 1, "line 3, precinct: refused"),
        (
            format!("{HEAD}a,5,4,3\nb,7,6,5\nАудан бойынша барлығы,12,10,8\nc,9,8,7\n"),
            "",
            1,
            "line 4, Аудан бойынша барлығы: refused",
        ),
        (
            format!("{HEAD}a,5,4,3\nb,7,6,5\nmiddle,12,10,8\nc,9,8,7\n"),
            "",
            1,
            "line 4, middle: refused: expected a precinct's row, found the sums of 2 other rows",
        ),
        (
            format!("{HEAD}a,5,4,3\nЕскерту: тізім толық емес\n"),
            "",
            1,
            "line 3, Ескерту: тізім толық емес: refused: expected 4 cells",
        ),
        (format!("{HEAD}a,5,4,3\n\u{1a}"), "", 1, "line 3, <U+001A>: refused"),
        (format!("{HEAD}a,5,4,3,\n"), "", 1, "expected 4 cells, as the header has, found 5"),
        (
            format!("{HEAD}a,5,4,3\n,,,\n\n"),
            "",
            0,
            "1 rows: 1 clean, 0 refused; violations: none; 1 blank lines left out",
        ),
        (
            format!("{HEAD}a,5,4,3\nA,5,4,3\n a ,5,4,3\n"),
            "",
            1,
            "line 4, a: refused: expected one row for each precinct, found another in line 2",
        ),
    ] {
        let (found, said) = check(table.as_bytes(), more);
        assert!(found == code && said.contains(words), "{words}: {found} {said}");
    }
}

#[test]
fn encodings_and_separators_are_found_out_or_named() {
    let text = format!("{HEAD}ауыл,5,4,3\n");
    let utf16 = |big: bool| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let marked = ["\u{feff}", &text].concat().into_bytes();
    let (old, ..) = encoding_rs::WINDOWS_1251.encode(&text);
    for (bytes, more, code, words) in [
        (utf16(false), "", 0, "1 rows: 1 clean"),
        (utf16(true), "", 0, "1 rows: 1 clean"),
        (utf16(false)[2..].to_vec(), "[file]\nencoding = \"utf-16le\"\n", 0, "1 rows: 1 clean"),
        (utf16(false)[2..].to_vec(), "", 2, "utf-16le"),
        (marked, "", 0, "1 rows: 1 clean"),
        (old.to_vec(), "", 2, "--encoding windows-1251"),
        (old.to_vec(), "[file]\nencoding = \"windows-1251\"\n", 0, "1 rows: 1 clean"),
        (text.replace(',', ";").into_bytes(), "", 0, "1 rows: 1 clean"),
        (text.replace(',', "\t").into_bytes(), "", 0, "1 rows: 1 clean"),
        (text.replace('\n', "\r").into_bytes(), "", 0, "1 rows: 1 clean"),
        (text.replace(',', "|").into_bytes(), "", 1, "expected a column of the table"),
    ] {
        let (found, said) = check(&bytes, more);
        assert!(found == code && said.contains(words), "{words}: {found} {said}");
    }
}

#[test]
fn what_people_write_around_a_number_names_its_precinct_and_what_may_be_another_does_not() {
    let desk = Desk::new(two_precincts());
    let [_, second] = two();
    for number in ["№ 1", "УИК\u{a0}№1", "уч. № 1", "№0001", "1-учаске", "№1 сайлау учаскесі", "1.0", "001"]
    {
        let table = desk.file("t.csv", &rfc(&[row(number), second.clone()]));
        let (code, stdout, stderr) = desk.import(&table, MAP, "out", &["--dry-run"]);
        assert!(code == 0 && stdout.contains("2 drafts, 0 refused"), "{number}: {stdout}{stderr}");
    }
    for number in ["1.000", "1 учаске 2", "№1/2", "1А", "-1", "１", "1\u{200b}"] {
        let table = desk.file("t.csv", &rfc(&[row(number), second.clone()]));
        let (code, stdout, stderr) = desk.import(&table, MAP, "out", &["--dry-run"]);
        let told = stdout.contains("line 2") && stdout.contains("expected a precinct of");
        assert!(code == 1 && told && stdout.contains("1 drafts, 1 refused"), "{number}: {stdout}{stderr}");
    }
}

#[test]
fn a_workbook_says_which_sheets_and_rows_were_left_aside() {
    let desk = Desk::new(two_precincts());
    let plain = MAP.replace("columns = [\"Ескерту\"]", "");
    let table = desk.file("t.xlsx", &workbook(&two(), &["Хаттама", "Ескі"], ""));
    let (code, _, stderr) = desk.import(&table, &plain, "out", &["--dry-run"]);
    assert!(code == 1 && stderr.contains("--sheet"), "{stderr}");
    let (code, stdout, stderr) = desk.import(&table, &plain, "out", &["--dry-run", "--sheet", "Хаттама"]);
    assert!(code == 0 && stdout.contains("1 other sheets were not read: \"Ескі\""), "{stdout}{stderr}");
    // A merged cell refuses its row, the others stay.
    let table = desk.file("t.xlsx", &workbook(&two(), &["Хаттама"], "N2:O2"));
    let (code, stdout, _) = desk.import(&table, &plain, "out", &["--dry-run"]);
    assert!(code == 1 && stdout.contains("merged") && stdout.contains("1 drafts, 1 refused"), "{stdout}");
}
