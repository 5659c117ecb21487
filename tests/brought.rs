//! What an observer brings along never accuses the ledger: damaged, mistyped, of strangers, or not there yet. Only what the
//! log or a commission signed does.
//!
//! In: pins, policies, copies, scans, mirrors and handed-out acts with every kind of fault. Out: copies that are true
//! (`copies`), lies that are proved (`evidence`).

use std::fs;

use event::json;
use serde_json::Value;
use verifier::{BroughtOutcome, Pin, Report, Scan, Status, Verdict};

use crate::{
    evidence::{note, source},
    named::stage,
    planted::press::{Brought, Press, held},
    scene::{Scene, Step},
    sources::{status, told},
};

/// What the program says of the published scene and a file of the observer's.
fn with_file(flag: &str, name: &str, bytes: &[u8]) -> (i32, Value) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    told(&[&stage().0.join("published").display().to_string(), flag, path.to_str().unwrap()])
}

fn outcomes(report: &Value) -> Vec<String> {
    let found = report["findings"].as_array().unwrap().iter();
    found.filter_map(|found| found["brought"].as_str().map(str::to_owned)).collect()
}

#[test]
fn a_damaged_pin_is_a_fault_of_the_pin() {
    let checkpoint = String::from_utf8(stage().1["checkpoint"].clone()).unwrap();
    let plain = with_file("--pin", "kept", checkpoint.as_bytes());
    assert_eq!((plain.0, plain.1["anchored"].as_u64()), (0, Some(46)));
    // A mark that an editor put in front is passed over.
    let bom = with_file("--pin", "kept", format!("\u{feff}{checkpoint}").as_bytes());
    assert_eq!((bom.0, bom.1["anchored"].as_u64()), (0, Some(46)));
    let damaged = [
        checkpoint.replace('\n', "\r\n"),
        checkpoint.replacen("46", "45", 1),
        checkpoint.replacen("46", "46 ", 1),
        checkpoint.trim_end().to_owned(),
        checkpoint.to_uppercase(),
        checkpoint[..checkpoint.len() / 2].to_owned(),
        String::new(),
        "\u{feff}".to_owned(),
    ];
    for pin in damaged {
        let (code, report) = with_file("--pin", "kept", pin.as_bytes());
        assert_eq!((code, report["verdict"].as_str()), (2, Some("INCOMPLETE")), "{pin:?} {report}");
        assert_eq!(report["ledger_verdict"], "VERIFIED", "{pin:?}");
        assert!(status(&report, "SNP-01") == "ERROR" && report["anchored"].is_null(), "{pin:?}");
    }
    for (flag, bytes) in
        [("--policy", "log"), ("--sealed", "precinct"), ("--qr", "no code"), ("--mirror", "x")]
    {
        let (code, report) = with_file(flag, "mine", bytes.as_bytes());
        assert_eq!((code, report["ledger_verdict"].as_str()), (2, Some("VERIFIED")), "{flag}");
        assert_eq!(outcomes(&report), ["unusable"], "{flag}");
    }
}

#[test]
fn slips_in_a_table_of_copies_never_decide_the_verdict() {
    let head = "precinct,voters,issued,found,invalid,against_all,abenov,qaliev";
    let (_, csv, _) = crate::commands::run(&[
        "results",
        &stage().0.join("published").display().to_string(),
        "--format",
        "csv",
    ]);
    let columns: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let row: Vec<&str> = csv.lines().nth(1).unwrap().split(',').collect();
    let figure = |name: &str| row[columns.iter().position(|column| *column == name).unwrap()].to_owned();
    let honest: Vec<String> = head.split(',').map(figure).collect();
    let honest = honest.join(",");
    let rest = honest.split_once(',').unwrap().1.to_owned();
    let (code, report) = with_file("--copies", "copies.csv", format!("{head}\n{honest}\n").as_bytes());
    assert_eq!((code, status(&report, "OBS-01")), (0, "PASS"), "{report}");
    let said = |report: &Value| {
        let scope = report["scope"].as_array().unwrap().iter();
        scope
            .filter(|line| line[0] == "copies")
            .map(|line| line[1].as_str().unwrap().to_owned())
            .collect::<String>()
    };
    assert!(said(&report).ends_with("1 copy, 7 of 7 lines"), "{}", said(&report));
    let empty = ",".repeat(7);
    let cases = [
        (format!("{head}\n{honest}\naul-l{}\n", honest.trim_start_matches("aul-1")), "perhaps"),
        (format!("{head}\n{honest}\nItogo,{rest}\n"), "no such precinct"),
        (format!("{head}\n{honest}\n{}{empty}\n", honest.split(',').next().unwrap()), "figure"),
        (format!("{head}\n{honest}\nx,{}\n", rest.replacen(char::is_numeric, "~", 1)), "line 3"),
        (format!("{head}\n"), "expected rows"),
        ("precinct\naul-1\n".to_owned(), "figure"),
        (format!("{head}\n{}\n", honest.replacen(&figure("abenov"), "999", 1)), "abenov 999"),
    ];
    for (table, says) in cases {
        let (code, report) = with_file("--copies", "copies.csv", table.as_bytes());
        assert_eq!((code, report["verdict"].as_str()), (2, Some("INCOMPLETE")), "{table} {report}");
        assert_eq!(report["ledger_verdict"], "VERIFIED", "{table}");
        assert!(report["findings"].to_string().contains(says), "{table}: {says}: {}", report["findings"]);
    }
    // A partly filled copy counts by what it holds, and its power with it.
    let part = format!("{head}\n{},,,,,,{},\n", honest.split(',').next().unwrap(), figure("abenov"));
    let (code, report) = with_file("--copies", "copies.csv", part.as_bytes());
    assert_eq!(code, 0, "{report}");
    assert!(said(&report).ends_with("1 copy, 1 of 7 lines"), "{}", said(&report));
    assert!(report["scope"].to_string().contains("you hold 0 of 1"), "{}", report["scope"]);
}

