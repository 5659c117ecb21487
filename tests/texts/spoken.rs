//! Commands on a small lawful ledger, asked in Kazakh and in Russian: no English word stands in what they print for people.

use std::collections::BTreeSet;

use law::Rule;

use super::*;
use crate::{foretold::Room, scene::Scene};

/// Words that are the same in every language: formats, programs, verdicts.
const NAMES: [&str; 15] = [
    "CSV",
    "Excel",
    "FAILED",
    "INCOMPLETE",
    "JSON",
    "KATO",
    "SHA",
    "UTC",
    "UTF",
    "VERIFIED",
    "WARNINGS",
    "WITH",
    "hattama",
    "verifier",
    "zip",
];

/// English words of a line that are no command, option, path, host, hash, id or name of a check.
pub(super) fn english_words(line: &str) -> Vec<String> {
    if line
        .trim_start()
        .trim_start_matches("повторить: ")
        .trim_start_matches("қайталау: ")
        .starts_with("hattama ")
    {
        return Vec::new();
    }
    let (mut own, mut quoted) = (String::new(), false);
    for sign in line.chars() {
        match sign {
            '`' => quoted = !quoted,
            _ if quoted => {}
            sign => own.push(sign),
        }
    }
    let is_name = |word: &str| {
        word.contains(['/', '_', '@', '=', '<', '.', '+'])
            || word.chars().any(|sign| sign.is_ascii_digit())
            || word.starts_with("--")
    };
    let checks: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    let mut words = Vec::new();
    for word in own
        .split(|sign: char| sign.is_whitespace() || matches!(sign, '(' | ')' | ',' | ';' | '«' | '»' | '"'))
    {
        let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        // An id in the place of a name has hyphens; alone in brackets it stands behind one.
        if is_name(word)
            || bare.contains('-')
            || is_hash(bare)
            || checks.contains(bare)
            || NAMES.contains(&bare)
        {
            continue;
        }
        let latin = bare.split(|sign: char| !sign.is_ascii_alphabetic()).filter(|part| part.len() > 2);
        words.extend(latin.map(str::to_owned));
    }
    words
}

/// A group of a hash as people compare it.
fn is_hash(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|sign| sign.is_ascii_digit() || (b'a'..=b'f').contains(&sign))
}

/// A time as machines write it, in the middle of a sentence.
fn has_machine_time(line: &str) -> bool {
    line.as_bytes().windows(11).any(|part| {
        part[4] == b'-' && part[7] == b'-' && part[10] == b'T' && part[..4].iter().all(u8::is_ascii_digit)
    })
}

/// Runs a command in a language, and notes the lines that have something else in them.
pub(super) fn hear(
    lang: &str,
    words: &[&str],
    is_heard: fn(&str) -> Vec<String>,
    wrong: &mut BTreeSet<String>,
) {
    let (code, out, err) = run(&[words, &["--lang", lang]].concat());
    // Whoever prints nothing, or only that its words are wrong, was not heard.
    let said = format!("{out}{err}");
    let misspelt = err.starts_with("неверные слова:") || err.starts_with("қате сөздер:");
    if misspelt || !said.chars().any(|sign| matches!(sign, 'а'..='я')) {
        wrong.insert(format!("{lang} {words:?} was not heard: {code} {said}"));
    }
    // A report has the times of entries; what a fact asks for has examples as a machine reads them.
    let verifies = words[0] == "verify" || words[..2] == ["event", "facts"];
    for line in out.lines().chain(err.lines()) {
        let english = is_heard(line);
        let machine =
            !verifies && !line.contains("hattama ") && has_machine_time(line) && words.last() != Some(&"?");
        if !english.is_empty() || machine {
            wrong.insert(format!("{lang} {}: {english:?} {line}", words[..2.min(words.len())].join(" ")));
        }
    }
}

#[test]
fn no_command_speaks_english_to_those_who_asked_otherwise() {
    let room = Room::of(&mut Scene::whole());
    let own = |name: &str| room.at(name);
    let ledger = own("ledger");
    let mut wrong = BTreeSet::new();
    for (lang, heading) in [("ru", "Участок;Количество бюллетеней"), ("kk", "Учаске;Бюллетеньдер саны")]
    {
        let table = own(&format!("{lang}.csv"));
        fs::write(&table, format!("{heading}\n1;404\n77777;10\n")).unwrap();
        let (form, act) = (own(&format!("{lang}.txt")), format!("act={}", own("paper.pdf")));
        let decision = format!("decision={}", own("paper.pdf"));
        let commands: Vec<Vec<&str>> = vec![
            vec!["results", &ledger],
            vec!["results", &ledger, "--format", "announcement"],
            vec!["precincts", &ledger],
            vec!["todo", &ledger, "--author", "tec-aul"],
            vec!["todo", &ledger, "--author", "pec-aul-1", "--as-of", "2025-10-12 21:00"],
            vec!["ledger", "status", &ledger],
            vec!["history", &ledger],
            vec!["summary", &ledger],
            vec!["checks", "ARI-04"],
            vec!["verify", &ledger],
            vec!["table", "ballots-delivered", &table, "--ledger", &ledger, "--set", &act],
            vec![
                "event",
                "draft",
                "akim-registered",
                "--ledger",
                &ledger,
                "--candidate",
                "abenov",
                "--set",
                &decision,
            ],
            vec!["event", "draft", "candidate-nominated", "--ledger", &ledger, "--form", &form],
            vec!["results", "/nowhere"],
            vec!["todo", &ledger, "--author", "tec-aul", "--at", "?"],
        ];
        for words in commands {
            hear(lang, &words, english_words, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}
