//! The sheet at the precinct: what stands on it, that its codes read back, and what a scan of them is told.
//!
//! `HATTAMA_SLIP_PRINT=1` prints it with chromium and reads the page with zbarimg (see docs/jobs.md).

mod marked;
pub(crate) mod page;
mod papers;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use commission::slip::parts::{self, PartsError};
use demo::cast::Cast;
use event::{Document, Hash, Id, SignedEvent};
use law::{Fact, facts::*};
use verifier::{Scan, ScanError, Status, Verdict};

use crate::scene::{PRECINCT, Scene, count, id, paper, text, time};

pub(crate) fn run(words: &[&str], stdin: &str) -> (i32, String, String) {
    use std::io::Write as _;
    let mut command = Command::new(env!("CARGO_BIN_EXE_hattama"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("HATTAMA_")) {
        command.env_remove(name);
    }
    command.env("HATTAMA_STATE", crate::commands::state_directory());
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that reads no input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

pub(crate) fn working(signed: &SignedEvent) -> String {
    String::from_utf8(event::json::encode(signed).unwrap()).unwrap()
}

/// Writes a working file, as `event sign` does, and tells its path.
pub(crate) fn write(dir: &Path, name: &str, signed: &SignedEvent) -> String {
    let path = dir.join(name);
    fs::write(&path, working(signed) + "\n").unwrap();
    path.display().to_string()
}

pub(crate) fn said(scene: &Scene, name: &str) -> SignedEvent {
    let hash = scene.named[name];
    scene.said.iter().find(|signed| signed.hash() == hash).unwrap().clone()
}

/// The longest protocol that a commission of seven may sign in a year: six candidates, three portable boxes, one of
/// them invalid, damaged ballots, explanations, one opinion, and in the place of another.
pub(crate) fn longest() -> SignedEvent {
    let mut scene = Scene::before("protocol-superseded:recount");
    let step = scene.step("protocol-superseded:recount");
    let mut signed = scene.sign(&step);
    let Fact::ProtocolSuperseded(mut b) = step.fact else { panic!() };
    let figures = &mut b.protocol.count;
    let names = [
        "abdrakhmanova",
        "bekmukhambetov",
        "qalmukhambetova",
        "nurmagambetov",
        "tleubergenova",
        "shaimerdenov",
    ];
    figures.votes =
        names.iter().zip(17..).map(|(name, votes)| Votes { candidate: id(name), votes }).collect();
    figures.issued_by =
        ["m4", "m5", "m6", "m7", "secretary"].map(|seat| Share { issued: 48, seat: id(seat) }).to_vec();
    let act = |n: u64| (n == 2).then(|| paper("invalid box"));
    figures.portable = (1..=3).map(|n| Portable { act: act(n), applications: 2 + n, found: 4 + n }).collect();
    b.precinct = id("qyzylorda-qazaly-14");
    b.reason =
        text("Екі бума дауыс басқа кандидатқа есептелген, қайта санау кезінде анықталды. ".repeat(2).trim());
    b.present =
        vec![text("Аумақтық сайлау комиссиясының мүшесі"), text("Кандидаттың сенім білдірілген адамы")];
    let why = "Одна пачка бюллетеней была пересчитана дважды и записана в строку под чертой; акт приложен. "
        .repeat(2);
    b.protocol.explanations =
        ["ARI-04", "ARI-05"].map(|rule| Explanation { rule: text(rule), text: text(why.trim()) }).to_vec();
    b.protocol.missing =
        vec![Missing { opinion: Some(paper("opinion")), reason: MissingReason::Dissent, seat: id("m7") }];
    signed.event =
        signed.event.with_change(|event| event.body = Fact::ProtocolSuperseded(b).body().unwrap()).unwrap();
    let seats = ["chair", "deputy", "secretary", "m4", "m5", "m6", "m7"];
    let labels: Vec<String> = seats.iter().map(|seat| format!("pec-qyzylorda-14/{seat}")).collect();
    scene.resign(signed, &labels)
}

fn cut(signed: &SignedEvent, bytes: usize) -> Vec<String> {
    parts::cut_event(&working(signed), &signed.hash(), bytes)
}

fn protocol() -> SignedEvent {
    said(&Scene::before("protocol-received:first"), "protocol-signed")
}

#[test]
fn parts_join_whatever_phones_do_to_them() {
    for signed in [protocol(), longest()] {
        let (whole, hash) = (working(&signed), signed.hash());
        for bytes in (100..1_200).step_by(7).chain([5_000, 90_000]) {
            let parts = cut(&signed, bytes);
            if parts.len() > parts::PARTS_MAX {
                continue;
            }
            assert!(parts.iter().all(|part| part.len() <= bytes), "{bytes}");
            let joined = parts::join_parts(&parts.join("\n")).unwrap();
            assert_eq!((joined.text.as_str(), joined.event, joined.parts), (&*whole, hash, parts.len()));
        }
        let parts = cut(&signed, 600);
        assert!(parts.len() > 2);
        let borne: [String; 6] = [
            parts.iter().rev().cloned().collect::<Vec<_>>().join("\n\n"),
            parts.iter().chain(&parts).cloned().collect::<Vec<_>>().join("\n"),
            parts.join("\n").replace('\n', "\r\n"),
            parts.iter().map(|part| format!("QR-Code:{part}\n")).collect(),
            parts.iter().map(|part| format!("Сканер 12:04\n\n{part}  \nжіберілді\n")).collect(),
            format!("\u{feff}{}\n\nc2sp.org/tlog-proof@v1\nindex 31\n", parts.join("\n")),
        ];
        for text in borne {
            assert_eq!(parts::join_parts(&text).unwrap().text, whole, "{text}");
        }
    }
}

/// What scanners did to one sheet: one took its letters for others, one put signs in their place.
#[test]
fn letters_of_another_alphabet_are_read_back_or_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let base = std::env::var_os("HATTAMA_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let dir = base.join("cases/scans");
    if !dir.exists() {
        eprintln!("skipped: no {}", dir.display());
        return;
    }
    let read = |name: &str| parts::join_parts(&fs::read_to_string(dir.join(name)).unwrap());
    let honest = read("as-it-should").unwrap();
    assert_eq!(read("as-cp1251").unwrap().text, honest.text);
    let lost = read("question-marks").unwrap_err();
    assert!(matches!(lost, PartsError::Alphabet) && !lost.is_false(), "{lost}");
    // A figure that was changed is a lie in any alphabet.
    let scanned = fs::read_to_string(dir.join("as-cp1251")).unwrap();
    let changed = scanned.replacen("\"votes\":3", "\"votes\":4", 1);
    assert_ne!(changed, scanned);
    assert!(parts::join_parts(&changed).is_err());
}

#[test]
fn no_part_begins_or_ends_with_white_space() {
    let signed = longest();
    for bytes in 120..400 {
        for part in cut(&signed, bytes) {
            let (_, chunk) = part.split_once('\n').unwrap();
            assert_eq!(chunk, chunk.trim(), "{bytes}");
        }
    }
}

#[test]
fn every_fault_of_parts_has_its_own_name() {
    let (one, two) = (protocol(), longest());
    let parts = cut(&one, 600);
    let join = |parts: &[String]| parts::join_parts(&parts.join("\n"));
    let whole = parts.join("\n");
    assert!(matches!(parts::join_parts(""), Err(PartsError::None)));
    assert!(matches!(parts::join_parts("a poster of the school"), Err(PartsError::None)));
    let missing = join(&parts[1..]).unwrap_err();
    assert!(
        matches!(&missing, PartsError::Missing { missing, .. } if *missing == [1]) && !missing.is_false()
    );
    let foreign = [parts.clone(), cut(&two, 600)].concat();
    assert!(matches!(join(&foreign), Err(PartsError::OtherEvent { .. })));
    let mixed = [parts.clone(), cut(&one, 900)].concat();
    assert!(matches!(join(&mixed), Err(PartsError::OtherCut { .. })));
    let version = whole.replace("hattama-slip-v1", "hattama-slip-v2");
    assert!(matches!(parts::join_parts(&version), Err(PartsError::Version { found }) if found == "2"));
    let n = parts.len();
    for (from, to) in [("1/", "0/"), ("1/", "01/"), ("1/", "9/"), (" 1/", "  1/"), ("/", "-")] {
        let text = whole.replacen(&format!("{from}{n}"), &format!("{to}{n}"), 1).replacen(from, to, 1);
        assert!(matches!(parts::join_parts(&text), Err(PartsError::Header { .. })), "{from} {to}");
    }
    let empty = format!("{}\n{}", parts[0].lines().next().unwrap(), parts[1..].join("\n"));
    assert!(matches!(parts::join_parts(&empty), Err(PartsError::Empty { part: 1 })));
    // One digit of a figure: the text is canonical still, the hash is another.
    let changed = whole.replacen("\"invalid\":9", "\"invalid\":8", 1);
    assert_ne!(changed, whole);
    let error = parts::join_parts(&changed).unwrap_err();
    assert!(matches!(error, PartsError::Hash { .. }) && error.is_false());
    let twice = format!("{whole}\n{changed}");
    assert!(matches!(parts::join_parts(&twice), Err(PartsError::Differs { .. })));
    assert!(matches!(
        parts::join_parts(&whole.replacen("\"event\"", "\"avent\"", 1)),
        Err(PartsError::Form(_))
    ));
    // No changed byte of any part is taken.
    for at in (0..whole.len()).step_by(5) {
        let mut bytes = whole.clone().into_bytes();
        bytes[at] ^= 1;
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let read = parts::join_parts(&text).ok().map(|joined| Scan::read(joined.text.as_bytes()));
        assert!(!matches!(read, Some(Ok(_))), "byte {at}");
    }
}

#[test]
fn a_scan_alone_says_what_it_cannot_know() {
    let dir = tempfile::tempdir().unwrap();
    let signed = protocol();
    let file = dir.path().join("scan.txt").display().to_string();
    let parts = cut(&signed, 700);
    fs::write(&file, parts.join("\n")).unwrap();
    let (code, out, err) = run(&["verify", "--qr", &file], "");
    assert_eq!(code, 0, "{err}");
    for words in ["NO LEDGER", "nobody knows whether these keys", "Votes for «abenov»", "130", PRECINCT] {
        assert!(out.contains(words), "{words}: {out}");
    }
    assert!(!out.contains("VERIFIED"), "{out}");
    let (code, out, _) = run(&["verify", "--qr", "-"], &parts.join("\r\n"));
    assert!(code == 0 && out.contains(&signed.hash().in_groups()), "{out}");
    let (code, out, _) = run(&["verify", "--json", "--qr", &file], "");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, json["ledger_checked"].as_bool()), (0, Some(false)));
    let (code, _, err) = run(&["verify", "--qr", "-"], &parts[1..].join("\n"));
    assert!(code == 2 && err.contains("no part 1"), "{err}");
    let (code, _, err) = run(&["verify", "--qr", "-"], &parts.join("\n").replacen(":240", ":241", 1));
    assert!(code == 1 && err.contains("changed"), "{err}");
    let here = dir.path().display().to_string();
    let (code, _, err) = run(&["verify", "--qr", &file, &here], "");
    assert!(code == 64 && err.contains("SOURCE stands before"), "{err}");
    // Signatures are not in the hash: they are checked by themselves.
    let mut forged = signed.clone();
    forged.signatures[0].signature = forged.signatures[1].signature;
    let (code, _, err) = run(&["verify", "--qr", "-"], &cut(&forged, 700).join("\n"));
    assert!(code == 1 && err.contains("signature"), "{err}");
    forged.signatures.remove(0);
    assert!(matches!(
        Scan::read(working(&forged).as_bytes()),
        Err(ScanError::Unsigned { expected: 4, found: 3 })
    ));
    let other = said(&Scene::before("protocol-received:first"), "ballots-accounted");
    assert!(matches!(Scan::read(working(&other).as_bytes()), Err(ScanError::Other { .. })));
}

