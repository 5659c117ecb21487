//! Real tables of territories and elections through the commands for tables: every row is a draft or has its reason.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{commands::run, foretold::Room};

/// Rows of a long table that are taken: enough to meet every kind.
const ROWS: usize = 250;

fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let base = std::env::var_os("HATTAMA_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let path = base.join("data/kz");
    if path.join("README.md").exists() {
        return Some(path);
    }
    eprintln!("skipped: no tables of Kazakhstan at {}", path.display());
    None
}

/// The beginning of a table, as a file of its own.
fn take(room: &Room, folder: &Path, name: &str) -> (String, usize) {
    let text = fs::read_to_string(folder.join(name)).unwrap();
    let lines: Vec<&str> = text.lines().take(ROWS + 1).collect();
    let file = room.at(name);
    fs::write(&file, lines.join("\n") + "\n").unwrap();
    (file, lines.len() - 1)
}

fn read_outcome(words: &[&str]) -> serde_json::Value {
    let (code, out, err) = run(words);
    assert!(code == 0 || code == 1, "{words:?}: {code} {out}{err}");
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{words:?}: {out}{err}"))
}

fn require_every_row(told: &serde_json::Value, rows: usize, what: &str) -> usize {
    let list = |name: &str| told[name].as_array().unwrap().clone();
    let (drafts, refused) = (list("drafts"), list("refused"));
    assert_eq!(told["rows"].as_u64(), Some(rows as u64), "{what}");
    assert_eq!(drafts.len() + refused.len(), rows, "{what}: a row disappeared");
    for row in refused {
        let why = row["why"].as_str().unwrap();
        assert!(row["line"].as_u64().unwrap() > 1 && why.contains("expected"), "{what}: {row}");
    }
    drafts.len()
}

#[test]
fn every_row_of_a_real_table_is_a_draft_or_has_its_reason() {
    let Some(folder) = folder() else { return };
    let room = Room::before("election-called");
    let ledger = room.at("ledger");
    let paper = format!("decision={}", room.at("paper.pdf"));
    let cases: [(&str, &str, &[&str]); 4] = [
        (
            "kato.csv",
            "precinct-formed",
            &[
                "--column",
                "kato=code",
                "--set",
                "commission=pec-aul-1",
                "--set",
                "number=9",
                "--set",
                "voters=100",
                "--set",
                "kind=open",
            ],
        ),
        (
            "settlement_points.csv",
            "precinct-formed",
            &[
                "--column",
                "voters=population",
                "--set",
                "commission=pec-aul-1",
                "--set",
                "number=9",
                "--set",
                "kind=open",
            ],
        ),
        (
            "akim_contests.csv",
            "organisation-accredited",
            &[
                "--column",
                "organisation=territory_kato",
                "--column",
                "name=territory_ru",
                "--set",
                "until=2026-08-01 18:00",
            ],
        ),
        ("akim_facts.csv", "observers-counted", &["--column", "observers=value", "--set", "media=1"]),
    ];
    for (name, fact, words) in cases {
        let (file, rows) = take(&room, &folder, name);
        let all = [
            &[
                "table",
                fact,
                &file,
                "--ledger",
                &ledger,
                "--author",
                "tec-aul",
                "--json",
                "--at",
                "2025-08-25 15:00",
            ],
            words,
        ]
        .concat();
        let all = if fact == "observers-counted" { all } else { [&all[..], &["--set", &paper]].concat() };
        let drafts = require_every_row(&read_outcome(&all), rows, name);
        eprintln!("{name}: {rows} rows, {drafts} drafts");
        assert!(drafts > 0 || fact != "organisation-accredited", "{name}: lawful rows are drafted");
    }
    // The same table under headings as offices write them.
    let text = fs::read_to_string(folder.join("settlement_points.csv")).unwrap();
    for (header, columns) in [
        ("КАТО;Число избирателей;№ участка", ["kato", "voters", "number"]),
        ("ӘАОЖ коды;Сайлаушылар саны;Учаске нөмірі", ["kato", "voters", "number"]),
    ] {
        let cells = text.lines().skip(1).take(40).enumerate().map(|(n, line)| {
            let cells: Vec<&str> = line.split(',').collect();
            format!("{};{};{}", cells[0], cells.get(5).copied().unwrap_or_default(), n + 10)
        });
        let table = [header.to_owned()].into_iter().chain(cells).collect::<Vec<_>>().join("\n");
        let file = room.at("offices.csv");
        fs::write(&file, table).unwrap();
        let told = read_outcome(&[
            "table",
            "precinct-formed",
            &file,
            "--ledger",
            &ledger,
            "--author",
            "tec-aul",
            "--json",
            "--at",
            "2025-08-25 15:00",
            "--set",
            "commission=pec-aul-1",
            "--set",
            "kind=open",
            "--set",
            &paper,
        ]);
        let read: Vec<&str> =
            told["columns"].as_array().unwrap().iter().map(|own| own["field"].as_str().unwrap()).collect();
        assert_eq!(read, columns, "{header}");
        require_every_row(&told, 40, header);
    }
    // What is a protocol's, the commands for protocols read.
    for name in ["akim_contests.csv", "akim_candidate_votes.csv"] {
        let (file, rows) = take(&room, &folder, name);
        let (code, mapping, err) = run(&["protocol", "map", &file]);
        assert!(code == 0 && mapping.contains("[figures]"), "{mapping}{err}");
        let map = room.at("map.toml");
        let figures = match name {
            "akim_contests.csv" => {
                "[figures]\nvoters = \"registered\"\ninvalid = \"invalid\"\nagainst_all = \"against_all\"\n"
            }
            _ => "[figures]\nfound = \"votes\"\n",
        };
        fs::write(&map, format!("[precinct]\nkey = [\"contest_id\"]\n{figures}[ignore]\nothers = true\n"))
            .unwrap();
        let (code, out, err) = run(&["protocol", "check", &file, "--map", &map, "--format", "json"]);
        let told: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}"));
        let counted = told["clean"].as_u64().unwrap() + told["refused"].as_u64().unwrap();
        assert!(code <= 1 && told["rows"].as_u64() == Some(rows as u64) && counted == rows as u64, "{out}");
    }
}
