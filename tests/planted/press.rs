//! A publisher in memory, who may lie between making the files of a snapshot and signing for them.
//!
//! In: snapshots of a scene under any office key, the folder that the world reads, what an observer brings along. Out:
//! which lies are told (the families), publishing as it is done (`node`).

use std::sync::OnceLock;

use event::{Hash, json, sha256};
use law::{
    Fact,
    facts::{Overridden, SnapshotPublished},
};
use ledger::projections;
use publication::{
    AttachmentLine, FileLine, Manifest, ReportPosition, make_report_files, manifest_text, office_key_name,
};
use tlog::{note::NoteSigner, tile};
use verifier::{Content, ObserverInputs, Pin, Report, Scan, Sealed, Source, Verification, copies::PaperCopy};

use crate::{
    evidence::{ORIGIN, note, tree},
    scene::{Scene, papers, play::by, text},
    tamper::Files,
};

/// What stands for the verifier as one file.
pub(crate) const PROGRAM: &[u8] = b"<!doctype html><title>verify</title>";

/// A scene with the snapshots that were made of it.
pub(crate) struct Press {
    pub(crate) scene: Scene,
    snapshots: Files,
    /// Label of the office key in force, and of the one that signs manifests.
    pub(crate) office: [&'static str; 2],
    /// The checks that the next snapshot is published in spite of.
    pub(crate) overridden: Option<Overridden>,
}

/// One snapshot that nobody has signed yet.
pub(crate) struct Sheet {
    /// Its files, but for the manifest and its signature.
    pub(crate) files: Files,
    /// Its manifest; the files are listed anew when it is signed.
    pub(crate) manifest: Manifest,
}

impl Press {
    pub(crate) fn new(scene: Scene) -> Self {
        Self { scene, snapshots: Files::new(), office: ["cec/office-1"; 2], overridden: None }
    }

    pub(crate) fn again(&self) -> Self {
        Self {
            scene: self.scene.again(),
            snapshots: self.snapshots.clone(),
            office: self.office,
            overridden: self.overridden.clone(),
        }
    }

    /// The whole scene and one honest snapshot.
    pub(crate) fn honest() -> Self {
        static HONEST: OnceLock<Press> = OnceLock::new();
        let honest = HONEST.get_or_init(|| {
            let mut press = Self::new(whole());
            press.publish("2025-10-17 16:20", |_| {});
            press
        });
        honest.again()
    }

    /// Makes a snapshot of the ledger as it stands, changes it, signs for it and announces it.
    pub(crate) fn publish(&mut self, at: &str, change: impl FnOnce(&mut Sheet)) {
        let head = &self.scene.head;
        let n = head.state().snapshots.last().map_or(1, |(_, last)| last.n + 1);
        let documents = projections::project_documents(head.state()).unwrap();
        let projection_root = projections::projection_root(&documents);
        let mut files =
            Files::from([("checkpoint".to_owned(), note(&self.scene, "log", &self.scene.entries))]);
        files.extend(documents.into_iter().map(|(name, bytes)| (format!("projections/{name}"), bytes)));
        files.extend(
            make_report_files(head.state(), &ReportPosition::of_head(head, Some(n)).unwrap()).unwrap(),
        );
        let manifest = Manifest {
            attachments: self.papers().iter().map(|paper| attached(paper)).collect(),
            files: lines(&files),
            ledger: head.state().ledger.unwrap(),
            n,
            root: head.root(),
            site: None,
            size: head.size(),
            software: text("hattama 0.1.0"),
        };
        let (root, size) = (manifest.root, manifest.size);
        let mut sheet = Sheet { files, manifest };
        change(&mut sheet);
        let manifest = self.sign(sheet, n);
        let overridden = self.overridden.take();
        let body = SnapshotPublished { manifest, n, overridden, projection_root, root, size };
        let mut step = by(at, "cec", "office", None, Fact::SnapshotPublished(body));
        step.signers = vec![self.office[0].to_owned()];
        self.scene.say(&step);
    }

    /// Lays the signed files down; the hash of the manifest.
    fn sign(&mut self, sheet: Sheet, n: u64) -> Hash {
        let Sheet { files, mut manifest } = sheet;
        manifest.files = lines(&files);
        let bytes = json::encode(&manifest).unwrap();
        let seed = self.scene.cast.secret(self.office[1]);
        let signer = NoteSigner::new(&office_key_name(ORIGIN), &seed).unwrap();
        let signature = signer.sign(&manifest_text(&manifest.ledger, n, &bytes)).unwrap();
        let hash = sha256(&[&bytes]);
        let own = [("manifest.json".to_owned(), bytes), ("manifest.sig".to_owned(), signature.into_bytes())];
        let placed = files.into_iter().chain(own);
        self.snapshots.extend(placed.map(|(name, bytes)| (format!("snapshots/{n}/{name}"), bytes)));
        hash
    }

    /// The same with pages, changed before they are signed for.
    pub(crate) fn publish_pages(&mut self, at: &str, change: impl FnOnce(&mut Sheet)) {
        let head = self.scene.head.clone();
        self.publish(at, |sheet| {
            sheet.add_pages(&head);
            change(sheet);
        });
    }

    /// The papers that entries name, by hash.
    fn papers(&self) -> Vec<Vec<u8>> {
        let said = String::from_utf8(self.scene.entries.concat()).unwrap();
        let mut own = papers();
        own.retain(|paper| said.contains(&sha256(&[paper]).to_string()));
        own.sort_by_key(|paper| sha256(&[paper]));
        own
    }