fn scan(signed: &SignedEvent) -> Scan {
    Scan::read(working(signed).as_bytes()).unwrap()
}

fn judged(scene: &Scene, signed: &SignedEvent) -> verifier::Report {
    crate::scene::verified_with(scene, scene.entries.clone(), &[scan(signed)])
}

#[test]
fn a_scan_meets_the_ledger() {
    let mut scene = Scene::before("protocol-superseded:transcription");
    let first = said(&scene, "protocol-signed");
    let row = |report: &verifier::Report| {
        report.rows.iter().find(|row| row.rule == law::Rule::Obs02).map(|row| row.status.clone()).unwrap()
    };
    let report = crate::scene::verified(&scene, scene.entries.clone());
    assert!(matches!(row(&report), Status::NotRun(_)) && report.verdict() == Verdict::Verified);
    let report = judged(&scene, &first);
    assert_eq!((row(&report), report.verdict()), (Status::Pass, Verdict::Verified), "{}", report.to_text());
    assert!(report.to_text().contains("the same event at entry 31"), "{}", report.to_text());
    // It gives way to another: nothing is false, and people must look.
    scene.play("protocol-superseded:transcription");
    let report = judged(&scene, &first);
    assert_eq!((row(&report), report.verdict()), (Status::Warn, Verdict::VerifiedWithWarnings));
    let text = report.to_text();
    assert!(
        text.contains("superseded by entry 34") && text.contains("votes for Әбенов Д.: scanned"),
        "{text}"
    );
    let second = said(&scene, "protocol-superseded:transcription");
    assert_eq!(judged(&scene, &second).verdict(), Verdict::Verified);
}

