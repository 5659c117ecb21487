//! A precinct without a line: its book, the forms of a whole night, and everything delivered in the morning.
//!
//! In: the real program on real folders, a real node at the end, books that were tampered with. Out: what an outbox does
//! over a bad line (`serve::sent`), what a form reads (unit tests and the fuzz target `form`).

mod asked;
pub(crate) mod at_the_desk;
mod by_line;
mod excerpt;
mod forged;
mod tampered;

use std::{
    fs,
    path::{Path, PathBuf},
};

use event::{SignedEvent, Stamp};
use law::Fact;
use node::Writer;

use crate::{
    commands::run,
    scene::{PRECINCT, Scene, attach_all},
    serve::{Node, key_file},
};

/// A ledger on the eve of voting, the books made from it, and the keys of the precinct's members.
struct Eve {
    dir: tempfile::TempDir,
    scene: Scene,
}

impl Eve {
    fn new() -> Self {
        let eve = Self { dir: tempfile::tempdir().unwrap(), scene: Scene::before("precinct-opened") };
        let ledger = eve.at("ledger");
        written(&eve.scene, Path::new(&ledger), 0);
        for seat in ["chair", "deputy", "secretary", "m4"] {
            key_file(&eve.key(seat), &eve.scene.cast.secret(&format!("pec-aul-1/{seat}")));
        }
        eve.bound(&ledger, "books");
        eve
    }

    /// Makes books.
    fn bound(&self, source: &str, out: &str) {
        let (code, out, err) = run(&["book", "new", source, "--out", &self.at(out), "--lang", "en"]);
        assert_eq!(code, 0, "{out}{err}");
    }

    fn at(&self, path: &str) -> String {
        self.dir.path().join(path).to_str().unwrap().to_owned()
    }

    fn book(&self) -> PathBuf {
        self.dir.path().join("books").join(PRECINCT)
    }

    fn key(&self, seat: &str) -> PathBuf {
        self.dir.path().join(format!("{seat}.pem"))
    }

    fn draft(&self, fact: &str, more: &[&str]) -> (i32, String, String) {
        let book = self.book();
        let words = ["event", "draft", fact, "--book", book.to_str().unwrap(), "--lang", "en"];
        run(&[&words, more].concat())
    }

    fn form(&self, stem: &str) -> PathBuf {
        self.book().join("forms").join(format!("{stem}.txt"))
    }

    fn drafted(&self, stem: &str) -> PathBuf {
        self.book().join("outbox").join(format!("{stem}.json"))
    }

    fn sign(&self, stem: &str, seats: &[&str]) {
        for seat in seats {
            let (file, key) = (self.drafted(stem), self.key(seat));
            let words = ["event", "sign", file.to_str().unwrap(), "--key", key.to_str().unwrap()];
            let (code, out, err) = run(&words);
            assert_eq!(code, 0, "{stem} {seat}: {out}{err}");
        }
    }

    /// Form, draft, signatures: one statement of the night.
    fn state(&self, fact: &str, stem: &str, values: &[(&str, &str)], at: &str, seats: &[&str]) {
        let (code, out, err) = self.draft(fact, &[]);
        assert!(code == 0 && self.form(stem).is_file(), "{fact}: {out}{err}");
        fill(&self.form(stem), values);
        let (code, out, err) = self.draft(fact, &["--at", at]);
        assert!(code == 0 && self.drafted(stem).is_file(), "{fact}: {out}{err}");
        let (code, _, err) = self.check(stem);
        assert_eq!(code, 0, "{fact}: {err}");
        self.sign(stem, seats);
        assert_eq!(self.check(stem).0, 0);
    }

    fn check(&self, stem: &str) -> (i32, String, String) {
        let (file, book) = (self.drafted(stem), self.book());
        run(&["event", "check", file.to_str().unwrap(), "--book", book.to_str().unwrap()])
    }

    fn show(&self) -> (i32, String, String) {
        run(&["book", "show", self.book().to_str().unwrap(), "--json"])
    }

