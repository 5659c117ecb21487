//! A person at a terminal, on a real pseudo terminal (`prompts/terminal.py`): passphrases, the ceremony's questions, a batch that is
//! agreed to; Ctrl-C, Ctrl-D and pastes half way. Needs python3; says "skipped" aloud without.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::{Value, json};

use crate::{commands::hattama, drafting::Desk};

const GOOD: &str = "тау бұлақ кітап қоңыр алма";
const CTRL_C: &str = "\u{3}";
const CTRL_D: &str = "\u{4}";
/// What an exit code is of a program that Ctrl-C ended.
const INTERRUPTED: i64 = -2;

/// Runs the program at a terminal: words that have to appear, and what is typed then. The exit code, and what stood on the screen; the
/// terminal shows again what is typed, however it ended.
fn typed(dir: &Path, words: &[&str], steps: &[(&str, &str)]) -> Option<(i64, String)> {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: no python3 here");
        return None;
    }
    let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/prompts/terminal.py");
    let clean = hattama(words);
    let mut command = Command::new("python3");
    command.arg(driver).arg(json!(steps).to_string()).arg(clean.get_program()).args(clean.get_args());
    for (name, value) in clean.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.env("HATTAMA_LANG", "en").current_dir(dir);
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert!(status.success(), "{words:?}: {}", String::from_utf8_lossy(&stderr));
    let told: Value = serde_json::from_slice(&stdout).unwrap();
    assert_eq!(told["echo"], json!(true), "{words:?}: {told}");
    Some((told["code"].as_i64().unwrap(), told["screen"].as_str().unwrap().to_owned()))
}

#[test]
fn a_passphrase_is_asked_hidden_and_whoever_leaves_half_way_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (enter, other) = (format!("{GOOD}\r"), "тау бұлақ кітап қоңыр алмұрт\r");
    let hidden = format!("{}\u{200b}{}\r", &GOOD[..6], &GOOD[6..]);
    let new = ["key", "new", "key.pem"];
    let file = dir.path().join("key.pem");
    for (steps, code, said) in [
        (&[("passphrase", CTRL_C)][..], INTERRUPTED, ""),
        (&[("passphrase", &*enter), ("once more", CTRL_C)], INTERRUPTED, ""),
        (&[("passphrase", "тау\u{3}")], INTERRUPTED, ""),
        (&[("passphrase", CTRL_D)], 2, "end of file"),
        (&[("passphrase", "\r")], 2, "found an empty one"),
        (&[("passphrase", &enter), ("once more", other)], 2, "two different ones"),
        (&[("passphrase", &hidden), ("once more", &hidden)], 2, "U+200B"),
    ] {
        let Some((found, screen)) = typed(dir.path(), &new, steps) else { return };
        assert!(found == code && screen.contains(said), "{steps:?}: {found} {screen}");
        assert!(!screen.contains("тау") && !file.exists(), "{steps:?}: {screen}");
    }
    // A paste that brings its line end along, or two of them.
    let pasted = format!("{GOOD}\r\n");
    let steps = [("passphrase", &*pasted), ("once more", &*enter)];
    let (code, screen) = typed(dir.path(), &new, &steps).unwrap();
    // The second line end of the paste is an empty second answer, and that is told.
    if code != 0 {
        assert!(code == 2 && screen.contains("two different ones") && !file.exists(), "{code} {screen}");
        let steps = [("passphrase", &*enter), ("once more", &*enter)];
        assert_eq!(typed(dir.path(), &new, &steps).unwrap().0, 0);
    }
    let before = fs::read(&file).unwrap();
    let change = ["key", "passphrase", "key.pem"];
    for (steps, code) in [
        (&[("passphrase", &*enter), ("new passphrase", CTRL_C)][..], INTERRUPTED),
        (&[("passphrase", &enter), ("new passphrase", other), ("once more", CTRL_C)], INTERRUPTED),
        (&[("passphrase", &enter), ("new passphrase", CTRL_D)], 2),
        (&[("passphrase", other)], 2),
    ] {
        assert_eq!(typed(dir.path(), &change, steps).unwrap().0, code, "{steps:?}");
        assert_eq!(fs::read(&file).unwrap(), before, "{steps:?}");
    }
    let steps = [("passphrase", &*enter), ("new passphrase", other), ("once more", other)];
    assert_eq!(typed(dir.path(), &change, &steps).unwrap().0, 0);
    assert_ne!(fs::read(&file).unwrap(), before);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left behind");
}

