//! Books that were tampered with, other histories, other folders.
//!
//! In: one change each, obvious mistakes. Out: filling forms in (`book`), forgers who sign (`forged`).

use super::*;

/// Whatever is changed in a book, it is not shown as proved.
#[test]
fn a_book_that_was_tampered_with_says_so() {
    let eve = Eve::new();
    let book = eve.book();
    let mut files: Vec<PathBuf> =
        fs::read_dir(book.join("events")).unwrap().map(|item| item.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 40, "{}", files.len());
    files.push(book.join("checkpoint"));
    files.push(book.join("book.json"));
    for (n, file) in files.iter().enumerate() {
        let bytes = fs::read(file).unwrap();
        let mut flipped = bytes.clone();
        let at = (n * 37 + 11) % bytes.len().saturating_sub(1).max(1);
        flipped[at] ^= 1;
        fs::write(file, &flipped).unwrap();
        let (code, out, _) = eve.show();
        assert!(matches!(code, 1 | 2), "{} at {at}: {code} {out}", file.display());
        fs::write(file, &bytes).unwrap();
    }
    assert_eq!(eve.show().0, 0);
    // An event without its receipt, a receipt without its tree, no charter, no precinct.
    for gone in
        ["events/00000000.json", "events/00000005.json.tlog-proof", "events/00000005.json", "checkpoint"]
    {
        let (file, aside) = (book.join(gone), book.join("aside"));
        fs::rename(&file, &aside).unwrap();
        assert_ne!(eve.show().0, 0, "{gone}");
        fs::rename(&aside, &file).unwrap();
    }
    let about = fs::read_to_string(book.join("book.json")).unwrap();
    for (from, to) in [("aul-2025", "aul-2026"), ("\"aul-1\"", "\"aul-2\""), ("\"v\":1", "\"v\":2")] {
        fs::write(book.join("book.json"), about.replace(from, to)).unwrap();
        assert_ne!(eve.show().0, 0, "{from}");
    }
    fs::write(book.join("book.json"), &about).unwrap();
    assert_eq!(run(&["book", "show", &eve.at("ledger")]).0, 2);
    assert_eq!(run(&["event", "draft", "voting-closed", "--book", &eve.at("books")]).0, 2);
}

#[test]
fn a_book_is_a_pin_and_is_made_of_verified_ledgers_only() {
    let eve = Eve::new();
    let book = eve.book().to_str().unwrap().to_owned();
    let ledger = eve.at("ledger");
    assert_eq!(run(&["book", "renew", &book, &ledger]).0, 0);
    // Another history under the same charter and the same keys.
    let other = eve.at("other");
    written(&eve.scene, Path::new(&other), 1000);
    let (code, _, err) = run(&["book", "renew", &book, &other, "--lang", "en"]);
    assert!(code == 1 && err.contains("two histories"), "{code} {err}");
    assert_eq!(eve.show().0, 0, "what was there stays");
    // An older copy of the same history proves nothing against anybody.
    let older = eve.at("older");
    written(&Scene::before("ballots-delivered"), Path::new(&older), 0);
    let (code, _, err) = run(&["book", "renew", &book, &older, "--lang", "en"]);
    assert!(code == 2 && err.contains("older copy"), "{code} {err}");
    // A book that broke is made again.
    fs::write(eve.book().join("checkpoint"), "?").unwrap();
    assert_ne!(eve.show().0, 0);
    let (code, _, err) = run(&["book", "renew", &book, &ledger, "--lang", "en"]);
    assert!(code == 0 && err.contains("no checkpoint that reads"), "{code} {err}");
    fs::copy(eve.book().join("events/00000003.json"), eve.book().join("events/dup.json")).unwrap();
    assert_eq!(eve.show().0, 1, "one file too many");
    fs::remove_dir_all(eve.book().join("events")).unwrap();
    assert_ne!(eve.show().0, 0);
    assert_eq!(run(&["book", "renew", &book, &ledger]).0, 0);
    assert_eq!(eve.show().0, 0);
    // Obvious mistakes.
    let new = |words: &[&str]| run(&[&["book", "new"], words].concat());
    let out = eve.at("more");
    assert_eq!(new(&[&ledger, "--out", &eve.at("books")]).0, 64, "a book is never overwritten");
    assert_eq!(new(&[&ledger, "--out", &out, "--election", "nowhere"]).0, 64);
    assert_eq!(new(&[&ledger, "--out", &out, "--precinct", "aul-7"]).0, 64);
    assert_eq!(new(&[&ledger, "--out", &out, "--pin", &"ab".repeat(32)]).0, 1);
    assert_eq!(new(&[&eve.at("nothing"), "--out", &out]).0, 2);
    // One byte of the ledger changed: no book of it.
    let journal = Path::new(&other).join("journal");
    let mut bytes = fs::read(&journal).unwrap();
    let formed = b"commission-formed";
    let at = bytes.windows(formed.len()).position(|found| found == formed).unwrap();
    bytes[at] ^= 1;
    fs::write(&journal, bytes).unwrap();
    assert_ne!(new(&[&other, "--out", &out]).0, 0);
    assert!(!Path::new(&out).join(PRECINCT).exists());
}
