//! Tables that went wrong when somebody tried them, each a kind: what is no table says what it is, no row disappears,
//! and every check says what was read as what.

use super::*;

const MAP_OF_TWO: &str =
    "precinct.key = [\"precinct\"]\nfigures.voters = \"voters\"\nfigures.issued = \"issued\"\n";

/// Runs the program in a folder; answers with exit code, stdout and stderr together.
fn run(dir: &Path, words: &[&str]) -> (i32, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_hattama"))
        .env("HATTAMA_STATE", crate::commands::state_directory())
        .args(words)
        .current_dir(dir)
        .output()
        .unwrap();
    let text = [out.stdout, out.stderr].concat();
    (out.status.code().unwrap(), String::from_utf8_lossy(&text).into_owned())
}

/// Checks a table of this text under [`MAP_OF_TWO`] and what stands behind it.
fn check(text: &[u8], more: &str) -> (i32, String) {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("t.csv"), text).unwrap();
    fs::write(dir.path().join("m.toml"), format!("{MAP_OF_TWO}{more}")).unwrap();
    run(dir.path(), &["protocol", "check", "t.csv", "--map", "m.toml"])
}

#[test]
fn files_that_went_wrong_are_told_what_they_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let base = std::env::var_os("HATTAMA_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let dir = base.join("cases/tables");
    if !dir.is_dir() {
        println!("skipped: no {}", dir.display());
        return;
    }
    let cases: [(&str, &str, i32, &str); 24] = [
        ("lost.csv", "m.toml", 1, "takes in the 3 lines below it, to the end of the file"),
        ("closed-later.csv", "m.toml", 1, "is closed only 3 lines below"),
        ("check-totals.csv", "m.toml", 1, "a total by its name: \"Итого\""),
        (
            "long-orphan/p.csv",
            "long-orphan/m.toml",
            1,
            "for the votes of \"d\", which stand in line 8 of v.csv",
        ),
        ("decimal-digit/t.csv", "decimal-digit/m.toml", 1, "numbers.decimal: expected a dot or a comma"),
        ("crash_1_1206.xlsx", "m-crash.toml", 2, "expected a workbook"),
        ("crash_1_1362.xlsx", "m-crash.toml", 2, "expected a workbook"),
        ("crash_2_1656.xlsx", "m-crash.toml", 2, "expected a workbook"),
        ("duprow.xlsx", "m.toml", 2, "found row 3 again"),
        ("enc.xlsx", "m.toml", 2, "a workbook that a password locks"),
        ("t.ods", "m.toml", 2, "OpenDocument"),
        ("t.zip", "m.toml", 2, "a packed file (zip) with \"good.csv\" in it"),
        ("html.xls", "m.toml", 2, "a page of HTML"),
        ("sepsc.csv", "m.toml", 0, "1 rows: 1 clean"),
        ("hash.csv", "hash.toml", 0, "1 rows: 1 clean"),
        ("hidden_row.xlsx", "m.toml", 0, "1 rows of the sheet are hidden"),
        ("percent.xlsx", "m.toml", 1, "shows per cent"),
        ("negzero.xlsx", "m.toml", 1, "a number of at least 0, found -0"),
        ("zwsp.csv", "m.toml", 1, "found \"1239<U+200B>\""),
        ("kz1048.csv", "imp.toml", 2, "--encoding kz-1048"),
        ("kz1048.csv", "imp.toml --encoding windows-1251", 2, "\"Әкімнің\" would be read as \"Јкімніѕ\""),
        ("kz1048.csv", "imp.toml --encoding kz-1048", 1, "1 rows: 0 clean, 0 refused; violations: ARI-04 1"),
        ("utf8.csv", "imp.toml", 1, "1 rows: 0 clean, 0 refused; violations: ARI-04 1"),
        ("second-table/imp2.csv", "second-table/imp2.toml", 0, "votes for toleuov"),
    ];
    let mut wrong = Vec::new();
    for (file, map, expected, word) in cases {
        let mut words = vec!["protocol", "check", file, "--map"];
        words.extend(map.split(' '));
        let (code, text) = run(&dir, &words);
        if code != expected || !text.contains(word) || text.contains("panicked") {
            wrong.push(format!("{file} {map}: expected {expected} with {word}, found {code}: {text}"));
        }
    }
    let (code, text) = run(&dir, &["protocol", "map", "u16.csv"]);
    if code != 0 || !text.contains("UTF-16LE") {
        wrong.push(format!("u16.csv: {text}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_row_disappears_and_sums_are_told() {
    let head = "precinct,voters,issued\n";
    let cases = [
        (
            format!("{head}a,5,4\nb,7,6\nBoth,12,10\n"),
            "",
            1,
            "line 4, Both: refused: expected a precinct's row, found the sums of 2 other rows",
        ),
        (
            format!("{head}All,13,11\na,5,4\nb,7,6\nc,1,1\n"),
            "",
            1,
            "line 2, All: refused: expected a precinct's row",
        ),
        (format!("{head}a,5,4\n\"b,7,6\nc,1,1\n"), "", 1, "takes in the 1 lines below it"),
        (format!("{head}\"a\nб\",5,4\n"), "", 0, "1 rows stand on several lines each, the first in line 2"),
        (
            format!("{head}a,5,4\nb,,\n"),
            "",
            1,
            "line 3, b: refused: expected figures, found none in this row",
        ),
        (format!("{head}a,5,4\nb,7,6\n"), "[totals.figures]\nissued = 10\n", 0, "-> issued: 10 as expected"),
        (format!("{head}a,5,4\nb,7,6\n"), "[totals.figures]\nissued = 11\n", 1, "-> issued: 10, EXPECTED 11"),
        (
            format!("{head}a,5,4\n"),
            "[totals.votes]\nx = 11\n",
            1,
            "totals.votes: expected a line that the mapping gives",
        ),
        (format!("{head}a,5,4\n"), "[numbers]\ndecimal = \",\"\nthousands = \"comma\"\n", 1, "another mark"),
    ];
    for (text, more, expected, word) in &cases {
        let (code, said) = check(text.as_bytes(), more);
        assert!(code == *expected && said.contains(word), "{word}: {code} {said}");
    }
    // Many bad cells are counted, and told in so many lines.
    let many: String = (0..5_000).map(|row| format!("{row},,\n")).collect();
    let (code, said) = check(format!("{head}{many}").as_bytes(), "");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("… and 4000 more") && said.contains("0 clean, 5000 refused"), "{}", said.len());
    assert!(said.lines().count() < 1_100);
}

#[test]
fn a_workbook_is_nothing_but_a_workbook() {
    let good = workbook(&two(), &["Хаттама"], "");
    let read = |bytes: Vec<u8>| table::read_table(bytes, &TableOptions::default()).map(|_| ());
    assert!(read(good.clone()).is_ok());
    let mut commented = good.clone();
    let end = commented.len();
    commented[end - 2] = 5;
    commented.extend(b"false");
    let twice = [good.clone(), good[good.len() - 22..].to_vec()].concat();
    let inside = [&good[..end - 22], b"<html>", &good[end - 22..]].concat();
    for (name, bytes) in [
        ("behind", [good.clone(), b"<html>".to_vec()].concat()),
        ("in front", [b"PK\x03\x04".to_vec(), good.clone()].concat()),
        ("a comment", commented),
        ("two ends", twice),
        ("inside", inside),
    ] {
        let fault = read(bytes).expect_err(name);
        assert_eq!(fault.exit_code(), 2, "{name}: {fault}");
    }
    let fault = read([b"<html><table>".to_vec(), good].concat()).unwrap_err();
    assert!(fault.to_string().contains("HTML"), "{fault}");
}

#[test]
fn an_import_says_which_column_became_whose_votes() {
    let desk = Desk::new(two_precincts());
    let table = desk.file("t.csv", &rfc(&two()));
    let swapped = MAP
        .replace("qaliev = \"Қалиев\"", "qaliev = \"Әбенов\"")
        .replace("abenov = \"Әбенов\"", "abenov = \"Қалиев\"");
    let (code, stdout, _) = desk.import(&table, &swapped, "out", &["--dry-run"]);
    assert!(code == 0 && stdout.contains("column N \"Әбенов\" -> votes for qaliev ("), "{stdout}");
    let expected = format!("{MAP}\n[totals.votes]\nabenov = 1\n");
    let (code, stdout, _) = desk.import(&table, &expected, "out", &[]);
    assert!(code == 1 && stdout.contains("EXPECTED 1") && stdout.contains("nothing was written"), "{stdout}");
    assert!(!desk.dir.path().join("out").exists());
}

#[test]
fn an_unchanged_row_of_a_second_table_needs_no_reason() {
    let desk = Desk::new(Scene::before("protocol-superseded:recount"));
    let same = with(with(row("0001"), "Әбенов", "150"), "Қалиев", "60");
    let table = desk.file("t.csv", &rfc(std::slice::from_ref(&same)));
    let map =
        format!("{MAP}\n[supersedes]\nreason = \"Түсініктеме\"\npresent = {{ value = \"Бақылаушы\" }}\n");
    let (code, stdout, stderr) = desk.import(&table, &map, "out", &[]);
    assert!(
        code == 0 && stdout.contains("1 precincts have the figures that the ledger has"),
        "{stdout}{stderr}"
    );
    let table = desk.file("t.csv", &rfc(&[with(with(same, "Әбенов", "145"), "Қалиев", "65")]));
    let (code, stdout, _) = desk.import(&table, &map, "out", &[]);
    assert!(
        code == 1 && stdout.contains("\"Түсініктеме\": expected a value, found an empty cell"),
        "{stdout}"
    );
}