#[test]
fn the_ceremony_asks_again_what_has_no_reading_and_keeps_nothing_of_what_was_broken_off() {
    let dir = tempfile::tempdir().unwrap();
    let new = ["charter", "new", "room"];
    let room = dir.path().join("room");
    let Some((code, _)) = typed(dir.path(), &new, &[("name", "Репетиция\r"), ("origin", CTRL_C)])
    else {
        return;
    };
    assert!(code == INTERRUPTED && !room.join("charter.toml").exists());
    let steps = [
        ("name", "Репе\u{200b}тиция\r"),
        ("origin", "example.org/rehearsal\r"),
        ("roots", "три\r"),
        ("whole number", "3\r"),
        ("threshold", "2\r"),
        ("offices", "\r"),
        ("quorum", "all\r"),
        ("officers or majority", CTRL_D),
    ];
    let (code, screen) = typed(dir.path(), &new, &steps).unwrap();
    assert!(code == 0 && screen.contains("not decided yet"), "{code} {screen}");
    let kept = fs::read_to_string(room.join("charter.toml")).unwrap();
    assert!(kept.contains("Репетиция") && kept.contains("roots = 3") && !kept.contains("quorum ="), "{kept}");
    // What does not go together is told, and what was decided before stays.
    let (code, screen) =
        typed(dir.path(), &["charter", "new", "room", "--threshold", "4"], &[("offices", CTRL_D)]).unwrap();
    assert!(code == 64 && screen.contains("threshold of 1 to 3"), "{code} {screen}");
    assert_eq!(fs::read_to_string(room.join("charter.toml")).unwrap(), kept);
}

#[test]
fn a_batch_is_looked_into_agreed_to_or_left_alone() {
    let desk = Desk::before("commission-formed:pec");
    let table = desk.at("t.csv");
    let seats = ["председатель", "заместитель председателя", "секретарь", "член комиссии", "член комиссии"];
    let rows = (0..10).map(|n| format!("pec-{};{};Асанова {n}.", n / 5 + 1, seats[n % 5]));
    let text = format!("Комиссия;Должность;Ф.И.О.\n{}\n", rows.collect::<Vec<_>>().join("\n"));
    fs::write(&table, text).unwrap();
    let (ledger, drafts) = (desk.at("ledger"), desk.at("drafts"));
    let words = ["table", "commission-formed", &table, "--ledger", &ledger, "--set", "parent=tec-aul"];
    let more = ["--set", "name=Учаске", "--at", "2025-08-20 09:00", "--out", &drafts];
    let (code, out, err) = crate::commands::run(&[&words[..], &more].concat());
    assert_eq!(code, 0, "{out}{err}");
    let mut files: Vec<String> =
        fs::read_dir(&drafts).unwrap().map(|item| item.unwrap().path().display().to_string()).collect();
    files.sort();
    assert_eq!(files.len(), 2);
    let cast = demo::cast::Cast::new("scene");
    crate::serve::key_file(Path::new(&desk.at("chair.pem")), &cast.secret("tec-aul/chair"));
    let key = desk.at("chair.pem");
    let sign = ["event", "sign", &files[0], &files[1], "--key", &key, "--ledger", &ledger];
    let read = || files.iter().map(|file| fs::read(file).unwrap()).collect::<Vec<_>>();
    let before = read();
    let dir = Path::new(&drafts).parent().unwrap();
    for steps in [
        &[("anything else stops", CTRL_D)][..],
        &[("anything else stops", "no\r")],
        &[("anything else stops", "2\r"), ("anything else stops", CTRL_C)],
    ] {
        let Some((_, screen)) = typed(dir, &sign, steps) else { return };
        assert!(screen.contains("Учаске"), "{screen}");
        assert_eq!(read(), before, "{steps:?}: nothing is signed");
    }
    let (code, screen) =
        typed(dir, &sign, &[("anything else stops", "1\r"), ("anything else stops", "sign\r")]).unwrap();
    assert!(code == 0 && screen.contains("Commission formed"), "{screen}");
    assert!(read().iter().zip(&before).all(|(now, before)| now != before));
}
