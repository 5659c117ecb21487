//! Random mutations of a whole published ledger, by a cheat who holds the log's key, the office's, and every member's:
//! never VERIFIED where anything changed, but for survivors that are named and that a pin of the honest checkpoint finds.
//!
//! A few hundred run always; `HATTAMA_MUTATIONS=10000` says how many (see README, "Jobs").

use std::collections::BTreeMap;

use event::{Hash, SignedEvent, json};
use ledger::Entry;
use serde_json::Value;
use tlog::{checkpoint::Checkpoint, note::NoteSigner, tree::Tree, tree::leaf_hash};
use verifier::{
    Pin, Report, Source, Verdict,
    manifest::{Manifest, manifest_text, office_key_name},
    verify,
};

use crate::{
    scene::Scene,
    tamper::{Files, judge, published, roll},
};

/// What a cheat does, and how often it was done, found, and not.
#[derive(Debug, Default)]
struct Tally {
    tried: u64,
    unchanged: u64,
    survived: BTreeMap<String, u64>,
}

struct Cheat {
    scene: Scene,
    files: Files,
    entries: Vec<Vec<u8>>,
    seed: u64,
}

impl Cheat {
    fn below(&mut self, bound: usize) -> usize {
        (roll(&mut self.seed) % bound.max(1) as u64) as usize
    }

    /// Bytes of one file: flipped, put in, taken out, cut off.
    fn bytes(&mut self, files: &mut Files) -> String {
        let path = self.path(files, |_| true);
        let (how, random) = (self.below(4), roll(&mut self.seed) as u8);
        let at = self.below(files[&path].len());
        let bytes = files.get_mut(&path).unwrap();
        match how {
            0 => bytes[at] ^= 1 << (random % 8),
            1 => bytes.insert(at, random),
            2 => drop(bytes.remove(at)),
            _ => bytes.truncate(at),
        }
        path
    }

    /// Whole files: gone, exchanged, put elsewhere.
    fn whole(&mut self, files: &mut Files) -> String {
        let (path, other) = (self.path(files, |_| true), self.path(files, |_| true));
        match self.below(3) {
            0 => drop(files.remove(&path)),
            1 => {
                let (one, two) = (files[&path].clone(), files[&other].clone());
                files.insert(path.clone(), two);
                files.insert(other.clone(), one);
            }
            _ => drop(files.insert(format!("{path}x"), files[&other].clone())),
        }
        format!("{path} and {other}")
    }

    /// A value inside a JSON file, and the office signs for it.
    fn value(&mut self, files: &mut Files) -> String {
        let path = self.path(files, |path| path.starts_with("snapshots/1/") && path.ends_with(".json"));
        let mut value: Value = serde_json::from_slice(&files[&path]).unwrap();
        let said = self.change(&mut value);
        let report = path.contains("/report/");
        let bytes = if report { serde_json::to_vec_pretty(&value) } else { serde_json::to_vec(&value) };
        files.insert(path.clone(), bytes.unwrap());
        if self.below(2) == 0 {
            self.sign_manifest(files, path.strip_prefix("snapshots/1/").unwrap());
        }
        format!("{path}{said}")
    }

    fn sign_manifest(&self, files: &mut Files, inner: &str) {
        let name = "snapshots/1/manifest.json";
        let Ok(mut manifest) = json::decode::<Manifest>(&files[name]) else { return };
        let bytes = files[&format!("snapshots/1/{inner}")].clone();
        if let Some(line) = manifest.files.iter_mut().find(|line| line.name.as_str() == inner) {
            (line.sha256, line.size) = (event::sha256(&[&bytes]), bytes.len() as u64);
        }
        let bytes = json::encode(&manifest).unwrap();
        let origin = self.scene.head.state().charter.as_ref().unwrap().origin.to_string();
        let seed = self.scene.cast.secret("cec/office-1");
        let office = NoteSigner::new(&office_key_name(&origin), &seed).unwrap();
        let note = office.sign(&manifest_text(&manifest.ledger, manifest.n, &bytes)).unwrap();
        files.insert(name.to_owned(), bytes);
        files.insert("snapshots/1/manifest.sig".to_owned(), note.into_bytes());
    }

