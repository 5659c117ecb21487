//! `ledger backup`: made beside a running node, grown, killed in the middle, on a disk that is full; and what it refuses.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use super::{append, signed};
use crate::{
    commands::{hattama, run},
    folders::copy_folder,
    scene::Scene,
    serve::{Node, copied, reports, stage},
};

/// `hattama ledger backup` of `dir/ledger`.
pub(super) fn back_up(dir: &Path, to: &Path, words: &[&str]) -> (i32, String, String) {
    let ledger = dir.join("ledger");
    let own = ["ledger", "backup", ledger.to_str().unwrap(), "--to", to.to_str().unwrap()];
    run(&[&own[..], words].concat())
}

/// The same, which succeeds: what it says as JSON.
pub(super) fn backed_up(dir: &Path, to: &Path) -> serde_json::Value {
    let (code, out, err) = back_up(dir, to, &["--json"]);
    assert_eq!(code, 0, "{out}{err}");
    serde_json::from_str(&out).unwrap()
}

fn list_files(folder: &Path) -> Vec<PathBuf> {
    let items = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path());
    items.flat_map(|path| if path.is_dir() { list_files(&path) } else { vec![path] }).collect()
}

/// Everything in a folder, with its bytes; a lock is none.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = list_files(folder).into_iter().filter(|path| !path.ends_with("lock"));
    let mut all: Vec<_> = files.map(|path| (path.clone(), fs::read(&path).unwrap())).collect();
    all.sort();
    all
}

#[test]
fn a_backup_grows_beside_a_running_node_and_holds_what_was_acknowledged() {
    let dir = copied();
    let to = dir.path().join("backup");
    let node = Node::writing(dir.path(), &["--key-rate", "0"]);
    let first = backed_up(dir.path(), &to);
    assert_eq!(
        (first["entries"].as_u64(), &first["checked"]),
        (Some(stage().head.size()), &"signatures".into())
    );
    // Appends go on while backups are made; each backup holds at least what was acknowledged before it began.
    let appending = |place: usize| {
        let events = reports(place, 8);
        let address = node.address.clone();
        std::thread::spawn(move || {
            for event in &events {
                let bytes = crate::serve::bytes_of(event);
                let answer = crate::serve::sent(&format!("{address}/events"), "application/json", &bytes);
                assert_eq!(answer.unwrap().status, 201);
                std::thread::sleep(Duration::from_millis(20));
            }
        })
    };
    let threads = [appending(1), appending(2)];
    let mut before = first["entries"].as_u64().unwrap();
    for _ in 0..3 {
        let acknowledged = signed(dir.path()).0;
        let done = backed_up(dir.path(), &to);
        let size = done["entries"].as_u64().unwrap();
        assert!(size >= acknowledged && done["entries_before"].as_u64() == Some(before), "{done}");
        before = size;
    }
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let done = backed_up(dir.path(), &to);
    assert_eq!(done["entries"].as_u64(), Some(stage().head.size() + 16));
    // Attachments are not copied again.
    assert!(done["bytes_written"].as_u64() < first["bytes_written"].as_u64(), "{first} {done}");
    let (code, out, err) = run(&["verify", to.to_str().unwrap(), "--json"]);
    assert_eq!(code, 0, "{out}{err}");
    let (code, status, err) = run(&["ledger", "status", to.to_str().unwrap(), "--json"]);
    assert_eq!(code, 0, "{err}");
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert_eq!((&status["root"], &status["entries"]), (&done["root"], &done["entries"]));
    // Without signatures: the same, and it says so.
    let (code, out, err) = back_up(dir.path(), &to, &["--quick"]);
    assert!(code == 0 && out.contains("hashes alone"), "{code} {out}{err}");
    assert_eq!(node.end(), 0);
    for (path, bytes) in contents(&to) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("PRIVATE KEY"), "{}", path.display());
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0, "{}", path.display());
    }
}

