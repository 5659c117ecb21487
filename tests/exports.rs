//! Report files: golden bytes, other people's readers and schema, planted lies.
//!
//! A lie here is signed by an office key and announced, so that nothing but making the files again can find it.

pub(crate) mod lies;

use std::{collections::BTreeMap, fs, path::PathBuf};

use calamine::{Data, Reader as _, Xlsx};
use event::{Hash, Id, Text, json, sha256};
use law::{Fact, Rule, facts::*};
use ledger::Head;
use publication::{
    FileLine, Manifest, ReportPosition, make_nist_report, make_report_files, manifest_text, office_key_name,
};
use serde_json::Value;
use verifier::{Report, Source, Verdict, checks::nist};

use crate::{
    formats::golden,
    scene::{ELECTION, STEPS, Scene, Step, text, verify},
    tamper::{Files, published, signed_over},
};

const NIST: &str = "report/nist-aul-2025.json";

fn made(head: &Head) -> BTreeMap<String, Vec<u8>> {
    let files = make_report_files(head.state(), &ReportPosition::of_head(head, Some(1)).unwrap()).unwrap();
    assert!(files.is_sorted_by(|a, b| a.0 < b.0));
    files.into_iter().collect()
}

#[test]
fn the_scene_gives_its_golden_report() {
    let files = made(&Scene::whole().head);
    assert_eq!(files.len(), 8);
    for (name, bytes) in &files {
        golden(name, bytes);
    }
    assert_eq!(files, made(&Scene::whole().head), "the same twice");
    for name in ["report/precincts-excel.csv", "report/results-excel.csv"] {
        assert!(files[name].starts_with("\u{feff}election;test;".as_bytes()), "{name}");
    }
    for name in ["report/precincts.csv", "report/results.csv", "report/lines.csv", "report/labels.csv"] {
        let text = String::from_utf8(files[name].clone()).unwrap();
        assert!(!text.starts_with('\u{feff}') && text.ends_with("\r\n"), "{name}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{name}");
    }
}

/// A table as maps from column to cell.
fn table(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(bytes).deserialize().map(Result::unwrap).collect()
}

#[test]
fn tables_say_what_the_protocols_say() {
    let files = made(&Scene::whole().head);
    let precincts = table(&files["report/precincts.csv"]);
    let row = &precincts[0];
    let told: Vec<&str> = [
        "number",
        "issued",
        "votes_1",
        "first_votes_1",
        "votes_2",
        "first_votes_2",
        "corrections_n",
        "status",
    ]
    .map(|column| row[column].as_str())
    .to_vec();
    assert_eq!(told, ["0001", "240", "145", "60", "65", "150", "2", "protocol-received"]);
    let results = table(&files["report/results.csv"]);
    assert_eq!(results.len(), 3);
    assert_eq!((results[0]["votes"].as_str(), results[0]["elected"].as_str()), ("145", "true"));
    assert_eq!((results[2]["line"].as_str(), results[2]["candidate"].as_str()), ("against-all", ""));
    let lines = table(&files["report/lines.csv"]);
    assert_eq!(lines.len(), 15);
    assert!(
        lines
            .iter()
            .any(|line| line["line"] == "votes" && line["value"] == "145" && line["first_value"] == "60")
    );
    // What is not known is empty, and never 0.
    let before = made(&Scene::before("protocol-signed").head);
    let row = &table(&before["report/precincts.csv"])[0];
    assert_eq!((row["votes_1"].as_str(), row["found"].as_str(), row["registered"].as_str()), ("", "", "400"));
    assert!(table(&before["report/lines.csv"]).is_empty());
    let row = &table(&before["report/results.csv"])[0];
    assert!(
        ["votes", "share", "base", "voters", "turnout_legal"].iter().all(|column| row[*column].is_empty())
    );
    assert_eq!(
        (row["method"].as_str(), row["counted"].as_str(), row["precincts"].as_str()),
        ("own", "0", "1")
    );
}

