//! Publishing to every kind of place: what the world reads is what the ledger holds, written once, never half. After the log key was replaced:
//! `replaced_key`. With a key of the office in no file: `office_elsewhere`.

mod office_elsewhere;
mod pages;
mod replaced_key;
mod under_way;

use std::{collections::BTreeMap, fs, path::Path};

use demo::{
    act::{Act, semey_clock, semey_seconds},
    cast::Cast,
    stage::play_acts,
};
use event::{Stamp, Text, Time};
use law::Rule;
use node::{BucketTarget, FolderTarget, OfficeSigner, PublicationTarget, PublishError, Publisher, Writer};
use verifier::{Content, Report, Source, Status, Verdict};

use crate::{folders::copy_folder, scene::verify, tamper::published};

type Files = BTreeMap<String, Vec<u8>>;

/// A ledger that grows: first its charter, then commissions and precincts.
struct Growing {
    writer: Writer,
    publisher: Publisher,
    cast: Cast,
    acts: Vec<Act>,
}

impl Growing {
    fn new(dir: &Path) -> Self {
        let mut cast = Cast::new("growing");
        let charter = demo::semey_charter(&mut cast).unwrap();
        let opened = Stamp::from_millis(semey_seconds("2025-08-19 10:00") * 1000).unwrap();
        let writer = Writer::create(dir, &charter, &cast.secret("log"), opened).unwrap();
        let id = writer.head().state().ledger.unwrap();
        let mut acts = demo::commission_acts(&mut cast, id, &[demo::semey_contest()]).unwrap();
        acts.sort_by_key(|act| act.at);
        Self { writer, publisher: Publisher::default(), cast, acts }
    }

    /// Appends so many more acts.
    fn grow(&mut self, count: usize) {
        let later = self.acts.split_off(count);
        let now = std::mem::replace(&mut self.acts, later);
        play_acts(&mut self.writer, &mut self.cast, now, |_| {}).unwrap();
    }

    fn publish(
        &mut self,
        dir: &Path,
        to: &mut dyn PublicationTarget,
    ) -> Result<node::Publication, PublishError> {
        self.publish_for(dir, to, None)
    }

    fn publish_for(
        &mut self,
        dir: &Path,
        to: &mut dyn PublicationTarget,
        reason: Option<&str>,
    ) -> Result<node::Publication, PublishError> {
        let last = self.writer.head().last_received().unwrap().millis().div_euclid(1000);
        let seed = self.cast.secret("cec/office-1");
        let office = OfficeSigner {
            key: node::OfficeKey::Seed(&seed),
            at: Time::parse(&semey_clock(last)).unwrap(),
            received: Stamp::from_millis(last * 1000).unwrap(),
        };
        let reason = reason.map(|text| Text::new(text).unwrap());
        self.publisher.publish(&mut self.writer, dir, to, &office, reason.as_ref())
    }
}

fn files(dir: &Path) -> Files {
    let Content::Published(files) = verifier::folder::read_folder(dir).unwrap().content else { panic!() };
    files
}

fn judge(files: &Files) -> Report {
    verify(&Source::from_published_files("a copy", files.clone()), &[])
}

fn status(report: &Report, rule: Rule) -> &Status {
    &report.rows.iter().find(|row| row.rule == rule).unwrap().status
}

#[test]
fn what_is_published_again_is_only_what_is_new() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, to) = (dir.path().join("ledger"), dir.path().join("published"));
    let mut growing = Growing::new(&ledger);
    growing.grow(200);
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    let first = files(&to);
    growing.grow(59);
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    let second = files(&to);
    for (path, bytes) in &first {
        assert!(path == "checkpoint" || second[path] == *bytes, "{path} was overwritten");
    }
    // Nothing happened since but the announcement: the same tiles are not written again.
    let third = growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    let snapshot = files(&to).keys().filter(|path| path.starts_with("snapshots/3/")).count();
    // Two hash tiles of level 0 and 1, two bundles, for two sizes at most; the checkpoint; the snapshot.
    assert!(third.written <= snapshot + 7, "{} files written", third.written);
    assert_eq!(judge(&files(&to)).verdict(), Verdict::VerifiedWithWarnings, "papers are not published");
}

#[test]
fn partial_tiles_go_once_a_full_one_stands() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, to) = (dir.path().join("ledger"), dir.path().join("published"));
    let mut growing = Growing::new(&ledger);
    growing.grow(200);
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    assert_eq!(
        node::sweep_partial_tiles(&growing.writer, &mut FolderTarget::new(&to)).unwrap(),
        0,
        "nothing full yet"
    );
    growing.grow(59);
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    let before = files(&to);
    let removed = node::sweep_partial_tiles(&growing.writer, &mut FolderTarget::new(&to)).unwrap();
    let after = files(&to);
    // Sizes 201 and 202 of the first publication, each a hash tile and a bundle.
    assert_eq!((removed, before.len() - after.len()), (4, 4));
    assert!(after.keys().all(|path| !path.contains("000.p/2") || path.starts_with("tile/1/")));
    assert_eq!(judge(&after).verdict(), judge(&before).verdict());
    // The snapshot whose partial tiles went is still published by the next call, and nothing comes back.
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    assert!(!files(&to).contains_key("tile/0/000.p/201"));
}

