//! Lies that once left no evidence: an entry without bytes, a retired key on the newest checkpoint, a receipt's own checkpoint,
//! an announcement, a manifest's root, a workbook.

use law::{Fact, facts::*};
use publication::{Manifest, manifest_text, office_key_name};
use tlog::{note::NoteSigner, receipt::Receipt};
use verifier::{
    Pin, Source,
    evidence::{Claim, Evidence, Unproved},
};

use super::{ORIGIN, found, kinds, note, proved, signed_over, source, tree};
use crate::{
    exports::lies::rewrapped,
    scene::{Scene, Step, text},
    tamper::{Files, published},
};

#[test]
pub(crate) fn an_entry_without_bytes_is_evidence() {
    let scene = Scene::whole();
    for at in [1, 9, scene.entries.len() - 1] {
        let mut entries = scene.entries.clone();
        entries[at] = Vec::new();
        let planted = found(&source(&entries, note(&scene, "log", &entries)), &[], &[]);
        let empty = planted.iter().find(|one| match &one.claim {
            Claim::BadEntry(claim) => claim.proved.index == at as u64,
            _ => false,
        });
        let bytes = empty.unwrap_or_else(|| panic!("{at}: {:?}", kinds(&planted))).encode().unwrap();
        let read = Evidence::decode(&bytes).unwrap();
        assert_eq!(read.judge(None).unwrap().kind, "bad-entry", "{at}");
        crate::second::seen_evidence(&read);
    }
}

#[test]
pub(crate) fn the_old_key_on_the_newest_checkpoint_is_evidence() {
    let mut scene = Scene::before("election-called");
    let log_key = scene.cast.key("log-2");
    let body = LogKeyReplaced { ground: text("Новая служба"), log_key };
    scene.say(&crate::scene::statements::root("2025-08-21 09:00", Fact::LogKeyReplaced(body)));
    scene.play("election-called");
    let old = source(&scene.entries, note(&scene, "log", &scene.entries));
    let evidence = proved(&found(&old, &[], &[]), "retired-key", None);
    // The end of the key, proved under another tree of the old key, is nobody's word.
    let mut other = evidence.clone();
    let mut entries = scene.entries.clone();
    entries.push(b"more".to_vec());
    other.handovers[0].checkpoint = verifier::evidence::Blob(note(&scene, "log", &entries));
    assert!(matches!(other.judge(None), Err(Unproved::Checkpoint(_))));
    // Nor does such a checkpoint help against one that was honest.
    let size = scene.entries.len() - 2;
    let Claim::RetiredKey(mut claim) = evidence.claim.clone() else { panic!() };
    claim.checkpoint = verifier::evidence::Blob(note(&scene, "log", &scene.entries[..size]));
    assert!(Evidence { claim: Claim::RetiredKey(claim), ..evidence }.judge(None).is_err());
}

#[test]
pub(crate) fn a_receipt_shows_two_histories_by_its_own_checkpoint() {
    let scene = Scene::whole();
    let mut other = scene.entries.clone();
    other[31][0] ^= 1;
    let entry = ledger::Entry::decode(&scene.entries[20]).unwrap();
    let cut = &other[..40];
    let receipt = ledger::receipt::issue_receipt(&tree(cut), &entry, &note(&scene, "log", cut)).unwrap();
    let honest = source(&scene.entries, note(&scene, "log", &scene.entries));
    let pin = |receipt: Receipt| Pin::Receipt(Box::new(receipt));
    proved(&found(&honest, &[pin(receipt)], &[]), "split-view", None);
    let cut = &scene.entries[..40];
    let receipt = ledger::receipt::issue_receipt(&tree(cut), &entry, &note(&scene, "log", cut)).unwrap();
    assert!(kinds(&found(&honest, &[pin(receipt)], &[])).is_empty());
}

