//! Vectors of policies: `policy`.
//!
//! Most keys in there are no points of the curve, or nobody has their seeds. So each is replaced by
//! a key of ours, the same for the same bytes: then checkpoints can be signed and judged for real.

use std::collections::BTreeMap;

use serde_json::Value;
use tlog::checkpoint::Checkpoint;
use tlog::cosignature::Cosigner;
use tlog::note::NoteSigner;
use tlog::policy::{JudgeError, Policy, PolicyError};

use crate::{array, json, text, unbase64};

/// The seed that stands for each public key, counted from one.
#[derive(Default)]
struct Seeds(BTreeMap<Vec<u8>, [u8; 32]>);

impl Seeds {
    /// Reads the name and type of a key, and the seed that stands for it.
    fn of(&mut self, key: &str) -> (String, u8, [u8; 32]) {
        let parts: Vec<_> = key.splitn(3, '+').collect();
        let material = unbase64(&Value::from(parts[2]));
        let next = u8::try_from(self.0.len()).unwrap() + 1;
        let seed = *self.0.entry(material[1..].to_vec()).or_insert([next; 32]);
        (parts[0].to_owned(), material[0], seed)
    }

    /// Replaces every key in a policy.
    fn replace(&mut self, policy: &str) -> String {
        let replaced = |item: &str| match item.split('+').count() {
            1 => item.to_owned(),
            _ => match self.of(item) {
                (name, 1, seed) => NoteSigner::new(&name, &seed).unwrap().verifier_key().encode(),
                (name, _, seed) => Cosigner::new(&name, &seed).unwrap().cosigner_key().encode(),
            },
        };
        let lines: Vec<_> = policy.split('\n').collect();
        let items: Vec<String> = lines.join(" \n ").split(' ').map(replaced).collect();
        items.join(" ").replace(" \n ", "\n")
    }
}

#[test]
fn valid_policies() {
    let Some(file) = json("policy/tlog-policy.json") else { return };
    let mut rows = 0;
    for case in array(&file["valid"]) {
        let mut seeds = Seeds::default();
        let replaced = seeds.replace(text(&case["policy"]));
        let policy = Policy::parse(replaced.as_bytes()).unwrap();
        let counts = (policy.logs().len() as u64, policy.witnesses().len() as u64);
        assert_eq!((Some(counts.0), Some(counts.1)), (case["logs"].as_u64(), case["witnesses"].as_u64()));
        // Any one of the logs may sign: the verdict does not depend on which.
        for log in text(&case["policy"]).split_whitespace().filter(|item| item.starts_with("log-")) {
            let (name, _, seed) = seeds.of(log);
            let head = Checkpoint { origin: name.clone(), size: 9, root: [7; 32], extensions: Vec::new() };
            let note = head.sign(&NoteSigner::new(&name, &seed).unwrap()).unwrap();
            for row in array(&case["truth_table"]) {
                let cosigned: Vec<_> = array(&row["cosigned"]).iter().map(text).collect();
                let lines = cosigned.iter().map(|witness| {
                    let found =
                        policy.witnesses().iter().find(|known| known.name == witness.as_bytes()).unwrap();
                    let seed = seeds.0.values().find(|seed| {
                        let cosigner = Cosigner::new(found.key.name(), seed).unwrap();
                        *cosigner.cosigner_key() == found.key
                    });
                    let cosigner = Cosigner::new(found.key.name(), seed.unwrap()).unwrap();
                    cosigner.sign(&head.text(), 1).unwrap().encode()
                });
                let note = note.clone() + &lines.collect::<String>();
                let verdict = policy.judge_note(note.as_bytes());
                if row["sufficient"].as_bool().unwrap() {
                    let judged = verdict.unwrap();
                    assert_eq!(
                        (judged.log.name(), judged.cosignatures.len()),
                        (name.as_str(), cosigned.len())
                    );
                } else {
                    assert!(matches!(verdict, Err(JudgeError::Quorum(_))), "{cosigned:?}: {verdict:?}");
                }
                rows += 1;
            }
        }
    }
    // Nine rows under each of three logs, and fourteen rows under one.
    assert_eq!((array(&file["valid"]).len(), rows), (2, 41));
}

/// As they are published, their keys are refused: they are no points, and nothing else is wrong.
#[test]
fn keys_that_are_no_points() {
    let Some(file) = json("policy/tlog-policy.json") else { return };
    for case in array(&file["valid"]) {
        let fault = Policy::parse(text(&case["policy"]).as_bytes()).unwrap_err();
        let of_key = matches!(fault, PolicyError::LogKey { .. } | PolicyError::WitnessKey { .. });
        assert!(of_key, "{fault}");
        eprintln!(
            "skipped: policy \"{}\" with its own keys ({fault}); judged with keys of ours",
            text(&case["name"])
        );
    }
}

#[test]
fn invalid_policies() {
    let Some(file) = json("policy/tlog-policy.json") else { return };
    for case in array(&file["invalid"]) {
        let name = text(&case["name"]);
        let fault = Policy::parse(Seeds::default().replace(text(&case["policy"])).as_bytes()).unwrap_err();
        let expected = match name {
            "empty" | "missing quorum" => matches!(fault, PolicyError::NoQuorum { .. }),
            "invalid control char (formfeed)" => fault == PolicyError::Octet { line: 1, found: 0x0c },
            "invalid control char (DEL)" => fault == PolicyError::Octet { line: 1, found: 0x7f },
            "duplicate log" => matches!(fault, PolicyError::DuplicateLog { line: 3, .. }),
            "end-of-line comment" => fault == PolicyError::LogItems { line: 2, found: 3 },
            "duplicate witness" => matches!(fault, PolicyError::DuplicateWitness { line: 3, .. }),
            "duplicate name" => matches!(fault, PolicyError::DuplicateName { line: 3, .. }),
            "duplicate none" => fault == PolicyError::ReservedName { line: 2 },
            "undef name" => matches!(fault, PolicyError::UndefinedName { line: 4, .. }),
            "repeated member" => matches!(fault, PolicyError::SecondMembership { line: 4, .. }),
            "member in two groups" => matches!(fault, PolicyError::SecondMembership { line: 6, .. }),
            "none as member" => fault == PolicyError::NoneAsMember { line: 4 },
            other => panic!("unknown case {other}"),
        };
        assert!(expected, "{name}: {fault}");
    }
    assert_eq!(array(&file["invalid"]).len(), 13);
}
