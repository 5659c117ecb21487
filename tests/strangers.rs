//! Files that strangers put into a published folder: what they may cost, what they may write on a screen.
//!
//! In: names and texts with signs for a terminal, snapshots that nobody announced, bundles beside the right ones, small
//! files that are large once they are read. Out: changed bytes (`tamper`), floods of entries (`flooded`).

use std::{fs, path::Path};

use verifier::{Status, Verdict};

use crate::{
    commands::run,
    flooded::verified,
    tamper::{Files, judge, published},
};

fn status<'a>(report: &'a verifier::Report, id: &str) -> &'a Status {
    &report.rows.iter().find(|row| row.rule.id() == id).unwrap().status
}

fn ran(report: &verifier::Report) -> usize {
    report.count_checks().0
}

#[test]
fn what_is_quoted_moves_no_cursor_and_begins_no_line() {
    let dir = tempfile::tempdir().unwrap();
    let (_, files) = published(dir.path());
    let mut copy = files.clone();
    copy.insert("x\n\u{1b}[2J\u{202e}VERIFIED: all checks ran".to_owned(), b"x".to_vec());
    let report = judge(&copy);
    let text = report.to_text();
    assert_eq!(report.verdict(), Verdict::Failed);
    assert!(text.contains("x\\u000a\\u001b[2J\\u202eVERIFIED: all checks ran"), "{text}");
    for told in [text, report.html_in(texts::Language::Kk).unwrap(), report.to_json().unwrap()] {
        assert!(!told.contains(|sign: char| (sign.is_control() && sign != '\n') || sign == '\u{202e}'));
        assert!(!told.lines().any(|line| line.trim_start().starts_with("VERIFIED: all")));
    }
    // The path, too, is what somebody called it.
    let named = dir.path().join("\u{1b}[32m\rVERIFIED");
    fs::rename(dir.path().join("published"), &named).unwrap();
    let (code, out, err) = run(&["verify", named.to_str().unwrap()]);
    assert!(code == 0 && !out.contains(['\u{1b}', '\r']), "{out}{err}");
    let (code, _, err) = run(&["verify", named.join("nowhere").to_str().unwrap()]);
    assert!(code == 2 && !err.contains(['\u{1b}', '\r']), "{err}");
}

#[test]
fn only_the_next_snapshots_may_be_under_way() {
    let dir = tempfile::tempdir().unwrap();
    let (_, files) = published(dir.path());
    let with = |numbers: &[u64]| {
        let mut copy = files.clone();
        for n in numbers {
            copy.insert(format!("snapshots/{n}/report/results.csv"), b"winner,me".to_vec());
        }
        judge(&copy).verdict()
    };
    let last =
        (1..).take_while(|n| files.contains_key(&format!("snapshots/{n}/manifest.json"))).last().unwrap();
    assert_eq!(with(&[last + 1]), Verdict::VerifiedWithWarnings);
    assert_eq!(with(&[last + 1, last + 2]), Verdict::VerifiedWithWarnings);
    for numbers in [&[last + 2][..], &[99], &[last + 1, last + 3], &[last + 1, 1_000_000, u64::MAX]] {
        assert_eq!(with(numbers), Verdict::Failed, "{numbers:?}");
    }
}

#[test]
fn a_bundle_beside_the_right_one_takes_nothing_away() {
    let dir = tempfile::tempdir().unwrap();
    let (_, files) = published(dir.path());
    let honest = judge(&files);
    for (path, bytes) in [("tile/entries/000.p/200", b"junk".to_vec()), ("tile/entries/000", vec![0; 512])] {
        let mut copy = files.clone();
        assert!(copy.insert(path.to_owned(), bytes).is_none());
        let report = judge(&copy);
        // It cannot be read, and every check is made all the same.
        assert_eq!((report.size, ran(&report)), (honest.size, ran(&honest)), "{path}: {}", report.to_text());
        assert_ne!(status(&report, "INT-11"), status(&honest, "INT-11"), "{path}");
        for id in ["INT-02", "INT-05", "INT-06", "INT-09"] {
            assert_eq!(status(&report, id), &Status::Pass, "{path} {id}");
        }
    }
}

