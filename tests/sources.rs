//! What is read of a source and what is not, and what may stand for it: a folder that was published is never a store, nothing
//! unannounced is passed over in silence, a source does not vouch for itself.
//!
//! In: folders that somebody added to, a publication that is under way, pins from inside. Out: bytes that were changed
//! (`tamper`), what strangers may cost (`strangers`), everything that an observer brings along (`brought`).

use std::{fs, path::Path};

use serde_json::Value;
use verifier::{Source, Verdict};

use crate::{
    commands::run,
    named::{Files, laid, stage},
    tamper::judge,
};

/// What the program says: exit code, report as JSON.
pub(crate) fn told(words: &[&str]) -> (i32, Value) {
    let all: Vec<&str> = ["verify"].iter().chain(words).copied().chain(["--json"]).collect();
    let (code, out, err) = run(&all);
    (code, serde_json::from_str(&out).unwrap_or_else(|_| panic!("{words:?}: {code} {err}")))
}

/// Status of a check in a report.
pub(crate) fn status<'a>(report: &'a Value, id: &str) -> &'a str {
    let checks = report["checks"].as_array().unwrap();
    checks.iter().find(|check| check["id"] == id).unwrap()["status"].as_str().unwrap()
}

/// The scene's published folder, copied and added to.
fn folder(dir: &Path, change: impl FnOnce(&mut Files)) -> String {
    let (_, files) = stage();
    let mut files = files.clone();
    change(&mut files);
    let to = dir.join("published");
    laid(&files, &to);
    to.display().to_string()
}

#[test]
fn a_published_folder_with_a_journal_in_it_stays_published() {
    let (stage, _) = stage();
    let dir = tempfile::tempdir().unwrap();
    let lied = folder(dir.path(), |files| {
        let results = files.get_mut("snapshots/1/report/results.csv").unwrap();
        *results = String::from_utf8(results.clone()).unwrap().replace(",145,", ",999,").into_bytes();
    });
    for name in ["journal", "head"] {
        fs::copy(stage.join("ledger").join(name), Path::new(&lied).join(name)).unwrap();
    }
    let (code, report) = told(&[&lied]);
    assert_eq!((code, report["read_as"].as_str()), (1, Some("published")));
    assert!(status(&report, "PUB-01") == "FAIL" && status(&report, "PUB-02") == "FAIL", "{report}");
    // Without the checkpoint it is neither the one nor the other.
    fs::remove_file(Path::new(&lied).join("checkpoint")).unwrap();
    let (code, out, err) = run(&["verify", &lied]);
    assert!(code == 2 && out.is_empty() && err.contains("parts of both"), "{code} {err}");
    // A checkpoint that is no file does not make a store of it either.
    fs::create_dir(Path::new(&lied).join("checkpoint")).unwrap();
    let (code, _, err) = run(&["verify", &lied]);
    assert_eq!(code, 2, "{err}");
}

#[test]
fn the_verdict_says_what_was_read() {
    let (stage, files) = stage();
    let at = |inner: &str| stage.join(inner).display().to_string();
    let dir = tempfile::tempdir().unwrap();
    let zip = dir.path().join("ledger.zip");
    fs::write(&zip, crate::named::zipped(files)).unwrap();
    let site = crate::site::Site::honest(files.clone());
    let cases = [
        (at("published"), "read as a published folder"),
        (zip.display().to_string(), "read as a zip of a published ledger"),
        (site.address.clone(), "read as a published ledger at an address"),
        (at("ledger"), "read as a node's own store, and nothing published was looked at"),
    ];
    for (source, says) in cases {
        let (code, out, err) = run(&["verify", &source]);
        let sentence = out.lines().find(|line| line.starts_with("VERIFIED")).unwrap_or_default();
        assert!(code == 0 && sentence.contains(says), "{source}: {out}{err}");
        assert_eq!(out.contains("an address lists no files"), source == site.address, "{source}");
    }
    let (_, report) = told(&[&at("ledger")]);
    assert_eq!(report["read_as"], "store");
    // What else lies in the folder of a store was not looked at, and that is said.
    let store = dir.path().join("store");
    fs::create_dir(&store).unwrap();
    for name in ["journal", "head"] {
        fs::copy(Path::new(&at("ledger")).join(name), store.join(name)).unwrap();
    }
    fs::write(store.join("results.csv"), "winner,me").unwrap();
    let (_, out, _) = run(&["verify", store.to_str().unwrap()]);
    assert!(out.contains("not looked at") && out.contains("results.csv"), "{out}");
}