    /// The day until the boxes are opened.
    fn day(&self) {
        self.state(
            "precinct-opened",
            "chair-0-precinct-opened",
            &OPENED,
            "2025-10-12T07:00:00+05:00",
            &["chair"],
        );
        let stem = "secretary-0-turnout-reported";
        self.state("turnout-reported", stem, &[("1", "120")], "2025-10-12T12:00:00+05:00", &["secretary"]);
        self.state("voting-closed", "chair-1-voting-closed", &[], "2025-10-12T20:00:00+05:00", &["chair"]);
        self.state(
            "ballots-accounted",
            "board-0-ballots-accounted",
            ACCOUNTED,
            "2025-10-12T20:30:00+05:00",
            &BOARD,
        );
    }
}

const BOARD: [&str; 4] = ["chair", "deputy", "secretary", "m4"];
const OPENED: [(&str, &str); 2] = [("1", "404"), ("2", "2")];
const ACCOUNTED: &[(&str, &str)] = &[
    ("1", "400"),
    ("2", "404"),
    ("3", "240"),
    ("3.1", "0"),
    ("3.2", "0"),
    ("3.3", "0"),
    ("3.4", "130"),
    ("3.5", "110"),
    ("4", "163"),
    ("6", "6"),
    ("16.1", "+"),
    ("16.2", "+"),
    ("16.3", "+"),
    ("16.4", "+"),
    ("16.5", "absent"),
];
const COUNTED: &[(&str, &str)] = &[
    ("5", "1"),
    ("5.1", "papers/act.pdf"),
    ("7.1.1", "6"),
    ("7.1.2", "5"),
    ("8", "234"),
    ("9", "239"),
    ("10", "9"),
    ("11.1", "60"),
    ("11.2", "150"),
    ("12", "20"),
    ("13", "1"),
    ("14", "2025-10-12 20:40"),
    ("15", "2025-10-12 22:00"),
];
const NIGHT: &str = "2025-10-12T22:30:00+05:00";

/// Writes the ledger of a scene; its last entry is received so much later.
pub(crate) fn written(scene: &Scene, ledger: &Path, late: i64) {
    let last = scene.said.len() - 1;
    let at = |n: usize| {
        let late = if n == last { late } else { 0 };
        Stamp::from_millis(scene.said[n].event.at.seconds() * 1000 + late).unwrap()
    };
    let mut writer = Writer::create(ledger, &scene.said[0], &scene.cast.secret("log"), at(0)).unwrap();
    let rest: Vec<_> = (1..=last).map(|n| (scene.said[n].clone(), at(n))).collect();
    for answer in writer.append(&rest).unwrap() {
        answer.unwrap();
    }
    attach_all(&writer, ledger);
    writer.close().unwrap();
    key_file(&ledger.join("log-key.pem"), &scene.cast.secret("log"));
    key_file(&ledger.join("service-key.pem"), &scene.cast.secret("cec/service"));
}

/// Writes values behind the signs of equality, as a person does.
fn fill(form: &Path, values: &[(&str, &str)]) {
    let text = fs::read_to_string(form).unwrap();
    let line = |line: &str| {
        let value = values.iter().find(|(number, _)| line.starts_with(&format!("{number})")));
        value.map_or_else(|| line.to_owned(), |(_, value)| format!("{line} {value}"))
    };
    for (number, _) in values {
        assert!(text.lines().any(|line| line.starts_with(&format!("{number})"))), "no {number}) in {text}");
    }
    fs::write(form, text.lines().map(line).collect::<Vec<_>>().join("\n")).unwrap();
}

fn paper(eve: &Eve) {
    fs::create_dir_all(eve.book().join("papers")).unwrap();
    fs::write(eve.book().join("papers/act.pdf"), "paper damaged").unwrap();
}

fn body_of(file: &Path) -> String {
    let bytes = fs::read(file).unwrap();
    SignedEvent::decode(bytes.trim_ascii_end()).unwrap().event.body.text().to_owned()
}

