//! A table of attempts to frame an honest author, log or office with evidence. None of them proves anything.
//!
//! The attempts are made from what honest people signed in a whole election, from what they signed and did not send, and from
//! what a stranger, a single member or the holder of a revoked key can sign beside it.

use std::collections::BTreeMap;

use event::{Hash, SignedEvent, json};
use ledger::Entry;
use publication::Manifest;
use tlog::tile;
use verifier::evidence::{
    BadEntry, Blob, Claim, Evidence, FalseAnnouncement, FalseFile, Leaf, Proved, ReceiptNotHonoured,
    RetiredKey, RuleBroken, SplitView, StaleLog, TwoRoots, VERSION,
};

use super::{
    forks::{fork, moved_vote},
    note, tree,
};
use crate::{
    scene::{PEC, STEPS, Scene, own},
    tamper::{Files, published},
};

/// Fewer than these would be a table that somebody has thinned out.
const ATTEMPTS_MIN: usize = 600;

/// What a manifest is made to say.
type ManifestChange = (&'static str, fn(&mut Manifest));

/// An attempt, and what it tries.
type Attempt = (String, Evidence);

#[test]
pub(crate) fn nobody_honest_is_framed() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, files) = published(dir.path());
    let mut attempts = against_authors();
    attempts.extend(against_the_log(&scene));
    attempts.extend(against_entries(&scene));
    attempts.extend(against_the_office(&scene, &files));
    attempts.extend(in_another_name(&attempts));
    let mut by_kind: BTreeMap<&str, usize> = BTreeMap::new();
    for (what, attempt) in &attempts {
        let judged = attempt.judge(None);
        assert!(judged.is_err(), "{what}: {judged:?}");
        crate::second::seen_evidence(attempt);
        *by_kind.entry(attempt.claim.kind()).or_default() += 1;
    }
    eprintln!("{} attempts to frame, none proves: {by_kind:?}", attempts.len());
    assert!(attempts.len() >= ATTEMPTS_MIN, "{} attempts: {by_kind:?}", attempts.len());
    assert_eq!(by_kind.len(), verifier::evidence::KINDS.len(), "{by_kind:?}");
}

fn evidence(scene: &Scene, claim: Claim) -> Evidence {
    Evidence { charter: Blob(scene.entries[0].clone()), claim, handovers: Vec::new(), v: VERSION }
}

/// A minute later, so that the same statement is another event.
fn later(at: &str) -> String {
    let (day, minute) = at.split_at(at.len() - 2);
    let minute: u64 = minute.parse().unwrap();
    format!("{day}{:02}", if minute == 59 { 58 } else { minute + 1 })
}

/// What members of commissions sign without lying: drafts again, drafts that void others, drafts of one member, of a
/// stranger, of the holder of a revoked key.
fn against_authors() -> Vec<Attempt> {
    let mut scene = Scene::new();
    let mut drafts: Vec<(String, u64, SignedEvent, SignedEvent)> = Vec::new();
    for name in STEPS {
        if *name == "ledger-opened" {
            scene.play(name);
            continue;
        }
        let mut step = scene.step(name);
        step.at = later(&step.at);
        let again = scene.sign(&step);
        let mut other = vec![("the same again".to_owned(), again.clone())];
        if *name == "protocol-signed" {
            moved_vote(&mut step);
            step.protocol().count.votes[0].votes += 2;
            other.push(("figures that do not add up".into(), scene.sign(&step)));
            step.protocol().count.votes[0].votes -= 2;
            let board = step.signers.clone();
            for seats in [&["chair"][..], &["deputy"], &["secretary"], &["m4"], &["chair", "m4"]] {
                step.signers = own(PEC, seats);
                other.push((format!("other figures by {seats:?}"), scene.sign(&step)));
            }
            step.signers = board;
        }
        let signers = step.signers.clone();
        for (what, change) in [("voids a draft", again.hash()), ("voids something", Hash([7; 32]))] {
            step.at = later(&step.at);
            let mut voiding = scene.sign(&step);
            voiding.event = voiding.event.with_change(|event| event.voids = vec![change]).unwrap();
            other.push((what.to_owned(), scene.resign(voiding, &signers)));
        }
        for (what, labels) in [
            ("one signer", &signers[..1]),
            ("strangers", &["x/a".to_owned(), "x/b".to_owned(), "x/c".to_owned(), "x/d".to_owned()][..]),
        ] {
            if labels.len() < signers.len() || what == "strangers" {
                other.push((what.to_owned(), scene.resign(again.clone(), labels)));
            }
        }
        scene.play(name);
        let (at, honest) = (scene.entries.len() as u64, scene.said.last().unwrap().clone());
        drafts.extend(
            other.into_iter().map(|(what, one)| (format!("{name}: {what}"), at, one, honest.clone())),
        );
    }
    let all = drafts.iter().map(|(what, at, one, honest)| (what.clone(), fork(&scene, *at, [one, honest])));
    let bare = all.clone().map(|(what, mut one)| {
        let Claim::AuthorFork(claim) = &mut one.claim else { panic!() };
        (claim.bundles, claim.entries, claim.proof) = (Vec::new(), None, Vec::new());
        (format!("{what}, without entries"), one)
    });
    let itself = drafts.iter().map(|(what, at, _, honest)| {
        (format!("{what}: the same event twice"), fork(&scene, *at, [honest, honest]))
    });
    all.chain(bare).chain(itself).collect()
}

