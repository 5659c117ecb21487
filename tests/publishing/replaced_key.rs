//! A ledger whose log key was replaced: it goes on being published, and the retired key proves nothing beyond its size.

use std::fs;

use event::{Stamp, Time};
use node::{FolderTarget, OfficeSigner, Publisher, Writer};
use verifier::Verdict;

use super::{files, judge};
use crate::scene::{Scene, statements, text};

#[test]
fn a_ledger_whose_log_key_was_replaced_goes_on_being_published() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, to) = (dir.path().join("ledger"), dir.path().join("published"));
    let mut scene = Scene::before("election-called");
    crate::refusals::written(&scene, &ledger);
    let [log, next, seed] = ["log", "log-2", "cec/office-1"].map(|label| scene.cast.secret(label));
    let office = |at: &str| {
        let at = Time::parse(at).unwrap();
        let received = Stamp::from_millis(at.seconds() * 1000).unwrap();
        OfficeSigner { key: node::OfficeKey::Seed(&seed), at, received }
    };
    let publish = |writer: &mut Writer, at: &str| {
        Publisher::default().publish(writer, &ledger, &mut FolderTarget::new(&to), &office(at), None)
    };
    let (mut writer, _) = Writer::open(&ledger, &log).unwrap();
    publish(&mut writer, "2025-08-20T12:00:00+05:00").unwrap();
    let log_key = scene.cast.key("log-2");
    let body = law::facts::LogKeyReplaced { ground: text("Новая служба"), log_key };
    scene.say(&statements::root("2025-08-21 09:00", law::Fact::LogKeyReplaced(body)));
    let signed = scene.said.last().unwrap().clone();
    let received = Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
    let error = writer.append(&[(signed, received)]).unwrap_err();
    assert!(matches!(error, node::AppendError::LogKey { .. }), "{error}");
    drop(writer);
    // What lies there is under the old key, which was in force at its size.
    let (mut writer, _) = Writer::open(&ledger, &next).unwrap();
    let done = publish(&mut writer, "2025-08-21T10:00:00+05:00").unwrap();
    assert_eq!(done.n, 2);
    assert_ne!(judge(&files(&to)).verdict(), Verdict::Failed, "{}", judge(&files(&to)).to_text());
    drop(writer);
    // Whoever stole the old key proves nothing with it beyond this ledger's size.
    let thief = dir.path().join("thief");
    fs::create_dir(&thief).unwrap();
    let signer = tlog::note::NoteSigner::new("test.example/hattama/scene", &log).unwrap();
    let claimed = tlog::checkpoint::Checkpoint {
        origin: "test.example/hattama/scene".to_owned(),
        size: 1000,
        root: [7; 32],
        extensions: Vec::new(),
    };
    fs::write(thief.join("checkpoint"), claimed.sign(&signer).unwrap()).unwrap();
    let key = dir.path().join("log-2.pem");
    crate::serve::key_file(&key, &next);
    let words = ["ledger", "check", ledger.to_str().unwrap(), "--log-key", key.to_str().unwrap()];
    let (code, _, told) = crate::commands::run(&[&words[..], &["--place", thief.to_str().unwrap()]].concat());
    assert!(
        code == 1 && told.contains("no log key in force") && !told.contains("rolled back"),
        "{code} {told}"
    );
    assert!(!ledger.join("contradictions").exists());
    let (code, _, told) = crate::commands::run(&words);
    assert_eq!(code, 0, "{told}");
}
