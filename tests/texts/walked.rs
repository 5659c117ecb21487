//! Every other command in Kazakh and in Russian: what it says, or why it could not.

use std::{collections::BTreeSet, fs, path::Path};

use clap::Command;
use law::Line;

use super::spoken::{english_words, hear};
use crate::{commands::run, demo_folder::demo_folder, foretold::Room, scene::Scene, slip};

/// Commands that the walk over a small ledger asks (`spoken`).
const ASKED: [&str; 11] = [
    "checks",
    // A shell reads what it prints.
    "completions",
    "event draft",
    "history",
    "ledger status",
    "precincts",
    "results",
    "summary",
    "table",
    "todo",
    "verify",
];

/// Commands that do something, by their words.
fn list_commands(command: &Command, path: &str, found: &mut BTreeSet<String>) {
    for own in command.get_subcommands() {
        let path = format!("{path} {}", own.get_name()).trim().to_owned();
        if own.has_subcommands() {
            list_commands(own, &path, found);
        } else {
            found.insert(path);
        }
    }
}

/// Ids of the scene and of the demo, and words of a mapping or a charter, as files and flags have them.
const IDS: [&str; 20] = [
    "abenov",
    "absent",
    "bekzhasarov",
    "cec",
    "column",
    "dissent",
    "figures",
    "kozhanbaev",
    "log",
    "name",
    "nowhere",
    "offices",
    "origin",
    "qaliev",
    "quorum",
    "refused",
    "service",
    "suspended",
    "threshold",
    "toleuov",
];

/// The id of a ledger that nobody has.
const NO_LEDGER: &str = "0000000000000000000000000000000000000000000000000000000000000001";

/// English words of a line that are no ids and quote nothing. A line without any Cyrillic letter is one that machines read (JSON,
/// TOML), unless it makes a sentence.
fn english_beside_ids(line: &str) -> Vec<String> {
    let mut own = String::new();
    // What stands in quotation marks is somebody's word; a key is cut off by dots.
    for (place, part) in line.split(['"', '«', '»']).enumerate() {
        if place % 2 == 0 {
            own.push_str(part);
        }
    }
    let own: Vec<&str> = own.split_whitespace().filter(|word| !word.contains('…')).collect();
    let own = own.join(" ");
    let mut words = english_words(&own);
    words.retain(|word| !IDS.contains(&word.as_str()) && Line::ALL.iter().all(|line| line.words() != word));
    let speaks = own.chars().any(|sign| matches!(sign, 'а'..='я' | 'А'..='Я'));
    // The system says itself what failed.
    if own.contains("(os error ") || !speaks && words.len() < 3 { Vec::new() } else { words }
}

/// Some commands answer with what machines read alone.
fn make(words: &[&str]) {
    let (code, out, err) = run(words);
    assert_eq!(code, 0, "{words:?}: {out}{err}");
}