/// Checkpoints, receipts and proofs of one honest history.
fn against_the_log(scene: &Scene) -> Vec<Attempt> {
    let (all, whole) = (&scene.entries, tree(&scene.entries));
    let size = all.len() as u64;
    let newer = Blob(note(scene, "log", all));
    let mut attempts = Vec::new();
    let mut add = |what: String, claim: Claim| attempts.push((what, evidence(scene, claim)));
    for (at, entry) in all.iter().enumerate() {
        let older = note(scene, "log", &all[..=at]);
        let n = at as u64 + 1;
        let proof: Vec<Hash> = whole.prove_consistency(n, size).unwrap().into_iter().map(Hash).collect();
        let root = Hash(whole.root_at(n).unwrap());
        for (what, root) in [("its own root", root), ("an invented root", Hash([7; 32]))] {
            let claim =
                SplitView { newer: newer.clone(), older: Blob(older.clone()), proof: proof.clone(), root };
            add(format!("older tree of {n}, {what}"), Claim::SplitView(claim));
        }
        let turned =
            SplitView { newer: Blob(older.clone()), older: newer.clone(), proof: proof.clone(), root };
        if n < size {
            add(format!("trees of {n} exchanged"), Claim::SplitView(turned));
        }
        add(format!("checkpoint of {n}"), Claim::RetiredKey(RetiredKey { checkpoint: Blob(older.clone()) }));
        let receipt =
            ledger::receipt::issue_receipt(&tree(&all[..=at]), &Entry::decode(entry).unwrap(), &older)
                .unwrap();
        let receipt = Blob(receipt.encode().unwrap().into_bytes());
        for (what, event) in [("its event", at), ("another event", (at + 1) % all.len())] {
            let event = Blob(json::encode(&scene.said[event]).unwrap());
            let (newer, proof, receipt) = (newer.clone(), proof.clone(), receipt.clone());
            let claim = ReceiptNotHonoured { event, newer, proof, receipt, root };
            add(format!("receipt of entry {at} for {what}"), Claim::ReceiptNotHonoured(claim));
        }
        let proved = prove(scene, at as u64);
        let (called, last) = (proved.clone(), prove(scene, size - 1));
        let claim = StaleLog { called, checkpoint: newer.clone(), last };
        add(format!("stood still since {at}"), Claim::StaleLog(claim));
    }
    attempts
}

fn prove(scene: &Scene, index: u64) -> Proved {
    let tree = tree(&scene.entries);
    let proof = tree.prove_inclusion(index, tree.size()).unwrap().into_iter().map(Hash).collect();
    Proved { entry: Blob(scene.entries[index as usize].clone()), index, proof }
}

