//! The help of every command in Kazakh, Russian and English, and what is said of words that no command understands.

use std::collections::{BTreeMap, BTreeSet};

use ::texts::Language;
use clap::Command;
use cli::localized_help::{help_word, list_help_ids, localize_help};

use super::{spoken::english_words, texts};
use crate::commands::run;

/// Without the ends of lines and marks that only the code has.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned()
}

/// What the code says of each thing that has help: its ids in the order in which they are looked for, and the English.
fn in_the_code(command: &Command, path: &str, found: &mut Vec<(Vec<String>, String, String)>) {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let long = command.get_long_about().map(ToString::to_string).unwrap_or_default();
    found.push((vec![path.to_owned()], about, long));
    for arg in command.get_arguments().filter(|arg| !["help", "version"].contains(&arg.get_id().as_str())) {
        let word = help_word(arg);
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let long = arg.get_long_help().map(ToString::to_string).unwrap_or_default();
        found.push((list_help_ids(path, &word).into(), help, long));
        if arg.get_action().takes_values() {
            for value in arg.get_possible_values() {
                let help = value.get_help().map(ToString::to_string).unwrap_or_default();
                let word = format!("{word}-{}", value.get_name());
                found.push((list_help_ids(path, &word).into(), help, String::new()));
            }
        }
    }
    for own in command.get_subcommands().filter(|own| own.get_name() != "help") {
        in_the_code(own, &format!("{path}-{}", own.get_name()), found);
    }
}

/// Ids of the help that some command uses.
pub(super) fn used_ids() -> BTreeSet<String> {
    let english = texts(Language::En);
    let mut found = Vec::new();
    in_the_code(&cli::command_line(), "help", &mut found);
    let ids = found.into_iter().filter_map(|(ids, _, _)| ids.into_iter().find(|id| english.contains_key(id)));
    ids.flat_map(|id| [format!("{id}.more"), id]).collect()
}

#[test]
fn every_command_has_its_help_in_every_language() {
    let english = texts(Language::En);
    let mut found = Vec::new();
    in_the_code(&cli::command_line(), "help", &mut found);
    assert!(found.len() > 400, "{}", found.len());
    let mut differ = BTreeMap::new();
    for (ids, help, long) in found {
        let id = ids.iter().find(|id| english.contains_key(*id)).unwrap_or(&ids[0]).clone();
        let more = english.get(&format!("{id}.more")).map(String::as_str).unwrap_or_default();
        let ours = plain(english.get(&id).map_or("", String::as_str));
        if ours != plain(&help) {
            differ.insert(ids[0].clone(), format!("{} = {help}", ids[0]));
        }
        let rest = plain(&long);
        let rest = plain(rest.strip_prefix(&plain(&help)).unwrap_or(&rest).trim_start_matches('.'));
        if rest != plain(more) {
            differ.insert(format!("{id}.more"), format!("{id}\n    .more = {rest}"));
        }
    }
    let told = differ.into_values().collect::<Vec<_>>().join("\n");
    assert!(told.is_empty(), "crates/texts/en/help.ftl says otherwise than the code:\n{told}");
}

/// Lines that are words to type: how a command is used, and the words themselves.
fn is_said(line: &str) -> bool {
    let line = line.trim_start();
    !line.starts_with(['-', '<', '[']) && !line.contains("hattama ")
}

fn walk_help(command: &mut Command, wrong: &mut BTreeSet<String>) {
    for text in [command.render_long_help().to_string(), command.render_help().to_string()] {
        assert!(text.chars().any(|sign| matches!(sign, 'а'..='я')), "{text}");
        for line in text.lines().filter(|line| is_said(line)) {
            // A list of commands begins with their names.
            let said =
                line.strip_prefix("  ").and_then(|rest| rest.split_once("  ")).map_or(line, |(_, said)| said);
            let english = english_words(said);
            if !english.is_empty() {
                wrong.insert(format!("{}: {english:?} {line}", command.get_name()));
            }
        }
    }
    for own in command.get_subcommands_mut() {
        walk_help(own, wrong);
    }
}

#[test]
fn no_help_speaks_english_to_those_who_asked_otherwise() {
    for lang in [Language::Kk, Language::Ru] {
        let mut wrong = BTreeSet::new();
        // Lines are as long as they want: what stands in backquotes stays on one.
        walk_help(&mut localize_help(cli::command_line().term_width(0), lang), &mut wrong);
        assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn wrong_words_are_told_in_the_language_that_was_asked_for() {
    let wrong: [&[&str]; 14] = [
        &["verify", "--nope", "x"],
        &["verfy"],
        &["slip"],
        &["results", "a", "--format", "csw"],
        &["results", "a", "--format"],
        &["results", "a", "b"],
        &["watch", "a", "--every", "0"],
        &["watch", "a", "--every", "q"],
        &["serve", "--listen", "q"],
        &["event", "sign", "a", "--sign-with", "x", "--public-key", "q"],
        &["key", "new", "a", "--witness", "a b"],
        &["results", "a", "--election", "b", "--election", "c"],
        &["key", "neww"],
        &["diff", "a", "--from", "-1"],
    ];
    for (lang, first) in [("ru", "неверные слова:"), ("kk", "қате сөздер:")] {
        for words in wrong {
            let (code, out, err) = run(&[words, &["--lang", lang][..]].concat());
            assert!(code == 64 && out.is_empty() && err.starts_with(first), "{words:?}: {code} {out}{err}");
            for line in err.lines().filter(|line| is_said(line)) {
                assert_eq!(english_words(line), Vec::<String>::new(), "{words:?}: {line}");
            }
        }
        let option = format!("--lang={lang}");
        for words in
            [&["--help", &option][..], &[&option, "help", "event", "draft"], &[&option, "key"], &[&option]]
        {
            let (code, out, err) = run(words);
            let said = format!("{out}{err}");
            assert!(matches!(code, 0 | 64), "{words:?}: {code} {said}");
            assert!(said.contains("hattama") && !said.contains("Usage:"), "{words:?}: {said}");
        }
    }
    // Before the words are understood, the language is that of the variable; a language that is none is told in it.
    let (code, _, err) = run(&["results", "a", "--lang", "zz"]);
    assert!(code == 64 && err.contains("possible values: kk, ru, en"), "{err}");
}