/// The planted faults: what hangs at the precinct is not what the ledger holds.
#[test]
fn a_scan_that_is_not_in_the_ledger_fails() {
    let fails = |report: verifier::Report, words: &[&str]| {
        let text = report.to_text();
        let bad: Vec<_> =
            report.findings.iter().filter(|found| found.status == verifier::FindingStatus::Fail).collect();
        assert!(!bad.is_empty() && bad.iter().all(|found| found.check.id() == "OBS-02"), "{text}");
        assert_eq!(report.verdict(), Verdict::Failed);
        words.iter().for_each(|words| assert!(text.contains(words), "{words}: {text}"));
    };
    // What accuses nobody stands beside the ledger's own verdict, and is never passed.
    let beside = |report: verifier::Report, outcome: verifier::BroughtOutcome, words: &[&str]| {
        let text = report.to_text();
        assert_eq!(report.count_brought(), [(outcome, 1)], "{text}");
        assert_eq!((report.verdict(), report.ledger_verdict()), (Verdict::Incomplete, Verdict::Verified));
        words.iter().for_each(|words| assert!(text.contains(words), "{words}: {text}"));
    };
    // The commission signed it, and it has not arrived yet.
    let mut scene = Scene::before("protocol-signed");
    let step = scene.step("protocol-signed");
    let kept_back = scene.sign(&step);
    let told = ["found none of this precinct in 31 entries", "4 of its 4 keys"];
    beside(judged(&scene, &kept_back), verifier::BroughtOutcome::NotThereYet, &told);
    // Another one arrived in its place.
    let mut other = scene.step("protocol-signed");
    let Fact::ProtocolSigned(b) = &mut other.fact else { panic!() };
    b.protocol.count = count([100, 110]);
    let swapped = scene.sign(&other);
    scene.append(swapped).unwrap();
    let told = ["entry 31", "votes for Әбенов Д.: scanned ", "in the ledger 100", "4 of its 4 keys"];
    fails(judged(&scene, &kept_back), &told);
    // The same figures at another time are another protocol too.
    let mut later = scene.step("protocol-signed");
    let Fact::ProtocolSigned(b) = &mut later.fact else { panic!() };
    b.protocol.count = count([100, 110]);
    b.protocol.ended = time("2025-10-12 22:10");
    let signed = scene.sign(&later);
    fails(judged(&scene, &signed), &["another one with the same figures"]);
    // Strangers print a sheet of their own.
    let labels: Vec<String> = (1..=4).map(|n| format!("stranger/{n}")).collect();
    let forged = scene.resign(kept_back.clone(), &labels);
    beside(judged(&scene, &forged), verifier::BroughtOutcome::Stranger, &["0 of its 4 keys"]);
    // A protocol of another ledger.
    let mut foreign = Scene::new();
    foreign.cast = Cast::new("another scene");
    crate::scene::STEPS
        .iter()
        .take_while(|name| **name != "protocol-received:first")
        .for_each(|name| foreign.play(name));
    let foreign = judged(&scene, &said(&foreign, "protocol-signed"));
    beside(foreign, verifier::BroughtOutcome::OtherLedger, &["a protocol of another"]);
}

