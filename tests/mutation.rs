//! Random mutations of a whole published ledger, by a cheat who holds the log's key, the office's, and every member's:
//! never VERIFIED where anything changed that a check covers.
//!
//! In: bytes, whole files, values of JSON with or without the office's signature, values of a snapshot that is announced
//! and signed all the way up, entries moved about and chained anew, events that their members sign again. What survives
//! is counted with the reason why no check of the source alone can find it; another lawful history is found by a pin of the
//! honest checkpoint, every time. Out: single lies and what exactly finds them (`planted`).
//!
//! A few hundred run always; `HATTAMA_MUTATIONS=10000` says how many (see docs/jobs.md).

mod outcome;

use std::collections::BTreeMap;

use event::{Hash, SignedEvent, json};
use ledger::Entry;
use publication::{Manifest, manifest_text, office_key_name};
use serde_json::Value;
use tlog::{checkpoint::Checkpoint, note::NoteSigner, tree::Tree, tree::leaf_hash};
use verifier::{Pin, Report, Source, Verdict};

use crate::{
    planted::press::{Press, Sheet, whole},
    scene::{Scene, verify},
    tamper::{Files, judge, published, roll},
};

/// Kinds of mutations, each as often as every other one.
const KINDS: [&str; 6] = ["bytes", "files", "values", "announced", "entries", "events"];

/// Another lawful history: nothing inside it can tell.
const LAWFUL: &str = "another lawful history, which the pin of the honest checkpoint finds";

/// What became of one mutation.
enum Outcome {
    Found,
    Unchanged,
    /// It is good in the eyes of an observer, and why.
    Survived(&'static str),
}

/// What a cheat does, and how often it was done, found, and not.
#[derive(Debug, Default)]
struct Tally {
    tried: u64,
    found: u64,
    unchanged: u64,
    survived: BTreeMap<&'static str, u64>,
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
        let said = match self.below(5) {
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
            _ => {
                let mut value: Value = serde_json::from_slice(&entries[at]).unwrap();
                self.change(&mut value);
                entries[at] = serde_json::to_vec(&value).unwrap();
                "changed"
            }
        };
        (format!("entry {at} {said}"), rechained(&entries))
    }

    /// One event changed and signed again by its members. What came after it stays as it was, with its chain of hashes
    /// made whole, or is left out: then nothing contradicts the event but the law.
    fn event(&mut self) -> (String, Vec<Vec<u8>>) {
        let mut entries = self.entries.clone();
        let at = self.below(entries.len());
        let (said, bytes) = self.resigned(&entries[at]);
        let ends = self.below(2) == 0;
        entries[at] = bytes;
        if ends {
            entries.truncate(at + 1);
        }
        let how = if ends { "signed again, and the last one" } else { "signed again" };
        (format!("entry {at}{said} {how}"), rechained(&entries))
    }

    /// A snapshot with a value or a byte changed in one of its files, for which the office signs, which the ledger
    /// announces, and over which the log signs.
    fn announced(&mut self) -> (String, Files) {
        let mut press = Press::new(whole());
        let mut said = String::new();
        press.publish("2025-10-17 16:20", |sheet| said = self.sheet(sheet));
        (said, press.folder())
    }

    fn sheet(&mut self, sheet: &mut Sheet) -> String {
        if self.below(6) == 0 {
            let mut value = serde_json::to_value(&sheet.manifest).unwrap();
            let said = self.change(&mut value);
            if let Ok(manifest) = json::decode(&serde_json::to_vec(&value).unwrap()) {
                sheet.manifest = manifest;
            }
            return format!("manifest.json{said}");
        }
        if self.below(4) == 0 {
            return self.bytes(&mut sheet.files);
        }
        let path = self.path(&sheet.files, |path| path.ends_with(".json"));
        let mut value: Value = serde_json::from_slice(&sheet.files[&path]).unwrap();
        let said = self.change(&mut value);
        sheet.files.insert(path.clone(), serde_json::to_vec(&value).unwrap());
        format!("{path}{said}")
    }