#[test]
pub(crate) fn an_announcement_of_other_projections_is_evidence() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, files) = published(dir.path());
    let documents = ledger::projections::project_documents(scene.head.state()).unwrap();
    let right = ledger::projections::projection_root(&documents);
    for (projection_root, lie) in [(right, false), (event::Hash([7; 32]), true)] {
        let mut scene = scene.again();
        let (root, size) = (scene.head.root(), scene.head.size());
        let body = SnapshotPublished {
            manifest: event::sha256(&[&files["snapshots/1/manifest.json"]]),
            n: 1,
            overridden: None,
            projection_root,
            root,
            size,
        };
        scene.say(&Step {
            at: "2025-10-17 16:20".into(),
            author: "cec".into(),
            desk: "office".into(),
            election: None,
            signers: vec!["cec/office-1".into()],
            fact: Fact::SnapshotPublished(body),
        });
        let announcement = scene.entries.last().unwrap().clone();
        let lied = crate::tamper::signed_over(&files, &scene, |list| list[45] = announcement);
        let planted = found(&Source::from_published_files("announced", lied), &[], &[]);
        if !lie {
            assert!(kinds(&planted).is_empty());
            continue;
        }
        let evidence = proved(&planted, "false-announcement", None);
        // Without the announcement nothing is announced.
        let Claim::FalseAnnouncement(mut claim) = evidence.claim.clone() else { panic!() };
        claim.entries -= 1;
        assert!(Evidence { claim: Claim::FalseAnnouncement(claim), ..evidence }.judge(None).is_err());
    }
}

/// The manifest with another root, signed by the office.
fn with_root(scene: &Scene, files: &Files, root: event::Hash) -> Files {
    let mut lied = files.clone();
    let mut manifest: Manifest = event::json::decode(&lied["snapshots/1/manifest.json"]).unwrap();
    manifest.root = root;
    let bytes = event::json::encode(&manifest).unwrap();
    let signer = NoteSigner::new(&office_key_name(ORIGIN), &scene.cast.secret("cec/office-1")).unwrap();
    let signature = signer.sign(&manifest_text(&manifest.ledger, 1, &bytes)).unwrap();
    lied.insert("snapshots/1/manifest.json".into(), bytes);
    lied.insert("snapshots/1/manifest.sig".into(), signature.into_bytes());
    lied
}

#[test]
pub(crate) fn a_manifest_with_another_root_is_evidence() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, files) = published(dir.path());
    let lied = with_root(&scene, &files, event::Hash([7; 32]));
    let evidence = proved(&found(&Source::from_published_files("lied", lied), &[], &[]), "two-roots", None);
    // The office's own signature over the honest manifest shows nothing.
    let Claim::TwoRoots(mut claim) = evidence.claim.clone() else { panic!() };
    claim.manifest = verifier::evidence::Blob(files["snapshots/1/manifest.json"].clone());
    claim.signature = verifier::evidence::Blob(files["snapshots/1/manifest.sig"].clone());
    let honest = Evidence { claim: Claim::TwoRoots(claim), ..evidence };
    assert!(matches!(honest.judge(None), Err(Unproved::True(_))));
}

#[test]
pub(crate) fn a_workbook_with_other_figures_is_evidence_and_one_packed_otherwise_is_none() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, files) = published(dir.path());
    let (name, inner) = ("snapshots/1/report/results.xlsx", "report/results.xlsx");
    for (new, comment, lie) in [("146</v>", &b""[..], true), ("145</v>", b"packed elsewhere", false)] {
        let mut lied = files.clone();
        let mut book = Files::from([(inner.to_owned(), files[name].clone())]);
        rewrapped(&mut book, "145</v>", new, comment);
        lied.insert(name.into(), book.remove(inner).unwrap());
        signed_over(&scene, &mut lied, inner);
        let planted = found(&Source::from_published_files("lied", lied), &[], &[]);
        if !lie {
            assert!(kinds(&planted).is_empty(), "{:?}", kinds(&planted));
            continue;
        }
        let evidence = proved(&planted, "false-file", None);
        let Claim::FalseFile(claim) = &evidence.claim else { panic!() };
        // Without its bytes, with others, or packed by somebody else it shows nothing.
        for file in [None, Some(files[name].clone()), Some(b"PK".to_vec())] {
            let mut claim = claim.clone();
            claim.file = file.map(verifier::evidence::Blob);
            let other = Evidence { claim: Claim::FalseFile(claim), ..evidence.clone() };
            assert!(matches!(other.judge(None), Err(Unproved::True(_))));
        }
    }
}
