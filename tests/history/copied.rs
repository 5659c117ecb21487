//! Copies of a ledger that are told from it although nobody outside is asked: copied elsewhere, restored in its place; and what is the same
//! folder although the system calls it by other numbers.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{append, is_read_only, publish, signed};
use crate::{
    commands::run,
    folders::copy_folder,
    serve::{Node, copied, reports, stage},
};

/// `hattama ledger check` of `dir/ledger`.
fn check(dir: &Path, words: &[&str]) -> (i32, String) {
    let (ledger, key) = (dir.join("ledger"), dir.join("ledger/log-key.pem"));
    let own = ["ledger", "check", ledger.to_str().unwrap(), "--log-key", key.to_str().unwrap()];
    let (code, out, err) = run(&[&own[..], words].concat());
    (code, format!("{out}{err}"))
}

/// Every way of writing refuses, the node is read, nothing is signed.
fn is_refused(dir: &Path, words: &[&str], says: &str) {
    let before = signed(dir);
    let new = &reports(5, 1)[0];
    let node = Node::start(dir, words);
    node.until("read-only", |node| is_read_only(node, says));
    assert!(node.get("/readyz").text().contains("is a copy"), "{}", node.get("/readyz").text());
    assert_eq!(node.post(new).status, 503);
    assert_eq!(node.get("/checkpoint").status, 200);
    assert_eq!(node.end(), 0);
    let to = dir.join("elsewhere");
    for (code, told) in [append(dir, new, words), check(dir, words), publish(dir, &to, words)] {
        assert!(code == 1 && told.contains(says) && told.contains("--restored"), "{code} {told}");
    }
    assert!(!to.exists());
    assert_eq!(signed(dir), before);
}

/// A ledger that a node wrote one event to, and the place of a copy.
fn written() -> (tempfile::TempDir, PathBuf) {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    assert_eq!(node.post(&reports(1, 1)[0]).status, 201);
    assert_eq!(node.end(), 0);
    let other = dir.path().join("other");
    (dir, other)
}

#[test]
fn a_copy_elsewhere_is_read_and_not_written_to() {
    let (dir, other) = written();
    copy_folder(&dir.path().join("ledger"), &other.join("ledger"));
    // Another folder of this machine; the same path on another machine, whose state directory knows nothing.
    is_refused(&other, &[], "the twin of its instance.json");
    let machine = dir.path().join("state of another machine");
    is_refused(dir.path(), &["--state", machine.to_str().unwrap()], "the twin of its instance.json");
    assert!(!machine.exists(), "looking writes nothing");
    // The mark was left out of the copy.
    fs::remove_file(other.join("ledger/instance.json")).unwrap();
    is_refused(&other, &[], "expected the file instance.json");
    // The ledger itself goes on.
    let (code, told) = append(dir.path(), &reports(2, 1)[0], &[]);
    assert_eq!(code, 0, "{told}");
}

#[test]
fn a_backup_in_the_old_place_is_a_copy() {
    let dir = copied();
    let (ledger, backup) = (dir.path().join("ledger"), dir.path().join("backup"));
    // A backup while the node runs, and the node killed afterwards: the same opening, fewer entries.
    let mut node = Node::writing(dir.path(), &["--key-rate", "0"]);
    assert_eq!(node.post(&reports(1, 1)[0]).status, 201);
    copy_folder(&ledger, &backup);
    assert_eq!(node.post(&reports(2, 1)[0]).status, 201);
    node.kill();
    let newest = dir.path().join("newest");
    fs::rename(&ledger, &newest).unwrap();
    copy_folder(&backup, &ledger);
    is_refused(dir.path(), &[], "signed at least");
    // Without its mark, as an older list of files to back up has it.
    fs::remove_file(ledger.join("instance.json")).unwrap();
    is_refused(dir.path(), &[], "expected the file instance.json");
    fs::remove_dir_all(&ledger).unwrap();
    fs::rename(&newest, &ledger).unwrap();
    let (code, told) = append(dir.path(), &reports(3, 1)[0], &[]);
    assert_eq!(code, 0, "{told}");
}

