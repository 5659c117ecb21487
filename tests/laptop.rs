//! What a laptop does to files: editors put a mark in front and end lines as Windows does, and what was signed still reads.

use std::{fs, path::Path};

use crate::{
    commands::run,
    receipts::{ready, vkey},
};

/// What editors and mail programs make of a text.
fn pasted(text: &str) -> Vec<String> {
    let windows = text.replace('\n', "\r\n");
    vec![text.to_owned(), format!("\u{feff}{text}"), windows.clone(), format!("\u{feff}{windows}")]
}

fn words_of(words: &[&str], file: &str) -> Vec<String> {
    words.iter().map(|word| if *word == "FILE" { file.to_owned() } else { (*word).to_owned() }).collect()
}

/// The same answer, whatever was done to the file.
fn reads_pasted(dir: &Path, name: &str, text: &str, words: &[&str]) {
    let file = dir.join(name).display().to_string();
    let mut first = None;
    for (n, own) in pasted(text).iter().enumerate() {
        fs::write(&file, own).unwrap();
        let words = words_of(words, &file);
        let (code, out, err) = run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(code, 0, "{name}, variant {n}: {out}{err}");
        assert_eq!(*first.get_or_insert_with(|| out.clone()), out, "{name}, variant {n}");
    }
}

#[test]
fn a_text_that_was_pasted_reads_as_it_was_signed() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let (_, ledger, file) = ready(dir.path(), "protocol-signed");
    assert_eq!(run(&["event", "append", &file, "--ledger", &ledger]).0, 0);
    let (event, receipt) = (fs::read_to_string(&file).unwrap(), format!("{file}.tlog-proof"));
    let key = vkey(&ledger);
    let proof = fs::read_to_string(&receipt).unwrap();
    let note = proof.split_once("\n\n").unwrap().1.to_owned();
    reads_pasted(dir.path(), "a.json", &event, &["event", "show", "FILE", "--ledger", &ledger]);
    reads_pasted(
        dir.path(),
        "a.receipt",
        &proof,
        &["receipt", "verify", "FILE", "--event", &file, "--log-key", &key],
    );
    reads_pasted(
        dir.path(),
        "b.json",
        &event,
        &["receipt", "verify", &receipt, "--event", "FILE", "--log-key", &key],
    );
    reads_pasted(dir.path(), "a.checkpoint", &note, &["checkpoint", "show", "FILE"]);
    reads_pasted(
        dir.path(),
        "policy",
        &format!("log {key}\nquorum none\n"),
        &["checkpoint", "show", &at("a.checkpoint"), "--policy", "FILE"],
    );
    for (name, text) in [("pin.receipt", &proof), ("pin.json", &event)] {
        reads_pasted(dir.path(), name, text, &["verify", &ledger, "--pin", "FILE", "--json"]);
    }
    // A checkpoint that anchors is held against the log's own as it is: what changed on the way is a fault of the pin.
    fs::write(at("pin"), note.replace('\n', "\r\n")).unwrap();
    assert_eq!(run(&["verify", &ledger, "--pin", &at("pin")]).0, 2);
    // A return that ends no line was put in by nobody's editor.
    fs::write(at("mixed"), note.replacen('\n', "\r", 1)).unwrap();
    let (code, _, err) = run(&["checkpoint", "show", &at("mixed")]);
    assert!(code == 2 && err.contains("mixed"), "{code} {err}");
}
