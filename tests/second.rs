//! A second implementation, in Python from docs/format.md alone, comes to the same as the verifier in every check it makes.
//!
//! In: ledgers as folders, what both say of them, a comparison by check id. Out: the program itself (`second/verify.py`).
//! Says "skipped" aloud where python3 or its `cryptography` is missing.

mod evidence_files;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use verifier::{Report, Status, Verdict, evidence::Evidence, folder};

use crate::{
    demo_folder::demo_folder,
    planted,
    scene::{Expected, Scene, trials, verified},
    tamper::{Files, judge, published, roll, signed_over, with_entries},
};

/// The checks that the second implementation makes wherever the verifier does.
const COVERED: [&str; 9] =
    ["INT-02", "INT-03", "INT-04", "INT-06", "INT-09", "INT-10", "INT-11", "SIG-01", "SIG-07"];
/// Checks of published files that it makes, too.
const OF_FILES: [&str; 7] = ["ARI-08", "ARI-09", "ARI-12", "PUB-02", "PUB-03", "SNP-04", "SNP-05"];

thread_local! {
    static SEEN: RefCell<Option<Vec<Files>>> = const { RefCell::new(None) };
}

/// A ledger that a test is about to verify: kept, if somebody in this thread asked for it.
pub(crate) fn seen(files: impl FnOnce() -> Files) {
    SEEN.with_borrow_mut(|kept| {
        if let Some(kept) = kept {
            kept.push(files());
        }
    });
}

thread_local! {
    static SHOWN: RefCell<Option<Vec<Evidence>>> = const { RefCell::new(None) };
}

/// Evidence that a test has judged: kept, if somebody in this thread asked for it.
pub(crate) fn seen_evidence(evidence: &Evidence) {
    SHOWN.with_borrow_mut(|kept| {
        if let Some(kept) = kept {
            kept.push(evidence.clone());
        }
    });
}

/// Every ledger that is verified meanwhile.
pub(crate) fn watched(run: impl FnOnce()) -> Vec<Files> {
    SEEN.set(Some(Vec::new()));
    run();
    SEEN.take().unwrap_or_default()
}

/// Entries and a checkpoint as they are published, without a snapshot.
pub(crate) fn folder(entries: &[Vec<u8>], note: &[u8]) -> Files {
    let mut tree = tlog::tree::Tree::default();
    entries.iter().for_each(|entry| tree.push(tlog::tree::leaf_hash(entry)));
    let mut files = Files::from([("checkpoint".to_owned(), note.to_vec())]);
    let tiles = tlog::tile::tiles_for(tree.size());
    for path in tiles.tiles() {
        files.insert(path.to_string(), tlog::tile::encode_tile(&tree, &path).unwrap());
    }
    for (part, path) in entries.chunks(256).zip(tiles.bundles()) {
        files.insert(path.to_string(), tlog::tile::encode_bundle(part).unwrap());
    }
    files
}

/// What the second implementation says of a ledger: each check with its word, and the verdict.
pub(crate) type Said = (BTreeMap<String, String>, String);

/// Runs it once over many folders; `None`, said aloud, where it cannot run.
pub(crate) fn python(folders: &[PathBuf]) -> Option<Vec<Said>> {
    let ready = Command::new("python3").args(["-c", "import cryptography"]).output();
    if !ready.is_ok_and(|done| done.status.success()) {
        eprintln!("skipped: no python3 with cryptography here (apt-get install python3-cryptography)");
        return None;
    }
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/second/verify.py");
    let done = Command::new("python3").arg(program).args(folders).output().unwrap();
    let out = String::from_utf8(done.stdout).unwrap();
    assert!(done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut said: Vec<Said> = Vec::new();
    for line in out.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "ledger" => said.push(Said::default()),
            id if id.chars().nth(3) == Some('-') => {
                let status = rest.split(' ').next().unwrap().to_owned();
                said.last_mut().unwrap().0.insert(id.to_owned(), status);
            }
            _ => line.clone_into(&mut said.last_mut().unwrap().1),
        }
    }
    assert_eq!(said.len(), folders.len());
    let any = |word: &str| said.iter().any(|(_, verdict)| verdict.starts_with(word));
    let code = if any("FAILED") { 1 } else { 2 * i32::from(any("UNREADABLE") || any("INCOMPLETE")) };
    assert_eq!(done.status.code(), Some(code), "the exit code goes with the verdicts");
    Some(said)
}