#[test]
fn a_scan_is_not_judged_behind_a_broken_entry() {
    let scene = Scene::before("protocol-received:first");
    let first = said(&scene, "protocol-signed");
    let mut entries = scene.entries.clone();
    entries[20][30] ^= 1;
    let report = crate::scene::verified_with(&scene, entries, &[scan(&first)]);
    let found = report.findings.iter().find(|found| found.check.id() == "OBS-02").unwrap();
    assert_eq!(
        (found.status, report.verdict()),
        (verifier::FindingStatus::Error, Verdict::Failed),
        "{}",
        report.to_text()
    );
}

#[test]
fn the_real_program_compares_a_sheet_with_a_published_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, _) = crate::tamper::published(dir.path());
    let published = dir.path().join("published").display().to_string();
    let last = said(&scene, "protocol-superseded:recount");
    let file = dir.path().join("scan.txt").display().to_string();
    fs::write(&file, cut(&last, 700).join("\n")).unwrap();
    let (code, out, err) = run(&["verify", &published, "--qr", &file], "");
    assert!(code == 0 && out.contains("OBS-02") && out.contains("the same event at entry 37"), "{out}{err}");
    let first = said(&scene, "protocol-signed");
    let (code, out, _) = run(&["verify", &published, "--qr", "-"], &cut(&first, 700).join("\n"));
    assert!(code == 0 && out.contains("WITH WARNINGS") && out.contains("superseded by entry 37"), "{out}");
    let (code, out, _) = run(&["verify", &published, "--qr", "-"], &cut(&longest(), 900).join("\n"));
    assert!(code == 2 && out.contains("OBS-02") && out.contains("The ledger itself: VERIFIED."), "{out}");
}

pub(crate) fn sealed() -> Document {
    Document::seal(&[5; 32], b"paper")
}

pub(crate) fn wrong_ledger(mut signed: SignedEvent, scene: &mut Scene, labels: &[String]) -> SignedEvent {
    signed.event = signed.event.with_change(|event| event.ledger = Hash([7; 32])).unwrap();
    signed.event =
        signed.event.with_change(|event| event.author = Id::new("pec-elsewhere").unwrap()).unwrap();
    scene.resign(signed, labels)
}