#[test]
fn a_whole_night_without_a_line_and_a_morning_with_one() {
    let mut eve = Eve::new();
    let (code, shown, err) = eve.show();
    assert_eq!(code, 0, "{err}");
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["ballot"], serde_json::json!(["abenov", "qaliev"]), "{shown}");
    assert_eq!((shown["list"].as_u64(), shown["delivered"].as_u64()), (Some(400), Some(404)));
    let readme = fs::read_to_string(eve.book().join("READ-ME.txt")).unwrap();
    assert!(readme.contains("hattama event draft protocol-signed") && readme.contains("УЧАСТОК"), "{readme}");
    eve.day();
    paper(&eve);
    let values = [ACCOUNTED, COUNTED].concat();
    eve.state("protocol-signed", "board-1-protocol-signed", &values, NIGHT, &BOARD);
    // What the form says is what the same figures say as a fact.
    let mut expected = crate::scene::count([60, 150]);
    expected.damaged = Some(law::facts::Damaged { act: event::Document::public(b"paper damaged"), count: 1 });
    let drafted = eve.drafted("board-1-protocol-signed");
    let read = Fact::read_body("protocol-signed", body_of(&drafted).as_bytes()).unwrap();
    let Fact::ProtocolSigned(read) = read else { panic!("{read:?}") };
    assert_eq!((read.protocol.count, read.protocol.missing), (expected, crate::scene::absent()));
    let copies = [("1", "3"), ("2", "yes")];
    let stem = "secretary-1-copies-issued";
    eve.state("copies-issued", stem, &copies, "2025-10-12T23:00:00+05:00", &["secretary"]);

    // The sheet that hangs at the precinct needs no line either.
    let sheet = eve.at("sheet.html");
    let (code, _, err) = run(&["slip", drafted.to_str().unwrap(), "--out", &sheet]);
    assert!(code == 0 && Path::new(&sheet).is_file(), "{err}");
    // With the book the sheet says names, and that they are the book's.
    let (named, book) = (eve.at("named.svg"), eve.book());
    let from = book.to_str().unwrap();
    let (code, _, err) = run(&["slip", drafted.to_str().unwrap(), "--from", from, "--out", &named]);
    let page = fs::read_to_string(&named).unwrap();
    assert_eq!(code, 0, "{err}");
    for words in ["Выборы акима села", "Әбенов Д.", "№ 0001", "УЧЕБНЫЙ ЖУРНАЛ", "из книги участка"]
    {
        assert!(page.contains(words), "{words}");
    }
    let plain = fs::read_to_string(&sheet).unwrap();
    assert!(!plain.contains("из книги участка") && !plain.contains("Әбенов"));

    // The morning: everything goes to the node, each after the one before, and the ledger admits all of it.
    let node = Node::writing(eve.dir.path(), &[]);
    let outbox = eve.book().join("outbox").to_str().unwrap().to_owned();
    let (code, out, err) = run(&["outbox", "send", "--dir", &outbox, "--to", &node.address]);
    assert_eq!(code, 0, "{out}{err}");
    let size = node.json("/readyz")["entries"].as_u64();
    assert_eq!(size, Some(eve.scene.said.len() as u64 + 6));
    // Without a line the receipts hold still: the book brought the charter along.
    assert_eq!(run(&["outbox", "status", "--dir", &outbox]).0, 0);
    let book = eve.book();
    let (code, out, err) = run(&["book", "renew", book.to_str().unwrap(), &node.address]);
    assert_eq!(code, 0, "{out}{err}");
    let shown: serde_json::Value = serde_json::from_str(&eve.show().1).unwrap();
    assert_eq!(
        (&shown["tree"]["size"], &shown["waiting"]),
        (&serde_json::json!(size), &serde_json::json!([]))
    );
    assert_eq!(shown["status"], "protocol-signed");
    assert_eq!(node.end(), 0);
    // The scene goes on as if the precinct had had a line all day.
    let (entries, _) = store::read::snapshot_of(Path::new(&eve.at("ledger"))).unwrap();
    assert_eq!(entries.len() as u64, size.unwrap());
    eve.scene.entries = entries.clone();
    let report = crate::scene::verified(&eve.scene, entries);
    assert_eq!(report.verdict(), verifier::Verdict::VerifiedWithWarnings, "{}", report.to_text());
}

