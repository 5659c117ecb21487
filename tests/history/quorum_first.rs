//! `serve --quorum-first`: nothing is acknowledged before the quorum, with a second copy beside it and with witnesses that are down.

use std::fs;

use tlog::{policy::Policy, receipt::Receipt};

use super::{NAMES, World, append, is_read_only, signed};
use crate::{
    folders::copy_folder,
    serve::{Node, copied, described, reports, stage},
    witness::Witness,
};

#[test]
fn while_its_witnesses_are_down_a_ledger_is_written_to_under_the_quorum_alone() {
    let dir = copied();
    let world = World::new(dir.path());
    let (_down, at, policy) = world.cosigned_once(dir.path());
    let node = Node::start(dir.path(), &["--policy", &policy]);
    node.until("read-only", |node| is_read_only(node, "--quorum-first"));
    assert_eq!(node.end(), 0);
    let (code, told) = append(dir.path(), &reports(1, 1)[0], &[]);
    assert!(code == 2 && told.contains("--quorum-first"), "{code} {told}");
    // A copy is not the ledger, and waits for nothing.
    let other = dir.path().join("other");
    copy_folder(&dir.path().join("ledger"), &other.join("ledger"));
    let words = ["--policy", policy.as_str(), "--quorum-first", "--key-rate", "0"];
    let node = Node::start(&other, &words);
    node.until("read-only", |node| is_read_only(node, "is a copy"));
    assert_eq!(node.end(), 0);
    let node = Node::writing(dir.path(), &words);
    let (event, size) = (&reports(1, 1)[0], stage().head.size());
    let answer = node.post(event);
    assert_eq!((answer.status, answer.json()["index"].as_u64()), (202, Some(size)), "{}", answer.text());
    let _back = [0, 1].map(|n: usize| {
        let listen = at[n].trim_start_matches("http://");
        Witness::start(world.dirs[n].path(), NAMES[n], &world.vkey, &["--listen", listen])
    });
    node.until("acknowledged", |node| node.post(event).status == 200);
    let answer = node.post(event).json();
    assert!(answer["index"] == size && answer["witnessed"] == true, "{answer}");
    assert_eq!(node.end(), 0);
}

#[test]
fn with_the_quorum_first_nothing_is_acknowledged_that_a_second_root_contradicts() {
    let dir = copied();
    let world = World::new(dir.path());
    let mut witnesses = [world.start(0), world.start(1)];
    let at = [0, 1].map(|n: usize| witnesses[n].address.clone());
    let file = world.policy(dir.path(), [&at[0], &at[1], "http://127.0.0.1:1"]);
    let words = ["--policy", file.as_str(), "--key-rate", "0", "--quorum-first"];
    let other = dir.path().join("other");
    copy_folder(&dir.path().join("ledger"), &other.join("ledger"));
    let (one, two) = (Node::writing(dir.path(), &words), Node::writing(&other, &words));
    let size = stage().head.size();
    let [mine, theirs] = [&reports(1, 2), &reports(2, 1)];
    let answer = one.post(&mine[0]);
    assert!(answer.status == 201 && answer.json()["witnessed"] == true, "{}", answer.text());
    let policy = Policy::parse(&fs::read(&file).unwrap()).unwrap();
    let receipt = Receipt::parse(answer.json()["receipt"].as_str().unwrap().as_bytes()).unwrap();
    let accepted = policy.judge_note(receipt.checkpoint.as_bytes()).unwrap().checkpoint;
    assert_eq!(accepted.size, size + 1);
    // The second copy acknowledges nothing: it takes it in durably and learns then that the witnesses know more, or it has
    // heard so from them already and takes nothing in.
    let description = described::description();
    for _ in 0..2 {
        let answer = two.post(&theirs[0]);
        described::hold(&description, "/events", "post", &answer);
        match answer.status {
            202 => assert_eq!(answer.json()["index"].as_u64(), Some(size), "{}", answer.text()),
            status => assert_eq!(status, 503, "{}", answer.text()),
        }
        assert!(answer.json()["receipt"].is_null());
    }
    let receipt = two.get(&format!("/receipts/{}", theirs[0].hash())).status;
    assert!([404, 503].contains(&receipt), "{receipt}");
    two.until("stopped", |node| is_read_only(node, "two histories") || is_read_only(node, "claim against"));
    assert!(policy.judge_note(&signed(&other).1).is_err());
    assert_eq!(two.end(), 0);
    // Witnesses down: durable, at its place, unacknowledged; up again: acknowledged at the same place.
    witnesses.iter_mut().for_each(Witness::kill);
    let answer = one.post(&mine[1]);
    assert_eq!((answer.status, answer.json()["index"].as_u64()), (202, Some(size + 1)), "{}", answer.text());
    let _back = [0, 1].map(|n: usize| {
        let listen = at[n].trim_start_matches("http://");
        Witness::start(world.dirs[n].path(), NAMES[n], &world.vkey, &["--listen", listen])
    });
    one.until("acknowledged", |node| node.post(&mine[1]).status == 200);
    let answer = one.post(&mine[1]).json();
    assert!(answer["index"] == size + 1 && answer["witnessed"] == true, "{answer}");
    assert_eq!(one.end(), 0);
    // Without a policy there is nobody to wait for.
    let (code, told) = Node::try_start(dir.path(), &["--quorum-first"]).err().expect("refused");
    assert!(code == Some(64) && told.contains("--policy"), "{code:?} {told}");
}
