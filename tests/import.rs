//! Tables of protocols: good ones give the same drafts in every spelling, bad rows are refused by line and reason.
//!
//! In: the program over tables made here. Out: making them (`tables`), tables of real elections (those of
//! `commission`), second tables over the same precincts (`annulled`).

mod annulled;
mod cases;
mod compared;
mod contests;
mod neighbours;
#[path = "../crates/commission/tests/real/files.rs"]
pub(crate) mod real;
mod refused;
pub(crate) mod tables;

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    process::Command,
};

use commission::{
    import::{check::check_table, columns::Columns, mapped::MappedTable, mapping::Mapping},
    table::{self, cells::TableOptions},
};
use event::SignedEvent;
use law::{Fact, Rule, facts::CorrectionGround};
use serde_json::Value;

use crate::{
    refusals::written,
    scene::{BOARD, ELECTION, PEC, PRECINCT, Scene, count, paper},
};
use tables::{Row, SECOND, excel, rfc, row, two_precincts, with, workbook};

const MAP: &str = include_str!("import/aul.toml");

/// A folder with a ledger that waits for the protocols of two precincts.
struct Desk {
    dir: tempfile::TempDir,
    scene: Scene,
}

impl Desk {
    fn new(scene: Scene) -> Self {
        let dir = tempfile::tempdir().unwrap();
        written(&scene, &dir.path().join("ledger"));
        Self { dir, scene }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Runs the program; answers with exit code, stdout and stderr.
    fn run(&self, words: &[&str]) -> (i32, String, String) {
        let out = Command::new(env!("CARGO_BIN_EXE_hattama"))
            .env("HATTAMA_STATE", crate::commands::state_directory())
            .args(words)
            .current_dir(self.dir.path())
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (out.status.code().unwrap(), text(&out.stdout), text(&out.stderr))
    }

    fn import(&self, table: &Path, map: &str, out: &str, more: &[&str]) -> (i32, String, String) {
        self.file("map.toml", map.as_bytes());
        let mut words = vec!["protocol", "import", table.to_str().unwrap(), "--map", "map.toml"];
        words.extend(["--ledger", "ledger", "--election", ELECTION, "--out", out]);
        words.extend(more);
        self.run(&words)
    }

    /// Names in the folder: what an import leaves behind shows here.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.dir.path())
            .unwrap()
            .map(|item| item.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn drafts(&self, out: &str) -> Vec<(String, Vec<u8>)> {
        let mut drafts: Vec<(String, Vec<u8>)> = fs::read_dir(self.dir.path().join(out))
            .unwrap()
            .map(|item| item.unwrap().path())
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap()))
            .collect();
        drafts.sort();
        drafts
    }
}

fn two() -> [Row; 2] {
    [row("0001"), with(with(row("2"), "Әбенов", "150"), "Қалиев", "60")]
}

