//! What the ledger would refuse is said by draft and by check, before anybody signs: one refusal of each rule, on the real program.

use std::{collections::BTreeMap, fs};

use event::{Hash, SignedEvent, Stamp};
use law::Rule;

use crate::{
    commands::run,
    scene::{
        Scene,
        trials::{self, How},
    },
};

/// Refusals that this test has to say, at least.
const REFUSALS_MIN: usize = 25;

/// A folder with a scene as a ledger of its own, and a paper.
pub(crate) struct Room {
    dir: tempfile::TempDir,
}

impl Room {
    /// The scene before one of its steps.
    pub(crate) fn before(step: &str) -> Self {
        Self::of(&mut Scene::before(step))
    }

    /// A scene as it is.
    pub(crate) fn of(scene: &mut Scene) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let at = |signed: &SignedEvent| Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
        let (first, rest) = scene.said.split_first().unwrap();
        let mut writer =
            node::Writer::create(&dir.path().join("ledger"), first, &scene.cast.secret("log"), at(first))
                .unwrap();
        let rest: Vec<_> = rest.iter().map(|signed| (signed.clone(), at(signed))).collect();
        for answer in writer.append(&rest).unwrap() {
            answer.unwrap();
        }
        writer.close().unwrap();
        fs::write(dir.path().join("paper.pdf"), "paper").unwrap();
        Self { dir }
    }

    /// A name in the folder.
    pub(crate) fn at(&self, name: &str) -> String {
        self.dir.path().join(name).display().to_string()
    }
}

/// The first refusal of each rule that a draft can promise, and that no order of rows mends.
fn chosen() -> Vec<&'static trials::Trial> {
    let mut first: BTreeMap<Rule, &trials::Trial> = BTreeMap::new();
    let refused = |trial: &&trials::Trial| {
        matches!(trial.how, How::Refused) && trial.rule.unforeseen().is_none() && trial.rule != Rule::Com04
    };
    for trial in trials::all().filter(refused) {
        first.entry(trial.rule).or_insert(trial);
    }
    first.into_values().collect()
}

#[test]
fn a_refusal_of_each_rule_is_said_by_draft_and_by_check() {
    let mut rooms: BTreeMap<Hash, Room> = BTreeMap::new();
    let (mut told, mut wrong) = (Vec::new(), Vec::new());
    for trial in chosen() {
        let (mut scene, mut step) = (trial.lawful)();
        (trial.broken)(&mut scene, &mut step);
        let Ok(signed) = scene.try_sign(&step) else { continue };
        let root = scene.head.root();
        let room = rooms.entry(root).or_insert_with(|| Room::of(&mut scene));
        let (ledger, body, file) = (room.at("ledger"), room.at("body.json"), room.at("event.json"));
        let out = room.at("draft.json");
        fs::write(&body, signed.event.body.text()).unwrap();
        fs::write(&file, event::json::encode(&signed).unwrap()).unwrap();
        let signers: Vec<String> = signed.event.signers.iter().map(ToString::to_string).collect();
        let at = signed.event.at.to_string();
        let mut words = vec![
            "event",
            "draft",
            signed.event.fact.as_str(),
            "--ledger",
            &ledger,
            "--author",
            &step.author,
            "--desk",
            &step.desk,
            "--body",
            &body,
            "--at",
            &at,
            "--out",
            &out,
        ];
        if let Some(election) = &step.election {
            words.extend(["--election", election]);
        }
        signers.iter().for_each(|key| words.extend(["--signer", key]));
        let id = trial.rule.id();
        for (how, words) in [("draft", words), ("check", vec!["event", "check", &file, "--ledger", &ledger])]
        {
            let (code, said, err) = run(&words);
            // A ratio that does not hold is said as such, before the law is asked.
            let named = err.contains(id) || said.contains(id);
            if code != 1 || !named || !err.contains("expected") {
                wrong.push(format!("{how}, {id}, {}: {code} {err}", trial.what));
            }
        }
        assert!(!std::path::Path::new(&out).exists(), "{id}: a draft was written");
        told.push(id);
    }
    eprintln!("{} refusals said by draft and check: {}", told.len(), told.join(" "));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(told.len() >= REFUSALS_MIN, "{}", told.len());
}