    /// A value of the event changed, and whoever can sign it signs the lie; as it was where it has no form.
    fn resigned(&mut self, bytes: &[u8]) -> (String, Vec<u8>) {
        let entry = Entry::decode(bytes).unwrap();
        let mut value: Value = serde_json::from_slice(bytes).unwrap();
        let (place, part) = if self.below(4) == 0 {
            ("", &mut value["event"])
        } else {
            ("/body", &mut value["event"]["body"])
        };
        let said = format!("{place}{}", self.change(part));
        let unchanged = (said.clone(), bytes.to_vec());
        let Ok(event) = json::decode::<event::Event>(&serde_json::to_vec(&value["event"]).unwrap()) else {
            return unchanged;
        };
        let mut signed = SignedEvent::unsigned(event).unwrap();
        let known: Vec<String> = self.scene.cast.labels().map(str::to_owned).collect();
        let mut signs = |label: &String| signed.event.signers.contains(&self.scene.cast.key(label));
        let labels: Vec<String> = known.into_iter().filter(|label| signs(label)).collect();
        if self.scene.cast.sign(&mut signed, &labels).is_err() {
            return unchanged;
        }
        let Ok(checked) = signed.check() else { return unchanged };
        match Entry::seal(checked, entry.index(), entry.prev(), entry.received()) {
            Ok(sealed) => (said, sealed.bytes().to_vec()),
            Err(_) => unchanged,
        }
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
            Value::Bool(flag) => {
                *flag = !*flag;
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
        verify(&Source::from_entries("signed over", entries.to_vec(), Some(note)), pins)
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

/// Plays so many rounds; what became of them by kind.
fn play(seed: u64, rounds: u64) -> BTreeMap<&'static str, Tally> {
    let dir = tempfile::tempdir().unwrap();
    let (scene, files) = published(dir.path());
    let entries = tlog::tile::parse_bundle(&files["tile/entries/000.p/46"], 46).unwrap();
    let entries: Vec<Vec<u8>> = entries.into_iter().map(<[u8]>::to_vec).collect();
    let honest = Pin::Checkpoint(files["checkpoint"].clone());
    assert_eq!(judge(&files).verdict(), Verdict::Verified);
    let mut cheat = Cheat { scene, files, entries, seed };
    let mut untold = Press::new(whole());
    untold.publish("2025-10-17 16:20", |_| {});
    let untold = untold.folder();
    let mut tally: BTreeMap<&'static str, Tally> = BTreeMap::new();
    for round in 0..rounds {
        let kind = KINDS[(round % KINDS.len() as u64) as usize];
        let outcome = match kind {
            "entries" | "events" => {
                let (said, entries) = if kind == "events" { cheat.event() } else { cheat.entries() };
                cheat.of_entries(&said, &entries, &honest)
            }
            "announced" => {
                let (said, copy) = cheat.announced();
                outcome::of_files(&said, &untold, &copy)
            }
            _ => {
                let mut copy = cheat.files.clone();
                let said = match kind {
                    "bytes" => cheat.bytes(&mut copy),
                    "files" => cheat.whole(&mut copy),
                    _ => cheat.value(&mut copy),
                };
                outcome::of_files(&said, &cheat.files, &copy)
            }
        };
        let count = tally.entry(kind).or_default();
        count.tried += 1;
        match outcome {
            Outcome::Found => count.found += 1,
            Outcome::Unchanged => count.unchanged += 1,
            Outcome::Survived(why) => *count.survived.entry(why).or_default() += 1,
        }
    }
    tally
}

/// Adds up what several cheats came to.
fn sum_tallies(all: Vec<BTreeMap<&'static str, Tally>>) -> BTreeMap<&'static str, Tally> {
    let mut sums: BTreeMap<&'static str, Tally> = BTreeMap::new();
    for (kind, one) in all.into_iter().flatten() {
        let sum = sums.entry(kind).or_default();
        sum.tried += one.tried;
        sum.found += one.found;
        sum.unchanged += one.unchanged;
        for (why, count) in one.survived {
            *sum.survived.entry(why).or_default() += count;
        }
    }
    sums
}

#[test]
fn no_mutation_is_verified() {
    const SEED: u64 = 20_251_012;
    let wanted = std::env::var("HATTAMA_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(300_u64);
    // A long run is shared by as many cheats as there are cores, each with a seed of its own.
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let cheats = if wanted > 1_000 { cores } else { 1 };
    let tally = std::thread::scope(|scope| {
        let start = |cheat| scope.spawn(move || play(SEED + cheat, wanted.div_ceil(cheats)));
        let running: Vec<_> = (0..cheats).map(start).collect();
        sum_tallies(running.into_iter().map(|cheat| cheat.join().unwrap()).collect())
    });
    for (kind, Tally { tried, found, unchanged, survived }) in &tally {
        eprintln!(
            "{kind}: {tried} mutations, {found} found, {unchanged} changed nothing, survivors {survived:?}"
        );
        assert!(found * 2 > *tried, "{kind}: most mutations change something, and are found");
    }
}
