//! A sample of the law's tests through the store and over HTTP: the node says of an event what the ledger says of it. All of
//! them stand beside the ledger (`crates/ledger/tests`).

use law::Rule;

use super::{Node, key_file};
use crate::{
    refusals::written,
    scene::{Scene, lives, trials},
};

/// One rule of each family.
const SAMPLE: [Rule; 5] = [Rule::Sig05, Rule::Aty01, Rule::Pro03, Rule::Ari08, Rule::Com02];

/// A node that serves a scene as it is.
fn serving(scene: &Scene) -> (tempfile::TempDir, Node) {
    let dir = tempfile::tempdir().unwrap();
    let ledger = dir.path().join("ledger");
    written(scene, &ledger);
    key_file(&ledger.join("service-key.pem"), &scene.cast.secret("cec/service"));
    let node = Node::writing(dir.path(), &[]);
    (dir, node)
}

#[test]
fn a_node_refuses_under_the_rule_under_which_the_ledger_refuses() {
    for rule in SAMPLE {
        let (mut scene, step) = trials::broken(rule);
        let (_dir, node) = serving(&scene);
        let answer = node.post(&scene.sign(&step));
        assert_eq!((answer.status, answer.json()["rule"].as_str()), (422, Some(rule.id())), "{rule}");
        assert_eq!(node.json("/readyz")["entries"].as_u64(), Some(scene.head.size()), "{rule}");
    }
}

#[test]
fn a_node_takes_a_random_life_in_and_comes_to_the_same_tree() {
    let life = lives::live_first_plan();
    let mut start = Scene::new();
    start.said = life.said[..1].to_vec();
    let (dir, node) = serving(&start);
    for signed in &life.said[1..] {
        let answer = node.post(signed);
        assert_eq!(answer.status, 201, "{}: {}", signed.event.fact, answer.text());
    }
    assert_eq!(node.end(), 0);
    let (stored, _) = store::read::snapshot_of(&dir.path().join("ledger")).unwrap();
    assert!(stored == life.entries, "{} entries, {} in the life", stored.len(), life.entries.len());
}
