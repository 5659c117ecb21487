//! Keys on the real program: made, proved and registered in one go, locked with another passphrase, held by another program.

use std::{fs, os::unix::fs::PermissionsExt as _, process::Output};

use crate::commands::{hattama, run};

pub(crate) const GOOD: &str = "тау бұлақ кітап қоңыр алма";

/// Runs with a passphrase, and another one where one is changed.
pub(crate) fn run_with(passphrase: &str, new: Option<&str>, words: &[&str]) -> (i32, String, String) {
    let mut command = hattama(words);
    command.env("HATTAMA_PASSPHRASE", passphrase);
    if let Some(new) = new {
        command.env("HATTAMA_NEW_PASSPHRASE", new);
    }
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_member_gets_key_proof_and_piece_in_one_go() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let ledger = "ab".repeat(32);
    let words = [
        "key",
        "member",
        &at("chair.pem"),
        "--ledger",
        &ledger,
        "--commission",
        "pec-aul-1",
        "--seat",
        "chair",
    ];
    for (lang, over, never) in
        [("en", "Hand over", "Never hand over"), ("ru", "Передайте", "Никогда"), ("kk", "беріңіз", "ешқашан")]
    {
        // The second and third time the key that is there is used, and the piece is the same.
        let (code, out, err) = run_with(GOOD, None, &[&words[..], &["--lang", lang]].concat());
        assert_eq!(code, 0, "{out}{err}");
        assert!(out.contains(over) && out.contains(never) && out.contains("chair.piece.json"), "{out}");
        assert!(!err.contains("weak") && !err.contains("слабый"), "{err}");
    }
    let piece = fs::read_to_string(at("chair.piece.json")).unwrap();
    assert!(piece.contains(&ledger) && !piece.contains("PRIVATE"), "{piece}");
    let (_, shown, _) = run_with(
        GOOD,
        None,
        &[
            "key",
            "prove",
            &at("chair.pem"),
            "--ledger",
            &ledger,
            "--commission",
            "pec-aul-1",
            "--seat",
            "chair",
        ],
    );
    assert!(piece.contains(shown.trim()), "the proof is the one that `key prove` gives");
    // Another seat of the same file: the piece that is there is no other's.
    let other = [
        "key",
        "member",
        &at("chair.pem"),
        "--ledger",
        &ledger,
        "--commission",
        "pec-aul-1",
        "--seat",
        "deputy",
    ];
    let (code, _, err) = run_with(GOOD, None, &other);
    assert!(code == 1 && err.contains("chair.piece.json"), "{code} {err}");
    // Nothing half done: no key where its piece has no place.
    fs::write(at("m4.piece.json"), "something").unwrap();
    let (code, _, _) = run_with(GOOD, None, &["key", "member", &at("m4.pem"), "--seat", "root-1"]);
    assert!(code == 2 && !dir.path().join("m4.pem").exists());
    for wrong in [
        &["key", "member", &at("x.pem"), "--seat", "chair"][..],
        &["key", "member", &at("x.pem"), "--seat", "root-0"],
        &["key", "member", &at("x.pem"), "--seat", "chair", "--commission", "pec-aul-1"],
        &["key", "member", &at("x.pem"), "--seat", "chair", "--ledger", &ledger],
        &["key", "member", "--seat", "chair"],
    ] {
        let (code, _, err) = run_with(GOOD, None, wrong);
        assert!(code == 64 && !dir.path().join("x.pem").exists(), "{wrong:?}: {code} {err}");
    }
    // A charter's log key signs no proof.
    let (code, _, err) = run_with(GOOD, None, &["key", "member", &at("log.pem"), "--seat", "log"]);
    assert!(code == 0 && !fs::read_to_string(at("log.piece.json")).unwrap().contains("proof"), "{err}");
}

#[test]
fn a_weak_passphrase_is_told_and_another_takes_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let key = dir.path().join("chair.pem").display().to_string();
    let (code, public, err) = run_with("пароль2025", None, &["key", "new", &key, "--lang", "en"]);
    assert!(code == 0 && err.contains("weak") && err.contains("key passphrase"), "{err}");
    let (code, out, err) = run_with("пароль2025", Some(GOOD), &["key", "passphrase", &key]);
    assert!(code == 0 && out.contains("new passphrase"), "{out}{err}");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    let (code, _, err) = run_with("пароль2025", None, &["key", "show", &key]);
    assert!(code == 2 && err.contains("passphrase"), "{code} {err}");
    for pasted in
        [format!("{GOOD}\n"), format!("{GOOD} "), format!("\u{200b}{GOOD}"), GOOD.replace(' ', "\u{a0}")]
    {
        let (code, out, err) = run_with(&pasted, None, &["key", "show", &key]);
        assert!(code == 0 && out.contains(public.trim()), "{pasted:?}: {err}");
    }
    // What is refused changes nothing.
    for (old, new) in [("wrong", Some(GOOD)), (GOOD, Some("a\u{200b}b")), (GOOD, Some("")), (GOOD, None)] {
        let (code, _, _) = run_with(old, new, &["key", "passphrase", &key]);
        assert_eq!(code, 2, "{old} {new:?}");
        assert_eq!(run_with(GOOD, None, &["key", "show", &key]).0, 0);
    }
    let (code, _, err) = run_with("secret ", None, &["key", "show", &key, "--lang", "ru"]);
    assert!(code == 2 && err.contains("U+0020"), "{err}");
    assert_eq!(run(&["key", "passphrase"]).0, 64);
}