#[test]
fn another_reader_opens_the_workbook() {
    let files = made(&Scene::whole().head);
    let bytes = files["report/results.xlsx"].clone();
    let mut workbook: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(workbook.sheet_names(), ["Results", "Precincts", "Labels"]);
    for (sheet, name) in [("Results", "results"), ("Precincts", "precincts"), ("Labels", "labels")] {
        let range = workbook.worksheet_range(sheet).unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(files[&format!("report/{name}.csv")].as_slice());
        let mut rows = 0;
        for (cells, record) in range.rows().zip(reader.records()) {
            let record = record.unwrap();
            assert_eq!(cells.len(), record.len(), "{sheet}");
            for (cell, told) in cells.iter().zip(&record) {
                match cell {
                    Data::Empty => assert_eq!(told, ""),
                    Data::String(text) => assert_eq!(text, told),
                    Data::Float(figure) => assert_eq!(*figure, told.parse::<f64>().unwrap()),
                    other => panic!("{sheet}: {other:?}"),
                }
            }
            rows += 1;
        }
        assert_eq!(rows, range.height(), "{sheet}");
    }
    let precincts = workbook.worksheet_range("Precincts").unwrap();
    assert_eq!(precincts.get((1, 3)), Some(&Data::String("0001".into())), "a number is text, zeros kept");
}

/// Other people's samples of the format, or `None` and a word about it.
fn samples() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let base = std::env::var_os("HATTAMA_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let path = base.join("data/nist-err");
    if path.join("NIST_V2_election_results_reporting.json").exists() {
        return Some(path);
    }
    eprintln!("skipped: no NIST schema and samples at {}", path.display());
    None
}

fn schema() -> Option<jsonschema::Validator> {
    let path = samples()?.join("NIST_V2_election_results_reporting.json");
    let schema: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    Some(jsonschema::draft4::options().should_validate_formats(true).build(&schema).unwrap())
}

/// Ids of what the lint finds.
fn linted(bytes: &[u8]) -> Vec<&'static str> {
    nist::lint(bytes).iter().map(nist::NistFault::id).collect()
}

fn by_schema(schema: Option<&jsonschema::Validator>, bytes: &[u8], what: &str) {
    let Some(schema) = schema else { return };
    let report: Value = serde_json::from_slice(bytes).unwrap();
    let errors: Vec<String> =
        schema.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new(), "{what}");
}

#[test]
fn nist_reports_are_valid_and_clean_at_every_step() {
    let schema = schema();
    let mut scene = Scene::new();
    let mut statuses: Vec<String> = Vec::new();
    for step in STEPS {
        scene.play(step);
        let Some(bytes) = made(&scene.head).remove(NIST) else { continue };
        assert_eq!(linted(&bytes), Vec::<&str>::new(), "{step}");
        by_schema(schema.as_ref(), &bytes, step);
        let report: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(
            serde_json_canonicalizer::to_vec(&report).unwrap(),
            bytes,
            "keys ascend, nothing is padded"
        );
        let status = report["Status"].as_str().unwrap();
        if statuses.last().is_none_or(|last| last != status) {
            statuses.push(status.to_owned());
        }
    }
    assert_eq!(statuses, ["pre-election", "unofficial-complete", "correction", "certified"]);
    let bytes = make_nist_report(
        scene.head.state(),
        &ReportPosition::of_head(&scene.head, None).unwrap(),
        &scene_election(),
    )
    .unwrap();
    assert!(!String::from_utf8(bytes).unwrap().contains("snapshot-number"), "not published, no number");
}

fn scene_election() -> Id {
    Id::new(ELECTION).unwrap()
}

#[test]
fn a_paper_that_contradicts_itself_is_told_and_looked_at() {
    let explained = |rule: Rule, change: fn(&mut Count)| {
        let mut scene = Scene::before("protocol-signed");
        let mut step = scene.step("protocol-signed");
        let Fact::ProtocolSigned(body) = &mut step.fact else { panic!() };
        change(&mut body.protocol.count);
        let because = text("Так стоит на подписанной бумаге");
        body.protocol.explanations = vec![Explanation { rule: text(rule.id()), text: because }];
        let signed = scene.sign(&step);
        scene.append(signed).unwrap();
        let bytes = made(&scene.head).remove(NIST).unwrap();
        by_schema(schema().as_ref(), &bytes, rule.id());
        let unmarked = String::from_utf8(bytes.clone()).unwrap().replace("ratio-explained", "something-else");
        (linted(&bytes), linted(unmarked.as_bytes()))
    };
    let (told, unmarked) = explained(Rule::Ari04, |count| count.against_all += 1);
    assert_eq!((told, unmarked), (vec!["WARN-BALANCE"; 2], vec!["ERR-BALANCE"; 2]));
    let (told, unmarked) = explained(Rule::Ari03, |count| {
        (count.found, count.stationary, count.invalid) = (241, 236, 31);
        count.invalid = 241 - 210 - count.against_all;
    });
    assert_eq!(told, ["WARN-MORE-BALLOTS-THAN-ISSUED"; 2]);
    assert_eq!(unmarked, ["ERR-MORE-BALLOTS-THAN-ISSUED"; 2]);
}