#[test]
fn every_spelling_gives_the_same_drafts_which_are_signed_and_admitted() {
    let mut desk = Desk::new(two_precincts());
    let spellings = [
        ("rfc.csv", rfc(&two()), "separator comma"),
        ("excel.csv", excel(&two()), "byte-order mark"),
        ("book.xlsx", workbook(&two(), &["Хаттама"], ""), "sheet \"Хаттама\""),
    ];
    let plain = MAP.replace("columns = [\"Ескерту\"]", "");
    for (name, bytes, said) in &spellings {
        let table = desk.file(name, bytes);
        let map = if name.ends_with("xlsx") { &plain } else { MAP };
        let (code, stdout, stderr) = desk.import(&table, map, &format!("{name}.drafts"), &[]);
        assert_eq!(code, 0, "{name}: {stdout}{stderr}");
        assert!(stdout.contains(said) && stdout.contains("2 rows: 2 drafts, 0 refused"), "{stdout}");
    }
    let drafts = desk.drafts("rfc.csv.drafts");
    for (name, ..) in &spellings {
        assert_eq!(desk.drafts(&format!("{name}.drafts")), drafts, "{name}");
    }
    let names: Vec<&str> = drafts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, [format!("{PRECINCT}.json"), format!("{SECOND}.json")]);
    let mut files = Vec::new();
    for (place, (name, bytes)) in drafts.iter().enumerate() {
        let mut signed = SignedEvent::decode(bytes.trim_ascii_end()).unwrap();
        let Fact::ProtocolSigned(b) =
            Fact::read_body(signed.event.fact.as_str(), signed.event.body.text().as_bytes()).unwrap()
        else {
            panic!()
        };
        let votes = if place == 0 { [60, 150] } else { [150, 60] };
        assert_eq!(b.protocol.count, count(votes));
        let labels: Vec<String> =
            BOARD.iter().map(|seat| format!("{}/{seat}", signed.event.author)).collect();
        desk.scene.cast.sign(&mut signed, &labels).unwrap();
        let path = desk.dir.path().join(format!("signed-{name}"));
        fs::write(&path, event::json::encode(&signed).unwrap()).unwrap();
        files.push(path);
        desk.scene.append(signed).unwrap();
    }
    let files: Vec<&str> = files.iter().map(|path| path.to_str().unwrap()).collect();
    let (code, stdout, stderr) = desk.run(&["event", "append", files[0], files[1], "--ledger", "ledger"]);
    assert_eq!(code, 0, "{stdout}{stderr}");
}

#[test]
fn a_dry_run_and_an_import_that_fails_leave_nothing() {
    let desk = Desk::new(two_precincts());
    let table = desk.file("t.csv", &rfc(&two()));
    desk.file("map.toml", b"");
    let before = desk.names();
    let (code, stdout, _) = desk.import(&table, MAP, "out", &["--dry-run"]);
    assert_eq!((code, desk.names() == before), (0, true), "{stdout}");
    assert!(stdout.ends_with("a dry run, nothing was written\n"), "{stdout}");
    // Nothing to draft: no folder.
    let bad = desk.file("t.csv", &rfc(&[row("0009")]));
    let (code, stdout, _) = desk.import(&bad, MAP, "out", &[]);
    assert_eq!((code, desk.names() == before), (1, true), "{stdout}");
    let table = desk.file("t.csv", &rfc(&two()));
    // A place that is taken: nothing is mixed with what is there.
    fs::create_dir(desk.dir.path().join("out")).unwrap();
    let (code, _, stderr) = desk.import(&table, MAP, "out", &[]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains("expected no out there, found one") && stderr.contains("hint:"), "{stderr}");
    assert!(desk.drafts("out").is_empty());
    // A parent that is not there.
    let (code, _, stderr) = desk.import(&table, MAP, "none/out", &[]);
    assert_eq!(code, 2, "{stderr}");
}