#[test]
fn a_restored_copy_is_written_to_when_somebody_else_knows_it() {
    let (dir, other) = written();
    copy_folder(&dir.path().join("ledger"), &other.join("ledger"));
    let (old, newer) = (dir.path().join("old"), dir.path().join("newer"));
    fs::write(&old, &signed(&other).1).unwrap();
    let (code, told) = append(dir.path(), &reports(2, 1)[0], &[]);
    assert_eq!(code, 0, "{told}");
    fs::write(&newer, &signed(dir.path()).1).unwrap();
    let before = signed(&other);
    let id = stage().head.state().ledger.unwrap().to_string();
    let empty = dir.path().join("empty");
    fs::create_dir(&empty).unwrap();
    for (words, code, says) in [
        (&["--restored"][..], 2, "--pin"),
        (&["--restored", "--accept-unanchored"], 2, "--pin"),
        (&["--restored", "--place", empty.to_str().unwrap()], 2, "no checkpoint"),
        (&["--restored", "--pin", &id], 2, "found a ledger's id"),
        (&["--restored", "--pin", newer.to_str().unwrap()], 1, "rolled back"),
        (&["--pin", old.to_str().unwrap()], 1, "is a copy"),
    ] {
        let (found, told) = check(&other, words);
        assert!(found == code && told.contains(says), "{words:?}: {found} {told}");
        assert_eq!(signed(&other), before, "{words:?}");
    }
    let node = Node::start(&other, &["--restored"]);
    node.until("read-only", |node| is_read_only(node, "--pin"));
    assert_eq!(node.end(), 0);
    // `event append` takes the same words; a checkpoint from before the newest entry does not show more than it is.
    for (words, code, says) in [
        (&["--restored"][..], 2, "--pin"),
        (&["--restored", "--pin", newer.to_str().unwrap()], 1, "rolled back"),
        (&["--pin", old.to_str().unwrap()], 1, "is a copy"),
        (&["--restored", "--pin", &id], 2, "found a ledger's id"),
    ] {
        let (found, told) = append(&other, &reports(1, 2)[1], words);
        assert!(found == code && told.contains(says), "{words:?}: {found} {told}");
        assert_eq!(signed(&other), before, "{words:?}");
    }
    let third = dir.path().join("third");
    copy_folder(&dir.path().join("ledger"), &third.join("ledger"));
    let (code, told) = append(&third, &reports(3, 1)[0], &["--restored", "--pin", newer.to_str().unwrap()]);
    assert_eq!(code, 0, "{told}");
    // A checkpoint that a person kept, then a receipt, then a place of publication.
    let (code, told) = check(&other, &["--restored", "--pin", old.to_str().unwrap()]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = append(&other, &reports(1, 2)[1], &[]);
    assert_eq!(code, 0, "restored once: {told}");
    let again = dir.path().join("again");
    copy_folder(&other.join("ledger"), &again.join("ledger"));
    let receipt = other.join("event.json.tlog-proof");
    let node = Node::writing(&again, &["--restored", "--pin", receipt.to_str().unwrap()]);
    assert_eq!(node.post(&reports(4, 1)[0]).status, 201);
    assert_eq!(node.end(), 0);
    let public = dir.path().join("published");
    let (code, told) = publish(&again, &public, &[]);
    assert_eq!(code, 0, "{told}");
    let last = dir.path().join("last");
    copy_folder(&again.join("ledger"), &last.join("ledger"));
    let (code, told) = append(&last, &reports(6, 1)[0], &[]);
    assert!(
        code == 1 && told.contains("is a copy"),
        "a place that answers makes no ledger of a copy: {code} {told}"
    );
    let (code, told) = append(&last, &reports(6, 1)[0], &["--restored"]);
    assert_eq!(code, 0, "{told}");
}

#[test]
fn a_copy_is_told_whether_it_was_published_before_or_after_or_never() {
    let dir = copied();
    let public = dir.path().join("published");
    let (code, told) = append(dir.path(), &reports(1, 1)[0], &[]);
    assert_eq!(code, 0, "{told}");
    // Copied before the first publication: it knows no place.
    let early = dir.path().join("early");
    copy_folder(&dir.path().join("ledger"), &early.join("ledger"));
    let (code, told) = publish(dir.path(), &public, &[]);
    assert_eq!(code, 0, "{told}");
    is_refused(&early, &[], "the twin of its instance.json");
    // Where the place is named, it proves more than the mark: the copy is old. A new place proves nothing.
    let (named, empty) = (public.to_str().unwrap(), dir.path().join("empty"));
    fs::create_dir(&empty).unwrap();
    for words in [&["--place", named][..], &["--place", named, "--restored"]] {
        let (code, told) = append(&early, &reports(2, 1)[0], words);
        assert!(code == 1 && told.contains("rolled back"), "{code} {told}");
    }
    is_refused(&early, &["--accept-unanchored"], "the twin of its instance.json");
    let (code, told) = publish(&early, &empty, &["--restored"]);
    assert!(code == 2 && told.contains("--pin"), "{code} {told}");
    let (code, told) = publish(&early, &public, &[]);
    assert!(code != 0 && told.contains("old copy"), "{code} {told}");
    // Copied after it: the place that it knows shows as much as it has.
    let late = dir.path().join("late");
    copy_folder(&dir.path().join("ledger"), &late.join("ledger"));
    is_refused(&late, &[], "the twin of its instance.json");
    // While the ledger's own node runs, the copy's node is read and not written to.
    let node = Node::writing(dir.path(), &[]);
    is_refused(&late, &[], "the twin of its instance.json");
    assert_eq!(node.post(&reports(3, 1)[0]).status, 201);
    assert_eq!(node.end(), 0);
}

/// The twin of the ledger, beside its state directory.
fn twin_of(state: &Path) -> PathBuf {
    let files = fs::read_dir(state).unwrap().map(|item| item.unwrap().path());
    files.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "json")).unwrap()
}