#[test]
fn the_lint_judges_other_peoples_samples() {
    let (Some(folder), Some(schema)) = (samples(), schema()) else { return };
    let mut clean = 0;
    for item in fs::read_dir(&folder).unwrap() {
        let path = item.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.starts_with("kz_") {
            let bytes = fs::read(&path).unwrap();
            assert_eq!(linted(&bytes), Vec::<&str>::new(), "{name}");
            by_schema(Some(&schema), &bytes, &name);
            clean += 1;
        }
    }
    assert_eq!(clean, 6);
    let expected = [
        ("semantic_candidate_ref_to_party", "ERR-REF-TYPE"),
        ("semantic_dangling_gpunit", "ERR-DANGLING"),
        ("semantic_duplicate_id", "ERR-DUP-ID"),
        ("semantic_fractional_count", "ERR-COUNT"),
        ("semantic_gpunit_cycle", "ERR-GPUNIT-CYCLE"),
        ("semantic_negative_count", "ERR-COUNT"),
        ("semantic_othertype_missing", "ERR-OTHERTYPE"),
        ("semantic_total_mismatch", "ERR-ROLLUP"),
        ("schema_bad_enum", "ERR-SKELETON"),
        ("schema_fractional_seconds_only_pattern_prefix", "ERR-SKELETON"),
        ("schema_missing_status", "ERR-SKELETON"),
        ("schema_no_timezone", "ERR-SKELETON"),
        ("schema_votecounts_missing_gpunit", "ERR-SKELETON"),
        ("schema_wrong_type_tag", "ERR-SKELETON"),
    ];
    for (name, id) in expected {
        let bytes = fs::read(folder.join(format!("invalid/{name}.json"))).unwrap();
        let found = linted(&bytes);
        assert!(found.contains(&id), "{name}: expected {id}, found {found:?}");
    }
    for item in fs::read_dir(folder.join("invalid")).unwrap() {
        let path = item.unwrap().path();
        if path.file_name().unwrap().to_str().unwrap().starts_with("schema_") {
            let report: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            assert!(!schema.is_valid(&report), "{}", path.display());
        }
    }
}