    /// Entries changed, dropped, doubled, moved; the chain of hashes is made whole again.
    fn entries(&mut self) -> (String, Vec<Vec<u8>>) {
        let mut entries = self.entries.clone();
        let at = self.below(entries.len());
        let said = match self.below(6) {
            0 => {
                entries.remove(at);
                "dropped"
            }
            1 => {
                entries.insert(at, entries[at].clone());
                "doubled"
            }
            2 => {
                let to = self.below(entries.len());
                entries.swap(at, to);
                "swapped"
            }
            3 => {
                let moved = entries.remove(at);
                let to = self.below(entries.len());
                entries.insert(to, moved);
                "moved"
            }
            4 => {
                let mut value: Value = serde_json::from_slice(&entries[at]).unwrap();
                self.change(&mut value);
                entries[at] = serde_json::to_vec(&value).unwrap();
                "changed"
            }
            _ => {
                entries[at] = self.resigned(&entries[at]);
                "changed and signed again by its members"
            }
        };
        (format!("entry {at} {said}"), rechained(&entries))
    }

    /// A figure of the event changed, and every member signs the lie.
    fn resigned(&mut self, bytes: &[u8]) -> Vec<u8> {
        let entry = Entry::decode(bytes).unwrap();
        let mut value: Value = serde_json::from_slice(bytes).unwrap();
        self.change(&mut value["event"]["body"]);
        let Ok(event) = json::decode::<event::Event>(&serde_json::to_vec(&value["event"]).unwrap()) else {
            return bytes.to_vec();
        };
        let mut signed = SignedEvent { event, signatures: Vec::new() };
        let known: Vec<String> = self.scene.cast.labels().map(str::to_owned).collect();
        let mut signs = |label: &String| signed.event.signers.contains(&self.scene.cast.key(label));
        let labels: Vec<String> = known.into_iter().filter(|label| signs(label)).collect();
        if self.scene.cast.sign(&mut signed, &labels).is_err() {
            return bytes.to_vec();
        }
        let Ok(checked) = signed.check() else { return bytes.to_vec() };
        Entry::seal(checked, entry.index(), entry.prev(), entry.received())
            .map_or_else(|_| bytes.to_vec(), |sealed| sealed.bytes().to_vec())
    }

    /// Changes one value somewhere in a document; tells where.
    fn change(&mut self, value: &mut Value) -> String {
        match value {
            Value::Object(fields) if !fields.is_empty() => {
                let at = self.below(fields.len());
                let name = fields.keys().nth(at).unwrap().clone();
                if self.below(12) == 0 {
                    fields.remove(&name);
                    return format!("/{name} removed");
                }
                let inner = self.change(&mut fields[&name]);
                format!("/{name}{inner}")
            }
            Value::Array(list) if !list.is_empty() => {
                let at = self.below(list.len());
                match self.below(12) {
                    0 => drop(list.remove(at)),
                    1 => list.insert(at, list[at].clone()),
                    _ => return format!("/{at}{}", self.change(&mut list[at])),
                }
                format!("/{at} removed or doubled")
            }
            Value::Number(number) => {
                *value = Value::from(number.as_u64().unwrap_or(7) + 1);
                String::new()
            }
            Value::String(text) => {
                let digit = text.chars().position(|c| c.is_ascii_digit());
                let changed = |c: char| if c == '9' { '8' } else { char::from(c as u8 + 1) };
                *text = match digit {
                    Some(at) => {
                        text.chars().enumerate().map(|(n, c)| if n == at { changed(c) } else { c }).collect()
                    }
                    None => format!("{text}a"),
                };
                String::new()
            }
            other => {
                *other = Value::Bool(true);
                String::new()
            }
        }
    }

    fn path(&mut self, files: &Files, wanted: impl Fn(&str) -> bool) -> String {
        let paths: Vec<&String> = files.keys().filter(|path| wanted(path)).collect();
        paths[self.below(paths.len())].clone()
    }

