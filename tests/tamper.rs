//! No changed byte is ever verified, and a change inside an entry is named at its index.
//!
//! A sample runs always; `HATTAMA_TAMPER=all` flips every byte of every file (see docs/jobs.md).

use std::collections::BTreeMap;

use demo::act::semey_clock;
use event::{Stamp, Time};
use ledger::Head;
use node::{OfficeSigner, Writer};
use verifier::{Report, Source, Verdict};

use crate::scene::{Scene, verify};

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The scene, appended to a real ledger and published to a real folder.
pub(crate) fn published(dir: &std::path::Path) -> (Scene, Files) {
    let mut scene = Scene::new();
    scene.play("ledger-opened");
    let at = |signed: &event::SignedEvent| Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
    let genesis = scene.said[0].clone();
    let mut writer =
        Writer::create(&dir.join("ledger"), &genesis, &scene.cast.secret("log"), at(&genesis)).unwrap();
    for name in &crate::scene::STEPS[1..] {
        scene.play(name);
        let signed = scene.said.last().unwrap().clone();
        let received = at(&signed);
        writer.append(&[(signed, received)]).unwrap().pop().unwrap().unwrap();
    }
    let seconds = 1_760_700_000;
    let seed = scene.cast.secret("cec/office-1");
    let office = OfficeSigner {
        key: node::OfficeKey::Seed(&seed),
        at: Time::parse(&semey_clock(seconds)).unwrap(),
        received: Stamp::from_millis(seconds * 1000).unwrap(),
    };
    crate::scene::attach_all(&writer, &dir.join("ledger"));
    let mut to = node::FolderTarget::new(&dir.join("published"));
    node::Publisher::default().publish(&mut writer, &dir.join("ledger"), &mut to, &office, None).unwrap();
    let source = verifier::folder::read_folder(&dir.join("published")).unwrap();
    let verifier::Content::Published(files) = source.content else { panic!() };
    (scene, files)
}

pub(crate) fn judge(files: &Files) -> Report {
    verify(&Source::from_published_files("a copy", files.clone()), &[])
}

pub(crate) fn roll(state: &mut u64) -> u64 {
    *state =
        event::sha256(&[&state.to_be_bytes()]).0[..8].iter().fold(0, |n, byte| (n << 8) | u64::from(*byte));
    *state
}

#[test]
fn the_untouched_folder_is_verified() {
    let dir = tempfile::tempdir().unwrap();
    let (_, files) = published(dir.path());
    let report = judge(&files);
    assert_eq!(report.verdict(), Verdict::Verified, "{}", report.to_text());
}

#[test]
fn no_flipped_byte_is_verified() {
    let dir = tempfile::tempdir().unwrap();
    let (_, files) = published(dir.path());
    let all = std::env::var("HATTAMA_TAMPER").is_ok_and(|value| value == "all");
    let (mut seed, mut flips) = (2025, 0);
    for (path, bytes) in &files {
        let step = if all { 1 } else { (bytes.len() / 24).max(1) };
        let mut at = if all { 0 } else { usize::try_from(roll(&mut seed)).unwrap_or(0) % step };
        while at < bytes.len() {
            let mask = if all { 1 } else { 1 << (roll(&mut seed) % 8) };
            let mut copy = files.clone();
            copy.get_mut(path).unwrap()[at] ^= mask;
            let report = judge(&copy);
            let good = matches!(report.verdict(), Verdict::Verified | Verdict::VerifiedWithWarnings);
            assert!(!good, "{path} byte {at} flipped by {mask:#04x}: {}", report.verdict_sentence());
            if let Some(index) = entry_at(path, bytes, at) {
                let named = report.findings.iter().any(|found| found.entry == Some(index));
                assert!(named, "{path} byte {at}, entry {index}: {}", report.to_text());
            }
            flips += 1;
            at += step;
        }
    }
    eprintln!("{flips} flips, none verified");
}

/// The entry in which a byte of the newest bundle lies, behind its length.
fn entry_at(path: &str, bytes: &[u8], at: usize) -> Option<u64> {
    if path != "tile/entries/000.p/46" {
        return None;
    }
    let (mut start, mut index) = (0, 0);
    while start + 2 <= bytes.len() {
        let len = usize::from(u16::from_be_bytes([bytes[start], bytes[start + 1]]));
        if (start + 2..start + 2 + len).contains(&at) {
            return Some(index);
        }
        start += 2 + len;
        index += 1;
    }
    None
}