fn failing(report: &Report) -> BTreeSet<&'static str> {
    let failed = report.rows.iter().filter(|row| matches!(row.status, Status::Fail | Status::Error(_)));
    failed.map(|row| row.rule.id()).filter(|id| COVERED.contains(id)).collect()
}

/// Where the two differ, in words.
fn differ(name: &str, report: &Report, (checks, verdict): &Said) -> Option<String> {
    let failed = |id: &&str| checks.get(*id).is_some_and(|status| status == "FAIL");
    let python: BTreeSet<&str> = COVERED.into_iter().filter(failed).collect();
    let rust = failing(report);
    let refused = verdict == "FAILED" && !matches!(report.verdict(), Verdict::Failed | Verdict::Incomplete);
    // Where the charter itself is unlawful, one of them takes no key from it and the other a bad one.
    let no_charter =
        report.findings.iter().any(|found| found.check.id() == "INT-01" && found.entry == Some(0));
    // What stopped the replay, and what is false in published files: neither finds what the other does not.
    let named = |row: &&verifier::Row| matches!(row.status, Status::Fail | Status::Error(_));
    let all: BTreeSet<&str> = report.rows.iter().filter(named).map(|row| row.rule.id()).collect();
    let own: Vec<&str> =
        checks.iter().filter(|(_, word)| *word == "FAIL").map(|(id, _)| id.as_str()).collect();
    let alone: Vec<&&str> =
        own.iter().filter(|id| !all.contains(**id) && (**id != "SIG-07" || !no_charter)).collect();
    let missed = OF_FILES.iter().any(|id| all.contains(id) && verdict.starts_with("VERIFIED"));
    if !alone.is_empty() || missed {
        return Some(format!("{name}: verifier {all:?}, second {own:?} of {checks:?}"));
    }
    let beside = python.symmetric_difference(&rust).any(|id| *id != "SIG-07" || !no_charter);
    (beside || refused).then(|| {
        let first: Vec<_> = report
            .findings
            .iter()
            .filter(|found| found.status == verifier::FindingStatus::Fail)
            .take(3)
            .collect();
        format!("{name}: verifier {rust:?}, second {python:?} of {checks:?}; {first:?}")
    })
}