#[test]
fn a_form_tells_all_its_faults_at_once_and_writes_no_draft() {
    let eve = Eve::new();
    eve.day();
    let stem = "board-1-protocol-signed";
    assert_eq!(eve.draft("protocol-signed", &["--boxes", "2"]).0, 0);
    let form = eve.form(stem);
    let text = fs::read_to_string(&form).unwrap();
    assert!(text.contains("7.2.2)") && text.contains("11.2)") && !text.contains("11.3)"), "{text}");
    let (code, out, err) = eve.draft("protocol-signed", &["--at", NIGHT]);
    assert!(code == 2 && out.is_empty(), "{out}{err}");
    let told = err.lines().filter(|line| line.contains("empty is no zero")).count();
    let asked = text.lines().filter(|line| line.contains(") ") && !line.starts_with('#')).count();
    let optional = ["5.1)", "7.1.3)", "7.2.3)", "17)", "18.1)", "18.2)", "18.3)"];
    assert_eq!(told, asked - optional.len(), "{err}");
    for (lang, word) in [("kk", "бос жол нөл емес"), ("ru", "пусто не ноль")] {
        let book = eve.book();
        let words = ["event", "draft", "protocol-signed", "--book", book.to_str().unwrap(), "--lang", lang];
        assert!(run(&words).2.contains(word));
    }
    for (change, word) in [
        (("1) Voters of the precinct in all =", "1) Voters of the precinct in all = 1.204"), "1.204"),
        (("11.1) Votes for Әбенов Д. =", "11.1) Votes for Қалиев Е. ="), "other words"),
        (("10) ", "form = protocol-signed\n10) "), "found: form ="),
        (("7.2.1) ", "# "), "7.2.1) portable box 2: applications: this line is gone"),
        ((" boxes-2", " boxes-1"), "no line 7.2.1"),
        (("4) ", "44) x = 5\n4) "), "44)"),
        (("form = protocol-signed", "form = ballots-accounted"), "ballots-accounted"),
        (("form = ", "# form = "), "expected the form"),
        (("8) ", "# 8) "), "8) Ballots in the stationary boxes: this line is gone"),
        (("12) ", "12 "), "number) words = value"),
        (("13) ", "13) x = -1\n13) "), "13) stands already"),
    ] {
        let (from, to) = if change.0.starts_with(' ') {
            (change.0.to_owned(), change.1.to_owned())
        } else {
            (format!("\n{}", change.0), format!("\n{}", change.1))
        };
        assert!(text.contains(&from), "{from}");
        fs::write(&form, text.replacen(&from, &to, 1)).unwrap();
        let (code, _, err) = eve.draft("protocol-signed", &["--at", NIGHT]);
        assert!(code == 2 && err.contains(word), "{word}: {err}");
    }
    fs::write(&form, [text.as_bytes(), &[0xcf, 0xf0]].concat()).unwrap();
    assert_eq!(eve.draft("protocol-signed", &[]).0, 2);
    fs::write(&form, vec![b'#'; 300 * 1024]).unwrap();
    assert_eq!(eve.draft("protocol-signed", &[]).0, 2);
    assert!(!eve.drafted(stem).exists());
    fs::write(&form, &text).unwrap();
    assert_eq!(eve.draft("protocol-signed", &["--boxes", "3"]).0, 64, "it was written for two");
    assert_eq!(eve.draft("protocol-signed", &["--author", "tec-aul"]).0, 64);
    // Nothing but the six facts of the night has a form.
    assert_eq!(eve.draft("results-determined", &[]).0, 64);
    assert_eq!(eve.draft("protocol-signet", &[]).0, 64);
}