#[test]
fn an_object_store_holds_the_same_as_a_folder() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, to) = (dir.path().join("ledger"), dir.path().join("published"));
    let address = format!("file://{}/store", dir.path().display());
    let mut growing = Growing::new(&ledger);
    for count in [200, 59] {
        growing.grow(count);
        growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
        let done = growing.publish(&ledger, &mut BucketTarget::open(&address).unwrap()).unwrap();
        assert!(done.finished, "the other place gets the same snapshot, not a new one");
    }
    assert_eq!(files(&to), files(&dir.path().join("store")));
    // A process killed in the middle leaves a half file under another name: the next one clears it away.
    let half = dir.path().join("store/tile/0/000#1");
    fs::write(&half, "half").unwrap();
    let removed =
        node::sweep_partial_tiles(&growing.writer, &mut BucketTarget::open(&address).unwrap()).unwrap();
    assert_eq!(removed, 4);
    assert!(!half.exists());
    let changed = dir.path().join("store/tile/0/000");
    let mut bytes = fs::read(&changed).unwrap();
    bytes[7] ^= 1;
    fs::write(&changed, &bytes).unwrap();
    let mut bucket = BucketTarget::open(&address).unwrap();
    let error = bucket.create("tile/0/000", b"other").unwrap_err();
    assert!(matches!(error, PublishError::Changed { .. }), "{error}");
    assert_eq!(fs::read(&changed).unwrap(), bytes, "nothing was overwritten");
}

#[test]
fn a_ledger_that_was_rolled_back_signs_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, to) = (dir.path().join("ledger"), dir.path().join("published"));
    let mut growing = Growing::new(&ledger);
    growing.grow(20);
    let old = dir.path().join("old");
    copy_folder(&ledger, &old);
    growing.grow(20);
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    let public = files(&to);
    drop(growing.writer);
    let (writer, _) = Writer::open(&old, &growing.cast.secret("log")).unwrap();
    let mut cast = Cast::new("growing");
    let id = writer.head().state().ledger.unwrap();
    let mut acts = demo::commission_acts(&mut cast, id, &[demo::semey_contest()]).unwrap();
    acts.sort_by_key(|act| act.at);
    let acts = acts.split_off(20);
    let mut back = Growing { writer, publisher: Publisher::default(), cast, acts };
    let error = back.publish(&old, &mut FolderTarget::new(&to)).unwrap_err();
    assert!(matches!(error, PublishError::Ahead { found: 42, own: 21, .. }), "{error}");
    assert_eq!(back.writer.head().size(), 21, "nothing was announced");
    // It goes on as if nothing had been: another history under the same key.
    back.grow(30);
    let error = back.publish(&old, &mut FolderTarget::new(&to)).unwrap_err();
    assert!(matches!(error, PublishError::Fork { size: 42, .. }), "{error}");
    assert_eq!(files(&to), public, "nothing was made public");
    // Nothing is signed for one place while another is ahead.
    let look = node::require_publishable(&back.writer, &FolderTarget::new(&to)).unwrap_err();
    assert!(matches!(look, PublishError::Fork { .. }), "{look}");
    fs::write(dir.path().join("page.html"), "a page").unwrap();
    let error = back.publish(&old, &mut FolderTarget::new(dir.path())).unwrap_err();
    assert!(matches!(error, PublishError::Foreign { .. }), "{error}");
}

#[test]
fn a_publisher_outlives_writers_and_verifies_each_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, to) = (dir.path().join("ledger"), dir.path().join("published"));
    let mut growing = Growing::new(&ledger);
    growing.grow(20);
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    // What it verified is its own: another writer of the same ledger goes on from there.
    let Growing { writer, publisher, cast, acts } = growing;
    drop(writer);
    let (writer, _) = Writer::open(&ledger, &cast.secret("log")).unwrap();
    let mut growing = Growing { writer, publisher, cast, acts };
    growing.grow(20);
    growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    assert_ne!(judge(&files(&to)).verdict(), Verdict::Failed, "{}", judge(&files(&to)).to_text());
    // Of another ledger it has verified nothing yet, however large that is.
    let (ledger, to) = (dir.path().join("other"), dir.path().join("elsewhere"));
    let mut other = Growing::new(&ledger);
    other.grow(50);
    other.publisher = growing.publisher;
    other.publish(&ledger, &mut FolderTarget::new(&to)).unwrap();
    let report = judge(&files(&to));
    assert_ne!(report.verdict(), Verdict::Failed, "{}", report.to_text());
    assert!(report.findings.iter().all(|found| found.explanation.is_none()), "nothing was overridden");
}