#[test]
fn what_is_wrong_with_a_backup_is_told_and_nothing_is_changed() {
    let dir = copied();
    let (to, old) = (dir.path().join("backup"), dir.path().join("old"));
    copy_folder(&dir.path().join("ledger"), &old.join("ledger"));
    let (code, told) = append(dir.path(), &reports(1, 1)[0], &[]);
    assert_eq!(code, 0, "{told}");
    backed_up(dir.path(), &to);
    let whole = contents(&to);
    let refused = |dir: &Path, to: &Path, code: i32, says: &str| {
        let before = if to.is_dir() { contents(to) } else { Vec::new() };
        let (found, out, err) = back_up(dir, to, &[]);
        assert!(found == code && err.contains(says), "{says}: {found} {out}{err}");
        assert!(!to.is_dir() || contents(to) == before, "{says}: changed");
    };
    // A ledger that is older than the backup, and one that went another way.
    refused(&old, &to, 1, "old copy");
    let other = dir.path().join("other");
    copy_folder(&old.join("ledger"), &other.join("ledger"));
    let mut writer =
        node::Writer::open(&other.join("ledger"), &demo::cast::Cast::new(demo::SEED).secret("log"))
            .unwrap()
            .0;
    let received = event::Stamp::from_millis(reports(2, 1)[0].event.at.seconds() * 1000).unwrap();
    let answers = writer.append(&[(reports(2, 1)[0].clone(), received)]).unwrap();
    assert!(answers[0].is_ok());
    drop(writer);
    refused(&other, &to, 1, "two histories");
    // Another ledger.
    let scene = Scene::before("election-called");
    let strange = dir.path().join("strange");
    crate::refusals::written(&scene, &strange.join("ledger"));
    refused(&strange, &to, 1, "found one of the ledger");
    // Places that are none.
    refused(dir.path(), &dir.path().join("ledger/backup"), 64, "outside of the ledger's folder");
    assert!(!dir.path().join("ledger/backup").exists());
    let full = dir.path().join("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("holiday.jpg"), "x").unwrap();
    refused(dir.path(), &full, 2, "holiday.jpg");
    refused(&full, &to, 2, "journal");
    // Half a backup, a changed one, one without a list that reads, one of a later program.
    let portion = whole.iter().find(|(path, _)| path.to_string_lossy().contains("/entries/")).unwrap();
    let verified = |code: i32, says: &str| {
        let (found, out, err) = run(&["verify", to.to_str().unwrap()]);
        assert!(found == code && err.contains(says), "{says}: {found} {out}{err}");
    };
    fs::remove_file(&portion.0).unwrap();
    verified(2, "half a backup");
    let mut bytes = portion.1.clone();
    bytes[100] ^= 1;
    fs::write(&portion.0, &bytes).unwrap();
    verified(2, "damaged");
    fs::write(&portion.0, &portion.1).unwrap();
    let list = to.join("backup.json");
    let text = fs::read_to_string(&list).unwrap();
    for (spoilt, says) in [
        (text[..text.len() / 2].to_owned(), "list of a backup"),
        (text.replace("hattama-backup-v1", "hattama-backup-v2"), "hattama-backup-v2"),
        (text.replace("\"anchors.json\"", "\"../../log-key.pem\""), "that a backup keeps"),
        (text.replacen("\"bytes\"", "\"byte\"", 1), "list of a backup"),
    ] {
        if spoilt == text {
            continue;
        }
        fs::write(&list, &spoilt).unwrap();
        refused(dir.path(), &to, 2, says);
    }
    fs::write(&list, &text).unwrap();
    // A damaged ledger leaves the backup as it is.
    let damaged = dir.path().join("damaged");
    copy_folder(&dir.path().join("ledger"), &damaged.join("ledger"));
    let journal = damaged.join("ledger/journal");
    let mut bytes = fs::read(&journal).unwrap();
    bytes[5000] ^= 1;
    fs::write(&journal, &bytes).unwrap();
    refused(&damaged, &to, 2, "SHA-256");
    // Two at once.
    let lock = fs::OpenOptions::new().write(true).open(to.join("lock")).unwrap();
    lock.lock().unwrap();
    refused(dir.path(), &to, 2, "another one at work");
    drop(lock);
    assert_eq!(contents(&to), whole);
    backed_up(dir.path(), &to);
}

/// The command that makes a backup of `dir/ledger`, to be killed.
fn start_backup(dir: &Path, to: &Path) -> std::process::Child {
    let ledger = dir.join("ledger");
    let mut command = hattama(&["ledger", "backup", ledger.to_str().unwrap(), "--to", to.to_str().unwrap()]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn a_backup_that_was_killed_or_met_a_full_disk_leaves_the_one_before() {
    let dir = copied();
    let to = dir.path().join("backup");
    // Killed in the first one and in later ones: what is there verifies, or is none yet.
    for round in 0..8_u64 {
        let mut child = start_backup(dir.path(), &to);
        std::thread::sleep(Duration::from_millis(3 + round * round * 4));
        let _ended_already = child.kill();
        child.wait().unwrap();
        if to.join("backup.json").exists() {
            let (code, out, err) = run(&["ledger", "status", to.to_str().unwrap()]);
            assert_eq!(code, 0, "{out}{err}");
            let (code, told) = append(dir.path(), &reports(round as usize + 1, 1)[0], &[]);
            assert_eq!(code, 0, "{told}");
        }
    }
    let whole = backed_up(dir.path(), &to);
    assert_eq!(whole["entries"].as_u64(), Some(signed(dir.path()).0));
    let (code, told) = append(dir.path(), &reports(20, 1)[0], &[]);
    assert_eq!(code, 0, "{told}");
    let before = contents(&to);
    // No file may be longer than this: as on a disk that is full.
    let script = "trap '' XFSZ; ulimit -S -f 4; exec \"$@\"";
    let mut command = Command::new("bash");
    command.env("HATTAMA_STATE", crate::commands::state_directory()).args(["-c", script, "bash"]);
    command.arg(env!("CARGO_BIN_EXE_hattama")).args(["ledger", "backup"]).arg(dir.path().join("ledger"));
    let output = command.arg("--to").arg(&to).env("LANG", "C").output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && told.contains("is whole"), "{:?} {told}", output.status);
    let kept = before.iter().filter(|(path, _)| !path.ends_with("writing"));
    assert!(
        kept.into_iter().all(|(path, bytes)| fs::read(path).unwrap() == *bytes),
        "the one before is as it was"
    );
    let done = backed_up(dir.path(), &to);
    assert_eq!(done["entries"].as_u64(), Some(signed(dir.path()).0));
    // Nothing is left of what was interrupted.
    let list: serde_json::Value = serde_json::from_slice(&fs::read(to.join("backup.json")).unwrap()).unwrap();
    assert_eq!(list["entries"].as_array().unwrap().len(), fs::read_dir(to.join("entries")).unwrap().count());
}