/// Both judge every ledger, and each of these checks fails in one of them at least. Gives what the second said, if it ran.
fn agree(ledgers: &[(String, Files)], ids: &[&str]) -> Vec<Said> {
    let dir = tempfile::tempdir().unwrap();
    let mut folders = Vec::new();
    for (place, (_, files)) in ledgers.iter().enumerate() {
        let folder = dir.path().join(place.to_string());
        for (path, bytes) in files {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
        folders.push(folder);
    }
    let Some(said) = python(&folders) else { return Vec::new() };
    let reports: Vec<Report> = ledgers.iter().map(|(_, files)| judge(files)).collect();
    let both = ledgers.iter().zip(&reports).zip(&said);
    let differences: Vec<String> =
        both.filter_map(|(((name, _), report), said)| differ(name, report, said)).collect();
    assert!(differences.is_empty(), "{} of {}: {differences:#?}", differences.len(), ledgers.len());
    let failed: Vec<_> = reports.iter().map(failing).filter(|ids| !ids.is_empty()).collect();
    eprintln!("{} ledgers judged alike, {} of them failed", ledgers.len(), failed.len());
    assert!(ids.iter().all(|id| failed.iter().any(|failed| failed.contains(id))), "{failed:?}");
    said
}

fn named(name: &str, ledgers: Vec<Files>) -> Vec<(String, Files)> {
    let number = |(n, files)| (format!("{name} {n}"), files);
    ledgers.into_iter().enumerate().map(number).collect()
}

#[test]
fn both_verify_the_demo_and_find_its_lie() {
    let folders = ["published", "tampered"].map(|name| demo_folder().join(name));
    let Some(said) = python(&folders) else { return };
    let mut expected = BTreeMap::from(COVERED.map(|id| (id.to_owned(), "PASS".to_owned())));
    // Pages are out of its reach, and it says so.
    expected.insert("PUB-11".to_owned(), "NOT-RUN".to_owned());
    assert_eq!(said[0].0, expected, "all that it covers, and nothing else");
    for (folder, said) in folders.iter().zip(&said) {
        let report = crate::scene::verify(&folder::read_folder(folder).unwrap(), &[]);
        assert_eq!(differ(&folder.display().to_string(), &report, said), None);
    }
    assert_eq!(said[1].1, "FAILED");
}

#[test]
fn both_judge_every_planted_fault_alike() {
    let planted = watched(|| {
        planted::all().for_each(|plant| drop((plant.ledger)()));
    });
    let tried = RefCell::new(Vec::new());
    trials::hold(&|shown| tried.borrow_mut().push(folder(&shown.entries, &shown.checkpoint)));
    let mut ledgers = named("planted", planted);
    ledgers.extend(named("trial", tried.into_inner()));
    assert!(ledgers.len() > 100, "{}", ledgers.len());
    agree(&ledgers, &["INT-09"]);
}

#[test]
fn both_refuse_every_broken_event() {
    let mut scene = Scene::before("voting-closed");
    scene.play("voting-closed");
    let good = String::from_utf8(scene.entries.pop().unwrap()).unwrap();
    let event = String::from_utf8(scene.said.pop().unwrap().event.encode().unwrap()).unwrap();
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/broken");
    let mut ledgers = Vec::new();
    for file in fs::read_dir(vectors).unwrap().map(|file| file.unwrap().path()) {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        if name == "index" {
            continue;
        }
        let bytes = fs::read(&file).unwrap();
        let at = good.find(&event).unwrap();
        let entry = [&good.as_bytes()[..at], &bytes, &good.as_bytes()[at + event.len()..]].concat();
        let entries = scene.entries.iter().cloned().chain([entry]).collect();
        let kept = watched(|| drop(verified(&scene, entries)));
        ledgers.extend(kept.into_iter().map(|files| (name.clone(), files)));
    }
    assert!(ledgers.len() > 20, "{}", ledgers.len());
    let said = agree(&ledgers, &[]);
    let let_in = ledgers.iter().zip(&said).filter(|(_, said)| said.1.starts_with("VERIFIED"));
    let let_in: Vec<&str> = let_in.map(|((name, _), _)| name.as_str()).collect();
    assert!(let_in.is_empty(), "{let_in:?}");
}

/// A change of the list of entries.
type Change = fn(&mut Vec<Vec<u8>>, usize);

const CHANGES: [(&str, Change); 5] = [
    ("dropped", |list, at| drop(list.remove(at))),
    ("doubled", |list, at| list.insert(at, list[at].clone())),
    ("swapped", |list, at| list.swap(at, (at + 1) % 46)),
    ("inserted", |list, at| list.insert(at, b"{\"event\":1}".to_vec())),
    ("cut", |list, at| list.truncate(at.max(1))),
];

#[test]
fn both_find_what_was_dropped_doubled_swapped_or_cut() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, files) = published(dir.path());
    let mut ledgers = vec![("untouched".to_owned(), files.clone())];
    for at in (0..46_usize).step_by(5) {
        for (name, change) in CHANGES {
            ledgers.push((format!("{name} at {at}"), with_entries(&files, |list| change(list, at))));
            let over = signed_over(&files, &scene, |list| change(list, at));
            ledgers.push((format!("{name} at {at}, signed over"), over));
        }
    }
    agree(&ledgers, &["INT-02", "INT-04", "INT-06", "INT-11", "SIG-07"]);
}

#[test]
fn both_find_the_same_flipped_bytes_and_missing_files() {
    let dir = tempfile::tempdir().unwrap();
    let (_, files) = published(dir.path());
    let (mut ledgers, mut seed) = (Vec::new(), 58);
    for (path, bytes) in &files {
        let mut without = files.clone();
        without.remove(path);
        if path != "checkpoint" {
            ledgers.push((format!("{path} missing"), without));
        }
        let flips = if path.starts_with("tile/") || path.ends_with("checkpoint") { 12 } else { 2 };
        for _ in 0..flips {
            let at = roll(&mut seed) as usize % bytes.len();
            let mut copy = files.clone();
            copy.get_mut(path).unwrap()[at] ^= 1 << (roll(&mut seed) % 8);
            ledgers.push((format!("{path} byte {at}"), copy));
        }
    }
    agree(&ledgers, &["INT-03", "INT-09", "SIG-01"]);
}

