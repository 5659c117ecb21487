//! What a signer is shown before signing: the sums and the control ratios of a protocol, and its place in the chain.

use std::fs;

use event::{SignedEvent, Stamp};
use law::Fact;
use node::Writer;

use crate::{commands::run, scene::Scene};

#[test]
fn a_protocol_is_added_up_before_anybody_signs() {
    let dir = tempfile::tempdir().unwrap();
    let mut scene = Scene::before("protocol-signed");
    let at = |signed: &SignedEvent| Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
    let ledger = dir.path().join("ledger");
    let mut writer =
        Writer::create(&ledger, &scene.said[0], &scene.cast.secret("log"), at(&scene.said[0])).unwrap();
    for signed in &scene.said[1..] {
        writer.append(&[(signed.clone(), at(signed))]).unwrap().pop().unwrap().unwrap();
    }
    writer.close().unwrap();
    let write = |name: &str, signed: &SignedEvent| {
        let file = dir.path().join(name);
        let mut draft = signed.clone();
        draft.signatures.clear();
        fs::write(&file, event::json::encode(&draft).unwrap()).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let mut step = scene.step("protocol-signed");
    let good = write("good.json", &scene.sign(&step));
    let ledger = ledger.to_str().unwrap();
    let (code, out, err) = run(&["event", "check", &good, "--ledger", ledger]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("ARI-04") && !out.contains("BROKEN") && !out.contains("not known"), "{out}");
    // Without the ledger what was delivered is not known, which is no fault.
    let (code, out, _) = run(&["event", "check", &good]);
    assert!(
        code == 0 && out.contains("not known") && out.contains("line 2 (404) = ballots delivered (?)"),
        "{out}"
    );
    // One vote too many.
    let Fact::ProtocolSigned(body) = &mut step.fact else { panic!() };
    body.protocol.count.votes[0].votes += 1;
    let bad = write("bad.json", &scene.sign(&step));
    let (code, out, err) = run(&["event", "check", &bad, "--ledger", ledger]);
    let broken: Vec<&str> = out.lines().filter(|line| line.starts_with("BROKEN")).collect();
    assert!(code == 1 && broken.len() == 1 && broken[0].contains("ARI-04"), "{code} {out} {err}");
    let (_, out, _) = run(&["event", "check", &bad, "--lang", "kk"]);
    assert!(out.contains("СӘЙКЕС ЕМЕС"), "{out}");
    // Whoever signs has seen it, before a passphrase is asked for.
    let (code, _, err) = run(&["event", "sign", &bad, "--key", "nowhere.pem"]);
    assert!(code != 0 && err.contains("BROKEN"), "{err}");
    // At another place of the chain.
    let Fact::ProtocolSigned(body) = &mut step.fact else { panic!() };
    body.protocol.count.votes[0].votes -= 1;
    let mut elsewhere = scene.sign(&step);
    elsewhere.event = elsewhere.event.with_change(|event| event.author_seq += 1).unwrap();
    let elsewhere = write("elsewhere.json", &elsewhere);
    let (code, _, err) = run(&["event", "check", &elsewhere, "--ledger", ledger]);
    assert!(code == 1 && err.contains("expected place"), "{err}");
    assert_eq!(run(&["event", "check", "nowhere.json"]).0, 2);
}
