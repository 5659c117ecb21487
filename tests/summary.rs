//! `hattama summary`: what a ledger comes to as a whole, now and earlier, and what is counted only once.

use std::fs;

use law::{Fact, State, facts::Level, state::Election};
use ledger::projections::{project_documents, view_summary};
use serde_json::Value;

use crate::{
    commands::run,
    demo_folder::copy_demo,
    refusals::written,
    scene::{ELECTION, STEPS, Scene, TEC, text},
};

#[test]
fn the_demo_has_a_summary_now_and_before_its_voting() {
    let dir = copy_demo(&["published", "ledger"]);
    let at = |inner: &str| dir.path().join(inner).display().to_string();
    let (code, out, err) = run(&["summary", &at("published")]);
    assert_eq!(code, 0, "{err}");
    for words in [
        "Commissions: 130 without the CEC",
        "of precincts 128",
        "territorial, of cities 1",
        "Candidates on the ballots: 3; registered 4, nominated 4",
        "1 called, 1 determined, 1 published, 1 with a certificate",
        "128 of 128 precincts",
        "220\u{a0}761",
        "themselves",
        "TEST LEDGER",
        "Кожанбаев Адилет",
    ] {
        assert!(out.contains(words), "{words} is not in\n{out}");
    }
    assert!(!out.contains("Proxies"), "nobody was counted:\n{out}");
    let (code, json, _) = run(&["summary", &at("published"), "--format", "json"]);
    let published = fs::read_to_string(at("published/snapshots/1/projections/summary.json")).unwrap();
    assert_eq!((code, json.trim_end()), (0, published.as_str()));
    let view: Value = serde_json::from_str(&json).unwrap();
    let (_, candidates, _) = run(&["results", &at("published")]);
    assert!(candidates.contains(view["view"]["turnout"]["legal"].as_str().unwrap()), "{candidates}");
    let (code, rows, _) = run(&["summary", &at("ledger"), "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let row: std::collections::BTreeMap<String, String> = reader.deserialize().next().unwrap().unwrap();
    assert_eq!((code, row["election"].as_str(), row["elected"].as_str()), (0, "semey-2025", "kozhanbaev"));
    assert_eq!((row["voters"].as_str(), row["precincts"].as_str()), ("220761", "128"));
    earlier(&at("published"));
    for (lang, words) in [("kk", "Бүкіл"), ("ru", "Сводка по журналу")] {
        let (code, out, _) = run(&["summary", &at("published"), "--lang", lang]);
        let words = if lang == "kk" { "жиынтық" } else { words };
        assert!(code == 0 && out.contains(words), "{out}");
    }
    // A summary that does not follow from the events is found out.
    let file = at("published/snapshots/1/projections/summary.json");
    fs::write(&file, published.replace("\"precincts\":128", "\"precincts\":127")).unwrap();
    let (code, out, _) = run(&["verify", &at("published"), "--json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    let failed: Vec<&str> = report["checks"].as_array().map_or(Vec::new(), |rows| {
        rows.iter().filter(|row| row["status"] == "FAIL").filter_map(|row| row["id"].as_str()).collect()
    });
    assert!(code == 1 && failed.contains(&"INT-09"), "{failed:?} in {out}");
    let (code, _, err) = run(&["summary", &at("nothing-here")]);
    assert!(code == 2 && err.contains("nothing at"), "{err}");
    let (code, _, err) = run(&["summary", &at("published"), "--as-of", "yesterday"]);
    assert!(code == 64 && err.contains("a number of entries, or a time"), "{code} {err}");
}

/// Before the voting there is no turnout and nobody is elected; before the call there is no election.
fn earlier(source: &str) {
    figures_before_and_during_the_count(source);
    let (code, out, _) = run(&["summary", source, "--as-of", "2025-10-12T06:00:00+05:00"]);
    assert!(code == 0 && out.contains("no turnout") && out.contains("1 called, 0 determined"), "{out}");
    assert!(!out.contains("Mean age"), "{out}");
    let (code, out, _) =
        run(&["summary", source, "--as-of", "2025-10-12T23:30:00+05:00", "--format", "json"]);
    let night: Value = serde_json::from_str(&out).unwrap();
    let counted = night["view"]["elections"]["precincts_counted"].as_u64().unwrap();
    assert!(code == 0 && counted > 0 && counted < 128, "{counted}");
    assert!(night["view"].get("elected").is_none());
    let (code, out, _) = run(&["summary", source, "--as-of", "1"]);
    assert!(code == 0 && out.contains("No election is called"), "{out}");
}

fn state() -> State {
    Scene::whole().head.state().clone()
}

fn election(state: &mut State) -> &mut Election {
    state.elections.get_mut(ELECTION).unwrap()
}

#[test]
fn an_election_that_another_repeats_is_counted_there() {
    let mut state = state();
    let before = view_summary(&state);
    let mut again = election(&mut state).clone();
    again.repeats = Some(event::Id::new(ELECTION).unwrap());
    let id = event::Id::new("aul-2025-again").unwrap();
    election(&mut state).repeated = Some(id.clone());
    state.elections.insert(id, again);
    let after = view_summary(&state);
    assert_eq!(after.turnout, before.turnout, "voters are counted once");
    assert_eq!((&after.elected, &after.nominations), (&before.elected, &before.nominations));
    let elections = after.elections.unwrap();
    assert_eq!((elections.called, elections.repeated, elections.determined), (2, 1, 1));
}

#[test]
fn what_was_dissolved_or_denied_is_not_counted() {
    let mut state = state();
    let territorial = |state: &State| {
        let view = view_summary(state);
        view.commissions
            .iter()
            .filter(|own| own.level == Level::Territorial)
            .map(|own| own.count)
            .sum::<u64>()
    };
    let (before, elected) = (territorial(&state), view_summary(&state).elected.unwrap().count);
    state.commissions.get_mut(TEC).unwrap().dissolved = Some(event::Hash([7; 32]));
    election(&mut state).denied = Some(event::Hash([8; 32]));
    assert_eq!(territorial(&state), before - 1);
    let view = view_summary(&state);
    assert_eq!((elected, view.elected), (1, None));
    assert_eq!(view.nominations.iter().map(|line| line.elected).sum::<u64>(), 0);
}

#[test]
fn an_empty_ledger_has_an_empty_summary() {
    let (_, bytes) = project_documents(&State::default())
        .unwrap()
        .into_iter()
        .find(|(name, _)| *name == "summary.json")
        .unwrap();
    assert!(!String::from_utf8(bytes).unwrap().contains("view"));
}

/// Without a protocol there is no figure, and with some of them each figure says of how many.
fn figures_before_and_during_the_count(source: &str) {
    let earlier = |time: &str, words: &[&str]| {
        let (code, out, err) = run(&[words, &["--as-of", time]].concat());
        assert_eq!(code, 0, "{err}");
        out
    };
    let (before, during) = ("2025-10-12T12:00:00+05:00", "2025-10-12T23:00:00+05:00");
    for format in ["table", "announcement"] {
        for lang in ["en", "ru", "kk"] {
            let words = ["results", source, "--format", format, "--lang", lang];
            let out = earlier(before, &words);
            assert!(out.contains('—'), "{out}");
            for figure in ["0.0", "0,0", " 0 ┆", "= 0", " 0 vote", " 0 голос", " 0 дауыс"] {
                assert!(!out.contains(figure), "{figure} stands in\n{out}");
            }
        }
    }
    let words = ["results", source, "--format", "table"];
    let out = earlier(during, &words);
    let (_, of) = out.split_once("(of ").expect("a part");
    let (of, _) = of.split_once(' ').expect("a number");
    let counted: u64 = of.parse().unwrap();
    assert!(counted > 0 && counted < 128, "{out}");
    let of = format!("(of {counted} of 128 protocols)");
    assert_eq!(out.matches(&of).count(), 6, "{out}");
    let out = earlier(during, &["results", source, "--format", "announcement"]);
    assert_eq!(out.matches(&of).count(), 6, "{out}");
    let out = earlier(during, &["summary", source]);
    assert_eq!(out.matches(&of).count(), 6, "{out}");
    let out = earlier(before, &["summary", source]);
    assert!(out.contains('—'), "{out}");
    let rows = earlier(before, &["summary", source, "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let row: std::collections::BTreeMap<String, String> = reader.deserialize().next().unwrap().unwrap();
    assert_eq!((row["voters"].as_str(), row["turnout"].as_str(), row["against_all"].as_str()), ("", "", ""));
}

#[test]
fn no_cell_of_a_printed_table_is_run_as_a_formula() {
    let mut scene = Scene::new();
    for name in STEPS.iter().take_while(|name| **name != "protocol-signed") {
        let mut step = scene.step(name);
        if let Fact::ElectionCalled(called) = &mut step.fact {
            called.name = text("=HYPERLINK(\"http://x\",\"Выборы\")");
        }
        let signed = scene.sign(&step);
        scene.append(signed.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        scene.said.push(signed);
    }
    let dir = tempfile::tempdir().unwrap();
    let ledger = dir.path().join("ledger").display().to_string();
    written(&scene, dir.path().join("ledger").as_path());
    let starts = ['=', '+', '-', '@', '\t', '\r'];
    for words in [
        ["summary", &ledger, "--format", "csv"].as_slice(),
        &["results", &ledger, "--election", ELECTION, "--format", "csv"],
    ] {
        let (code, rows, err) = run(words);
        assert_eq!(code, 0, "{words:?}: {err}");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(rows.as_bytes());
        let cells: Vec<String> = reader
            .records()
            .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        assert!(cells.len() > 10, "{rows}");
        assert!(!cells.iter().any(|cell| cell.starts_with(starts)), "{rows}");
        let guarded = cells.iter().any(|cell| cell.starts_with("'=HYPERLINK("));
        assert_eq!(guarded, words[0] == "summary", "{rows}");
    }
}
