//! What a SOURCE and a --pin on the command line can be, through the real program.
//!
//! In: one ledger as folder, zip and address; every kind of pin; what is named by mistake. Out: bad zips (`archives`),
//! bad servers (`addresses`).

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use crate::{commands::run, site::Site};

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The scene published once for all tests, with its ledger beside it: 46 entries, one snapshot of 45.
pub(crate) fn stage() -> &'static (PathBuf, Files) {
    static STAGE: OnceLock<(PathBuf, Files)> = OnceLock::new();
    STAGE.get_or_init(|| {
        // Statics are never dropped: it stays until the next run.
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("named");
        if dir.exists() {
            fs::remove_dir_all(&dir).unwrap();
        }
        fs::create_dir_all(&dir).unwrap();
        let (_, files) = crate::tamper::published(&dir);
        // A copy kept elsewhere, whose checkpoints are pins: what lies inside a source cannot stand for it.
        laid(&files, &dir.join("elsewhere"));
        (dir, files)
    })
}

/// The same files as a zip.
pub(crate) fn zipped(files: &Files) -> Vec<u8> {
    let mut zip = std::io::Cursor::new(Vec::new());
    publication::write_zip(files, &mut zip).unwrap();
    zip.into_inner()
}

/// Files as a folder.
pub(crate) fn laid(files: &Files, to: &Path) {
    for (name, bytes) in files {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// What the program says of the same files as folder, zip and address: exit code and JSON of each.
pub(crate) fn three_ways(files: &Files) -> [(i32, String); 3] {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("published");
    laid(files, &folder);
    let zip = dir.path().join("ledger.zip");
    fs::write(&zip, zipped(files)).unwrap();
    let site = Site::honest(files.clone());
    [folder.to_str().unwrap(), zip.to_str().unwrap(), &site.address].map(|source| {
        let (code, out, err) = run(&["verify", source, "--json"]);
        assert!(!out.is_empty(), "{source}: {err}");
        (code, out)
    })
}

#[test]
fn one_ledger_three_ways_one_report() {
    let (dir, files) = stage();
    let [folder, zip, address] = three_ways(files);
    assert_eq!(folder.0, 0, "{}", folder.1);
    assert_eq!(folder, zip);
    assert_eq!(folder, address);
    let told = dir.join("published").display().to_string();
    let site = Site::honest(files.clone());
    let copy = dir.join("a zip without its ending");
    fs::write(&copy, zipped(files)).unwrap();
    for command in ["results", "history"] {
        let answers = [&told, copy.to_str().unwrap(), &site.address, &format!("{}/", site.address)]
            .map(|s| run(&[command, s]));
        assert!(answers[0].0 == 0 && !answers[0].1.is_empty(), "{answers:?}");
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    }
}

#[test]
fn whatever_holds_a_checkpoint_is_a_pin() {
    let (dir, files) = stage();
    let at = |inner: &str| dir.join(inner).display().to_string();
    let source = at("published");
    fs::write(dir.join("kept.zip"), zipped(files)).unwrap();
    let site = Site::honest(files.clone());
    let (_, out, _) = run(&["verify", &source, "--json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(report["anchored"].is_null() && report["anchored_by"].is_null(), "{out}");
    assert_eq!(report["unanchored_entries"], serde_json::json!([0, 45]));
    let eyes: Vec<(String, String)> = serde_json::from_value(report["eyes"].clone()).unwrap();
    let grouped = &eyes.iter().find(|(name, _)| name == "ledger id").unwrap().1;
    let id = grouped.replace(' ', "");
    let all = "Anchored: all 46 entries by the pinned checkpoint.";
    let most = "Anchored: entries 0–44 by the pinned checkpoint; entry 45 stands on the log's word alone.";
    let one = "Anchored: entry 0 by the pinned id; entries 1–45 stand on the log's word alone.";
    // Kept from elsewhere: what lies inside the source cannot stand for it (`sources`).
    let pins = [
        (id.clone(), one),
        (grouped.clone(), one),
        (at("elsewhere/checkpoint"), all),
        (at("elsewhere"), all),
        (at("elsewhere/snapshots/1"), most),
        (at("elsewhere/snapshots/1/checkpoint"), most),
        (at("kept.zip"), all),
        (site.address.clone(), all),
        (format!("{}/checkpoint", site.address), all),
        (format!("{}/snapshots/1", site.address), most),
        (at("ledger"), all),
    ];
    for (pin, says) in pins {
        let (code, out, err) = run(&["verify", &source, "--pin", &pin]);
        assert!(code == 0 && out.contains(says), "{pin}: {code} {err}\n{out}");
    }
    let (_, out, _) =
        run(&["verify", &source, "--pin", &at("elsewhere/snapshots/1"), "--pin", &id, "--json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["anchored"], &report["anchored_by"]), (&45.into(), &"the pinned checkpoint".into()));
    assert_eq!(report["anchored_entries"], serde_json::json!([0, 44]));
    assert_eq!(report["unanchored_entries"], serde_json::json!([45, 45]));
    // A pin that contradicts anchors nothing, and the report does not say that none was given.
    let (code, out, _) = run(&["verify", &source, "--pin", &"a".repeat(64)]);
    assert!(code == 2 && out.contains("Unanchored: what was pinned and this ledger contradict"), "{out}");
}

#[test]
fn what_is_no_pin_is_told() {
    let (dir, _) = stage();
    let at = |inner: &str| dir.join(inner).display().to_string();
    let empty = at("nothing in it");
    fs::create_dir_all(&empty).unwrap();
    fs::write(dir.join("notes.txt"), "no note").unwrap();
    let cases = [
        ("0123456789abcdef".to_owned(), "all 64 digits of a ledger's id, found 16"),
        ("0123 4567 89ab cdef".to_owned(), "all 64 digits of a ledger's id, found 16"),
        ("a".repeat(63), "found 63"),
        ("A".repeat(64), "lower-case"),
        ("/nowhere".to_owned(), "/nowhere"),
        (at("notes.txt"), "found none of these"),
        (at("elsewhere/snapshots/1/manifest.sig"), "another signed note"),
        (at("elsewhere/snapshots/1/manifest.json"), "expected a signed event"),
        (empty.clone(), "found none in"),
        ("http://127.0.0.1:9/log".to_owned(), "http://127.0.0.1:9/log/checkpoint"),
        ("gopher://example.org".to_owned(), "http:// or https://"),
    ];
    for (pin, says) in cases {
        let (code, out, err) = run(&["verify", &at("published"), "--pin", &pin]);
        // A fault of the pin: the ledger is verified all the same.
        let own = out.contains("The ledger itself: VERIFIED.");
        assert!(code == 2 && own && err.contains(says), "{pin}: {code} {err}");
    }
}

#[test]
fn what_is_no_source_is_told_with_what_was_meant() {
    let (dir, files) = stage();
    let at = |inner: &str| dir.join(inner).display().to_string();
    fs::write(dir.join("plain.txt"), "text").unwrap();
    fs::write(dir.join("text.zip"), "text").unwrap();
    let site = Site::honest(files.clone());
    let cases = [
        (at(""), "neither journal nor checkpoint", at("published")),
        (at("published/tile"), "neither journal nor checkpoint", "published".to_owned()),
        (at("published/snapshots/1"), "the folder of one snapshot", "--pin".to_owned()),
        (at("published/checkpoint"), "found a checkpoint", "folder".to_owned()),
        (at("published/snapshots/1/manifest.json"), "a file of a snapshot", "folder".to_owned()),
        (at("ledger/journal"), "a ledger's own folder", "folder".to_owned()),
        (at("plain.txt"), "a folder, a zip or an address", "folder".to_owned()),
        (at("text.zip"), "expected a zip", String::new()),
        (at("nowhere"), "found nothing at", String::new()),
        ("example.org/log".to_owned(), "found nothing at", "https://example.org/log".to_owned()),
        ("ftp://example.org/log".to_owned(), "http:// or https://", String::new()),
        ("http://".to_owned(), "http://HOST/PATH", String::new()),
        ("http://me:secret@example.org/log".to_owned(), "a name or a password", String::new()),
        (format!("{}?x=1", site.address), "a `?` or `#`", String::new()),
        (format!("{}/ledger.zip", site.address), "that of a zip", "download".to_owned()),
        (format!("{}/tile", site.address), "no file `checkpoint`", "hattama publish".to_owned()),
    ];
    // The name of a file is no address, and a page is no key that only stands open.
    for name in ["README.md", "ledger.zip", "results.CSV"] {
        let (code, _, err) = run(&["verify", name]);
        assert!(code == 2 && err.contains("found nothing at") && !err.contains("https://"), "{name}: {err}");
    }
    let (code, _, err) = run(&["key", "show", &at("plain.txt")]);
    assert!(code == 2 && err.contains("-----BEGIN") && !err.contains("chmod"), "{err}");
    for (source, says, mend) in cases {
        for command in ["verify", "results", "history"] {
            let (code, out, err) = run(&[command, &source]);
            assert!(code == 2 && out.is_empty() && err.contains(says), "{command} {source}: {code} {err}");
            let (first, hint) = err.split_once('\n').unwrap();
            assert!(first.starts_with("hattama: expected") || first.contains(": expected"), "{err}");
            assert!(hint.contains(&mend), "{source}: {err}");
        }
    }
}