/// A fault's id, and the change of a good report that makes it.
type Broken = (&'static str, fn(&mut Value));

const BROKEN: [Broken; 13] = [
    ("ERR-SKELETON", |r| r["Status"] = "final".into()),
    ("ERR-SKELETON", |r| drop(r.as_object_mut().unwrap().remove("Issuer"))),
    ("ERR-SKELETON", |r| r["GeneratedDate"] = "2025-10-14T18:00:00".into()),
    ("ERR-DUP-ID", |r| r["Office"][0]["@id"] = r["GpUnit"][0]["@id"].clone()),
    ("ERR-DANGLING", |r| r["Election"][0]["ElectionScopeId"] = "nowhere".into()),
    ("ERR-REF-TYPE", |r| r["Election"][0]["ElectionScopeId"] = r["Office"][0]["@id"].clone()),
    ("ERR-COUNT", |r| r["GpUnit"][2]["VotersRegistered"] = (-1).into()),
    ("ERR-OTHERTYPE", |r| drop(r["ExternalIdentifier"][0].as_object_mut().unwrap().remove("OtherType"))),
    ("ERR-GPUNIT-CYCLE", |r| {
        r["GpUnit"][2]["ComposingGpUnitIds"] = r["GpUnit"][0]["ComposingGpUnitIds"].clone()
    }),
    ("ERR-DUP-COUNT", |r| {
        let counts = votes(r);
        let first = counts[0].clone();
        counts.push(first);
    }),
    ("ERR-ROLLUP", |r| votes(r)[1]["Count"] = 1.into()),
    ("ERR-BALANCE", |r| r["Election"][0]["BallotCounts"][0]["BallotsRejected"] = 0.into()),
    ("ERR-SUBUNITS", |r| r["Election"][0]["Contest"][0]["SubUnitsReported"] = 0.into()),
];

fn votes(report: &mut Value) -> &mut Vec<Value> {
    report["Election"][0]["Contest"][0]["ContestSelection"][0]["VoteCounts"].as_array_mut().unwrap()
}

#[test]
fn every_fault_of_a_report_is_named() {
    let good = made(&Scene::whole().head).remove(NIST).unwrap();
    for (place, (id, change)) in BROKEN.iter().enumerate() {
        let mut report: Value = serde_json::from_slice(&good).unwrap();
        change(&mut report);
        let found = linted(&serde_json::to_vec(&report).unwrap());
        assert!(found.contains(id), "{place}: expected {id}, found {found:?}");
    }
    for bytes in [b"".as_slice(), b"[]", b"{}", b"null", b"{\"@type\":1}", &[0xff; 9], &[b'['; 100_000]] {
        assert!(!linted(bytes).is_empty());
    }
}

#[test]
fn a_ledger_without_an_election_has_tables_without_rows() {
    let scene = Scene::before("election-called");
    let files = made(&scene.head);
    assert_eq!(files.len(), 7);
    assert_eq!(table(&files["report/results.csv"]).len(), 0);
    assert!(ReportPosition::of_head(&Head::default(), None).is_none());
    let place = ReportPosition::of_head(&scene.head, None).unwrap();
    assert!(make_nist_report(scene.head.state(), &place, &scene_election()).is_err());
    assert_ne!(place.root, Hash::ZERO);
}

#[test]
fn the_page_shows_the_parts_that_never_change() {
    use std::io::Read as _;
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join("docs/format.md")).unwrap();
    let files = made(&Scene::before("election-called").head);
    assert!(page.contains(&sha256(&[&files["report/labels.csv"]]).to_string()), "labels.csv");
    let mut archive =
        zip::ZipArchive::new(std::io::Cursor::new(files["report/results.xlsx"].clone())).unwrap();
    for place in 0..5 {
        let mut member = archive.by_index(place).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut text = String::new();
        member.read_to_string(&mut text).unwrap();
        let row = format!("| `{name}` | {} | `{}` |", text.len(), sha256(&[text.as_bytes()]));
        assert!(page.contains(&row), "{row}");
        let (_, text) = text.split_once('\n').unwrap();
        assert!(page.contains(&format!("```part:{name}\n{text}\n```\n")), "{name}");
    }
}

#[test]
fn names_in_both_languages_stand_in_the_report() {
    let both = |kk: &str, ru: &str| Some(NameInBoth { kk: text(kk), ru: text(ru) });
    let mut scene = Scene::before("election-called");
    let mut step = scene.step("election-called");
    let Fact::ElectionCalled(b) = &mut step.fact else { panic!() };
    (b.names, b.territory_names) =
        (both("Ауыл әкімін сайлау", "Выборы акима аула"), both("Жаңа ауыл", "Новый аул"));
    let signed = scene.sign(&step);
    scene.append(signed).unwrap();
    let bytes = made(&scene.head).remove(NIST).unwrap();
    by_schema(schema().as_ref(), &bytes, "names in both languages");
    assert_eq!(linted(&bytes), Vec::<&str>::new());
    let report: Value = serde_json::from_slice(&bytes).unwrap();
    let told = |name: &Value| -> Vec<String> {
        let texts = name["Text"].as_array().unwrap().iter();
        texts
            .map(|text| {
                format!("{}: {}", text["Language"].as_str().unwrap(), text["Content"].as_str().unwrap())
            })
            .collect()
    };
    let election = &report["Election"][0];
    assert_eq!(told(&election["Name"]), ["kk: Ауыл әкімін сайлау", "ru: Выборы акима аула"]);
    assert_eq!(
        told(&election["Contest"][0]["BallotTitle"]),
        ["kk: Ауыл әкімін сайлау", "ru: Выборы акима аула"]
    );
    let units = report["GpUnit"].as_array().unwrap();
    let territory = units.iter().find(|unit| unit["@id"] == "territory_aul-2025").unwrap();
    assert_eq!(told(&territory["Name"]), ["kk: Жаңа ауыл", "ru: Новый аул"]);
    let election = scene.election();
    let named = texts::Language::ALL.map(|lang| texts::election_name(election, lang).to_owned());
    assert_eq!(named, ["Ауыл әкімін сайлау", "Выборы акима аула", election.called.name.as_str()]);
}