#[test]
fn nothing_unannounced_is_passed_over() {
    let (_, files) = stage();
    let with = |added: &[(&str, &[u8])]| {
        let mut copy = files.clone();
        copy.extend(added.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())));
        judge(&copy)
    };
    // What a publication lays down is named in the verdict itself.
    let report = with(&[("snapshots/2/report/results.csv", b"winner,me"), ("snapshots/2/checkpoint", b"x")]);
    assert_eq!(report.verdict(), Verdict::VerifiedWithWarnings);
    let sentence = report.verdict_sentence();
    assert!(sentence.contains("NOT verified") && sentence.contains("snapshots/2/ (2 files)"), "{sentence}");
    // What no publication lays down is refused, announced or not.
    let paper = event::sha256(&[b"a paper"]).to_string();
    let paper = format!("attachments/{paper}");
    let foreign: [&[(&str, &[u8])]; 8] = [
        &[("snapshots/2/index.html", b"<html>")],
        &[("snapshots/2/results.csv", b"winner,me")],
        &[("snapshots/2/report/index.html", b"<html>")],
        &[("snapshots/2/projections/tallies2.json", b"{}")],
        &[("snapshots/2/report/nist-other.json", b"{}")],
        &[("snapshots/2/manifest.json.bak", b"{}")],
        // Behind a publication that may be under way, foreign papers do not pass.
        &[("snapshots/2/checkpoint", b"x"), (&paper, b"a paper")],
        &[("tile/0/100.p/7", b"x"), (&paper, b"a paper")],
    ];
    for added in foreign {
        let report = with(added);
        assert_eq!(report.verdict(), Verdict::Failed, "{added:?}: {}", report.to_text());
    }
    let report = with(&[("tile/0/100.p/7", b"x")]);
    assert!(
        report.verdict_sentence().contains("1 tile beyond the checkpoint"),
        "{}",
        report.verdict_sentence()
    );
}

#[test]
fn a_source_is_no_pin_of_itself() {
    let dir = tempfile::tempdir().unwrap();
    let own = folder(dir.path(), |_| {});
    let at = |inner: &str| format!("{own}/{inner}");
    let (_, files) = stage();
    let site = crate::site::Site::honest(files.clone());
    let hard = dir.path().join("hard");
    fs::hard_link(at("checkpoint"), &hard).unwrap();
    let soft = dir.path().join("soft");
    std::os::unix::fs::symlink(&own, &soft).unwrap();
    let (hard, soft) = (hard.display().to_string(), soft.display().to_string());
    let inside = [
        (own.as_str(), own.clone()),
        (&own, at("checkpoint")),
        (&own, at("snapshots/1")),
        (&own, at("snapshots/../checkpoint")),
        (&own, hard),
        (&own, soft.clone()),
        (&soft, at("snapshots/1/checkpoint")),
        (&site.address, site.address.clone()),
        (&site.address, format!("{}/snapshots/1", site.address)),
        (&site.address, format!("{}//checkpoint", site.address)),
    ];
    for (source, pin) in &inside {
        let (code, report) = told(&[source, "--pin", pin]);
        assert_eq!((code, report["ledger_verdict"].as_str()), (2, Some("VERIFIED")), "{pin}");
        assert!(report["anchored"].is_null() && report.to_string().contains("inside-the-source"), "{pin}");
        let (_, out, _) = run(&["verify", source, "--pin", pin]);
        assert!(!out.contains("Anchored:") && out.contains("cannot stand for itself"), "{out}");
    }
    for (flag, word) in [("--mirror", own.clone()), ("--policy", at("checkpoint"))] {
        let (code, report) = told(&[&own, flag, &word]);
        assert!(code == 2 && report.to_string().contains("inside-the-source"), "{flag}: {report}");
    }
    // The same bytes, kept elsewhere, are a pin.
    fs::write(dir.path().join("kept"), fs::read(at("checkpoint")).unwrap()).unwrap();
    let (code, report) = told(&[&own, "--pin", dir.path().join("kept").to_str().unwrap()]);
    assert_eq!((code, report["anchored"].as_u64()), (0, Some(46)));
    // Nothing stands behind an unpinned ledger but the log's word, and INT-06 does not say more.
    let (_, out, _) = run(&["verify", &own]);
    let said = out.to_lowercase();
    assert!(!said.contains("nottruncated") && !said.contains("not truncated"), "{out}");
}

