//! A ledger that was neither published nor cosigned has no second copy that anybody could find: it takes the CEC's events alone.

use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicI64, Ordering},
};

use event::SignedEvent;

use super::{World, append, is_read_only, publish, signed};
use crate::{
    commands::run,
    serve::{Node, described, key_file, start},
};

/// A ledger under the machine's clock in which everything is real, or one that is a test; with events of the CEC and then one of another
/// commission, which follow.
fn new_ledger(dir: &Path, test: bool) -> (Vec<SignedEvent>, SignedEvent) {
    let mut cast = demo::cast::Cast::new(demo::SEED);
    let mut charter = start::charter_of_now(&mut cast);
    let law::Fact::LedgerOpened(mut body) =
        law::Fact::read_body("ledger-opened", charter.event.body.text().as_bytes()).unwrap()
    else {
        panic!()
    };
    body.test = test;
    if !test {
        // Only a test may have figures that are made up.
        body.synthetic.clear();
    }
    // Two of one second would be one ledger (tests begin at different seconds: hours apart, none meet), and the charter as it is belongs to other tests.
    static MADE: AtomicI64 = AtomicI64::new(1);
    let at = charter.event.at.seconds() - 7_200 * MADE.fetch_add(1, Ordering::Relaxed);
    let at = event::Time::parse(&demo::act::semey_clock(at)).unwrap();
    charter.event = charter
        .event
        .with_change(|event| {
            event.body = law::Fact::LedgerOpened(body).body().unwrap();
            event.at = at;
        })
        .unwrap();
    charter.signatures.clear();
    let labels: Vec<String> =
        (1..).map(|n| format!("cec/root-{n}")).take(charter.event.signers.len()).collect();
    cast.sign(&mut charter, &labels).unwrap();
    let path = dir.join("ledger");
    let (file, key) = (dir.join("charter.json"), dir.join("log-key.pem"));
    fs::write(&file, event::json::encode(&charter).unwrap()).unwrap();
    key_file(&key, &cast.secret("log"));
    let words = ["ledger", "new", path.to_str().unwrap(), "--genesis", file.to_str().unwrap()];
    let (code, out, err) = run(&[&words[..], &["--log-key", key.to_str().unwrap()]].concat());
    assert_eq!(code, 0, "{out}{err}");
    for (label, name) in [("log", "ledger/log-key.pem"), ("cec/service", "ledger/service-key.pem")] {
        key_file(&dir.join(name), &cast.secret(label));
    }
    key_file(&dir.join("office.pem"), &cast.secret("cec/office-1"));
    let mut head = ledger::Head::default();
    // What follows names the tree that the program made.
    let (entries, _) = store::read::snapshot_of(&path).unwrap();
    let now = ledger::Entry::decode(&entries[0]).unwrap().received();
    head.extend(ledger::judge_event(&head, &charter, now).unwrap());
    let seen = head.as_seen();
    let mut acts =
        demo::commission_acts(&mut cast, head.state().ledger.unwrap(), &[demo::semey_contest()]).unwrap();
    acts.sort_by_key(|act| act.at);
    let mut own = Vec::new();
    for mut act in acts {
        act.at = now.millis() / 1000;
        let mut signed = demo::act::sign_act(&head, &mut cast, &act).unwrap();
        // The program received the charter at another time, so that its tree is not this one.
        signed.event = signed.event.with_change(|event| event.seen = seen).unwrap();
        signed.signatures.clear();
        cast.sign(&mut signed, &act.signers).unwrap();
        head.extend(ledger::judge_event(&head, &signed, now).unwrap());
        if signed.event.author.as_str() != "cec" {
            return (own, signed);
        }
        own.push(signed);
    }
    panic!("no event of another commission");
}

#[test]
fn a_ledger_that_nobody_has_seen_takes_events_of_the_cec_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (own, other) = new_ledger(dir.path(), false);
    let (last, first) = own.split_last().unwrap();
    for signed in first {
        let (code, told) = append(dir.path(), signed, &[]);
        assert_eq!(code, 0, "{told}");
    }
    let node = Node::writing(dir.path(), &["--key-rate", "0"]);
    assert_eq!(node.post(last).status, 201);
    let answer = node.post(&other);
    described::hold(&described::description(), "/events", "post", &answer);
    assert!(answer.status == 503 && answer.text().contains("of the CEC alone"), "{}", answer.text());
    assert!(answer.json()["type"].as_str().unwrap().ends_with("/read-only"), "{}", answer.text());
    assert_eq!(node.end(), 0);
    // By whatever address, whoever is asked.
    let (code, told) = append(dir.path(), &other, &["--accept-unanchored"]);
    assert!(code == 2 && told.contains("of the CEC alone"), "{code} {told}");
    let office = dir.path().join("office.pem");
    let public = dir.path().join("published");
    let (ledger, to) = (dir.path().join("ledger"), public.to_str().unwrap());
    let words = ["publish", "--ledger", ledger.to_str().unwrap(), "--to", to, "--office-key"];
    let (code, out, err) = run(&[&words[..], &[office.to_str().unwrap()]].concat());
    assert_eq!(code, 0, "{out}{err}");
    let (code, told) = append(dir.path(), &other, &[]);
    assert_eq!(code, 0, "{told}");
}

