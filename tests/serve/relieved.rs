//! Who may use the control socket, and one process after the other on one ledger.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf, process::Command};

use super::{
    Node, bytes_of,
    controlled::{Room, replacement, verified},
    key_file, reports, stage,
};

/// Who may ask is the affair of permissions and of the system; needs root and another account.
#[test]
fn another_account_may_what_its_group_lets_it() {
    let root = Command::new("id").arg("-u").output().is_ok_and(|told| told.stdout == b"0\n");
    let setpriv = Command::new("setpriv").arg("--version").output().is_ok();
    if !(root && setpriv) {
        eprintln!("skipped: no root, or no setpriv, to ask as another account");
        return;
    }
    let room = Room::new();
    let outside = tempfile::tempdir().unwrap();
    fs::set_permissions(outside.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let (socket, program) = (outside.path().join("control.sock"), outside.path().join("hattama"));
    fs::copy(env!("CARGO_BIN_EXE_hattama"), &program).unwrap();
    let nobody = |words: &[&str]| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).arg(&program);
        command.args(["control", "--node", socket.to_str().unwrap()]).args(words).current_dir("/");
        let told = command.output().unwrap();
        (told.status.code().unwrap(), String::from_utf8_lossy(&told.stderr).into_owned())
    };
    let control = ["--control", socket.to_str().unwrap()];
    let node = Node::writing(room.dir.path(), &control);
    let (code, err) = nobody(&["check"]);
    assert!(code == 2 && err.contains("it belongs into the socket's group"), "{code} {err}");
    // Even where somebody opened the file to all, the system says who asks.
    fs::set_permissions(&socket, fs::Permissions::from_mode(0o666)).unwrap();
    let (code, err) = nobody(&["check"]);
    assert!(code == 1 && err.contains("found user 65534"), "{code} {err}");
    assert_eq!(node.end(), 0);
    let node = Node::writing(room.dir.path(), &[&control[..], &["--control-group", "65534"]].concat());
    assert_eq!(fs::symlink_metadata(&socket).unwrap().permissions().mode() & 0o777, 0o660);
    assert_eq!(nobody(&["check"]).0, 0);
    let (event, key) = (outside.path().join("event.json"), outside.path().join("key.pem"));
    let cast = demo::cast::Cast::new(demo::SEED);
    fs::write(&event, bytes_of(&replacement(cast.public_key("log-2")))).unwrap();
    key_file(&key, &cast.secret("log-2"));
    std::os::unix::fs::chown(&key, Some(65534), Some(65534)).unwrap();
    let (code, err) =
        nobody(&["replace-log-key", event.to_str().unwrap(), "--log-key", key.to_str().unwrap()]);
    assert!(code == 1 && err.contains("an account of the socket's group"), "{code} {err}");
    assert_eq!(node.end(), 0);
    let (code, err) =
        Node::try_start(room.dir.path(), &[&control[..], &["--control-group", "no-such"]].concat())
            .err()
            .expect("no such group");
    assert!(code == Some(64) && err.contains("/etc/group"), "{err}");
}

/// One process after the other on one ledger, while commissions send: nothing acknowledged is lost, and there is one history. `HATTAMA_OLD_PROGRAM`
/// names the program of an older version that serves first.
#[test]
fn a_rolling_upgrade_loses_nothing() {
    let room = Room::new();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let words = ["--listen", port.as_str(), "--key-rate", "0"];
    let old: Option<PathBuf> = std::env::var_os("HATTAMA_OLD_PROGRAM").map(PathBuf::from);
    let start = |old: Option<&PathBuf>| {
        Node::start_with(room.dir.path(), &words, |command| {
            let Some(old) = old else { return };
            let mut other = Command::new(old);
            other.args(command.get_args()).env("HATTAMA_STATE", crate::commands::state_directory());
            *command = other;
        })
    };
    let mut node = start(old.as_ref());
    let events = reports(0, 300);
    let address = format!("http://{port}/events");
    let sent = std::thread::scope(|scope| {
        let sender = scope.spawn(|| {
            let mut put_off = 0;
            for event in &events {
                // As a commission's program does: the same bytes again until yes or no.
                loop {
                    match super::sent(&address, "application/json", &bytes_of(event)) {
                        Ok(answer) if matches!(answer.status, 200 | 201) => break,
                        Ok(answer) => assert!(matches!(answer.status, 408 | 429 | 503), "{}", answer.text()),
                        Err(_) => {}
                    }
                    put_off += 1;
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
            }
            put_off
        });
        for _ in 0..3 {
            std::thread::sleep(std::time::Duration::from_millis(700));
            // The old one is gone before the new one begins: there is one writer at a time.
            node.ask_to_end();
            assert_eq!(node.code(), 0);
            node = start(None);
            node.until("writing", |node| node.get("/readyz").status == 200);
        }
        sender.join().unwrap()
    });
    assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(stage().head.size() + 300));
    let (code, size) = verified(&node.address);
    assert_eq!((code, size), (0, stage().head.size() + 300));
    eprintln!("300 events over three changes of the process: {sent} sendings were put off, none was lost");
    assert_eq!(node.end(), 0);
}
