//! A second set of figures beside the protocol's: columns of the table, a file with a row for each precinct, a file with a
//! row for each line of the ballot. What differs is told by precinct and line, and refuses nothing unless the mapping says so.

use super::*;

const MAIN: &str = "precinct,voters,found,invalid,machine found\na,50,40,1,40\nb,60,31,0,30\nc,70,20,2,\n";
const OWN: &str = "precinct.key = [\"precinct\"]\nfigures.voters = \"voters\"\nfigures.found = \"found\"\nfigures.invalid = \"invalid\"\nfigures.against_all = 0\n";

/// Checks the table under this mapping, with other files beside it; answers with the exit code, the text, and the JSON.
fn check(main: &str, map: &str, files: &[(&str, &str)]) -> (i32, String, Value) {
    let desk = Desk::new(Scene::before("protocol-signed"));
    for (name, content) in files {
        desk.file(name, content.as_bytes());
    }
    desk.file("t.csv", main.as_bytes());
    desk.file("m.toml", map.as_bytes());
    let words = ["protocol", "check", "t.csv", "--map", "m.toml"];
    let (code, text, stderr) = desk.run(&words);
    let (_, json, _) = desk.run(&[words.as_slice(), &["--format", "json"]].concat());
    (code, format!("{text}{stderr}"), serde_json::from_str(&json).unwrap_or_default())
}