#[test]
fn what_systems_and_hosts_leave_is_a_note() {
    let dir = tempfile::tempdir().unwrap();
    let noise = [
        ".DS_Store",
        "snapshots/.DS_Store",
        "attachments/Thumbs.db",
        "desktop.ini",
        "System Volume Information/IndexerVolumeGuid",
        "lost+found/#1",
        ".nojekyll",
        "CNAME",
        ".htaccess",
        ".well-known/security.txt",
        "._checkpoint",
    ];
    let lay = |files: &mut Files| files.extend(noise.map(|path| (path.to_owned(), b"noise".to_vec())));
    let own = folder(dir.path(), lay);
    let mut files = stage().1.clone();
    lay(&mut files);
    let zip = dir.path().join("ledger.zip");
    fs::write(&zip, crate::named::zipped(&files)).unwrap();
    for source in [own.as_str(), zip.to_str().unwrap()] {
        let (code, report) = told(&[source]);
        assert_eq!((code, report["verdict"].as_str()), (0, Some("VERIFIED")), "{report}");
        assert_eq!(status(&report, "PUB-01"), "INFO");
        assert!(report.to_string().contains(".DS_Store"));
    }
    // What could be taken for a part of it is refused as before.
    for path in ["index.html", "results.csv", "journal", "Checkpoint", ".DS_Store/results.csv"] {
        let dir = tempfile::tempdir().unwrap();
        let own = folder(dir.path(), |files| drop(files.insert(path.to_owned(), b"x".to_vec())));
        assert_eq!(told(&[&own]).0, 1, "{path}");
    }
}

#[test]
fn a_machine_that_does_not_give_a_file_is_no_lie_of_the_ledger() {
    let paths = stage().1.keys();
    let bundle = paths.clone().find(|path| path.starts_with("tile/entries/")).unwrap().clone();
    let paper = paths.clone().find(|path| path.starts_with("attachments/")).unwrap().clone();
    for path in [bundle, paper] {
        let dir = tempfile::tempdir().unwrap();
        let own = folder(dir.path(), |_| {});
        let limits = verifier::limits::Limits::default();
        let source: Source = verifier::folder::open_folder(Path::new(&own), &limits).unwrap();
        fs::remove_file(Path::new(&own).join(&path)).unwrap();
        let report = crate::scene::verify(&source, &[]);
        assert_eq!(report.verdict(), Verdict::Incomplete, "{path}: {}", report.to_text());
        assert!(report.to_text().contains(&path), "{path}: {}", report.to_text());
        // The same file with other bytes is a lie.
        let other = tempfile::tempdir().unwrap();
        let changed = folder(other.path(), |files| files.get_mut(&path).unwrap().push(0));
        assert_eq!(told(&[&changed]).0, 1, "{path}");
    }
}
