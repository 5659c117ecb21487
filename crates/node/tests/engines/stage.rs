//! A lawful election to append, one event after the other, and what must hold of a ledger afterwards.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use event::{Hash, SignedEvent, Stamp};
use node::{AppendError, OpenLedgerError, Writer};
use node::{FolderTarget, OfficeKey, OfficeSigner, Publisher};
use scene::Scene;
use verifier::{ObserverInputs, Source, Verdict, Verification};

/// The events of a small election.
pub(crate) struct Stage {
    scene: Scene,
    pub(crate) seed: [u8; 32],
}

/// What was acknowledged: each event's place, and its receipt.
#[derive(Default)]
pub(crate) struct Kept(pub(crate) BTreeMap<Hash, (u64, tlog::receipt::Receipt)>);

pub(crate) fn at(signed: &SignedEvent) -> Stamp {
    Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap()
}

impl Stage {
    pub(crate) fn new() -> Self {
        let scene = Scene::whole();
        let seed = scene.cast.secret("log");
        Self { scene, seed }
    }

    /// All events, the charter first.
    pub(crate) fn said(&self) -> &[SignedEvent] {
        &self.scene.said
    }

    /// A new ledger in a database.
    pub(crate) fn create(&self, dir: &Path, address: &str) -> Writer {
        let charter = &self.said()[0];
        Writer::create_shared(dir, address, charter, &self.seed, at(charter)).unwrap()
    }

    /// One more node of it.
    pub(crate) fn join(&self, dir: &Path, address: &str) -> Writer {
        drop(node::join_shared(dir, address).unwrap());
        self.open(dir).unwrap()
    }

    pub(crate) fn open(&self, dir: &Path) -> Result<Writer, OpenLedgerError> {
        Writer::open(dir, &self.seed).map(|(writer, _)| writer)
    }

    /// Appends one event, and keeps what was acknowledged.
    pub(crate) fn append(
        &self,
        writer: &mut Writer,
        index: usize,
        kept: &mut Kept,
    ) -> Result<bool, AppendError> {
        let signed = &self.said()[index];
        let answer = writer.append(&[(signed.clone(), at(signed))])?.remove(0)?;
        let receipt = writer.issue_receipt(answer.index)?;
        if let Some((known, _)) = kept.0.insert(answer.event, (answer.index, receipt)) {
            assert_eq!(known, answer.index, "one event in two places");
        }
        Ok(answer.again)
    }

    /// Publishes what a node has; the verifier says of it that it is verified.
    pub(crate) fn require_publishable(&self, writer: &mut Writer, to: &Path) {
        let dir = writer.store().dir().to_owned();
        for paper in scene::papers() {
            let _unnamed = node::add_attachment(writer, &dir, &paper);
        }
        let last = writer.head().last_received().unwrap();
        let seed = self.scene.cast.secret("cec/office-1");
        let at = event::Time::from_seconds(last.millis().div_euclid(1000), 5).unwrap();
        let office = OfficeSigner { key: OfficeKey::Seed(&seed), at, received: last };
        let mut target = FolderTarget::new(to);
        Publisher::default().publish(writer, &dir, &mut target, &office, None).unwrap();
        assert_eq!(verify(&verifier::folder::read_folder(to).unwrap()), Verdict::Verified);
    }

    /// Everything that was acknowledged is there, in its place; every receipt verifies; the verifier has nothing to say.
    pub(crate) fn require_whole(&self, dirs: &[PathBuf], kept: &[Kept]) {
        let mut histories = Vec::new();
        for dir in dirs {
            let (entries, head) = store::read::snapshot_of(dir).unwrap();
            let entries: Vec<_> = entries.iter().map(|bytes| ledger::Entry::decode(bytes).unwrap()).collect();
            let mut replayed = ledger::Head::default();
            for entry in &entries {
                let admitted = replayed.admit(entry.clone()).unwrap();
                replayed.extend(admitted);
            }
            let key =
                ledger::LogKeys::of(replayed.state()).unwrap().in_force(replayed.size()).unwrap().clone();
            for (event, (index, receipt)) in kept.iter().flat_map(|kept| &kept.0) {
                let Some(entry) = entries.get(usize::try_from(*index).unwrap()) else {
                    panic!("acknowledged and not there: entry {index} of {}", entries.len());
                };
                assert_eq!(entry.checked().hash(), *event);
                let signed = receipt.verify(&entry.hash().0, &key).unwrap();
                assert_eq!(replayed.root_at(signed.size), Some(Hash(signed.root)), "another tree was signed");
            }
            assert_eq!(head.clone().unwrap().0, replayed.size(), "not all of it is signed");
            let note = head.map(|(_, note)| note);
            let bytes = entries.iter().map(|entry| entry.bytes().to_vec()).collect();
            // Its papers lie elsewhere, which is told.
            let found = verify(&Source::from_entries("ledger", bytes, note));
            assert!(matches!(found, Verdict::Verified | Verdict::VerifiedWithWarnings), "{found:?}");
            histories.push((replayed.size(), replayed.root()));
        }
        assert!(histories.windows(2).all(|two| two[0] == two[1]), "{histories:?}");
    }
}

fn verify(source: &Source) -> Verdict {
    Verification::run(source, &ObserverInputs::default(), None).into_report().verdict()
}
