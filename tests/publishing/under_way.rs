//! A publication under way, and the one after an override: whoever reads between two of its writings sees a sound ledger up to its checkpoint, and is told what
//! was not verified.

use verifier::Verdict;

use super::{Files, FolderTarget, Growing, files, judge};

/// In the order in which it is laid down: tiles and papers, the snapshot, the page at the top, the checkpoint last.
fn laid_before(path: &str) -> (u8, bool, &str) {
    let kind = ["tile/", "attachments/", "snapshots/", "index.html", "checkpoint"];
    let kind = kind.iter().position(|kind| path.starts_with(kind)).unwrap();
    // A store of objects gets the manifest of a snapshot behind its other files.
    (u8::try_from(kind).unwrap(), path.ends_with("manifest.json"), path)
}

#[test]
fn whoever_reads_between_two_writings_sees_a_sound_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, to) = (dir.path().join("ledger"), dir.path().join("published"));
    let mut growing = Growing::new(&ledger);
    growing.grow(20);
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    let before = files(&to);
    growing.publisher = node::Publisher::default().and_pages(b"the verifier".to_vec());
    growing.grow(9);
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    let after = files(&to);
    let mut new: Vec<&String> = after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    new.sort_by_key(|path| laid_before(path));
    assert_eq!(new.last().unwrap().as_str(), "checkpoint");
    // In that order, and in any other in which the checkpoint comes last: a mirror copies as it likes.
    let (shown, laid) = new.split_last().unwrap();
    for order in [laid.to_vec(), laid.iter().rev().copied().collect()] {
        let mut now: Files = before.clone();
        for path in order {
            now.insert(path.clone(), after[path].clone());
            let report = judge(&now);
            assert_eq!(report.verdict(), Verdict::VerifiedWithWarnings, "{path}: {}", report.to_text());
            assert_eq!(report.size, 22, "up to the checkpoint");
            // The page at the top holds nothing but the number of a snapshot that is still to come.
            let holds_nothing = now.len() == before.len() + 1 && now.contains_key("index.html");
            assert!(
                holds_nothing || report.verdict_sentence().contains("NOT verified"),
                "{path}: {}",
                report.verdict_sentence()
            );
        }
        now.insert((*shown).clone(), after[*shown].clone());
        let report = judge(&now);
        assert!(report.verdict() != Verdict::Failed && report.size == 32, "{}", report.to_text());
        assert!(!report.verdict_sentence().contains("NOT verified"), "{}", report.verdict_sentence());
    }
}

#[test]
fn an_override_and_the_snapshot_after_it_verify() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, to) = (dir.path().join("ledger"), dir.path().join("published"));
    let mut growing = Growing::new(&ledger);
    growing.grow(20);
    let damaged = ledger.join("attachments").join("0".repeat(64));
    std::fs::create_dir_all(damaged.parent().unwrap()).unwrap();
    std::fs::write(&damaged, "not what its name says").unwrap();
    growing.publish_for(&ledger, &mut FolderTarget::new(&to), Some("the scan is being made again")).unwrap();
    // It was mended, and the next snapshot needs no reason.
    std::fs::remove_file(&damaged).unwrap();
    for _ in 0..2 {
        growing.grow(3);
        growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
        let report = judge(&files(&to));
        assert_ne!(report.verdict(), Verdict::Failed, "{}", report.to_text());
    }
}