#[test]
fn papers_are_what_their_names_and_events_say() {
    let dir = tempfile::tempdir().unwrap();
    let (_, good) = published(dir.path());
    let paper = good.keys().find(|path| path.starts_with("attachments/")).unwrap().clone();
    let fails = |copy: &Files| {
        let report = judge(copy);
        let ids: Vec<&str> =
            report.rows.iter().filter(|row| row.status == Status::Fail).map(|row| row.rule.id()).collect();
        ids.join(" ")
    };
    assert_eq!(*status(&judge(&good), Rule::Int07), Status::Pass);
    let mut copy = good.clone();
    copy.get_mut(&paper).unwrap()[0] ^= 1;
    assert_eq!(fails(&copy), "INT-07", "a changed paper");
    let mut copy = good.clone();
    copy.remove(&paper);
    assert_eq!(fails(&copy), "INT-07", "a paper that the manifest lists is gone");
    let mut copy = good.clone();
    let foreign = b"a paper that no event names".to_vec();
    copy.insert(format!("attachments/{}", event::sha256(&[&foreign])), foreign);
    assert_eq!(fails(&copy), "INT-07", "one too many");
    let mut copy = good;
    copy.insert("attachments/readme".into(), b"hello".to_vec());
    assert_eq!(fails(&copy), "INT-07", "a name that is no hash");
}

#[test]
fn what_does_not_verify_is_published_for_a_reason_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, to) = (dir.path().join("ledger"), dir.path().join("published"));
    let mut growing = Growing::new(&ledger);
    growing.grow(20);
    let damaged = ledger.join("attachments").join("0".repeat(64));
    fs::create_dir_all(damaged.parent().unwrap()).unwrap();
    fs::write(&damaged, "not what its name says").unwrap();
    let error = growing.publish(&ledger, &mut FolderTarget::new(&to)).unwrap_err();
    assert!(matches!(error, PublishError::Unverified { .. }), "{error}");
    assert!(!to.exists(), "nothing is public");
    assert_eq!(growing.writer.head().size(), 21, "nothing was announced");
    growing.publish_for(&ledger, &mut FolderTarget::new(&to), Some("the scan is being made again")).unwrap();
    let report = judge(&files(&to));
    assert_eq!(report.verdict(), Verdict::VerifiedWithWarnings, "{}", report.to_text());
    let found = report.findings.iter().find(|found| found.entry == Some(21)).unwrap();
    assert_eq!(found.check, Rule::Int07);
    assert_eq!(found.explanation.as_deref(), Some("the scan is being made again"));
}

#[test]
fn a_publication_that_was_cut_short_is_finished() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, to) = (dir.path().join("ledger"), dir.path().join("published"));
    let mut growing = Growing::new(&ledger);
    // Pages are laid down and shown on the way.
    growing.publisher = Publisher::default().and_pages(b"the verifier".to_vec());
    growing.grow(20);
    let mut whole = FolderTarget::new(&to);
    // The place fails at the first, second, third … writing; each time the next call finishes what was announced.
    for at in 0..6 {
        let mut failing = Failing { folder: FolderTarget::new(&to), left: at };
        let error = growing.publish(&ledger, &mut failing).unwrap_err();
        assert!(matches!(error, PublishError::Remote { .. }), "{error}");
        if let Ok(folder) = verifier::folder::read_folder(&to) {
            let before = verify(&folder, &[]);
            assert!(
                before.findings.iter().all(|found| found.status == verifier::FindingStatus::Warn),
                "{}",
                before.to_text()
            );
        }
        let done = growing.publish(&ledger, &mut whole).unwrap();
        assert!(done.finished, "finished, not made anew");
        assert_ne!(judge(&files(&to)).verdict(), Verdict::Failed, "{}", judge(&files(&to)).to_text());
    }
}

/// A folder whose disk fails after so many writings.
struct Failing {
    folder: FolderTarget,
    left: usize,
}

impl Failing {
    fn count(&mut self) -> Result<(), PublishError> {
        let fault = PublishError::Remote { path: "the place".into(), quoted: "gone".into() };
        self.left = self.left.checked_sub(1).ok_or(fault)?;
        Ok(())
    }
}

impl PublicationTarget for Failing {
    fn name(&self) -> String {
        self.folder.name()
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        self.folder.read(path)
    }

    fn top(&self) -> Result<Vec<String>, PublishError> {
        self.folder.top()
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, PublishError> {
        self.folder.list(folder)
    }

    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<bool, PublishError> {
        self.count()?;
        self.folder.create(path, bytes)
    }

    fn replace(&mut self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        self.count()?;
        self.folder.replace(path, bytes)
    }

    fn create_snapshot(&mut self, n: u64, files: &[(String, Vec<u8>)]) -> Result<usize, PublishError> {
        self.count()?;
        self.folder.create_snapshot(n, files)
    }

    fn show(&mut self, checkpoint: &[u8]) -> Result<(), PublishError> {
        self.count()?;
        self.folder.show(checkpoint)
    }

    fn remove(&mut self, path: &str) -> Result<(), PublishError> {
        self.folder.remove(path)
    }
}