fn kinds(report: &Value) -> Vec<String> {
    let items = report["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| format!("{} {}", item["kind"].as_str().unwrap(), item["precinct"].as_str().unwrap()))
        .collect()
}

#[test]
fn columns_of_the_same_table_are_compared_and_refuse_nothing() {
    let map = format!("{OWN}[compare]\n[compare.figures]\nfound = \"machine found\"\n");
    let (code, text, report) = check(MAIN, &map, &[]);
    assert_eq!(code, 0, "{text}");
    for words in [
        "line 3, b: found: machine 30, final 31",
        "line 4, c: expected figures of machine for this row, found none",
        "column E \"machine found\" -> found of machine: 70",
        "machine against final: 1 differences in 1 of 2 rows compared; 1 rows without figures of machine",
        "3 rows: 3 clean, 0 refused",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(kinds(&report), ["difference b", "no-second c"]);
    let counts = &report["comparison"];
    assert_eq!((counts["differences"].as_u64(), counts["rows_without_second"].as_u64()), (Some(1), Some(1)));
    let strict = map.replace("[compare]\n", "[compare]\nrefuse = true\nname = \"KOIB\"\nown = \"hattama\"\n");
    let (code, text, report) = check(MAIN, &strict, &[]);
    assert!(code == 1 && text.contains("3 rows: 1 clean, 2 refused"), "{text}");
    assert!(text.contains("found: KOIB 30, hattama 31 (refused by [compare]"), "{text}");
    assert_eq!(kinds(&report), ["refused b", "refused c"]);
    // A cell that is no figure refuses no row of the protocol, and is told.
    let (code, text, report) = check(&MAIN.replace(",1,40\n", ",1,4o\n"), &map, &[]);
    assert!(
        code == 0 && text.contains("machine: column E \"machine found\": expected a whole number"),
        "{text}"
    );
    assert_eq!(kinds(&report), ["unread a", "difference b", "no-second c"]);
    // A line that the protocol's side does not give, a column that is not there, and no line at all.
    for (more, words) in [
        (
            "[compare.figures]\nissued = \"machine found\"\n",
            "compare.figures: expected a line that [figures] gives",
        ),
        ("[compare.figures]\nfound = \"other\"\n", "compare.figures.found: expected a column of the table"),
        ("[compare.votes]\nx = \"machine found\"\n", "compare.votes: expected a candidate"),
        ("[compare]\n[ignore]\nothers = true\n", "compare: expected a line"),
    ] {
        let (code, text, _) = check(MAIN, &format!("{OWN}{more}"), &[]);
        assert!(code == 1 && text.contains(words), "{words}: {text}");
    }
}

#[test]
fn other_files_wide_and_long_are_compared_by_their_key() {
    let main = "precinct,voters,found,invalid\na,50,40,1\nb,60,31,0\nc,70,20,2\n";
    let votes = "p,line,votes\na,x,30\na,y,9\nb,x,20\nb,y,11\nc,x,9\nc,y,9\n";
    let wide = ("machine.csv", "p,no,found\na,1,40\nb,1,30\nd,1,7\n");
    let long = ("mv.csv", "p,line,votes\na,x,30\na,y,9\nb,x,19\nb,y,11\ne,x,1\n");
    let map = format!(
        "{OWN}[votes]\nx = \"x\"\ny = \"y\"\n[long]\nfile = \"v.csv\"\nkey = \"p\"\nline = \"line\"\nvotes = \"votes\"\nof = \"precinct\"\n\
         [compare]\nignore = [\"no\"]\n[compare.file]\nfile = \"machine.csv\"\nkey = \"p\"\nof = \"precinct\"\n\
         [compare.long]\nfile = \"mv.csv\"\nkey = \"p\"\nline = \"line\"\nvotes = \"votes\"\nof = \"precinct\"\n\
         [compare.figures]\nfound = \"found\"\n[compare.votes]\nx = \"x\"\ny = \"y\"\n"
    );
    let (code, text, report) = check(main, &map, &[("v.csv", votes), wide, long]);
    assert_eq!(code, 0, "{text}");
    for words in [
        "line 3, b: found: machine 30, final 31",
        "line 3, b: votes for x: machine 19, final 20",
        "line 4, c: expected figures of machine for this row, found none",
        "for the figures of machine of \"d\", which stand in line 4 of machine.csv",
        "for the figures of machine of \"e\", which stand in line 6 of mv.csv",
        "column \"x\" of v.csv -> votes for x: 59",
        "column \"x\" of mv.csv -> votes for x of machine: 49",
        "column \"found\" of machine.csv -> found of machine: 70",
        "machine against final: 2 differences in 1 of 2 rows compared; 1 rows without figures of machine; 2 rows of machine without a row of final",
        "3 rows: 3 clean, 0 refused",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(report["comparison"]["rows_without_own"], 2);
    // A column of the other file that is neither read nor left aside.
    let (code, text, _) =
        check(main, &map.replace("ignore = [\"no\"]\n", ""), &[("v.csv", votes), wide, long]);
    assert!(code == 1 && text.contains("neither for: column \"no\" of machine.csv"), "{text}");
    // A key twice, a row that is not whole, and a file that is not there.
    for (bad, code, words) in [
        (
            "p,no,found\na,1,40\na,2,3\n",
            1,
            "machine.csv, line 3: expected each row's key once, found \"a\" twice",
        ),
        ("p,no,found\na,40\n", 1, "machine.csv: line 2: expected 3 cells"),
        ("", 2, "machine.csv: expected a header"),
    ] {
        let (found, text, _) = check(main, &map, &[("v.csv", votes), ("machine.csv", bad), long]);
        assert!(found == code && text.contains(words), "{words}: {found} {text}");
    }
    // Strictly, rows without a row refuse too.
    let strict = map.replace("[compare]\n", "[compare]\nrefuse = true\n");
    let (code, text, _) = check(main, &strict, &[("v.csv", votes), wide, long]);
    assert!(code == 1 && text.contains("5 rows: 1 clean, 4 refused"), "{text}");
}

#[test]
fn an_import_lists_differences_beside_its_drafts() {
    let desk = Desk::new(two_precincts());
    let table = desk.file("t.csv", &rfc(&two()));
    desk.file("machine.csv", b"no,found,abenov\r\n0001,239,60\r\n2,238,150\r\n9,1,1\r\n");
    let map = format!(
        "{MAP}\n[compare.file]\nfile = \"machine.csv\"\nkey = \"no\"\nof = \"Учаске\"\n\
         [compare.figures]\nfound = \"found\"\n[compare.votes]\nabenov = \"abenov\"\n"
    );
    let (code, stdout, stderr) = desk.import(&table, &map, "out", &[]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(
        stdout.contains("found: machine 238, final 239") && stdout.contains("2 drafts, 0 refused"),
        "{stdout}"
    );
    assert!(stdout.contains("1 differences in 1 of 2 rows compared; 1 rows of machine without"), "{stdout}");
    assert_eq!(desk.drafts("out").len(), 2);
    let strict = format!("{map}\n[compare]\nrefuse = true\n").replace("[compare.file]", "[compare.file]");
    let (code, stdout, _) = desk.import(&table, &strict, "strict", &[]);
    assert!(code == 1 && stdout.contains("1 drafts, 2 refused"), "{stdout}");
    let (_, csv, _) = desk.import(&table, &map, "other", &["--format", "csv"]);
    assert!(csv.contains(",difference,,239,238,"), "{csv}");
}

#[test]
fn an_import_with_votes_of_a_file_of_their_own_says_each_column_and_its_sum() {
    let desk = Desk::new(two_precincts());
    let table = desk.file("t.csv", &rfc(&two()));
    desk.file("v.csv", b"no,line,votes\r\n0001,q,150\r\n0001,a,60\r\n2,a,150\r\n2,q,60\r\n");
    desk.file("mv.csv", b"no,line,votes\r\n0001,q,150\r\n0001,a,61\r\n2,a,150\r\n2,q,60\r\n");
    let long = |file: &str| {
        format!("file = \"{file}\"\nkey = \"no\"\nline = \"line\"\nvotes = \"votes\"\nof = \"Учаске\"\n")
    };
    let map = format!(
        "{}\n[long]\n{}[compare]\n[compare.long]\n{}[compare.votes]\nabenov = \"a\"\nqaliev = \"q\"\n[totals.votes]\nabenov = 210\n",
        MAP.replace("\"Қалиев\"\n", "\"q\"\n")
            .replace("\"Әбенов\"\n", "\"a\"\n")
            .replace("[\"Ескерту\"]", "[\"Ескерту\", \"Әбенов\", \"Қалиев\"]"),
        long("v.csv"),
        long("mv.csv")
    );
    let (code, stdout, stderr) = desk.import(&table, &map, "out", &[]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    for words in [
        "column \"a\" of v.csv -> votes for abenov (",
        "): 210 as expected",
        "column \"q\" of v.csv -> votes for qaliev (",
        "column \"a\" of mv.csv -> votes for abenov of machine: 211",
        "column B \"Сайлаушылар\" -> voters: 800",
        "machine against final: 1 differences in 1 of 2 rows compared",
        "2 rows: 2 drafts, 0 refused",
    ] {
        assert!(stdout.contains(words), "{words}: {stdout}");
    }
    let (_, json, _) = desk.import(&table, &map, "json", &["--format", "json"]);
    let report: Value = serde_json::from_str(&json).unwrap();
    let sums = report["sums"].as_array().unwrap();
    let abenov = sums.iter().find(|sum| sum["line"] == "votes for abenov").unwrap();
    assert_eq!((&abenov["sum"], &abenov["expected"]), (&210.into(), &210.into()));
    assert_eq!(report["comparison"]["sums"][0]["sum"], 211);
    // The drafts are those of a table that has the votes in its own columns.
    let (code, ..) = desk.import(&table, MAP, "plain", &[]);
    assert_eq!((code, desk.drafts("out")), (0, desk.drafts("plain")));
}
