//! A ledger published as the node publishes it, in memory: snapshots with their manifests, tiles, attachments, the checkpoint.

use std::collections::BTreeMap;

use event::{Hash, Text, json, sha256};
use ledger::projections;
use publication::{
    AttachmentLine, FileLine, Manifest, ReportPosition, make_report_files, manifest_text, office_key_name,
};
use scene::unplanned::LivedLedger;
use tlog::{note::NoteSigner, tile};

/// The files of a published ledger.
#[derive(Default)]
pub(crate) struct PublishedFiles(pub(crate) BTreeMap<String, Vec<u8>>);

impl PublishedFiles {
    /// Makes the next snapshot, before it is announced; gives the hash of its manifest.
    pub(crate) fn stage(&mut self, lived: &LivedLedger) -> Hash {
        let state = lived.head.state();
        let n = state.snapshots.last().map_or(1, |(_, last)| last.n + 1);
        let mut files = vec![("checkpoint".to_owned(), lived.checkpoint())];
        let documents = projections::project_documents(state).unwrap();
        files.extend(documents.into_iter().map(|(name, bytes)| (format!("projections/{name}"), bytes)));
        let position = ReportPosition::of_head(&lived.head, Some(n)).unwrap();
        files.extend(make_report_files(state, &position).unwrap());
        files.sort();
        let lines = files.iter().map(|(name, bytes)| FileLine {
            name: Text::new(name).unwrap(),
            sha256: sha256(&[bytes]),
            size: bytes.len() as u64,
        });
        let manifest = Manifest {
            attachments: self.attach(lived),
            files: lines.collect(),
            ledger: state.ledger.unwrap(),
            n,
            root: lived.head.root(),
            site: None,
            size: lived.head.size(),
            software: Text::new("hattama 0.0.0").unwrap(),
        };
        let manifest = json::encode(&manifest).unwrap();
        let origin = state.charter.as_ref().unwrap().origin.as_str();
        let secret = lived.life.office_secret(&lived.head);
        let signer = NoteSigner::new(&office_key_name(origin), &secret).unwrap();
        let note = signer.sign(&manifest_text(&state.ledger.unwrap(), n, &manifest)).unwrap();
        let hash = sha256(&[&manifest]);
        files.push(("manifest.json".to_owned(), manifest));
        files.push(("manifest.sig".to_owned(), note.into_bytes()));
        self.0.extend(files.into_iter().map(|(name, bytes)| (format!("snapshots/{n}/{name}"), bytes)));
        hash
    }

    /// The papers that are there by now; one in eight is never handed in.
    fn attach(&mut self, lived: &LivedLedger) -> Vec<AttachmentLine> {
        let mut lines = Vec::new();
        for (hash, size) in lived.named.iter().filter(|(hash, _)| hash.0[0] % 8 != 0) {
            let Some(bytes) = lived.life.papers().get(hash) else { continue };
            self.0.insert(format!("attachments/{hash}"), bytes.clone());
            lines.push(AttachmentLine { sha256: *hash, size: *size });
        }
        lines
    }

    /// Tiles, bundles and the checkpoint over the ledger as it is; an announcement whose snapshot was not admitted leaves
    /// nothing behind.
    pub(crate) fn finish(mut self, lived: &LivedLedger) -> BTreeMap<String, Vec<u8>> {
        let last = lived.head.state().snapshots.len() as u64;
        self.0.retain(|path, _| {
            let number = path.strip_prefix("snapshots/").and_then(|rest| rest.split('/').next());
            number.is_none_or(|number| number.parse::<u64>().unwrap() <= last)
        });
        let tiles = tile::tiles_for(lived.head.size());
        for path in tiles.tiles() {
            let bytes = tile::encode_tile(lived.head.tree(), &path).unwrap_or_default();
            self.0.insert(path.to_string(), bytes);
        }
        for path in tiles.bundles() {
            let first = path.index() as usize * usize::from(tile::FULL_WIDTH);
            let entries = &lived.entries[first..first + usize::from(path.width())];
            self.0.insert(path.to_string(), tile::encode_bundle(entries).unwrap());
        }
        self.0.insert("checkpoint".to_owned(), lived.checkpoint());
        self.0
    }
}