#[test]
fn no_file_can_be_missing_doubled_or_added() {
    let dir = tempfile::tempdir().unwrap();
    let (_, files) = published(dir.path());
    for path in files.keys() {
        let mut copy = files.clone();
        copy.remove(path);
        let report = judge(&copy);
        // Partial tiles of an older size may go once a larger one is there.
        let replaced = path.contains(".p/45");
        assert!(
            replaced || report.verdict() != Verdict::Verified,
            "{path} removed: {}",
            report.verdict_sentence()
        );
        let mut copy = files.clone();
        copy.insert(format!("{path}.copy"), files[path].clone());
        assert_eq!(judge(&copy).verdict(), Verdict::Failed, "{path} doubled");
    }
    // A path that no tree has is passed over aloud, and nothing overflows.
    let mut copy = files.clone();
    copy.insert("tile/entries/x072/x057/x594/x037/x927/936.p/1".into(), vec![0, 1, 65]);
    assert!(
        judge(&copy)
            .findings
            .iter()
            .any(|found| found.check.id() == "INT-11" && found.status == verifier::FindingStatus::Warn)
    );
    let mut copy = files;
    copy.insert("snapshots/2/manifest.json".into(), b"{}".to_vec());
    assert_eq!(judge(&copy).verdict(), Verdict::Failed);
}

/// Rebuilds bundles, tiles and an honestly computed tree over changed entries, with the old checkpoint.
pub(crate) fn with_entries(files: &Files, change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Files {
    let bundle = &files["tile/entries/000.p/46"];
    let mut entries: Vec<Vec<u8>> =
        tlog::tile::parse_bundle(bundle, 46).unwrap().into_iter().map(<[u8]>::to_vec).collect();
    change(&mut entries);
    let mut tree = tlog::tree::Tree::default();
    entries.iter().for_each(|entry| tree.push(tlog::tree::leaf_hash(entry)));
    let mut copy: Files = files
        .iter()
        .filter(|(path, _)| !path.starts_with("tile/"))
        .map(|(a, b)| (a.clone(), b.clone()))
        .collect();
    for path in tlog::tile::tiles_for(tree.size()).tiles() {
        copy.insert(path.to_string(), tlog::tile::encode_tile(&tree, &path).unwrap());
    }
    for path in tlog::tile::tiles_for(tree.size()).bundles() {
        copy.insert(path.to_string(), tlog::tile::encode_bundle(&entries).unwrap());
    }
    copy
}

/// The same with a checkpoint that the log key signs over the lie: only a thief of that key could.
pub(crate) fn signed_over(files: &Files, scene: &Scene, change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Files {
    let mut copy = with_entries(files, change);
    let (_, tile) = copy
        .iter()
        .find(|(path, _)| path.starts_with("tile/entries"))
        .map(|(a, b)| (a.clone(), b.clone()))
        .unwrap();
    let width: u16 =
        copy.keys().find_map(|path| path.strip_prefix("tile/entries/000.p/")).unwrap().parse().unwrap();
    let mut tree = tlog::tree::Tree::default();
    tlog::tile::parse_bundle(&tile, width)
        .unwrap()
        .iter()
        .for_each(|entry| tree.push(tlog::tree::leaf_hash(entry)));
    let origin = scene.head.state().charter.as_ref().unwrap().origin.to_string();
    let signer = tlog::note::NoteSigner::new(&origin, &scene.cast.secret("log")).unwrap();
    let checkpoint =
        tlog::checkpoint::Checkpoint { origin, size: tree.size(), root: tree.root(), extensions: Vec::new() };
    copy.insert("checkpoint".into(), checkpoint.sign(&signer).unwrap().into_bytes());
    copy
}

/// A change of the list of entries.
type Change = Box<dyn Fn(&mut Vec<Vec<u8>>)>;

#[test]
fn no_dropped_doubled_swapped_or_cut_entry_is_verified() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, files) = published(dir.path());
    for at in 0..46_usize {
        let changes: [(&str, Change); 5] = [
            ("dropped", Box::new(move |list| drop(list.remove(at)))),
            ("doubled", Box::new(move |list| list.insert(at, list[at].clone()))),
            ("swapped", Box::new(move |list| list.swap(at, (at + 1) % 46))),
            ("inserted", Box::new(move |list| list.insert(at, b"{\"event\":1}".to_vec()))),
            ("cut", Box::new(move |list| list.truncate(at.max(1)))),
        ];
        for (name, change) in changes {
            let report = judge(&with_entries(&files, &change));
            // What lies behind the last entry of the checkpoint is not published yet, and is warned of.
            assert_ne!(report.verdict(), Verdict::Verified, "{name} at {at}: {}", report.verdict_sentence());
            let report = judge(&signed_over(&files, &scene, &change));
            assert_ne!(
                report.verdict(),
                Verdict::Verified,
                "{name} at {at}, signed over: {}",
                report.verdict_sentence()
            );
        }
    }
}