    /// What the world reads.
    pub(crate) fn folder(&self) -> Files {
        let entries = &self.scene.entries;
        let tree = tree(entries);
        let mut files = self.snapshots.clone();
        files.insert("checkpoint".to_owned(), note(&self.scene, "log", entries));
        for path in tile::tiles_for(tree.size()).tiles() {
            files.insert(path.to_string(), tile::encode_tile(&tree, &path).unwrap());
        }
        for path in tile::tiles_for(tree.size()).bundles() {
            let first = path.index() as usize * 256;
            let bundle = &entries[first..first + usize::from(path.width())];
            files.insert(path.to_string(), tile::encode_bundle(bundle).unwrap());
        }
        for paper in self.papers() {
            files.insert(format!("attachments/{}", sha256(&[&paper])), paper);
        }
        files
    }

    pub(crate) fn source(&self) -> Source {
        Source::from_published_files("planted", self.folder())
    }

    pub(crate) fn verdict(&self) -> Report {
        Brought::default().judge(&self.source())
    }
}

fn lines(files: &Files) -> Vec<FileLine> {
    let line = |(name, bytes): (&String, &Vec<u8>)| FileLine {
        name: text(name),
        sha256: sha256(&[bytes]),
        size: bytes.len() as u64,
    };
    files.iter().map(line).collect()
}

fn attached(paper: &[u8]) -> AttachmentLine {
    AttachmentLine { sha256: sha256(&[paper]), size: paper.len() as u64 }
}

impl Sheet {
    /// Adds the pages of the ledger as it stands, and the program beside them.
    pub(crate) fn add_pages(&mut self, head: &ledger::Head) {
        self.manifest.site = Some(::site::SITE_FORMAT);
        let pages = ::site::make_site(head).unwrap();
        self.files.extend(pages.into_iter().map(|(path, bytes)| (format!("site/{path}"), bytes)));
        self.files.insert("site/verify.html".to_owned(), PROGRAM.to_vec());
    }

    /// Other words in a file.
    pub(crate) fn replace(&mut self, name: &str, old: &str, new: &str) {
        let text = String::from_utf8(self.files[name].clone()).unwrap();
        assert!(text.contains(old), "{name} has no {old}: {text}");
        self.files.insert(name.to_owned(), text.replacen(old, new, 1).into_bytes());
    }
}

/// The whole scene, played once.
pub(crate) fn whole() -> Scene {
    static WHOLE: OnceLock<Scene> = OnceLock::new();
    WHOLE.get_or_init(Scene::whole).again()
}

/// The whole scene with a lie under the office's own signature.
pub(crate) fn issued(change: impl FnOnce(&mut Sheet)) -> Report {
    let mut press = Press::new(whole());
    press.publish("2025-10-17 16:20", change);
    press.verdict()
}

/// The whole scene with a lie in its pages, under the office's own signature.
pub(crate) fn shown(change: impl FnOnce(&mut Sheet)) -> Report {
    let mut press = Press::new(whole());
    press.publish_pages("2025-10-17 16:20", change);
    press.verdict()
}

/// The folder of an honest snapshot with pages, after somebody without any key was at it.
pub(crate) fn retouched(change: impl FnOnce(&mut Files)) -> Report {
    let mut press = Press::new(whole());
    press.publish_pages("2025-10-17 16:20", |_| {});
    let mut files = press.folder();
    files.insert("index.html".into(), ::site::render_root_page(1));
    change(&mut files);
    Brought::default().judge(&Source::from_published_files("planted", files))
}

/// An honest snapshot, and a second one with a lie in it.
pub(crate) fn reissued(change: impl FnOnce(&mut Sheet)) -> Report {
    let mut press = Press::honest();
    press.publish("2025-10-18 10:00", change);
    press.verdict()
}

/// The honest folder after somebody without any key was at it.
pub(crate) fn touched(change: impl FnOnce(&mut Files)) -> Report {
    let mut files = Press::honest().folder();
    change(&mut files);
    Brought::default().judge(&Source::from_published_files("planted", files))
}

/// The honest folder, and what an observer holds against it.
pub(crate) fn held(brings: impl FnOnce(&mut Press) -> Brought) -> Report {
    let press = Press::honest();
    brings(&mut press.again()).judge(&press.source())
}

/// What an observer brings along.
#[derive(Default)]
pub(crate) struct Brought {
    pub(crate) pins: Vec<Pin>,
    pub(crate) scans: Vec<Scan>,
    pub(crate) mirrors: Vec<Source>,
    pub(crate) copies: Vec<PaperCopy>,
    pub(crate) by_lot: bool,
    pub(crate) sealed: Vec<Sealed>,
    pub(crate) verifier_page: Option<Hash>,
}

impl Brought {
    pub(crate) fn pin(pin: Pin) -> Self {
        Self { pins: vec![pin], ..Self::default() }
    }

    pub(crate) fn judge(&self, source: &Source) -> Report {
        let Self { pins, scans, mirrors, copies, by_lot, sealed, verifier_page } = self;
        if let Content::Published(files) = &source.content {
            crate::second::seen(|| files.clone());
        }
        let inputs = ObserverInputs {
            pins,
            scans,
            mirrors,
            copies,
            by_lot: *by_lot,
            sealed,
            faults: &[],
            verifier_page: *verifier_page,
            program: None,
        };
        Verification::run(source, &inputs, None).into_report()
    }
}
