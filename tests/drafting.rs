//! Drafts that know, on the real program: filled in, asked for, refused before anybody signs, and the lists of what comes next.

use std::fs;

use event::SignedEvent;
use law::Fact;

use crate::{commands::run, demo_folder::demo_folder, scene};

/// A folder with the demo's scene as a ledger of its own, and a way to name what lies in it.
pub(crate) struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn before(step: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut own = scene::Scene::before(step);
        let at = |signed: &SignedEvent| event::Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
        let said = std::mem::take(&mut own.said);
        let mut writer =
            node::Writer::create(&dir.path().join("ledger"), &said[0], &own.cast.secret("log"), at(&said[0]))
                .unwrap();
        for signed in &said[1..] {
            writer.append(&[(signed.clone(), at(signed))]).unwrap().pop().unwrap().unwrap();
        }
        writer.close().unwrap();
        fs::write(dir.path().join("paper.pdf"), "paper").unwrap();
        Self { dir }
    }

    pub(crate) fn at(&self, name: &str) -> String {
        self.dir.path().join(name).display().to_string()
    }

    fn draft(&self, fact: &str, words: &[&str]) -> (i32, String, String) {
        let (ledger, out) = (self.at("ledger"), self.at("out.json"));
        let all = [&["event", "draft", fact, "--ledger", &ledger, "--out", &out], words].concat();
        run(&all)
    }

    fn drafted(&self) -> Fact {
        let signed = self.signed();
        Fact::read_body(signed.event.fact.as_str(), signed.event.body.text().as_bytes()).unwrap()
    }

    fn signed(&self) -> SignedEvent {
        SignedEvent::decode(fs::read(self.at("out.json")).unwrap().trim_ascii_end()).unwrap()
    }
}

#[test]
fn results_are_drafted_from_one_file() {
    let desk = Desk::before("results-determined");
    let paper = desk.at("paper.pdf");
    let (code, _, err) = desk.draft("results-determined", &["--at", "2025-10-14 10:00"]);
    assert!(code == 64 && err.contains("paper") && !err.contains("totals"), "{code} {err}");
    let set = format!("paper={paper}");
    let (code, out, err) = desk.draft("results-determined", &["--at", "2025-10-14 10:00", "--set", &set]);
    assert_eq!((code, out.trim().len()), (0, 64), "{out}{err}");
    let Fact::ResultsDetermined(body) = desk.drafted() else { panic!() };
    assert_eq!(body.elected.map(|id| id.to_string()).as_deref(), Some("abenov"));
    assert_eq!(body.totals.votes[0].votes, 145);
    assert_eq!(desk.signed().event.author.as_str(), scene::TEC);
    assert!(err.contains("totals") && err.contains("protocols"), "what was filled in is told: {err}");
    // The check says that it would be taken in.
    let (code, out, err) = run(&["event", "check", &desk.at("out.json"), "--ledger", &desk.at("ledger")]);
    assert!(code == 0 && out.contains("take it in"), "{out}{err}");
}

#[test]
fn a_refusal_is_said_before_anybody_signs() {
    let desk = Desk::before("results-determined");
    // A candidate who is no candidate, in three languages.
    for (lang, mend) in [("en", "todo"), ("ru", "todo"), ("kk", "todo")] {
        let (code, _, err) = desk.draft(
            "akim-registered",
            &[
                "--candidate",
                "Әбенов",
                "--set",
                &format!("decision={}", desk.at("paper.pdf")),
                "--lang",
                lang,
            ],
        );
        assert!(
            code == 1 && err.contains("PRO-01") && err.contains("113-") && err.contains(mend),
            "{code} {err}"
        );
    }
    assert!(!std::path::Path::new(&desk.at("out.json")).exists(), "nothing is written");
    let (code, _, err) = desk.draft(
        "akim-registered",
        &["--candidate", "abenov", "--set", &format!("decision={}", desk.at("paper.pdf")), "--anyway"],
    );
    assert!(code == 0 && err.contains("PRO-01"), "{code} {err}");
    let (code, out, err) = run(&["event", "check", &desk.at("out.json"), "--ledger", &desk.at("ledger")]);
    assert!(code == 1 && err.contains("PRO-01"), "{code} {out}{err}");
}