#[test]
fn both_read_the_bundle_of_just_the_width_and_find_the_false_one_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let (_, files) = published(dir.path());
    let own = "tile/entries/000.p/46";
    let wider = |junk: &[u8]| [&files[own][..], junk].concat();
    let whole = wider(&[0; 2 * 210]);
    let beside = [
        ("a full one of junk", "tile/entries/000", vec![0; 512], false),
        ("a wider one of junk", "tile/entries/000.p/200", b"junk".to_vec(), false),
        ("a narrower one of junk", "tile/entries/000.p/20", b"junk".to_vec(), false),
        ("a full one in place of the right one", "tile/entries/000", whole.clone(), true),
        ("the wider of two in its place", "tile/entries/000.p/200", b"junk".to_vec(), true),
    ];
    let ledgers = beside.map(|(name, path, bytes, instead)| {
        let mut copy = files.clone();
        copy.insert(path.to_owned(), bytes);
        if instead {
            copy.remove(own);
            copy.insert("tile/entries/000".to_owned(), whole.clone());
        }
        (name.to_owned(), copy)
    });
    agree(&ledgers, &["INT-11"]);
}

/// Random lives, with what came to be refused in them: each rule is named alike, at the same entry.
#[test]
fn both_name_the_same_rule_in_random_lives() {
    let tried = RefCell::new(BTreeMap::new());
    crate::scene::lives::live_random_plans(&|shown| {
        let key = match shown.expected {
            Expected::Refused { rule, .. } => rule.id(),
            Expected::Noted(_) | Expected::Lawful => "lawful",
        };
        let mut tried = tried.borrow_mut();
        let own: &mut Vec<_> = tried.entry(key).or_default();
        if own.len() < if key == "lawful" { 4 } else { 1 } {
            own.push((shown.expected, folder(&shown.entries, &shown.checkpoint)));
        }
    });
    let all = tried.into_inner().into_values().flatten();
    compare_refusals(all.step_by(if judges_all() { 1 } else { 3 }).collect());
}

/// Whether everything is judged, as a job, or a part of it.
fn judges_all() -> bool {
    std::env::var_os("HATTAMA_SECOND").is_some()
}

/// A trial of every rule: each is named alike, at the same entry.
#[test]
fn both_name_the_same_rule_in_every_trial() {
    let tried = RefCell::new(Vec::new());
    trials::hold(&|shown| {
        tried.borrow_mut().push((shown.expected, folder(&shown.entries, &shown.checkpoint)))
    });
    compare_refusals(tried.into_inner());
}

fn compare_refusals(tried: Vec<(Expected, Files)>) {
    let dir = tempfile::tempdir().unwrap();
    // Whoever looks for what the two see differently keeps the folders.
    let base = std::env::var_os("HATTAMA_KEEP").map_or_else(|| dir.path().to_owned(), PathBuf::from);
    let lay = |(n, (_, files)): (usize, &(Expected, Files))| {
        let to = base.join(n.to_string());
        crate::named::laid(files, &to);
        to
    };
    let folders: Vec<PathBuf> = tried.iter().enumerate().map(lay).collect();
    let Some(said) = python(&folders) else { return };
    let mut other = Vec::new();
    for (n, ((expected, _), (checks, verdict))) in tried.iter().zip(&said).enumerate() {
        let failed: Vec<&str> =
            checks.iter().filter(|(_, word)| *word == "FAIL").map(|(id, _)| id.as_str()).collect();
        let right = match expected {
            Expected::Refused { rule, .. } => failed.contains(&rule.id()) && !verdict.starts_with("VERIFIED"),
            Expected::Lawful | Expected::Noted(_) => verdict.starts_with("VERIFIED"),
        };
        if !right {
            other.push(format!("{n}: {expected:?}, second {failed:?} {verdict}"));
        }
    }
    assert!(other.is_empty(), "{} of {}: {other:#?}", other.len(), tried.len());
    eprintln!("{} ledgers, the same rule in each", tried.len());
}