#[test]
fn another_key_and_another_ledger_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let (mut scene, files) = published(dir.path());
    // One signature by a key that was never registered, over the same event.
    let stranger = signed_over(&files, &scene, |list| {
        let entry = ledger::Entry::decode(&list[20]).unwrap();
        let text = event::member_text(entry.event(), &entry.checked().hash());
        let forged = crate::scene::sign_as(&scene.cast, "stranger", &text).to_string();
        let own = entry.checked().signatures()[0].to_string();
        list[20] = String::from_utf8(list[20].clone()).unwrap().replace(&own, &forged).into_bytes();
    });
    let report = judge(&stranger);
    assert_eq!(report.verdict(), Verdict::Failed);
    assert!(report.findings.iter().any(|found| found.check.id() == "SIG-01" && found.entry == Some(20)));
    // An event of another ledger, sealed in its place and signed over by a stolen log key.
    let mut other = Scene::new();
    other.cast = demo::cast::Cast::new("another scene");
    crate::scene::STEPS[..10].iter().for_each(|step| other.play(step));
    let foreign = other.said[9].check().unwrap();
    let replayed = signed_over(&files, &scene, |list| {
        let before = ledger::Entry::decode(&list[8]).unwrap();
        let sealed = ledger::Entry::seal(foreign, 9, before.hash(), before.received()).unwrap();
        list[9] = sealed.bytes().to_vec();
    });
    let report = judge(&replayed);
    assert!(
        report.findings.iter().any(|found| found.check.id() == "INT-01" && found.entry == Some(9)),
        "{}",
        report.to_text()
    );
    // The whole tree of another ledger under this one's snapshots.
    let head: Head = scene.head.clone();
    assert_ne!(Some(other.head.root()), head.root_at(10));
    scene.head = head;
}

#[test]
fn an_older_checkpoint_shows_what_was_cut_or_rewritten() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, files) = published(dir.path());
    let pin = |bytes: &[u8]| verifier::Pin::read(bytes).unwrap();
    let newest = files["checkpoint"].clone();
    let older = files["snapshots/1/checkpoint"].clone();
    let source = Source::from_published_files("the folder", files.clone());
    let report =
        verify(&source, &[pin(&older), pin(scene.head.state().ledger.unwrap().to_string().as_bytes())]);
    assert_eq!((report.verdict(), report.anchored), (Verdict::Verified, Some(45)), "{}", report.to_text());
    assert_eq!(verify(&source, &[pin(&newest)]).anchored, Some(46));
    // Cut to 30 entries and signed over by the log key itself: inside, all is well; the pin shows the lie.
    let mut cut = signed_over(&files, &scene, |list| list.truncate(30));
    cut.retain(|path, _| !path.starts_with("snapshots/"));
    // The papers of events that were cut away give it away too.
    assert!(
        judge(&cut)
            .findings
            .iter()
            .any(|found| found.check.id() == "INT-07" && found.status == verifier::FindingStatus::Fail)
    );
    cut.retain(|path, _| !path.starts_with("attachments/"));
    assert_eq!(judge(&cut).verdict(), Verdict::VerifiedWithWarnings);
    let report = verify(&Source::from_published_files("cut", cut), &[pin(&older)]);
    assert_eq!(report.verdict(), Verdict::Failed);
    assert!(report.findings.iter().any(|found| found.check.id() == "SNP-01"));
    let wrong = verify(&source, &[pin([b'a'; 64].as_slice())]);
    assert!(wrong.findings.iter().any(|found| found.check.id() == "INT-01"));
}