#[test]
fn a_bad_row_is_refused_and_the_others_are_drafted() {
    let desk = Desk::new(two_precincts());
    let long = "9".repeat(5_000);
    let bad = |column: &str, cell: &str| with(row("0001"), column, cell);
    let no_paper = with(with(bad("Бәріне қарсы", "21"), "Қағаз", ""), "Көлемі", "");
    let cases: [(&str, Row, &[&str]); 18] = [
        ("unknown", row("0009"), &["expected a precinct of aul-2025, found \"0009\""]),
        ("empty", bad("Куәлік", ""), &["column L \"Куәлік\"", "empty is not zero"]),
        ("dash", bad("Куәлік", "—"), &["expected a whole number, found \"—\""]),
        ("negative", bad("Куәлік", "-1"), &["expected a number of at least 0, found -1"]),
        ("fraction", bad("Куәлік", "1,5"), &["expected a whole number, found 1,5"]),
        ("zero fraction", bad("Куәлік", "1.0"), &["expected a whole number, found 1.0"]),
        ("big", bad("Куәлік", "1000000001"), &["(ARI-01), found 1000000001"]),
        ("far", bad("Куәлік", "99999999999999999999999"), &["ARI-01"]),
        ("zeros", bad("Куәлік", "01"), &["without leading zeros"]),
        ("groups", bad("Сайлаушылар", "4 00"), &["expected a whole number"]),
        ("long", bad("Куәлік", &long), &["expected at most 4096 bytes, found 5000"]),
        ("time", bad("Басталды", "кешке"), &["expected a time as"]),
        ("hash", bad("Қағаз", "abc"), &["expected 64 hexadecimal digits"]),
        (
            "ratio",
            bad("Бәріне қарсы", "21"),
            &["ARI-04", "found 240", "an explanation under this id lets it in"],
        ),
        ("ratio without a paper", no_paper, &["ARI-04", "that paper (sha256 and size) and an explanation"]),
        ("two ratios", with(bad("Сайлаушылар", "239"), "m4 берді", "129"), &["ARI-02", "ARI-06"]),
        ("early", bad("Басталды", "12.10.2025 19:00"), &["PRO-06"]),
        ("short", row("0001")[..9].to_vec(), &["expected 25 cells, as the header has, found 9"]),
    ];
    for (name, bad, words) in cases {
        let table = desk.file("t.csv", &excel(&[bad, row("0002")]));
        let out = format!("out {name}");
        let (code, stdout, stderr) = desk.import(&table, MAP, &out, &[]);
        assert_eq!(code, 1, "{name}: {stdout}{stderr}");
        for word in words {
            assert!(stdout.contains(word), "{name}: no {word} in {stdout}");
        }
        assert!(
            stdout.contains("line 2") && stdout.contains("2 rows: 1 drafts, 1 refused"),
            "{name}: {stdout}"
        );
        let drafts = desk.drafts(&out);
        assert_eq!(drafts.len(), 1, "{name}");
        assert_eq!(drafts[0].0, format!("{SECOND}.json"), "{name}");
    }
}