#[test]
fn every_command_answers_in_the_language_that_was_asked_for() {
    let mut scene = Scene::whole();
    let room = Room::of(&mut scene);
    let own = |name: &str| room.at(name);
    let (ledger, published) = (own("ledger"), demo_folder().join("published").display().to_string());
    let lies = demo_folder().join("liars/evidence");
    let mut lies: Vec<String> =
        fs::read_dir(lies).unwrap().map(|item| item.unwrap().path().display().to_string()).collect();
    lies.sort();
    let protocol = slip::write(Path::new(&own("")), "protocol.json", &slip::said(&scene, "protocol-signed"));
    let table = own("table.csv");
    fs::write(&table, "number;voters;issued;found;invalid;abenov;qaliev;Прочее\n1;400;300;299;1;200;98;x\n2;q;1;1;0;1;0;x\n")
        .unwrap();
    let map = own("map.toml");
    fs::write(
        &map,
        "[precinct]\nnumber = \"number\"\n\n[figures]\nvoters = \"voters\"\nissued = \"issued\"\nfound = \"found\"\ninvalid = \"invalid\"\n\n\
         [votes]\nabenov = \"abenov\"\nqaliev = \"qaliev\"\n\n[ignore]\ncolumns = [\"Прочее\"]\n",
    )
    .unwrap();
    let claims = own("claims.toml");
    fs::write(
        &claims,
        "title = \"x\"\n[[claim]]\nid = \"a\"\nwhat = \"elections\"\nvalue = 1\nsays = \"—\"\nsource = \"—\"\ndate = \"unknown\"\n",
    )
    .unwrap();
    let receipt = own("receipt");
    make(&["receipt", "get", &ledger, "3", "--out", &receipt]);
    let checkpoint = demo_folder().join("published/checkpoint").display().to_string();
    let noted = demo_folder().join("liars/noted-on-the-night").display().to_string();
    let (mut wrong, mut walked) = (BTreeSet::new(), BTreeSet::from(ASKED.map(str::to_owned)));
    for lang in ["ru", "kk"] {
        let at = |name: &str| own(&format!("{lang}-{name}"));
        let (key, member, books) = (at("key.pem"), at("member.pem"), at("books"));
        let (sheet, folder) = (at("sheet.html"), at("folder"));
        make(&["key", "new", &key, "--insecure-no-passphrase"]);
        make(&["book", "new", &ledger, "--precinct", "aul-1", "--out", &books]);
        let book = format!("{books}/aul-1");
        let named = ["--ledger", &ledger];
        let to = ["--to", "http://127.0.0.1:9", "--patience", "0"];
        let mut commands: Vec<Vec<&str>> = vec![
            vec!["key", "new", &key, "--insecure-no-passphrase"],
            vec!["key", "member", &member, "--seat", "root-1", "--insecure-no-passphrase"],
            vec!["key", "passphrase", "/nowhere"],
            vec!["key", "show", &key, "--witness", "w.example"],
            vec!["key", "prove", "/nowhere", "--commission", "tec-aul", "--seat", "chair"],
            vec!["charter", "new", &folder, "--roots", "2"],
            vec!["charter", "sign", &folder, "--key", &key],
            vec!["charter", "open", &folder, "--log-key", &key, "--ledger", &folder],
            vec!["ledger", "new", &folder, "--genesis", &protocol, "--log-key", &key],
            vec!["ledger", "attach", &ledger, &table, "--log-key", &key],
            vec!["ledger", "check", &ledger, "--log-key", &key],
            vec!["ledger", "rebuild-head", &ledger, "--from", &checkpoint],
            vec!["event", "check", &protocol, "--ledger", &ledger],
            vec!["event", "sign", &protocol, "--key", &key],
            vec!["event", "show", &protocol, "--ledger", &ledger],
            vec!["event", "append", &protocol, "--to", "http://127.0.0.1:9", "--patience", "0"],
            vec!["event", "append", &protocol, "--ledger", &ledger, "--log-key", &key],
            vec!["event", "facts"],
            vec!["event", "facts", "protocol-signed"],
            vec!["book", "new", &ledger, "--precinct", "nowhere", "--out", &books],
            vec!["book", "renew", &book, &ledger],
            vec!["book", "show", &book],
            [&["outbox", "send", "--dir", &books][..], &to].concat(),
            [&["outbox", "status", "--dir", &books][..], &to].concat(),
            vec!["protocol", "map", &table],
            vec!["protocol", "check", &table, "--map", &map],
            [
                &["protocol", "import", &table, "--map", &map, "--election", "aul-2025", "--dry-run"][..],
                &named,
            ]
            .concat(),
            vec!["slip", &protocol, "--from", &ledger, "--out", &sheet],
            vec!["publish", "--ledger", &ledger, "--office-key", &key, "--log-key", &key, "--to", &folder],
            vec![
                "publisher",
                "--node",
                "/nowhere",
                "--dir",
                &folder,
                "--office-key",
                &key,
                "--to",
                &books,
                "--ledger-id",
                NO_LEDGER,
            ],
            vec!["control", "attach", &table, "--node", "/nowhere"],
            vec!["control", "check", "--node", "/nowhere"],
            vec!["control", "replace-log-key", &protocol, "--log-key", &key, "--node", "/nowhere"],
            vec!["serve", "--ledger", "/nowhere"],
            vec!["witness", "serve", "--dir", &folder, "--key", &key, "--name", "w.example", "--log", "x+y"],
            vec!["receipt", "get", &ledger, "100000"],
            vec!["receipt", "verify", &receipt, "--event", &protocol, "--log-key", "x"],
            vec!["checkpoint", "show", &checkpoint],
            vec!["checkpoint", "attach", &checkpoint, &receipt, "--policy", &table],
            vec!["verifier", "--to", "/nowhere/page.html"],
            vec!["watch", "http://127.0.0.1:9", "--once"],
            vec!["evidence", "verify", &table],
            vec!["evidence", "verify", &lies[0], "--ledger", "x"],
            vec!["site", &ledger, "--to", &books],
            vec!["claims", &published, "--claims", &claims],
            vec!["diff", &ledger, "--from", "30"],
            vec!["demo", "--dir", &books],
            vec!["desk", "/nowhere"],
            vec!["release", "sign", "/nowhere", "--key", &key, "--name", "w.example", "--to", &folder],
            vec!["release", "check", &table, "--key", "x"],
            vec!["man", "--to", "/nowhere/man"],
            vec!["ledger", "backup", &ledger, "--to", &books],
            vec!["ledger", "join", "/nowhere", "--store", "postgres://a@192.0.2.1/l", "--log-key", &key],
            vec!["ledger", "promote", &ledger, "--store", "postgres://a@192.0.2.1/l"],
            vec!["ledger", "restore", "/nowhere", "--to", &folder, "--log-key", &key, "--old-node-gone"],
        ];
        commands.extend(lies.iter().map(|lie| vec!["evidence", "verify", lie.as_str()]));
        commands.push(vec!["verify", &published, "--pin", &noted, "--mirror", &ledger]);
        for words in commands {
            let path: Vec<&str> = words.iter().copied().take(2).collect();
            walked.insert(path.join(" "));
            walked.insert(path[0].to_owned());
            hear(lang, &words, english_beside_ids, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
    let mut all = BTreeSet::new();
    list_commands(&cli::command_line(), "", &mut all);
    let left: Vec<_> = all.difference(&walked).collect();
    assert!(left.is_empty(), "no walk asks {left:?}");
}

#[test]
fn the_demo_tells_its_story_in_russian() {
    let story = fs::read_to_string(demo_folder().with_extension("story")).unwrap();
    // What a file of claims quotes is in its own words.
    let (before, after) = story.split_once("Semey, 12 October 2025").unwrap();
    let told = after.lines().filter(|line| !line.contains(['«', '✓', '✗', '?']));
    let wrong: Vec<&str> =
        before.lines().chain(told).filter(|line| !english_words(line).is_empty()).collect();
    assert!(story.lines().count() > 40 && wrong.is_empty(), "{}", wrong.join("\n"));
}
