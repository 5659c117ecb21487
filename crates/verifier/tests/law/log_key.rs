//! A log key that was replaced signs checkpoints up to its end, and the new one those beyond.

use law::{Fact, facts::LogKeyReplaced};
use scene::{Scene, statements::root, text};

use super::onlooker::verified;

#[test]
fn a_new_log_key_signs_what_is_larger_and_nothing_else() {
    let mut scene = Scene::before("election-called");
    let before = scene.entries.clone();
    let body = LogKeyReplaced { ground: text("Новая служба"), log_key: scene.cast.key("log-2") };
    scene.say(&root("2025-08-21 09:00", Fact::LogKeyReplaced(body)));
    scene.play("election-called");
    let failing = |entries: &[Vec<u8>], label: &str| {
        let report = verified(entries.to_vec(), scene.checkpoint_by(label, entries));
        let failed = report.findings.iter().filter(|found| found.status == verifier::FindingStatus::Fail);
        failed.map(|found| found.check.id()).collect::<Vec<_>>()
    };
    let whole = scene.entries.clone();
    assert_eq!(failing(&whole, "log-2"), Vec::<&str>::new());
    assert_eq!(failing(&whole, "log"), ["SIG-07"], "the old key beyond its end");
    assert_eq!(failing(&before, "log"), Vec::<&str>::new());
    assert_eq!(failing(&before, "log-2"), ["SIG-07"], "a key of the future");
}