#[test]
fn a_precinct_in_two_rows_is_refused_in_both() {
    let desk = Desk::new(two_precincts());
    let table = desk.file("t.csv", &rfc(&[row("0001"), row("0002"), row("1")]));
    let (code, stdout, _) = desk.import(&table, MAP, "out", &["--format", "json"]);
    assert_eq!(code, 1, "{stdout}");
    let report: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(report["refused"], 2);
    let lines: Vec<u64> =
        report["items"].as_array().unwrap().iter().map(|item| item["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [2, 4]);
    assert_eq!(report["drafted"][0]["precinct"], SECOND);
}

#[test]
fn lines_are_counted_as_an_editor_does() {
    for end in ["\n", "\r\n", "\r"] {
        let lines = ["no header", "p,issued,voters", "", "a,2,1", "\"b", "c\",2,1", "", "", "d,2,1"];
        let text = lines.join(end) + end;
        let mapping = "file.header = 2\nprecinct.key = [\"p\"]\nfigures.issued = \"issued\"\nfigures.voters = \"voters\"\n";
        let mapping = Mapping::parse(mapping).unwrap();
        let table = table::read_table(text.into_bytes(), &TableOptions::default().or(&mapping.file));
        let table = table.unwrap_or_else(|fault| panic!("{end:?}: {fault}"));
        let columns = Columns::new(&mapping, &table.header).unwrap();
        let checked = check_table(MappedTable { table, columns }).unwrap();
        let lines: Vec<u64> = checked.breaches.iter().map(|breach| breach.line).collect();
        assert_eq!(lines, [4, 5, 9], "{end:?}");
    }
}

#[test]
fn an_explanation_with_its_paper_lets_a_broken_ratio_in() {
    let desk = Desk::new(two_precincts());
    let explained = with(with(row("0001"), "Бәріне қарсы", "21"), "Түсініктеме", "Қағазда солай");
    let table = desk.file("t.csv", &rfc(&[explained]));
    let (code, stdout, _) = desk.import(&table, MAP, "out", &[]);
    assert_eq!(code, 0, "{stdout}");
    assert!(
        stdout.contains("explained: ARI-04") && stdout.contains("no row for 1 precincts: aul-2"),
        "{stdout}"
    );
}

#[test]
fn cells_of_workbooks_that_are_no_values_are_named() {
    let desk = Desk::new(two_precincts());
    let map = MAP.replace("columns = [\"Ескерту\"]", "");
    let cases = [
        (with(row("0001"), "Куәлік", "=SUM(A1:A2)"), "", "found a formula that last gave \"7\""),
        (with(row("0001"), "Куәлік", "#REF!"), "", "found the error #REF!"),
        (with(row("0001"), "Куәлік", "1.5"), "", "expected a whole number, found 1.5"),
        (with(row("0001"), "Куәлік", "-2"), "", "at least 0, found -2"),
        (row("0001"), "L2:L3", "found a merged one"),
    ];
    for (bad, merged, word) in cases {
        let rows = if merged.is_empty() { vec![bad, row("0002")] } else { vec![bad] };
        let table = desk.file("t.xlsx", &workbook(&rows, &["Хаттама"], merged));
        let (code, stdout, stderr) = desk.import(&table, &map, "out", &["--dry-run"]);
        assert_eq!(code, 1, "{word}: {stdout}{stderr}");
        assert!(stdout.contains(word) && stdout.contains("column L \"Куәлік\""), "{word}: {stdout}");
    }
    let table = desk.file("t.xlsx", &workbook(&two(), &["Бір", "Екі"], ""));
    let (code, _, stderr) = desk.import(&table, &map, "out", &[]);
    assert!(
        code == 1 && stderr.contains("expected a sheet of this workbook (Бір, Екі), found none named"),
        "{stderr}"
    );
    let (code, stdout, _) = desk.import(&table, &map, "out", &["--sheet", "Екі"]);
    assert_eq!(code, 0, "{stdout}");
}

#[test]
fn protocols_after_a_recount_are_drafted_in_the_place_of_the_old() {
    let mut scene = Scene::before("protocol-superseded:recount");
    let before = scene.election().totals();
    let desk = Desk::new(Scene::before("protocol-superseded:recount"));
    let own = paper("protocol-after-recount");
    let mut new = with(with(row("0001"), "Әбенов", "145"), "Қалиев", "65");
    new = with(with(new, "Басталды", "13.10.2025 13:00"), "Аяқталды", "13.10.2025 14:00");
    new =
        with(with(new, "Қағаз", &own.sha256.unwrap().to_string()), "Көлемі", &own.size.unwrap().to_string());
    let table = desk.file("t.csv", &rfc(&[new]));
    let map = MAP.replace("2025-10-12T22:30:00+05:00", "2025-10-13T15:00:00+05:00")
        + "\n[supersedes]\nreason = { value = \"Пачка не того кандидата\" }\npresent = { value = \"Наблюдатель; Член комиссии\" }\n";
    let (code, stdout, stderr) = desk.import(&table, &map, "out", &[]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    let (_, bytes) = desk.drafts("out").remove(0);
    let mut signed = SignedEvent::decode(bytes.trim_ascii_end()).unwrap();
    let Fact::ProtocolSuperseded(b) =
        Fact::read_body(signed.event.fact.as_str(), signed.event.body.text().as_bytes()).unwrap()
    else {
        panic!()
    };
    assert_eq!((b.ground, b.present.len()), (CorrectionGround::Recount, 2));
    let labels: Vec<String> = BOARD.iter().map(|seat| format!("{PEC}/{seat}")).collect();
    scene.cast.sign(&mut signed, &labels).unwrap();
    scene.append(signed).unwrap();
    let election = scene.election();
    let votes = |totals: &law::facts::Totals| [totals.votes[0].votes, totals.votes[1].votes];
    assert_eq!(votes(&election.totals_first()), [60, 150], "what was announced first stays");
    assert_eq!((votes(&before), votes(&election.totals())), ([150, 60], [145, 65]));
    // Where nothing was ordered there is nothing to replace.
    let desk = Desk::new(two_precincts());
    let table = desk.file("t.csv", &rfc(&[row("0001")]));
    let (code, stdout, _) = desk.import(&table, &map, "out", &[]);
    assert!(code == 1 && stdout.contains(Rule::Pro01.id()), "{stdout}");
}

#[test]
fn a_skeleton_maps_what_it_knows_and_lists_the_rest() {
    let desk = Desk::new(two_precincts());
    let table = desk.file("t.csv", b"precinct,voters,issued,\"a \"\"b\"\"\"\r\nx,1,2,3\r\n");
    let (code, stdout, stderr) = desk.run(&["protocol", "map", table.to_str().unwrap()]);
    assert_eq!(code, 0, "{stderr}");
    for words in ["id = \"precinct\"", "\nvoters = \"voters\"", "\"a \\\"b\\\"\", # column D"] {
        assert!(stdout.contains(words), "{stdout}");
    }
    desk.file("map.toml", stdout.as_bytes());
    let (code, stdout, _) = desk.run(&["protocol", "check", "t.csv", "--map", "map.toml"]);
    assert_eq!(code, 1, "{stdout}");
    assert!(stdout.contains("line 2, x: ARI-06: expected issued at most voters 1, found 2"), "{stdout}");
    assert!(
        stdout.contains("NOT-RUN  ARI-04 found = votes + against all + invalid: not mapped: found"),
        "{stdout}"
    );
}

#[test]
fn an_old_code_page_is_read_when_it_is_named_and_no_cell_becomes_a_formula() {
    let desk = Desk::new(two_precincts());
    let (table, ..) = encoding_rs::WINDOWS_1251.encode("участок;выдано;избирателей\r\n=1+1;5;4\r\n;;\r\n");
    desk.file("t.csv", &table);
    desk.file(
        "map.toml",
        "precinct.key = [\"участок\"]\nfigures.issued = \"выдано\"\nfigures.voters = \"избирателей\"\n"
            .as_bytes(),
    );
    let words = ["protocol", "check", "t.csv", "--map", "map.toml", "--encoding", "windows-1251", "--format"];
    let (code, stdout, stderr) = desk.run(&[words.as_slice(), &["csv"]].concat());
    assert_eq!(code, 1, "{stderr}");
    assert!(stdout.contains("2,'=1+1,ratio,ARI-06,issued at most voters 4,5,issued <= voters"), "{stdout}");
    let (_, stdout, _) = desk.run(&[words.as_slice(), &["json"]].concat());
    let report: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((&report["blank"], &report["violations"]["ARI-06"]), (&1.into(), &1.into()));
}

#[test]
fn the_examples_of_the_document_are_as_it_says() {
    let document = include_str!("../docs/import.md");
    let blocks = |fence: &str| -> Vec<&str> {
        document.split(fence).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
    };
    let (tables, maps) = (blocks("```csv\n"), blocks("```toml\n"));
    let mut said = Vec::new();
    for (table, map) in tables.iter().zip(&maps) {
        let table = table::read_table(table.as_bytes().to_vec(), &TableOptions::default()).unwrap();
        let columns = Columns::new(&Mapping::parse(map).unwrap(), &table.header).unwrap();
        let checked = check_table(MappedTable { table, columns }).unwrap();
        assert!(checked.refused.is_empty(), "{:?}", checked.refused);
        let lines = checked.breaches.into_iter().map(|own| {
            let (expected, found) = (own.violation.expected, own.violation.found);
            let rule = own.ratio.rule().id();
            format!("line {}, {}: {rule}: expected {expected}, found {found}", own.line, own.precinct)
        });
        said.push(lines.collect::<Vec<_>>());
    }
    assert_eq!((said.len(), said[0].len(), said[1].len()), (2, 0, 1));
    assert!(document.contains(&said[1][0]), "{}", said[1][0]);
}