fn bundle(entries: &[Vec<u8>]) -> Vec<Blob> {
    let chunk = |entries: &[Vec<u8>]| {
        Blob(tile::encode_bundle(&entries.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap())
    };
    entries.chunks(usize::from(tile::FULL_WIDTH)).map(chunk).collect()
}

/// Entries that are good, at their place and elsewhere, whole and spoiled; and all of them as an unlawful ledger.
fn against_entries(scene: &Scene) -> Vec<Attempt> {
    let (all, whole) = (&scene.entries, tree(&scene.entries));
    let size = all.len() as u64;
    let checkpoint = Blob(note(scene, "log", all));
    let mut attempts = Vec::new();
    let mut add = |what: String, claim: Claim| attempts.push((what, evidence(scene, claim)));
    for index in 0..size {
        let before = index.saturating_sub(1);
        let proof: Vec<Hash> = whole.prove_inclusion(before, size).unwrap().into_iter().map(Hash).collect();
        let leaf = Leaf { hash: Hash(whole.leaf_hash(before).unwrap()), proof };
        let invented = Leaf { hash: Hash([7; 32]), ..leaf.clone() };
        let honest = prove(scene, index);
        let mut spoiled = honest.clone();
        spoiled.entry.0[0] ^= 1;
        let mut empty = honest.clone();
        empty.entry.0.clear();
        let mut moved = honest.clone();
        moved.index = (index + 1) % size;
        for (what, proved, previous) in [
            ("as it stands", honest.clone(), None),
            ("with the one before", honest.clone(), Some(leaf)),
            ("with another before", honest, Some(invented)),
            ("spoiled", spoiled, None),
            ("without its bytes", empty, None),
            ("moved", moved, None),
        ] {
            // The first entry has none before it: then the one before is itself.
            let previous = previous.filter(|_| index > 0);
            let claim = BadEntry { checkpoint: checkpoint.clone(), previous, proved };
            add(format!("entry {index} {what}"), Claim::BadEntry(claim));
        }
        let n = index + 1;
        let proof: Vec<Hash> = whole.prove_consistency(n, size).unwrap().into_iter().map(Hash).collect();
        let mut changed = all[..n as usize].to_vec();
        changed.last_mut().unwrap().push(b' ');
        let mut exchanged = all[..n as usize].to_vec();
        exchanged.rotate_left(usize::from(n > 2));
        let whole = all[..n as usize].to_vec();
        for (what, entries) in
            [("all lawful", whole), ("one spoiled", changed), ("in another order", exchanged)]
        {
            let (bundles, checkpoint, proof) = (bundle(&entries), checkpoint.clone(), proof.clone());
            let claim = RuleBroken { bundles, checkpoint, entries: n, proof };
            add(format!("the first {n} entries, {what}"), Claim::RuleBroken(claim));
        }
    }
    attempts
}

/// What the office published and signed, each file of it, under its own and under another manifest.
fn against_the_office(scene: &Scene, files: &Files) -> Vec<Attempt> {
    let manifest = files["snapshots/1/manifest.json"].clone();
    let signature = Blob(files["snapshots/1/manifest.sig"].clone());
    let read: Manifest = json::decode(&manifest).unwrap();
    let bundles = bundle(&scene.entries);
    let mut attempts = Vec::new();
    let mut add = |what: String, claim: Claim| attempts.push((what, evidence(scene, claim)));
    let changed: [ManifestChange; 4] = [
        ("as signed", |_| ()),
        ("another number", |read| read.n += 1),
        ("another root", |read| read.root = Hash([7; 32])),
        ("another file", |read| read.files.iter_mut().for_each(|line| line.sha256 = Hash([7; 32]))),
    ];
    for (what, change) in changed {
        let mut stated = read.clone();
        change(&mut stated);
        let bytes = Blob(json::encode(&stated).unwrap());
        for line in &read.files {
            let file = files.get(&format!("snapshots/1/{}", line.name)).cloned().map(Blob);
            let spoiled = file.clone().map(|file| Blob([&file.0[..], b"more"].concat()));
            for (how, file) in [("with its bytes", file), ("with other bytes", spoiled), ("alone", None)] {
                let (bundles, signature) = (bundles.clone(), signature.clone());
                let (manifest, name) = (bytes.clone(), line.name.clone());
                let claim = FalseFile { bundles, file, manifest, name, signature };
                add(format!("{} {how}, {what}", line.name), Claim::FalseFile(claim));
            }
        }
        let checkpoint = Blob(note(scene, "log", &scene.entries));
        let (bundles, signature) = (bundles.clone(), signature.clone());
        let claim = TwoRoots { bundles, checkpoint, manifest: bytes, proof: Vec::new(), signature };
        add(format!("the root, {what}"), Claim::TwoRoots(claim));
    }
    for n in 1..=scene.entries.len() {
        let claim = FalseAnnouncement { bundles: bundle(&scene.entries[..n]), entries: n as u64 };
        add(format!("an announcement at {n}"), Claim::FalseAnnouncement(claim));
    }
    attempts
}

/// A sample of the attempts under the charter of another ledger, and with a charter that is none.
fn in_another_name(attempts: &[Attempt]) -> Vec<Attempt> {
    let mut other = Scene::new();
    let mut step = other.step("ledger-opened");
    step.at = later(&step.at);
    other.say(&step);
    let foreign = |charter: &[u8], what: &str| {
        let renamed = attempts.iter().step_by(9).map(|(which, attempt)| {
            let attempt = Evidence { charter: Blob(charter.to_vec()), ..attempt.clone() };
            (format!("{which}, {what}"), attempt)
        });
        renamed.collect::<Vec<_>>()
    };
    let mut all = foreign(&other.entries[0], "of another ledger");
    all.extend(foreign(b"{}", "without a charter"));
    all
}
