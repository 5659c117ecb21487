//! Answers that cannot be given and commands that are interrupted: a full standard output is an error of every command, and `ledger new`
//! can be repeated wherever it was killed.

use std::{fs, path::Path, process::Stdio};

use crate::{
    commands::{hattama, run},
    serve::{copied, failing::library, key_file},
};

#[test]
fn a_full_standard_output_is_an_error_in_every_command() {
    let dir = copied();
    let at = |inner: &str| dir.path().join(inner).to_str().unwrap().to_owned();
    let (ledger, key) = (at("ledger"), at("ledger/log-key.pem"));
    let receipt = at("receipt.txt");
    let commands: Vec<Vec<&str>> = vec![
        vec!["--help"],
        vec!["--version"],
        vec!["verify", "--help"],
        vec!["checks"],
        vec!["checks", "--json"],
        vec!["ledger", "status", &ledger],
        vec!["ledger", "status", &ledger, "--json"],
        vec!["ledger", "check", &ledger, "--log-key", &key],
        vec!["verify", &ledger],
        vec!["verify", &ledger, "--json"],
        vec!["verify", &ledger, "--report", &receipt, "--json"],
        vec!["results", &ledger],
        vec!["summary", &ledger],
        vec!["diff", &ledger, &ledger],
        vec!["checkpoint", "show", &ledger],
        vec!["key", "show", &key],
        vec!["event", "facts"],
    ];
    for words in commands {
        let told = hattama(&words).output().unwrap();
        if told.stdout.is_empty() {
            continue;
        }
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let done = hattama(&words).stdout(full).stderr(Stdio::piped()).output().unwrap();
        let err = String::from_utf8(done.stderr).unwrap();
        let code = told.status.code().unwrap();
        let expected = if code == 0 { 2 } else { code };
        assert!(
            done.status.code() == Some(expected) && err.contains("No space left"),
            "{words:?} {:?} {err}",
            done.status
        );
    }
}

#[test]
fn a_ledger_whose_creation_was_killed_anywhere_can_be_created() {
    let Some(library) = library() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut cast = demo::cast::Cast::new(demo::SEED);
    let charter = demo::semey_charter(&mut cast).unwrap();
    let (file, key) = (folder.path().join("charter.json"), folder.path().join("log.pem"));
    fs::write(&file, event::json::encode(&charter).unwrap()).unwrap();
    key_file(&key, &cast.secret("log"));
    let new = |dir: &Path, kill_at: Option<u32>| {
        let words = ["ledger", "new", dir.to_str().unwrap(), "--genesis", file.to_str().unwrap()];
        let mut command = hattama(&[&words[..], &["--log-key", key.to_str().unwrap()]].concat());
        if let Some(at) = kill_at {
            command.env("LD_PRELOAD", library).env("HATTAMA_KILL_AT", at.to_string());
        }
        let done = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (done.status.code(), text(done.stdout), text(done.stderr))
    };
    let (code, id, err) = new(&folder.path().join("whole"), None);
    assert!(code == Some(0) && id.trim().len() == 64, "{code:?} {err}");
    let mut kills = 0;
    for at in 1.. {
        let dir = folder.path().join(format!("killed-{at}"));
        let (code, ..) = new(&dir, Some(at));
        if code.is_some() {
            assert_eq!(code, Some(0));
            break;
        }
        kills += 1;
        let (code, again, err) = new(&dir, None);
        assert_eq!((code, &again), (Some(0), &id), "killed at {at}: {err}");
        let (code, out, err) = run(&["verify", dir.to_str().unwrap()]);
        assert!(matches!(code, 0 | 2), "killed at {at}: {out}{err}");
    }
    assert!(kills > 5, "{kills} kills");
    // Whole, it is the same ledger; with another charter or more entries it is somebody's.
    let whole = folder.path().join("whole");
    assert_eq!(new(&whole, None), (Some(0), id, new(&whole, None).2));
    let grown = copied();
    let (code, _, err) = new(&grown.path().join("ledger"), None);
    assert!(code == Some(2) && err.contains("found one"), "{code:?} {err}");
}