#[test]
fn the_same_folder_starts_whatever_the_system_calls_it() {
    let dir = copied();
    // The state directory lies on the volume of a container, beside the ledger.
    let (ledger, state) = (dir.path().join("ledger"), dir.path().join("state"));
    let words = ["--state", state.to_str().unwrap(), "--key-rate", "0"];
    let starts = |place: usize| {
        let home = tempfile::tempdir().unwrap();
        let node = Node::start_with(dir.path(), &words, |command| {
            // Recreated: nothing of the last container is there but the volume.
            command.env_remove("HATTAMA_STATE").env("HOME", home.path()).env_remove("XDG_STATE_HOME");
        });
        node.until("writing", |node| node.get("/readyz").status == 200);
        assert_eq!(node.post(&reports(place, 1)[0]).status, 201);
        let told = node.told();
        assert_eq!(node.end(), 0);
        told.matches("lies on another device").count()
    };
    assert_eq!(starts(1), 0);
    assert_eq!(starts(2), 0);
    // A reboot that numbers devices anew, or a network file system that is mounted again.
    let twin = twin_of(&state);
    let mut text: serde_json::Value = serde_json::from_slice(&fs::read(&twin).unwrap()).unwrap();
    text["device"] = (text["device"].as_u64().unwrap() + 1).into();
    fs::write(&twin, serde_json::to_vec(&text).unwrap()).unwrap();
    assert_eq!(starts(3), 1);
    // Its newest state on another disk that is mounted in its place: other device, other inodes.
    let away = dir.path().join("away");
    fs::rename(&ledger, &away).unwrap();
    copy_folder(&away, &ledger);
    assert_eq!(starts(4), 2, "one more");
    // By another name for the same folder.
    let linked = dir.path().join("linked");
    fs::create_dir(&linked).unwrap();
    std::os::unix::fs::symlink(&ledger, linked.join("ledger")).unwrap();
    let (code, told) = append(&linked, &reports(5, 1)[0], &words[..2]);
    assert_eq!(code, 0, "{told}");
    // Without any state directory nothing is opened, and with one inside of the folder neither.
    let none = |command: &mut std::process::Command| {
        command.env_remove("HATTAMA_STATE").env_remove("HOME").env_remove("XDG_STATE_HOME");
    };
    let (ledger, mut command) = (ledger.to_str().unwrap(), crate::commands::hattama(&[]));
    none(command.args(["serve", "--ledger", ledger]));
    let out = command.output().unwrap();
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.code() == Some(64) && told.contains("--state"), "{told}");
    let fresh = copied();
    let (code, told) = check(fresh.path(), &["--state", fresh.path().join("ledger/state").to_str().unwrap()]);
    assert!(code == 2 && told.contains("outside of the ledger's folder"), "{code} {told}");
}

#[test]
fn an_image_of_the_whole_machine_is_caught_by_places_and_witnesses_alone() {
    let dir = copied();
    let (state, public) = (dir.path().join("state"), dir.path().join("published"));
    let words = ["--state", state.to_str().unwrap()];
    let (code, told) = append(dir.path(), &reports(1, 1)[0], &words);
    assert_eq!(code, 0, "{told}");
    let image = dir.path().join("image");
    let roll_back = || {
        for name in ["ledger", "state"] {
            fs::remove_dir_all(dir.path().join(name)).unwrap();
            copy_folder(&image.join(name), &dir.path().join(name));
        }
    };
    ["ledger", "state"].iter().for_each(|name| copy_folder(&dir.path().join(name), &image.join(name)));
    let (code, told) = append(dir.path(), &reports(2, 1)[0], &words);
    assert_eq!(code, 0, "{told}");
    // Nothing on this machine tells; docs/operations.md says so.
    roll_back();
    let (code, told) = append(dir.path(), &reports(3, 1)[0], &words);
    assert_eq!(code, 0, "{told}");
    // Published once, the image does not know the place yet: it has to be named, as an operator's file does.
    let (code, told) = publish(dir.path(), &public, &words);
    assert_eq!(code, 0, "{told}");
    roll_back();
    let place = [&words[..], &["--place", public.to_str().unwrap()]].concat();
    let (code, told) = append(dir.path(), &reports(3, 1)[0], &place);
    assert!(code == 1 && told.contains("rolled back"), "{code} {told}");
}
