//! A node that claims to be of another ledger: the id is compared with the entries and not with its word.

use std::{
    io::{self, Read as _, Write as _},
    os::unix::net::{UnixListener, UnixStream},
    thread,
};

use super::{Room, ledger_id, run_words};

/// Answers on a socket as the node behind another one does, but for the ledger that it says it has.
fn claim_another_ledger(at: &str, real: String, claimed: String) {
    let listener = UnixListener::bind(at).unwrap();
    thread::spawn(move || {
        for asker in listener.incoming() {
            let (mut asker, mut node) = (asker.unwrap(), UnixStream::connect(&real).unwrap());
            let (mut asked, mut handed) = (asker.try_clone().unwrap(), node.try_clone().unwrap());
            thread::spawn(move || io::copy(&mut asked, &mut handed));
            let mut answer = Vec::new();
            node.read_to_end(&mut answer).unwrap();
            let line = answer.iter().position(|byte| *byte == b'\n').unwrap_or(answer.len());
            let body = answer.split_off(line);
            let told = String::from_utf8(answer).unwrap();
            let told = told.replacen(
                &format!("\"ledger\":\"{}\"", ledger_id()),
                &format!("\"ledger\":\"{claimed}\""),
                1,
            );
            // Who asked may have gone away.
            let _ = asker.write_all(&[told.as_bytes(), &body].concat());
        }
    });
}

#[test]
fn a_node_that_claims_the_id_of_another_ledger_gets_no_signature() {
    let room = Room::new();
    let _node = room.start(&[]);
    let claimed = "0".repeat(63) + "1";
    claim_another_ledger(&room.path("lying.sock"), room.socket(), claimed.clone());
    let mut words = room.publisher("publisher", "published");
    words[2] = room.path("lying.sock");
    words[6] = claimed;
    let (code, out, err) = run_words(&words);
    assert!(code == 1 && err.contains("nothing was signed"), "{code} {out}{err}");
    assert!(!room.dir.path().join("published").exists() && !room.dir.path().join("ledger/staging").exists());
}