/// The protocol of the scene with other figures, signed by these keys.
pub(crate) fn signed(change: impl FnOnce(&mut Step)) -> Scan {
    let mut scene = Scene::before("protocol-signed");
    let mut step = scene.step("protocol-signed");
    let votes = &mut step.protocol().count.votes;
    (votes[0].votes, votes[1].votes) = (61, 149);
    change(&mut step);
    Scan::read(&json::encode(&scene.sign(&step)).unwrap()).unwrap()
}

fn row<'a>(report: &'a Report, id: &str) -> &'a Status {
    &report.rows.iter().find(|row| row.rule.id() == id).unwrap().status
}

#[test]
fn a_protocol_of_its_own_keys_accuses_by_whatever_way_it_comes() {
    let ways: [fn(Scan) -> Brought; 2] = [
        |scan| Brought { scans: vec![scan], ..Brought::default() },
        |scan| Brought::pin(Pin::Event(Box::new(scan.checked().clone()))),
    ];
    for way in ways {
        let report = held(|_| way(signed(|_| {})));
        assert_eq!((report.verdict(), row(&report, "OBS-02")), (Verdict::Failed, &Status::Fail));
        // One member alone, however he signs, speaks for nobody.
        let report = held(|_| way(signed(|step| step.signers.truncate(1))));
        assert_eq!(report.verdict(), Verdict::Incomplete, "{}", report.to_text());
        assert_eq!(report.ledger_verdict(), Verdict::Verified);
        assert_eq!(report.count_brought(), [(BroughtOutcome::Stranger, 1)]);
        // Keys of another commission.
        let report = held(|_| {
            way(signed(|step| step.signers = vec!["tec-aul/chair".into(), "tec-aul/deputy".into()]))
        });
        assert_eq!((report.verdict(), report.ledger_verdict()), (Verdict::Incomplete, Verdict::Verified));
    }
}

#[test]
fn what_is_not_there_yet_is_an_outcome_of_its_own() {
    // The sheet hangs on the wall, and the ledger does not go so far.
    let scene = Scene::before("protocol-signed");
    let report = Brought { scans: vec![signed(|_| {})], ..Brought::default() }
        .judge(&source(&scene.entries, note(&scene, "log", &scene.entries)));
    assert_eq!(
        (report.verdict(), report.ledger_verdict()),
        (Verdict::Incomplete, Verdict::Verified),
        "{}",
        report.to_text()
    );
    assert_eq!(report.count_brought(), [(BroughtOutcome::NotThereYet, 1)]);
    let report = held(|_| Brought::pin(Pin::Heads(vec![(1_000, event::Hash([7; 32]))])));
    assert_eq!(report.count_brought(), [(BroughtOutcome::NotThereYet, 1)]);
    assert_eq!((report.verdict(), report.ledger_verdict()), (Verdict::Incomplete, Verdict::Verified));
}

/// Something that is brought along, and what comes of it.
type BroughtCase = (fn(&mut Press) -> Brought, BroughtOutcome);

#[test]
fn what_nobody_signed_accuses_nobody_and_is_never_passed() {
    let unsigned: [BroughtCase; 4] = [
        (|_| Brought::pin(Pin::Genesis(event::Hash([1; 32]))), BroughtOutcome::OtherLedger),
        (|_| Brought::pin(Pin::Heads(vec![(30, event::Hash([1; 32]))])), BroughtOutcome::Differs),
        (
            |press| Brought::pin(Pin::Checkpoint(note(&press.scene, "not the log", &press.scene.entries))),
            BroughtOutcome::Unusable,
        ),
        (
            |press| {
                let other = press.scene.entries[..9].to_vec();
                let mirrors = vec![source(&other, note(&press.scene, "log", &press.scene.entries))];
                Brought { mirrors, ..Brought::default() }
            },
            BroughtOutcome::Unusable,
        ),
    ];
    for (brought, outcome) in unsigned {
        let report = held(brought);
        assert_eq!(report.verdict(), Verdict::Incomplete, "{}", report.to_text());
        assert_eq!(report.ledger_verdict(), Verdict::Verified);
        assert_eq!(report.count_brought(), [(outcome, 1)], "{}", report.to_text());
    }
}