#[test]
fn a_precinct_by_its_number_and_a_time_without_its_offset() {
    let desk = Desk::before("protocol-received:first");
    let (code, _, err) = desk.draft("protocol-received", &["--precinct", "1", "--at", "2025-10-12 23:00"]);
    assert_eq!(code, 0, "{err}");
    let signed = desk.signed();
    assert_eq!((signed.event.author.as_str(), signed.event.desk.as_str()), (scene::TEC, "secretary"));
    assert_eq!(signed.event.at.to_string(), "2025-10-12T23:00:00+05:00");
    // Of a day there is one reading: its end.
    let ledger = desk.at("ledger");
    for as_of in ["2025-10-12", "2025-10-12 23:59:59", "2025-10-12T23:59:59+05:00"] {
        let (code, out, err) = run(&["precincts", &ledger, "--as-of", as_of, "--json"]);
        assert!(code == 0 && out.contains("\"signed\""), "{as_of}: {out}{err}");
    }
    assert_eq!(run(&["precincts", &ledger, "--as-of", "2025-10"]).0, 64);
    // A second draft follows a first that is on its way.
    let first = desk.at("out.json");
    let second = desk.at("second.json");
    let set =
        ["--set", "reason=Жол ауысқан", "--precinct", "1", "--at", "2025-10-12 23:10", "--out", &second];
    let words =
        [&["event", "draft", "protocol-returned", "--ledger", &ledger, "--after", &first], &set[..]].concat();
    let (code, _, err) = run(&words);
    assert_eq!(code, 0, "{err}");
    let second = SignedEvent::decode(fs::read(second).unwrap().trim_ascii_end()).unwrap();
    assert_eq!(second.event.author_prev, signed.hash());
}