#[test]
fn what_does_not_add_up_needs_the_paper_and_a_reason() {
    let eve = Eve::new();
    eve.day();
    paper(&eve);
    let stem = "board-1-protocol-signed";
    assert_eq!(eve.draft("protocol-signed", &[]).0, 0);
    let empty = fs::read_to_string(eve.form(stem)).unwrap();
    let wrong: Vec<_> = [ACCOUNTED, COUNTED]
        .concat()
        .into_iter()
        .map(|(n, v)| if n == "11.1" { (n, "61") } else { (n, v) })
        .collect();
    fill(&eve.form(stem), &wrong);
    let (code, out, err) = eve.draft("protocol-signed", &["--at", NIGHT]);
    assert!(code == 1 && out.contains("BROKEN") && err.contains("line 18"), "{out}{err}");
    assert!(!eve.drafted(stem).exists());
    let rule = out.lines().find(|line| line.contains("BROKEN")).unwrap().split_whitespace().nth(1).unwrap();
    // The paper itself says so: with its scan and the reason the truth goes in, and stays visible.
    let reason = format!("{rule}: so stands it on the signed paper");
    let explained = [wrong.as_slice(), &[("17", "papers/act.pdf"), ("18.1", reason.as_str())]].concat();
    fs::write(eve.form(stem), &empty).unwrap();
    fill(&eve.form(stem), &explained);
    let (code, out, err) = eve.draft("protocol-signed", &["--at", NIGHT]);
    assert!(code == 0 && out.contains("explained"), "{out}{err}");
    // A draft that nobody has signed gives way; one that somebody has signed does not.
    fs::write(eve.form(stem), &empty).unwrap();
    fill(&eve.form(stem), &[ACCOUNTED, COUNTED].concat());
    assert_eq!(eve.draft("protocol-signed", &["--at", NIGHT]).0, 0);
    assert!(!body_of(&eve.drafted(stem)).contains("explanations"));
    // What is refused now leaves no older draft behind that somebody could sign.
    fs::write(eve.form(stem), &empty).unwrap();
    fill(&eve.form(stem), &wrong);
    assert_eq!(eve.draft("protocol-signed", &["--at", NIGHT]).0, 1);
    assert!(!eve.drafted(stem).exists());
    fs::write(eve.form(stem), &empty).unwrap();
    fill(&eve.form(stem), &[ACCOUNTED, COUNTED].concat());
    let (code, out, _) = eve.draft("protocol-signed", &["--at", NIGHT]);
    assert!(code == 0 && out.contains("150  Қалиев Е. (qaliev)"), "{out}");
    eve.sign(stem, &["chair"]);
    let (code, _, err) = eve.draft("protocol-signed", &["--at", NIGHT]);
    assert!(code == 1 && err.contains("board-1-protocol-signed"), "{err}");
    // An act where nothing is damaged, and one rule explained twice.
    for (changes, word) in [
        (&[("5", "0")][..], "none are damaged"),
        (&[("18.1", "ARI-04: a"), ("18.2", "ARI-04: b")], "explains already"),
        (&[("5.1", "papers")], "a file that is there"),
        (&[("16.5", "dissent: papers/nothing.pdf")], "a file that is there"),
    ] {
        fs::remove_file(eve.drafted(stem)).unwrap_or_default();
        let mut values = [ACCOUNTED, COUNTED].concat();
        values.retain(|(number, _)| changes.iter().all(|(other, _)| other != number));
        fs::write(eve.form(stem), &empty).unwrap();
        fill(&eve.form(stem), &[values.as_slice(), changes].concat());
        let (code, _, err) = eve.draft("protocol-signed", &["--at", NIGHT]);
        assert!(code == 2 && err.contains(word), "{word}: {code} {err}");
    }
}
