//! Screens that somebody else draws from: the desk of an exercise, and the answers of a node.

use super::MARKS;
use crate::{
    book::at_the_desk::Desk,
    serve::{self, Node},
};

/// Every page of the desk that the day leads to, in three languages.
#[test]
fn every_page_of_an_exercise_at_the_desk_is_marked() {
    let dir = tempfile::tempdir().unwrap();
    let exercise = dir.path().join("exercise").display().to_string();
    for (lang, mark) in MARKS {
        let desk = Desk::begin(&["desk", &exercise, "--training", "--no-open", "--lang", lang]);
        let day = desk.get("/").text;
        let links = day.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let forms: Vec<&str> =
            links.filter(|link| link.starts_with("/act/") || link.starts_with("/paper/")).collect();
        assert!(!forms.is_empty(), "{day}");
        for path in ["/", "/outbox"].into_iter().chain(forms) {
            let page = desk.get(path);
            assert!(page.status == 200 && page.text.contains(mark), "{path} in {lang}: {}", page.text);
        }
    }
}

/// Every answer of a node in which figures stand.
#[test]
fn every_answer_of_a_node_is_marked() {
    let own = serve::copied();
    let node = Node::start(own.path(), &[]);
    for path in [
        "/elections",
        "/elections/semey-2025/results",
        "/elections/semey-2025/precincts",
        "/precincts/semey-001/history",
        "/summary",
        "/live",
    ] {
        let answer = node.get(path);
        let named = answer.text().contains("\"synthetic\":[");
        assert!(answer.status == 200 && named, "{path}: {}", answer.text());
    }
    assert_eq!(node.end(), 0);
}

/// What a demo says before it begins.
#[test]
fn every_demo_says_in_its_first_words_what_is_made_up() {
    for (lang, mark) in MARKS {
        let file = format!("{}/../../crates/texts/{lang}/demo.ftl", env!("CARGO_MANIFEST_DIR"));
        let texts = std::fs::read_to_string(file).unwrap();
        let warnings: Vec<&str> = texts.lines().filter(|line| line.starts_with("demo-warning")).collect();
        assert_eq!(warnings.len(), 3, "{lang}: {warnings:?}");
        for warning in warnings {
            assert!(warning.contains(mark), "{lang}: {warning}");
        }
    }
}