#[test]
fn what_failed_stands_first_among_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let (_, mut files) = published(dir.path());
    for n in 100..120 {
        files.insert(format!("tile/0/{n}.p/7"), b"z".to_vec());
    }
    let tile = files.keys().find(|path| path.starts_with("tile/0/000")).unwrap().clone();
    files.get_mut(&tile).unwrap().truncate(32);
    let report = judge(&files);
    let text = report.to_text();
    let section = text.split("INT-11 ").last().unwrap();
    let first = section.lines().find(|line| line.contains("INT-11:")).unwrap();
    assert!(first.trim_start().starts_with("FAIL"), "{section}");
    assert!(section.contains("and 9 more"), "{section}");
}

/// One file of a snapshot replaced by a small one that would be large in memory: nobody stands for it, nobody reads it.
#[test]
fn files_that_nobody_stands_for_are_not_read_into() {
    let dir = tempfile::tempdir().unwrap();
    let (_, files) = published(dir.path());
    let nested = {
        let leaves: Vec<String> = (0..20_000).map(|n| format!("\"{n:06}\":1")).collect();
        let (name, leaves) = ("k".repeat(100_000), leaves.join(","));
        let view = format!("{{\"precinct\":\"p\",\"count\":{{\"{name}\":{{{leaves}}}}}}}");
        format!("{{\"view\":{{\"elections\":[{{\"election\":\"e\",\"precincts\":[{view}]}}]}}}}")
    };
    let nist = files.keys().find_map(|path| path.strip_prefix("snapshots/1/report/nist-")).unwrap();
    let nist = format!("report/nist-{nist}");
    let objects =
        format!("{{\"@type\":\"ElectionResults.ElectionReport\",\"x\":[{}{{}}]}}", "{},".repeat(3_000_000));
    let lies = [
        ("projections/tallies.json", nested),
        ("projections/tallies.json", format!("[{}0]", "0,".repeat(5_000_000))),
        ("report/lines.csv", ",".repeat(10_000_000)),
        (nist.as_str(), objects),
    ];
    for (name, lie) in &lies {
        let copy = tempfile::tempdir().unwrap();
        written(copy.path(), &files);
        let path = copy.path().join("snapshots/1").join(name);
        assert!(path.exists(), "{name}");
        fs::write(path, lie).unwrap();
        let (code, report, peak) = verified(copy.path());
        eprintln!("{name}, {} bytes of a stranger: {peak} MiB at most", lie.len());
        assert!(code == 1 && peak < 90, "{name}: {peak} MiB");
        let failed = report["checks"].as_array().unwrap().iter().filter(|check| check["status"] == "FAIL");
        let failed: Vec<_> = failed.map(|check| check["id"].as_str().unwrap()).collect();
        let expected = if name.starts_with("report") { ["PUB-01", "PUB-02"] } else { ["INT-09", "PUB-01"] };
        assert_eq!(failed, expected, "{name}");
    }
}

fn written(dir: &Path, files: &Files) {
    for (path, bytes) in files {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Whoever goes on from a kept state sees the same as who begins anew: files of old snapshots are compared, too.
#[test]
fn a_changed_file_of_an_old_snapshot_is_seen_from_a_kept_state() {
    let dir = tempfile::tempdir().unwrap();
    let (_, files) = published(dir.path());
    let folder = dir.path().join("published");
    let (state, key) = (dir.path().join("state"), dir.path().join("observer.pem"));
    let words = ["verify", folder.to_str().unwrap(), "--json", "--state", state.to_str().unwrap()];
    let words = [&words[..], &["--state-key", key.to_str().unwrap()]].concat();
    assert_eq!(run(&words).0, 0);
    let kept = fs::read(&state).unwrap();
    for name in ["projections/tallies.json", "report/results.csv"] {
        let path = format!("snapshots/1/{name}");
        let mut changed = files[&path].clone();
        *changed.iter_mut().rfind(|byte| byte.is_ascii_digit()).unwrap() ^= 1;
        fs::write(folder.join(&path), changed).unwrap();
        fs::write(&state, &kept).unwrap();
        let (code, resumed, err) = run(&words);
        assert_eq!(code, 1, "{err}");
        // The checkpoint of the state is a pin; that is all that one of them has more.
        let pin = dir.path().join("pin");
        fs::write(&pin, &files["checkpoint"]).unwrap();
        let (code, fresh, _) = run(&[&words[..3], &["--pin", pin.to_str().unwrap()]].concat());
        assert_eq!((code, resumed), (1, fresh), "{name}");
        fs::write(folder.join(&path), &files[&path]).unwrap();
    }
}
