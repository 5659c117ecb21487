//! A second table over the same precincts: what is as it was, what was corrected, what was annulled.
//!
//! In: small tables made here; the four precincts whose results were annulled in 2018, with the totals published before and
//! after. Out: first protocols (`import`), whole files against their oracles (`real`).
//!
//! The table of 2018 has 97,699 precincts, too many for a ledger in a test. The four stand in it as they are, row by row;
//! the others stand in it as one row that this test adds up, which no commission ever signed. The figures are those of a
//! foreign election; commissions, times, papers and the decision are made up.

mod evening;

use std::{collections::BTreeMap, path::Path};

use event::SignedEvent;
use law::{Fact, facts::*, lines_root};

use super::{Desk, MAP, real, tables};
use crate::scene::{
    BOARD, PRECINCT, Scene, TEC, id, own, paper,
    play::{RURAL, by, calling, checked, counts, nominee, readies, registered, registers, tec, votes},
    statements::invalidated,
    text,
};

/// Signs drafts as the members whom they name, appends them, and gives the facts.
fn appended(scene: &mut Scene, drafts: Vec<(String, Vec<u8>)>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (name, bytes) in drafts {
        let mut signed = SignedEvent::decode(bytes.trim_ascii_end()).unwrap();
        let fact = Fact::read_body(signed.event.fact.as_str(), signed.event.body.text().as_bytes()).unwrap();
        let labels = own(signed.event.author.as_str(), &BOARD);
        scene.cast.sign(&mut signed, &labels).unwrap();
        scene.append(signed.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        scene.said.push(signed);
        facts.push(fact);
    }
    facts
}

/// What makes results invalid, with the columns that a table has for it.
const INVALIDATES: &str = "\n[invalidates]\nground = \"annulled\"\nat = { value = \"2026-10-26T12:00:00+05:00\" }\n\
    seats = { value = \"chair deputy secretary m4\" }\ndecision = { sha256 = \"decision\", size = \"decision size\" }\n\
    submission = { sha256 = \"submission\", size = \"submission size\" }\n";

fn cells(document: &event::Document) -> [String; 2] {
    [document.sha256.unwrap().to_string(), document.size.unwrap().to_string()]
}

#[test]
fn a_list_of_annulled_precincts_is_drafted_and_nothing_is_guessed() {
    let mut scene = registered();
    readies(&mut scene, RURAL, "2026-10-06 10:00");
    votes(&mut scene, RURAL, "2026-10-25");
    counts(&mut scene, RURAL, "2026-10-25", [110, 100]);
    let desk = Desk::new(scene);
    let (decision, submission) = (cells(&paper("invalid")), cells(&paper("submission")));
    let head = "precinct,annulled,decision,decision size,submission,submission size\n";
    let row = |precinct: &str, ground: &str, size: &str| {
        format!("{precinct},{ground},{},{size},{},{}\n", decision[0], submission[0], submission[1])
    };
    let map = |ground: &str| {
        let invalidates = INVALIDATES.replace("ground = \"annulled\"", ground);
        format!("[precinct]\nid = \"precinct\"\n{invalidates}[ignore]\nothers = true\n")
    };
    let always = map("ground = { value = \"Урна была вскрыта\" }");
    let import = |name: &str, rows: &str, map: &str| {
        let table = desk.file(&format!("{name}.csv"), format!("{head}{rows}").as_bytes());
        desk.file("map.toml", map.as_bytes());
        let words =
            ["protocol", "import", table.to_str().unwrap(), "--map", "map.toml", "--ledger", "ledger"];
        desk.run(&[words.as_slice(), &["--election", RURAL, "--out", name]].concat())
    };
    let (code, stdout, _) = import("unknown", &row("aul-9", "", &decision[1]), &always);
    assert!(code == 1 && stdout.contains("expected a precinct of aul-2026, found \"aul-9\""), "{stdout}");
    let (code, stdout, _) = import("half", &row(PRECINCT, "", ""), &always);
    assert!(code == 1 && stdout.contains("decision size"), "half a paper: {stdout}");
    let none = format!("{PRECINCT},,,,{},{}\n", submission[0], submission[1]);
    let (code, stdout, _) = import("none", &none, &always);
    assert!(code == 1 && stdout.contains("expected the decision, found empty cells"), "{stdout}");
    let twice = row(PRECINCT, "", &decision[1]).repeat(2);
    let (code, stdout, _) = import("twice", &twice, &always);
    assert!(code == 1 && stdout.contains("expected one row for each precinct"), "{stdout}");
    let strange = always.replace("deputy secretary", "deputy m9");
    let (code, stdout, _) = import("strange", &row(PRECINCT, "", &decision[1]), &strange);
    assert!(code == 1 && stdout.contains("expected seats with keys"), "{stdout}");
    // Where a column says which, the others need their figures, and a table without them says so.
    let (code, _, stderr) = import("column", &row(PRECINCT, "", &decision[1]), &map("ground = \"annulled\""));
    assert!(code == 1 && stderr.contains("none for absentee"), "{stderr}");
    let (code, stdout, stderr) = import("good", &row(PRECINCT, "", &decision[1]), &always);
    assert_eq!(code, 0, "{stdout}{stderr}");
    let mut scene = desk.scene;
    let protocol = scene.of(RURAL).polls[PRECINCT].current().unwrap().event;
    let drafts = std::fs::read(desk.dir.path().join(format!("good/{PRECINCT}.json"))).unwrap();
    let Fact::PrecinctInvalidated(said) = appended(&mut scene, vec![("good".into(), drafts)]).remove(0)
    else {
        panic!()
    };
    let Fact::PrecinctInvalidated(expected) = invalidated(protocol) else { panic!() };
    assert_eq!(
        (said.protocol, said.decision, said.submission),
        (protocol, expected.decision, expected.submission)
    );
    assert_eq!(said.ground, text("Урна была вскрыта"));
    assert_eq!(scene.of(RURAL).totals().voters, 0);
}

#[test]
fn a_second_table_drafts_what_changed_and_leaves_the_rest() {
    // Two precincts with protocols; at the first a recount was ordered.
    let mut desk = Desk::new(tables::two_precincts());
    let first = [tables::row("0001"), tables::row("0002")];
    let table = desk.file("first.csv", &tables::rfc(&first));
    let (code, stdout, stderr) = desk.import(&table, MAP, "first", &[]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    let drafts = desk.drafts("first");
    appended(&mut desk.scene, drafts);
    let mut order = desk.scene.step("recount-ordered");
    order.at = "2025-10-13 12:00".into();
    desk.scene.say(&order);
    let mut desk = Desk::new(desk.scene);
    let new = cells(&paper("protocol-after-recount"));
    let mut changed = tables::with(tables::with(tables::row("0001"), "Әбенов", "65"), "Қалиев", "145");
    for (column, cell) in [("Басталды", "13.10.2025 13:00"), ("Аяқталды", "13.10.2025 14:00")]
    {
        changed = tables::with(changed, column, cell);
    }
    changed = tables::with(tables::with(changed, "Қағаз", &new[0]), "Көлемі", &new[1]);
    let map = MAP.replace("2025-10-12T22:30:00+05:00", "2025-10-13T15:00:00+05:00")
        + "\n[supersedes]\nreason = { value = \"Пачка не того кандидата\" }\npresent = { value = \"Наблюдатель\" }\n";
    let table = desk.file("second.csv", &tables::rfc(&[changed.clone(), tables::row("0002")]));
    let (code, stdout, stderr) = desk.import(&table, &map, "second", &[]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("note: 1 precincts have the figures that the ledger has"), "{stdout}");
    assert!(stdout.contains("2 rows: 1 drafts, 0 refused"), "{stdout}");
    let drafts = desk.drafts("second");
    let facts = appended(&mut desk.scene, drafts);
    assert!(matches!(facts.as_slice(), [Fact::ProtocolSuperseded(b)] if b.precinct.as_str() == PRECINCT));
    assert_eq!(desk.scene.election().totals().votes[0].votes, 65 + 60);
    // Said again, nothing is left to say; and what changes without a ground is refused by its precinct.
    let desk = Desk::new(desk.scene);
    let table = desk.file("third.csv", &tables::rfc(&[changed, tables::row("0002")]));
    let (code, stdout, _) = desk.import(&table, &map, "third", &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (code, report["same"].as_array().unwrap().len(), report["drafted"].as_array().unwrap().len()),
        (0, 2, 0)
    );
    let other = tables::with(tables::with(tables::row("0002"), "Әбенов", "61"), "Қалиев", "149");
    let table = desk.file("fourth.csv", &tables::rfc(&[other]));
    let (code, stdout, _) = desk.import(&table, &map, "fourth", &[]);
    assert!(code == 1 && stdout.contains("PRO-09"), "{stdout}");
}

/// Columns of the table of 2018 that are figures, with their places.
const FIGURES: std::ops::Range<usize> = 4..24;
const REST: &str = "rest";

/// The mapping of 2018 for an import: what the form does not have is said as a number.
fn mapping(more: &str) -> String {
    let figures = real::RU2018
        .replace("key = [\"region\", \"tik\", \"uik\"]", "number = \"orig_row\"")
        .replace("against_all = 0", "against_all = 0\nabsentee = 0\nhome_applications = [\"#G\", \"#I\"]");
    let act = "damaged_act = { sha256 = \"act\", size = \"act size\" }\n";
    format!(
        "{act}{figures}\n[issued_by]\nm4 = [\"#G\", \"#H\", \"#I\"]\n[times]\nstarted = {{ value = \"2026-10-25T20:40:00+05:00\" }}\n\
         ended = {{ value = \"2026-10-25T22:00:00+05:00\" }}\nsigned = {{ value = \"2026-10-25T22:30:00+05:00\" }}\n\
         [signers]\nseats = {{ value = \"chair deputy secretary m4\" }}\nmissing = \"absent\"\n{more}"
    )
}

/// The four rows as they stand, and the sum of all others.
struct Table2018 {
    header: csv::StringRecord,
    rows: Vec<csv::StringRecord>,
}

impl Table2018 {
    fn read(file: &Path) -> Self {
        let mut reader = csv::Reader::from_path(file).unwrap();
        let header = reader.headers().unwrap().clone();
        let (mut rows, mut sums) = (Vec::new(), [0_u64; 24]);
        for record in reader.records() {
            let record = record.unwrap();
            if real::ANNULLED.contains(&&record[0]) {
                rows.push(record);
            } else {
                FIGURES.for_each(|column| sums[column] += record[column].parse::<u64>().unwrap());
            }
        }
        let rest = (0..header.len()).map(|column| match column {
            0 => REST.to_owned(),
            column if FIGURES.contains(&column) => sums[column].to_string(),
            _ => "-".to_owned(),
        });
        rows.push(rest.collect());
        Self { header, rows }
    }

    /// The table, with the papers that a real one does not have; `annulled` says on what ground a row's result is invalid.
    fn csv(&self, annulled: impl Fn(&str) -> &'static str) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let papers =
            [paper("damaged"), paper("invalid"), paper("submission")].map(|paper| cells(&paper)).concat();
        let more =
            ["act", "act size", "decision", "decision size", "submission", "submission size", "annulled"];
        writer.write_record(self.header.iter().chain(more)).unwrap();
        for row in &self.rows {
            let ground = annulled(&row[0]).to_owned();
            writer
                .write_record(row.iter().chain(papers.iter().map(String::as_str)).chain([ground.as_str()]))
                .unwrap();
        }
        writer.into_inner().unwrap()
    }

    fn figure(&self, row: usize, columns: &[usize]) -> u64 {
        columns.iter().map(|column| self.rows[row][*column].parse::<u64>().unwrap()).sum()
    }
}

fn station(row: &str) -> (String, String) {
    (format!("uik-{row}"), format!("pec-{row}"))
}

/// A ledger with a precinct for each row, up to the evening of the voting.
fn evening(table: &Table2018) -> Scene {
    let mut scene = Scene::before("precinct-formed");
    let ledger = scene.head.state().ledger.unwrap();
    let mut given = BTreeMap::new();
    for (place, row) in table.rows.iter().enumerate() {
        let (precinct, commission) = station(&row[0]);
        let (level, parent) = (Level::Precinct, Some(TEC));
        let formed =
            demo::commission_formed(&mut scene.cast, &ledger, &commission, level, parent, "Комиссия", 7);
        scene.say(&by("2026-09-01 09:00", TEC, "board", None, formed.unwrap()));
        let body = PrecinctFormed {
            territory_names: None,
            commission: id(&commission),
            decision: paper("akim-decision"),
            kato: text("103230100"),
            kind: PrecinctKind::Open,
            number: text(&row[0]),
            precinct: id(&precinct),
            voters: table.figure(place, &[4]),
        };
        let event = scene.say(&by("2026-09-01 09:00", TEC, "board", None, Fact::PrecinctFormed(body)));
        given.insert(id(&precinct), event);
    }
    scene.say(&tec("2026-09-16 12:00", RURAL, calling(|_| {})));
    let voters = (0..table.rows.len()).map(|place| table.figure(place, &[4])).sum();
    let root = lines_root(given.iter().map(|(id, event)| (id, *event)));
    let (count, open) = (given.len() as u64, given.len() as u64);
    let fixed = PrecinctsFixed { closed: 0, open, precincts: event::List { count, root }, voters };
    scene.say(&tec("2026-09-17 12:00", RURAL, Fact::PrecinctsFixed(fixed)));
    evening::candidates(&mut scene);
    let received: Vec<u64> = (0..table.rows.len()).map(|place| table.figure(place, &[5, 15])).collect();
    let printed = BallotsPrinted { act: paper("p"), count: received.iter().sum() };
    scene.say(&tec("2026-10-06 10:00", RURAL, Fact::BallotsPrinted(printed)));
    for (place, row) in table.rows.iter().enumerate() {
        evening::handed_over(&mut scene, table, place, &row[0], received[place]);
    }
    scene
}

#[test]
fn four_annulled_precincts_lead_from_the_totals_before_to_those_after() {
    if real::folder().is_none() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let table = Table2018::read(&real::unpacked("ru2018_president", dir.path()));
    assert_eq!(table.rows.len(), 5);
    let mut scene = evening(&table);
    evening::votes_2018(&mut scene, &table);
    let mut desk = Desk::new(scene);
    let import = |desk: &Desk, name: &str, bytes: &[u8], map: &str| {
        let file = desk.file(&format!("{name}.csv"), bytes);
        desk.file("map.toml", map.as_bytes());
        let words = ["protocol", "import", file.to_str().unwrap(), "--map", "map.toml", "--ledger", "ledger"];
        let (code, stdout, stderr) =
            desk.run(&[words.as_slice(), &["--election", RURAL, "--out", name]].concat());
        assert_eq!(code, 0, "{stdout}{stderr}");
        (stdout, desk.drafts(name))
    };
    let (_, drafts) = import(&desk, "first", &table.csv(|_| ""), &mapping(""));
    assert_eq!(appended(&mut desk.scene, drafts).len(), 5);
    let mut desk = Desk::new(desk.scene);
    let before = desk.scene.of(RURAL).totals();
    // As published, and as the README of the tables adds the columns up.
    assert_eq!((before.voters, before.invalid, before.cancelled), (109_008_428, 791_258, 29_302_285));
    assert_eq!((before.issued, before.found), (73_629_581, 73_578_992));
    let annulled = |row: &str| {
        if row == REST {
            ""
        } else {
            "Итоги голосования признаны недействительными"
        }
    };
    let (said, drafts) = import(&desk, "final", &table.csv(annulled), &mapping(INVALIDATES));
    assert!(said.contains("note: 1 precincts have the figures that the ledger has"), "{said}");
    let facts = appended(&mut desk.scene, drafts);
    assert_eq!(facts.iter().filter(|fact| matches!(fact, Fact::PrecinctInvalidated(_))).count(), 4);
    let election = desk.scene.of(RURAL);
    let (after, first) = (election.totals(), election.totals_first());
    assert_eq!(
        (after.voters, first),
        (109_001_306, before.clone()),
        "as published, and what was first stays"
    );
    assert_eq!(election.invalidated_precincts().len(), 4);
    let four = |columns: &[usize]| (0..4).map(|place| table.figure(place, columns)).sum::<u64>();
    assert_eq!(before.found - after.found, four(&[12, 13]));
    for (line, (before, after)) in before.votes.iter().zip(&after.votes).enumerate() {
        assert_eq!(before.votes - after.votes, four(&[16 + line]), "line {line}");
    }
    published(&mut desk.scene);
    eprintln!(
        "ru2018_president: {} voters before and {} after {} precinct-invalidated; the other 97 695 precincts as one row that the test adds up",
        before.voters,
        after.voters,
        facts.len()
    );
}

/// The ledger, published and verified: what left the totals left them everywhere.
fn published(scene: &mut Scene) {
    let dir = tempfile::tempdir().unwrap();
    let ledger = dir.path().join("ledger");
    crate::refusals::written(scene, &ledger);
    let (mut writer, _) = node::Writer::open(&ledger, &scene.cast.secret("log")).unwrap();
    crate::scene::attach_all(&writer, &ledger);
    let seconds = demo::act::semey_seconds("2026-10-27 12:00");
    let seed = scene.cast.secret("cec/office-1");
    let office = node::OfficeSigner {
        key: node::OfficeKey::Seed(&seed),
        at: event::Time::parse(&demo::act::semey_clock(seconds)).unwrap(),
        received: event::Stamp::from_millis(seconds * 1000).unwrap(),
    };
    let mut to = node::FolderTarget::new(&dir.path().join("published"));
    node::Publisher::default().publish(&mut writer, &ledger, &mut to, &office, None).unwrap();
    let report =
        crate::scene::verify(&verifier::folder::read_folder(&dir.path().join("published")).unwrap(), &[]);
    let failed: Vec<_> = report
        .findings
        .iter()
        .filter(|f| matches!(f.status, verifier::FindingStatus::Fail | verifier::FindingStatus::Error))
        .collect();
    assert!(failed.is_empty(), "{failed:?}");
}