#[test]
fn a_witness_that_cosigned_lets_the_others_in_while_the_node_runs() {
    let dir = tempfile::tempdir().unwrap();
    let (own, other) = new_ledger(dir.path(), false);
    let world = World::new(dir.path());
    let policy = world.policy(dir.path(), ["http://127.0.0.1:1", "http://127.0.0.1:1", "http://127.0.0.1:1"]);
    let words = ["--policy", policy.as_str(), "--key-rate", "0", "--accept-unanchored"];
    // Nobody answers, and this ledger was never shown.
    let node = Node::writing(dir.path(), &words);
    node.until("asked", |node| node.post(&own[0]).status == 201 || node.post(&own[0]).status == 200);
    own[1..].iter().for_each(|signed| assert_eq!(node.post(signed).status, 201));
    assert_eq!(node.post(&other).status, 503);
    assert_eq!(node.end(), 0);
    let witnesses = [world.start(0), world.start(1)];
    let policy =
        world.policy(dir.path(), [&witnesses[0].address, &witnesses[1].address, "http://127.0.0.1:1"]);
    let node = Node::writing(dir.path(), &["--policy", &policy, "--key-rate", "0"]);
    node.until("cosigned", |node| node.post(&other).status == 201);
    assert_eq!(node.end(), 0);
}

#[test]
fn a_test_ledger_is_exempt_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let (own, other) = new_ledger(dir.path(), true);
    let node = Node::writing(dir.path(), &["--key-rate", "0"]);
    assert!(node.told().contains("a test ledger"), "{}", node.told());
    own.iter().for_each(|signed| assert_eq!(node.post(signed).status, 201));
    assert_eq!(node.end(), 0);
    let (code, told) = append(dir.path(), &other, &[]);
    assert!(code == 0 && told.contains("this is a test ledger"), "{code} {told}");
}

#[test]
fn entries_alone_are_a_copy_and_a_charter_makes_one_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let (own, _) = new_ledger(dir.path(), false);
    let (code, told) = append(dir.path(), &own[0], &[]);
    assert_eq!(code, 0, "{told}");
    let (ledger, state) = (dir.path().join("ledger"), dir.path().join("state of another machine"));
    // Nothing was taken along by which a copy is told: journal, head, and the keys.
    let other = dir.path().join("other");
    fs::create_dir_all(other.join("ledger")).unwrap();
    for name in ["journal", "head", "log-key.pem", "service-key.pem"] {
        fs::copy(ledger.join(name), other.join("ledger").join(name)).unwrap();
    }
    let before = signed(&other);
    for words in [&[][..], &["--state", state.to_str().unwrap()]] {
        let node = Node::start(&other, words);
        node.until("read-only", |node| is_read_only(node, "is a copy"));
        assert_eq!(node.post(&own[1]).status, 503);
        assert_eq!(node.end(), 0);
        let (code, told) = append(&other, &own[1], words);
        assert!(code == 1 && told.contains("is a copy"), "{code} {told}");
        fs::copy(dir.path().join("office.pem"), other.join("office.pem")).unwrap();
        let (code, told) = publish(&other, &dir.path().join("elsewhere"), words);
        assert!(code != 0 && told.contains("is a copy"), "{code} {told}");
    }
    assert_eq!(signed(&other), before);
    assert!(!dir.path().join("elsewhere").exists());
    // The same charter once more: elsewhere, and where the ledger was.
    let new = |at: &Path| {
        let (file, key) = (dir.path().join("charter.json"), dir.path().join("log-key.pem"));
        let words = ["ledger", "new", at.to_str().unwrap(), "--genesis", file.to_str().unwrap()];
        let (code, out, err) = run(&[&words[..], &["--log-key", key.to_str().unwrap()]].concat());
        (code, format!("{out}{err}"))
    };
    let second = dir.path().join("second");
    let (code, told) = new(&second);
    assert!(code == 1 && told.contains("expected a charter of which no ledger was made"), "{code} {told}");
    assert!(!second.exists());
    fs::rename(&ledger, dir.path().join("away")).unwrap();
    let (code, told) = new(&ledger);
    assert!(code == 1 && told.contains("a second one would sign another root"), "{code} {told}");
    fs::rename(dir.path().join("away"), &ledger).unwrap();
    // The ledger itself goes on.
    let (code, told) = append(dir.path(), &own[1], &[]);
    assert_eq!(code, 0, "{told}");
}
