//! Several places and several elections in one table: a row of another territory refused by its code,
//! rows of other contests left aside and counted.

use super::*;

const KATO: &str = "Ескерту";

/// The mapping with the code of the territory in the column of notes.
fn map_with_kato() -> String {
    MAP.replace("columns = [\"Ескерту\"]", "").replace("digits = 4", "digits = 4\nkato = \"Ескерту\"")
}

/// A table whose last column holds these codes.
fn with_codes(rows: &[(Row, &str)]) -> Vec<u8> {
    let mut text = String::from_utf8(rfc(&[])).unwrap();
    for (row, code) in rows {
        let mut cells = row.clone();
        cells.push((*code).to_owned());
        text.push_str(&format!("{}\r\n", cells.join(",")));
    }
    assert!(text.contains(KATO));
    text.into_bytes()
}

/// Kinds and words of what an import lists.
fn refusals(desk: &Desk, rows: &[(Row, &str)]) -> (i32, Vec<String>, u64) {
    let table = desk.file("t.csv", &with_codes(rows));
    let (code, stdout, stderr) =
        desk.import(&table, &map_with_kato(), "out", &["--dry-run", "--format", "json"]);
    let report: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}"));
    let words =
        report["items"].as_array().unwrap().iter().map(|item| item["words"].as_str().unwrap().to_owned());
    (code, words.collect(), report["drafted"].as_array().unwrap().len() as u64)
}

#[test]
fn a_row_of_another_territory_is_refused_with_both_codes() {
    let desk = Desk::new(two_precincts());
    let [first, second] = two();
    // Its own code, and one of a territory around it that is still the election's.
    let (code, words, drafted) =
        refusals(&desk, &[(first.clone(), "103230100"), (second.clone(), "103230100")]);
    assert_eq!((code, words.len(), drafted), (0, 0, 2), "{words:?}");
    for other in ["103230200", "751110000", "100000000"] {
        let (code, words, drafted) =
            refusals(&desk, &[(first.clone(), other), (second.clone(), "103230100")]);
        assert_eq!((code, drafted), (1, 1), "{other}: {words:?}");
        assert!(
            words[0].contains("103230100") && words[0].contains(&format!("found {other}")),
            "{other}: {words:?}"
        );
    }
    for bad in ["10323010", "", "103 230 100", "кодсыз", "1032301000"] {
        let (code, words, drafted) = refusals(&desk, &[(first.clone(), bad), (second.clone(), "103230100")]);
        assert_eq!((code, drafted), (1, 1), "{bad}: {words:?}");
        assert!(words.iter().any(|own| own.contains("Ескерту")), "{bad}: {words:?}");
    }
}

#[test]
fn an_import_drafts_the_rows_of_its_contest_alone() {
    let desk = Desk::new(two_precincts());
    let [first, second] = two();
    let contests = "\n[contest]\ncolumn = \"Ескерту\"\nvalue = \"аким\"\n";
    let map = format!("{}{contests}", MAP.replace("columns = [\"Ескерту\"]", ""));
    // The other contest has rows for the same precincts, with figures that no protocol may have.
    let other = with(second.clone(), "Табылды", "400");
    let rows = [
        (first.clone(), "аким"),
        (first.clone(), "мәслихат"),
        (other, "мәслихат"),
        (second.clone(), "аким"),
        (second.clone(), ""),
    ];
    let table = desk.file("t.csv", &with_codes(&rows[..4]));
    let (code, stdout, stderr) = desk.import(&table, &map, "out", &[]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(
        stdout.contains("2 rows of other contests were left aside")
            && stdout.contains("\"мәслихат\" 2")
            && stdout.contains("2 rows: 2 drafts, 0 refused"),
        "{stdout}"
    );
    let plain = desk.file("plain.csv", &rfc(&two()));
    let (code, ..) = desk.import(&plain, MAP, "plain", &[]);
    assert_eq!((code, desk.drafts("out")), (0, desk.drafts("plain")));
    // A row that does not say its contest is refused, and a contest of no row stops the whole.
    let table = desk.file("t.csv", &with_codes(&rows));
    let (code, stdout, _) = desk.import(&table, &map, "other", &[]);
    assert!(code == 1 && stdout.contains("line 6, ") && stdout.contains("\"Ескерту\""), "{stdout}");
    let (code, _, stderr) = desk.import(&table, &map.replace("аким", "сенат"), "none", &[]);
    assert!(code == 1 && stderr.contains("\"аким\", \"мәслихат\""), "{stderr}");
    assert!(!desk.dir.path().join("none").exists());
}

const HEAD: &str = "election,precinct,voters,issued\n";
const ROWS: &str = "akim,a,5,4\nmaslikhat,a,9,9\nakim,b,7,6\nmaslikhat,b,1,2\nmayor,c,3,2\n";

/// Checks a table of several contests; answers with the exit code and what was said.
fn check(rows: &str, contest: &str) -> (i32, String) {
    let desk = Desk::new(Scene::before("protocol-signed"));
    let table = desk.file("t.csv", format!("{HEAD}{rows}").as_bytes());
    desk.file(
        "m.toml",
        format!(
            "precinct.key = [\"precinct\"]\nfigures.voters = \"voters\"\nfigures.issued = \"issued\"\n{contest}"
        )
        .as_bytes(),
    );
    let (code, stdout, stderr) = desk.run(&["protocol", "check", table.to_str().unwrap(), "--map", "m.toml"]);
    (code, format!("{stdout}{stderr}"))
}

#[test]
fn rows_of_other_contests_are_left_aside_and_counted() {
    let column = "[contest]\ncolumn = \"election\"\n";
    let (code, said) = check(ROWS, &format!("{column}value = \"akim\"\n"));
    assert_eq!(code, 0, "{said}");
    for words in [
        "3 rows of other contests were left aside by column A \"election\": \"maslikhat\" 2, \"mayor\" 1",
        "2 rows: 2 clean, 0 refused",
        "column C \"voters\" -> voters: 12",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // Without the filter the same precinct stands there twice, and the other contest's rows break a ratio.
    let (code, said) = check(ROWS, "[ignore]\ncolumns = [\"election\"]\n");
    assert!(code == 1 && said.contains("expected one row for each precinct"), "{said}");
    let (code, said) = check(ROWS, &format!("{column}values = [\"akim\", \"mayor\"]\n"));
    assert!(
        code == 0 && said.contains("3 rows: 3 clean") && said.contains("2 rows of other contests"),
        "{said}"
    );
    // A value that stands in no row.
    for wanted in ["value = \"Akim\"", "values = [\"akim\", \"senate\"]"] {
        let (code, said) = check(ROWS, &format!("{column}{wanted}\n"));
        assert!(
            code == 1 && said.contains("\"maslikhat\", \"mayor\"") && said.contains("expected a row"),
            "{said}"
        );
    }
    for wanted in ["", "value = \" \"\n", "value = \"akim\"\nvalues = [\"mayor\"]\n"] {
        let (code, said) = check(ROWS, &format!("{column}{wanted}"));
        assert!(code == 1 && said.contains("contest: expected value"), "{wanted}: {said}");
    }
    // A row that does not say its contest, or whose cells are not where they should be, does not disappear.
    let (code, said) = check(&format!("{ROWS},d,3,2\nmayor,e,1\n"), &format!("{column}value = \"akim\"\n"));
    assert!(code == 1 && said.contains("4 rows: 2 clean, 2 refused"), "{said}");
    assert!(said.contains("line 7, d: refused: column A \"election\"") && said.contains("line 8"), "{said}");
}
