//! Properties of cosignatures, policies, receipts and witnesses, over values that nobody chose.
//!
//! Contains what is written is read back, and a changed byte is refused or is another value's one
//! spelling; a quorum is what the plain definition of it says; a witness never follows a fork. Does
//! not contain every fault by its name, which stands beside the code.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use proptest::prelude::*;
use proptest::sample::Index;
use tlog::checkpoint::{Checkpoint, MAX_SIZE};
use tlog::cosignature::{Cosigner, CosignerKey, MAX_TIME, attach_cosignatures};
use tlog::note::{Note, NoteSigner, VerifierKey};
use tlog::policy::Policy;
use tlog::receipt::Receipt;
use tlog::tree::{Tree, leaf_hash};
use tlog::witness::{AddCheckpoint, Recorded, decide_request};

const ORIGIN: &str = "example.com/log";

fn log() -> NoteSigner {
    NoteSigner::new(ORIGIN, &[1; 32]).unwrap()
}

fn cosigner(seed: u8) -> Cosigner {
    Cosigner::new(&format!("w{seed}"), &[seed; 32]).unwrap()
}

fn head(size: u64, root: [u8; 32]) -> Checkpoint {
    Checkpoint { origin: ORIGIN.to_owned(), size, root, extensions: Vec::new() }
}

/// A tree whose leaves from `fork` on are other ones.
fn tree(size: u64, fork: u64) -> Tree {
    let mut tree = Tree::default();
    (0..size).for_each(|i| tree.push(leaf_hash(&[u8::from(i >= fork), i.to_be_bytes()[7]])));
    tree
}

/// A group of a policy: its threshold, and the members it takes of those that are still free.
type Taken = (Index, Vec<Index>);

/// Writes groups over `free` names, and tells of each its threshold and the names in it.
fn groups_of(mut free: Vec<String>, taken: &[Taken]) -> (String, Vec<(String, usize, Vec<String>)>) {
    let (mut text, mut groups) = (String::new(), Vec::new());
    for (i, (threshold, members)) in taken.iter().enumerate() {
        let count = members.len().min(free.len());
        let members: Vec<_> =
            members[..count].iter().map(|member| free.remove(member.index(free.len()))).collect();
        let threshold = threshold.index(count) + 1;
        text.push_str(&format!("group g{i} {threshold} {}\n", members.join(" ")));
        groups.push((format!("g{i}"), threshold, members));
        free.push(format!("g{i}"));
    }
    (text, groups)
}