    /// What an observer says of entries that the log key signed for.
    fn signed_over(&self, entries: &[Vec<u8>], pins: &[Pin]) -> Report {
        let mut tree = Tree::default();
        entries.iter().for_each(|entry| tree.push(leaf_hash(entry)));
        let origin = self.scene.head.state().charter.as_ref().unwrap().origin.to_string();
        let signer = NoteSigner::new(&origin, &self.scene.cast.secret("log")).unwrap();
        let checkpoint = Checkpoint { origin, size: tree.size(), root: tree.root(), extensions: Vec::new() };
        let note = checkpoint.sign(&signer).unwrap().into_bytes();
        verify(&Source::local("signed over", entries.to_vec(), Some(note)), pins)
    }
}

/// Numbers the entries and links each to the one before, as a node run by a cheat would.
fn rechained(entries: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut prev = Hash::ZERO;
    let mut chained = Vec::new();
    for (index, bytes) in entries.iter().enumerate() {
        let mut value: Value = serde_json::from_slice(bytes).unwrap();
        value["index"] = Value::from(index);
        value["prev"] = Value::from(prev.to_string());
        let bytes = serde_json::to_vec(&value).unwrap();
        prev = Hash(leaf_hash(&bytes));
        chained.push(bytes);
    }
    chained
}

fn good(report: &Report) -> bool {
    matches!(report.verdict(), Verdict::Verified | Verdict::VerifiedWithWarnings)
}

#[test]
fn no_mutation_is_verified() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, files) = published(dir.path());
    let wanted = std::env::var("HATTAMA_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(300_u64);
    let entries = tlog::tile::parse_bundle(&files["tile/entries/000.p/46"], 46).unwrap();
    let entries: Vec<Vec<u8>> = entries.into_iter().map(<[u8]>::to_vec).collect();
    let honest = Pin::Checkpoint(files["checkpoint"].clone());
    let mut cheat = Cheat { scene, files: files.clone(), entries, seed: 20_251_012 };
    let mut tally: BTreeMap<&str, Tally> = BTreeMap::new();
    for round in 0..wanted {
        let kinds = ["bytes", "files", "values", "entries"];
        let kind = kinds[(round % 4) as usize];
        let count = tally.entry(kind).or_default();
        count.tried += 1;
        if kind == "entries" {
            let (said, entries) = cheat.entries();
            if entries == cheat.entries {
                count.unchanged += 1;
                continue;
            }
            if good(&cheat.signed_over(&entries, &[])) {
                // Another lawful history: only something from outside can tell, and it must.
                let pinned = cheat.signed_over(&entries, std::slice::from_ref(&honest));
                assert_eq!(pinned.verdict(), Verdict::Failed, "{said}: {}", pinned.text());
                *count.survived.entry(said.split(' ').skip(2).collect::<Vec<_>>().join(" ")).or_default() +=
                    1;
            }
            continue;
        }
        let mut copy = cheat.files.clone();
        let said = match kind {
            "bytes" => cheat.bytes(&mut copy),
            "files" => cheat.whole(&mut copy),
            _ => cheat.value(&mut copy),
        };
        if copy == files {
            count.unchanged += 1;
            continue;
        }
        let report = judge(&copy);
        if good(&report) {
            let why = explained(&files, &copy).unwrap_or_else(|| panic!("{kind} {said}: {}", report.text()));
            *count.survived.entry(why.to_owned()).or_default() += 1;
        }
    }
    for (kind, count) in &tally {
        eprintln!(
            "{kind}: {} mutations, {} changed nothing, survivors {:?}",
            count.tried, count.unchanged, count.survived
        );
    }
}

/// Why a changed copy may be good, if there is a reason.
fn explained(before: &Files, after: &Files) -> Option<&'static str> {
    let same = |(path, bytes): &(&String, &Vec<u8>)| before.get(*path) == Some(bytes);
    let kept = after.iter().filter(same).count();
    let lost: Vec<&String> = before.keys().filter(|path| !after.contains_key(*path)).collect();
    let only_lost = kept == after.len();
    if only_lost && lost.iter().all(|path| path.contains(".p/45")) {
        return Some("a partial tile that a wider one replaced is gone");
    }
    if only_lost && lost.iter().all(|path| path.starts_with("attachments/")) {
        return Some("a paper that no manifest lists is gone, and is warned of");
    }
    None
}
