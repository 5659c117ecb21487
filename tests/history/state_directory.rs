//! The state directory by which a ledger is told from its copies: unset, empty, without a home, not to be written to, on another volume.

use std::{fs, os::unix::fs::MetadataExt as _, path::Path, process::Command};

use super::{append, is_read_only, publish, signed};
use crate::{
    commands::hattama,
    folders::copy_folder,
    serve::{Node, copied, reports},
};

/// `hattama ledger check` of `dir/ledger` with something of its environment changed.
fn check(dir: &Path, words: &[&str], change: impl FnOnce(&mut Command)) -> (i32, String) {
    let (ledger, key) = (dir.join("ledger"), dir.join("ledger/log-key.pem"));
    let own = ["ledger", "check", ledger.to_str().unwrap(), "--log-key", key.to_str().unwrap()];
    let mut command = hattama(&[&own[..], words].concat());
    change(&mut command);
    let out = command.output().unwrap();
    let told = [out.stdout, out.stderr].concat();
    (out.status.code().unwrap(), String::from_utf8(told).unwrap())
}

#[test]
fn where_none_is_named_it_lies_at_home() {
    let dir = copied();
    let home = dir.path().join("home");
    fs::create_dir(&home).unwrap();
    let kept = home.join(".local/state/hattama");
    let bare = |command: &mut Command| {
        command.env_remove("HATTAMA_STATE").env_remove("XDG_STATE_HOME").env_remove("HOME");
    };
    let at_home = |command: &mut Command| {
        bare(command);
        command.env("HOME", &home);
    };
    // Without a home, and with one that depends on where the command is run, nothing is marked and nothing written.
    let before = signed(dir.path());
    for lie in ["", "home", "./home"] {
        let (code, told) = check(dir.path(), &[], |command| {
            bare(command);
            if !lie.is_empty() {
                command.env("HOME", lie).env("XDG_STATE_HOME", lie);
            }
        });
        assert!(code == 64 && told.contains("--state"), "{lie}: {code} {told}");
    }
    assert!(signed(dir.path()) == before && !dir.path().join("ledger/instance.json").exists());
    // At the first opening the ledger is marked there, and opens again.
    assert_eq!(check(dir.path(), &[], at_home).0, 0);
    assert_eq!(
        fs::read_dir(&kept)
            .unwrap()
            .filter(|item| item.as_ref().unwrap().path().extension().unwrap() == "json")
            .count(),
        1
    );
    assert_eq!(check(dir.path(), &[], at_home).0, 0);
    // An empty name is a slip of whoever wrote it, and is said to be one.
    let (code, told) = check(dir.path(), &[], |command| {
        at_home(command);
        command.env("HATTAMA_STATE", "");
    });
    assert!(code == 64 && told.contains("--state"), "{code} {told}");
    // A copy is told by it.
    let other = dir.path().join("other");
    copy_folder(&dir.path().join("ledger"), &other.join("ledger"));
    let (code, told) = check(&other, &[], at_home);
    assert!(
        code == 1 && told.contains("is a copy") && told.contains(kept.to_str().unwrap()),
        "{code} {told}"
    );
    // Another account looks elsewhere, and is told where it was kept.
    let (code, told) = check(dir.path(), &[], |command| {
        bare(command);
        command.env("XDG_STATE_HOME", dir.path().join("xdg"));
    });
    assert!(
        code == 1 && told.contains("xdg/hattama") && told.contains(kept.to_str().unwrap()),
        "{code} {told}"
    );
    assert!(!dir.path().join("xdg").exists(), "looking writes nothing");
    // Who only reads needs none.
    let mut status = hattama(&["ledger", "status", dir.path().join("ledger").to_str().unwrap()]);
    bare(&mut status);
    let out = status.output().unwrap();
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn one_that_cannot_be_written_to_is_named_and_nothing_is_signed() {
    let dir = copied();
    let file = dir.path().join("a file");
    fs::write(&file, "not a folder").unwrap();
    let below = file.join("state");
    // The kernel's own volume takes no folder from anybody.
    for state in [file.as_path(), &below, Path::new("/sys/hattama")] {
        let before = signed(dir.path());
        let (words, new) = (["--state", state.to_str().unwrap()], &reports(1, 1)[0]);
        let to = dir.path().join("published");
        let tried = [
            append(dir.path(), new, &words),
            check(dir.path(), &words, |_| {}),
            publish(dir.path(), &to, &words),
        ];
        for (code, told) in tried {
            assert!(code == 2 && told.contains(words[1]) && told.contains("--state DIR"), "{code} {told}");
        }
        let node = Node::start(dir.path(), &words);
        node.until("read-only", |node| is_read_only(node, words[1]));
        assert!(node.get("/readyz").text().contains("--state DIR"), "{}", node.get("/readyz").text());
        assert_eq!((node.post(new).status, node.get("/entries/0").status), (503, 200));
        assert!(signed(dir.path()) == before && !to.exists());
        if state == file {
            // It goes on by itself.
            fs::remove_file(&file).unwrap();
            node.until("writing", |node| node.get("/readyz").status == 200);
            assert_eq!(node.end(), 0);
            // Where the twin is gone afterwards, the ledger is not told from a copy.
            fs::remove_dir_all(&file).unwrap();
            fs::write(&file, "not a folder").unwrap();
            fs::remove_file(dir.path().join("ledger/instance.json")).unwrap();
            fs::remove_file(dir.path().join("ledger/anchors.json")).unwrap();
        } else {
            assert_eq!(node.end(), 0);
        }
    }
}

#[test]
fn on_another_volume_it_tells_a_copy_as_well() {
    let dir = copied();
    let Ok(shm) = tempfile::tempdir_in("/dev/shm") else {
        eprintln!("skipped: no other volume here (/dev/shm)");
        return;
    };
    if fs::metadata(shm.path()).unwrap().dev() == fs::metadata(dir.path()).unwrap().dev() {
        eprintln!("skipped: /dev/shm is no other volume here");
        return;
    }
    let state = shm.path().join("state");
    let words = ["--state", state.to_str().unwrap()];
    for place in [1, 2] {
        let node = Node::writing(dir.path(), &words);
        assert_eq!(node.post(&reports(place, 1)[0]).status, 201);
        assert!(!node.told().contains("lies on another device"), "{}", node.told());
        assert_eq!(node.end(), 0);
    }
    let other = dir.path().join("other");
    copy_folder(&dir.path().join("ledger"), &other.join("ledger"));
    let (code, told) = append(&other, &reports(3, 1)[0], &words);
    assert!(code == 1 && told.contains("is a copy"), "{code} {told}");
    // A volume that is not mounted, or that lost what it held, is a state directory that knows nothing.
    fs::rename(&state, shm.path().join("away")).unwrap();
    let node = Node::start(dir.path(), &words);
    node.until("read-only", |node| is_read_only(node, "is a copy"));
    assert_eq!(node.end(), 0);
    assert!(!state.exists(), "looking writes nothing");
    fs::rename(shm.path().join("away"), &state).unwrap();
    let (code, told) = append(dir.path(), &reports(3, 1)[0], &words);
    assert_eq!(code, 0, "{told}");
}