/// The definition of a quorum, word for word.
fn witnessed(name: &str, groups: &[(String, usize, Vec<String>)], cosigned: &[String]) -> bool {
    groups.iter().find(|group| group.0 == name).map_or_else(
        || cosigned.iter().any(|witness| witness == name),
        |(_, threshold, members)| {
            members.iter().filter(|member| witnessed(member, groups, cosigned)).count() >= *threshold
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cosignatures(
        seed in any::<[u8; 32]>(), name in "[a-zé./]{1,20}",
        size in 0..=MAX_SIZE, root in any::<[u8; 32]>(), time in 1..=MAX_TIME,
        at in any::<Index>(), bit in 0..8_u32,
    ) {
        let cosigner = Cosigner::new(&name, &seed).unwrap();
        let key = cosigner.cosigner_key();
        prop_assert_eq!(CosignerKey::parse(&key.encode()), Ok(key.clone()));
        let text = head(size.max(1), root).text();
        let line = cosigner.sign(&text, time).unwrap();
        prop_assert_eq!(key.verify(&text, &line), Ok(time));
        // Any one bit of the text, and any one bit of the line as it is written.
        let mut other = text.clone().into_bytes();
        let spoilt = at.index(other.len());
        other[spoilt] ^= 1 << bit;
        if let Ok(other) = String::from_utf8(other) {
            prop_assert!(key.verify(&other, &line).is_err());
        }
        let mut note = format!("{text}\n{}", line.encode()).into_bytes();
        let spoilt = text.len() + 1 + at.index(note.len() - text.len() - 1);
        note[spoilt] ^= 1 << bit;
        if let Ok(note) = Note::parse(&note) {
            prop_assert!(note.signatures().iter().all(|line| key.verify(note.text(), line).is_err()));
        }
    }

    /// Whatever arrives in whatever order, the note holds the log's line and the latest of each witness.
    #[test]
    fn attached(answers in prop::collection::vec((2..6_u8, 1..50_u64), 1..12)) {
        let keys: Vec<_> = (2..5).map(|seed| cosigner(seed).cosigner_key().clone()).collect();
        let checkpoint = head(3, [9; 32]);
        let signed = checkpoint.sign(&log()).unwrap();
        let (mut note, mut latest) = (signed.clone(), [0; 6]);
        for (seed, time) in answers {
            let line = cosigner(seed).sign(&checkpoint.text(), time).unwrap().encode();
            let attached = attach_cosignatures(note.as_bytes(), log().verifier_key(), line.as_bytes(), &keys);
            prop_assert_eq!(attached.is_ok(), seed < 5);
            if let Ok(attached) = attached {
                note = attached;
                latest[usize::from(seed)] = time.max(latest[usize::from(seed)]);
            }
        }
        prop_assert!(note.starts_with(&signed));
        let read = Note::parse(note.as_bytes()).unwrap();
        prop_assert_eq!(read.signatures().len(), 1 + latest.iter().filter(|time| **time > 0).count());
        for line in &read.signatures()[1..] {
            let key = keys.iter().find(|key| key.claims_line(line)).unwrap();
            let seed: usize = key.name()[1..].parse().unwrap();
            prop_assert_eq!(key.verify(read.text(), line), Ok(latest[seed]));
        }
    }

    #[test]
    fn quorums(
        taken in prop::collection::vec((any::<Index>(), prop::collection::vec(any::<Index>(), 1..5)), 1..6),
        quorum in any::<Index>(),
        masks in prop::collection::vec(any::<u8>(), 8),
        blanks in prop::collection::vec(prop::sample::select(["", "\n", " \t\n", "# quorum x\n", "\t#\n"].as_slice()), 20),
    ) {
        let names: Vec<_> = (2..10).map(|seed| format!("w{seed}")).collect();
        let (text, groups) = groups_of(names.clone(), &taken);
        let quorum = &groups[quorum.index(groups.len())].0;
        let key = |seed: u8| cosigner(seed).cosigner_key().encode();
        let witnesses: String = (2..10).map(|seed| format!("witness w{seed} {}\n", key(seed))).collect();
        let text = format!("log {}\n{witnesses}{text}quorum {quorum}\n", log().verifier_key().encode());
        let policy = Policy::parse(text.as_bytes()).unwrap();
        let spaced = text.lines().zip(blanks.iter().cycle());
        let spaced: String = spaced.map(|(line, blank)| format!("{blank} {}\t\n", line.replace(' ', "\t "))).collect();
        prop_assert_eq!(Policy::parse(spaced.as_bytes()), Ok(policy.clone()));
        let checkpoint = head(3, [9; 32]);
        let signed = checkpoint.sign(&log()).unwrap();
        let lines: Vec<_> =
            (2..10).map(|seed| cosigner(seed).sign(&checkpoint.text(), 1).unwrap().encode()).collect();
        for mask in masks {
            let chosen = |i: &usize| mask >> i & 1 == 1;
            let cosigned: Vec<_> = (0..8).filter(chosen).map(|i| names[i].clone()).collect();
            let note: String = (0..8).filter(chosen).map(|i| lines[i].as_str()).collect();
            let verdict = policy.judge_note((signed.clone() + &note).as_bytes());
            prop_assert_eq!(verdict.is_ok(), witnessed(quorum, &groups, &cosigned), "{}", text);
        }
    }

    #[test]
    fn receipts(
        extra in prop::option::of(prop::collection::vec(any::<u8>(), 1..40)),
        index in any::<u64>(),
        proof in prop::collection::vec(any::<[u8; 32]>(), 0..=63),
        checkpoint in "[a-z\n—]{0,30}\n",
        at in any::<Index>(), byte in prop::sample::select(b"\n A+=/0x\xe2".as_slice()),
    ) {
        let receipt = Receipt { extra, index, proof, checkpoint };
        let mut text = receipt.encode().unwrap().into_bytes();
        prop_assert_eq!(Receipt::parse(&text), Ok(receipt));
        let at = at.index(text.len());
        text[at] = byte;
        if let Ok(other) = Receipt::parse(&text) {
            prop_assert_eq!(other.encode().unwrap().into_bytes(), text);
        }
    }

    #[test]
    fn requests(
        old in any::<u64>(), size in 1..=MAX_SIZE, root in any::<[u8; 32]>(),
        proof in prop::collection::vec(any::<[u8; 32]>(), 0..=63),
        at in any::<Index>(), byte in prop::sample::select(b"\n A+=/0x\xe2".as_slice()),
    ) {
        let note = head(size, root).sign(&log()).unwrap();
        let request = AddCheckpoint::new(old, proof, note.as_bytes()).unwrap();
        let mut text = request.encode().into_bytes();
        prop_assert_eq!(AddCheckpoint::parse(&text), Ok(request));
        let at = at.index(text.len());
        text[at] = byte;
        if let Ok(other) = AddCheckpoint::parse(&text) {
            prop_assert_eq!(other.encode().into_bytes(), text);
        }
    }

    /// A log that signs two histories: a witness that took a head of one takes none of the other.
    #[test]
    fn no_fork_is_followed(
        fork in 0..12_u64,
        asked in prop::collection::vec((any::<bool>(), 0..20_u64, any::<Index>(), any::<bool>()), 1..40),
    ) {
        let trees = [tree(20, 20), tree(20, fork)];
        let keys: [VerifierKey; 1] = [log().verifier_key().clone()];
        let mut record: Option<Recorded> = None;
        for (second, size, old, honest) in asked {
            let tree = &trees[usize::from(second)];
            // Mostly the size that is recorded, else any.
            let recorded = record.map_or(0, |record| record.size);
            let old = if honest { recorded } else { old.index(21) as u64 };
            let proof = tree.prove_consistency(old, size).unwrap_or_default();
            let note = head(size, tree.root_at(size).unwrap()).sign(&log()).unwrap();
            let request = AddCheckpoint::new(old, proof, note.as_bytes()).unwrap();
            // From size zero everything is an extension, and then the fork is no fork yet.
            let extends = record.is_none_or(|record| tree.root_at(record.size) == Some(record.root));
            let expected = old == recorded && size >= recorded && extends;
            let verdict = decide_request(&request, record, &keys);
            prop_assert_eq!(verdict.is_ok(), expected, "{:?}", verdict);
            if let Ok(accepted) = verdict {
                prop_assert_eq!(accepted.record, Recorded { size, root: tree.root_at(size).unwrap() });
                record = Some(accepted.record);
            }
        }
    }
}