#[test]
fn every_fact_is_told_in_three_languages_and_has_a_form_on_the_program() {
    let desk = Desk::before("precinct-opened");
    let ledger = desk.at("ledger");
    for fact in Fact::NAMES {
        for lang in ["kk", "ru", "en"] {
            let (code, out, err) = run(&["event", "facts", fact, "--lang", lang]);
            assert!(
                code == 0 && out.contains(fact) && out.contains("hattama event draft"),
                "{fact}: {out}{err}"
            );
        }
        let form = desk.at(&format!("{fact}.txt"));
        let words = [
            "event",
            "draft",
            fact,
            "--ledger",
            &ledger,
            "--author",
            scene::TEC,
            "--election",
            scene::ELECTION,
            "--form",
            &form,
        ];
        let (code, _, err) = run(&words);
        assert_eq!(code, 0, "{fact}: {err}");
        let text = fs::read_to_string(&form).unwrap();
        assert!(text.contains(&format!("form = {fact} ")), "{text}");
    }
    let (code, out, _) = run(&["event", "facts", "protocol-signed", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(
        code == 0 && told["fields"].as_array().unwrap().len() > 20 && told["example"]["precinct"] == "aul-1"
    );
}

/// The next step of a lawful election always stands in its author's list.
#[test]
fn the_next_lawful_step_stands_in_the_list_of_its_author() {
    use commission::standing::tasks::list_tasks;

    let mut own = scene::Scene::new();
    for name in ::scene::STEPS {
        let step = own.step(name);
        let now = scene::time(&step.at);
        let author = event::Id::new(&step.author).unwrap();
        let fact = step.fact.name();
        let tasks = list_tasks(own.head.state(), &author, &now);
        assert!(tasks.iter().any(|task| task.fact == fact), "{name}: {tasks:?}");
        own.play(name);
    }
    let state = own.head.state();
    let end = scene::time("2025-10-16 10:00");
    let must: Vec<&str> = list_tasks(state, &event::Id::new(scene::PEC).unwrap(), &end)
        .iter()
        .filter(|task| task.duty == commission::standing::task::Duty::Must)
        .map(|task| task.fact)
        .collect();
    assert!(must.is_empty(), "after the certificate a precinct has nothing to do: {must:?}");
}

#[test]
fn who_waits_for_whom_is_told_of_the_demo_at_several_sizes() {
    let ledger = demo_folder().join("ledger").display().to_string();
    let (_, out, _) = run(&["ledger", "status", &ledger, "--json"]);
    let status: serde_json::Value = serde_json::from_str(&out).unwrap();
    let size = status["size"].as_u64().or_else(|| status["entries"].as_u64()).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for part in 1..=10 {
        let as_of = (size * part / 10).to_string();
        let (code, out, err) = run(&["precincts", &ledger, "--as-of", &as_of, "--json"]);
        if code == 64 {
            continue;
        }
        assert_eq!(code, 0, "{err}");
        let told: serde_json::Value = serde_json::from_str(&out).unwrap();
        let precincts = told["precincts"].as_array().unwrap();
        let counted: u64 = told["counts"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
        assert_eq!(counted, precincts.len() as u64);
        for one in precincts {
            let state = one["state"].as_str().unwrap().to_owned();
            let nobody = one["waits_for"].is_null();
            assert!(!nobody || matches!(&*state, "received" | "invalid"), "{one}");
            seen.insert(state);
        }
        for author in ["cec", "tec-semey", "pec-semey-001"] {
            let (code, out, err) = run(&["todo", &ledger, "--author", author, "--as-of", &as_of, "--json"]);
            assert!(code == 0 || code == 64, "{author} {as_of}: {out}{err}");
        }
    }
    assert!(seen.len() > 3, "{seen:?}");
    for lang in ["kk", "ru", "en"] {
        let (code, out, _) = run(&["todo", &ledger, "--author", "tec-semey", "--lang", lang]);
        assert!(code == 0 && out.contains("tec-semey"), "{out}");
        assert_eq!(run(&["precincts", &ledger, "--lang", lang]).0, 0);
    }
    assert_eq!(run(&["todo", &ledger, "--author", "nobody"]).0, 64);
}

#[test]
fn a_table_is_a_dry_run_until_a_folder_is_named() {
    let desk = Desk::before("ballots-delivered");
    let (ledger, file, out) = (desk.at("ledger"), desk.at("delivery.csv"), desk.at("drafts"));
    fs::write(&file, "Участок;Количество бюллетеней\nУчасток № 1;404\nИтого;404\n").unwrap();
    let words = [
        "table",
        "ballots-delivered",
        &file,
        "--ledger",
        &ledger,
        "--set",
        "act=paper.pdf",
        "--at",
        "2025-10-09 10:00",
    ];
    for lang in ["kk", "ru", "en"] {
        let (code, told, err) = run(&[&words[..], &["--lang", lang]].concat());
        assert!(code == 1 && told.contains("count") && told.contains("Итого"), "{code} {told}{err}");
    }
    assert!(!std::path::Path::new(&out).exists());
    let (code, told, err) = run(&[&words[..], &["--out", &out, "--json"]].concat());
    let told: serde_json::Value = serde_json::from_str(&told).unwrap_or_else(|_| panic!("{told}{err}"));
    assert_eq!((code, told["drafts"].as_array().unwrap().len()), (1, 1));
    let draft = format!("{out}/{}", told["drafts"][0]["file"].as_str().unwrap());
    let (code, said, err) = run(&["event", "check", &draft, "--ledger", &ledger]);
    assert_eq!(code, 0, "{said}{err}");
    assert_eq!(run(&[&words[..], &["--out", &out]].concat()).0, 64, "nothing is overwritten");
    // Several drafts are shown before a passphrase is asked for; a protocol is never among them.
    let (code, _, err) = run(&["event", "sign", &draft, &draft, "--key", "nowhere.pem"]);
    assert!(code == 2 && err.contains("aul-1"), "{code} {err}");
}
