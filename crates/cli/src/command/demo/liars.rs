//! Three liars who hold keys, and what catches each: an operator who rewrites history, an insider of a commission, a log that
//! shows two histories.
//!
//! How the lies are made is `demo::lies`; here they are told, caught, and proved to others.

use std::{
    fs,
    path::{Path, PathBuf},
};

use client::{evidence_files::write_evidence, files::FileFault};
use commission::slip::parts::{cut_event, join_parts};
use demo::{
    cast::Cast,
    lies::{
        SecondProtocol, SignedHistory, rewrite_before_recount, root_of_first, show_another,
        sign_second_protocol,
    },
};
use event::SignedEvent;
use law::Fact;
use ledger::{Chain, Head};
use phrase::{Phrase, Phrased as _};
use texts::{
    program::{law_word, say},
    say_fault,
};
use tlog::{
    note::VerifierKey,
    tile::{self, encode_bundle, encode_tile},
    tree::{Tree, leaf_hash},
    witness::{AddCheckpoint, Recorded, decide_request},
};
use verifier::{
    FindingStatus, ObserverInputs, Pin, Report, Scan, Source, Verification, evidence::Evidence,
    folder::read_folder,
};

use crate::{fault::Fault, terminal::print};

/// Bytes in one code of the sheet.
const CODE_BYTES: usize = 900;

/// The published ledger, its replayed head, and where the lies go.
pub(super) struct HonestLedger<'a> {
    pub(super) cast: &'a Cast,
    pub(super) head: &'a Head,
    pub(super) source: &'a Source,
    pub(super) published: &'a Path,
    pub(super) lies: &'a Path,
}

/// Tells the three lies, and how each is caught; every piece of evidence is written, read again and judged.
pub(super) fn catch_liars(honest: &HonestLedger<'_>) -> Result<(), Fault> {
    let entries = read_entries(honest)?;
    print(&format!("\n{}", say("demo-liars", &[])));
    let second = sign_second_protocol(honest.cast, &entries)?;
    catch_operator(honest, &entries)?;
    catch_insider(honest, &second)?;
    catch_split_view(honest, &entries, &second)
}

/// The log key alone: whoever noted an older checkpoint sees it, and so does a witness.
fn catch_operator(honest: &HonestLedger<'_>, entries: &[Vec<u8>]) -> Result<(), Fault> {
    let rewritten = SignedHistory::sign(honest.cast, &origin(honest), rewrite_before_recount(entries)?)?;
    let size = rewritten.entries.len();
    let kept = entries.get(..size).unwrap_or_default().to_vec();
    let noted = SignedHistory::sign(honest.cast, &origin(honest), kept)?;
    let taken = entries.len().saturating_sub(size);
    print(&format!("\n{}", say("demo-operator", &[("entries", taken.into())])));
    let folder = honest.lies.join("operator");
    write_history(&folder, &rewritten)?;
    write(&honest.lies.join("noted-on-the-night"), &noted.checkpoint)?;
    let source = read_folder(&folder)?;
    print(&say("demo-alone", &[("said", told(&verify(&source, &ObserverInputs::default())).into())]));
    let pins = [Pin::Checkpoint(noted.checkpoint)];
    let inputs = ObserverInputs { pins: &pins, ..ObserverInputs::default() };
    let verification = Verification::run(&source, &inputs, None);
    print(&say("demo-noted", &[("said", told(verification.report()).into())]));
    print(&say("demo-witness", &[("said", ask_witness(honest, entries, &rewritten).into())]));
    prove(honest, &verification.evidence())
}

/// What a witness says that has cosigned the honest tree of the same size.
fn ask_witness(honest: &HonestLedger<'_>, entries: &[Vec<u8>], rewritten: &SignedHistory) -> String {
    let size = rewritten.entries.len();
    let recorded = Recorded { size: size as u64, root: root_of_first(entries, size).0 };
    let key = honest.head.state().log_key_for(recorded.size);
    let keys: Vec<VerifierKey> =
        key.and_then(|key| VerifierKey::new(&origin(honest), key.0).ok()).into_iter().collect();
    match AddCheckpoint::new(recorded.size, Vec::new(), &rewritten.checkpoint) {
        Ok(request) => match decide_request(&request, Some(recorded), &keys) {
            Ok(_) => say("demo-witness-cosigns", &[]),
            Err(refusal) => say("demo-witness-refuses", &[("said", say_fault(&refusal).into())]),
        },
        Err(error) => say_fault(&error),
    }
}

/// All keys of one commission: the law has one protocol for a precinct, and the sheet on the wall has another.
fn catch_insider(honest: &HonestLedger<'_>, second: &SecondProtocol) -> Result<(), Fault> {
    let [before, after] = second.votes;
    let args = [
        ("precinct", second.precinct.to_string().into()),
        ("after", after.to_string().into()),
        ("before", before.to_string().into()),
    ];
    print(&format!("\n{}", say("demo-insider", &args)));
    print(&say("demo-sent-again", &[("said", send_again(honest, &second.signed)?.into())]));
    let sheet = String::from_utf8_lossy(&event::json::encode(&second.signed)?).into_owned();
    // As a telephone reads the codes on the sheet.
    let scanned = cut_event(&sheet, &second.signed.hash(), CODE_BYTES).join("\n");
    write(&honest.lies.join("sheet-on-the-wall.txt"), scanned.as_bytes())?;
    let scans = [Scan::read(join_parts(&scanned)?.text.as_bytes())?];
    let inputs = ObserverInputs { scans: &scans, ..ObserverInputs::default() };
    let verification = Verification::run(honest.source, &inputs, None);
    print(&say("demo-scanned", &[("said", told(verification.report()).into())]));
    prove(honest, &verification.evidence())
}

/// The second protocol as a new event at the commission's next place.
fn send_again(honest: &HonestLedger<'_>, second: &SignedEvent) -> Result<String, Fault> {
    let checked = second.check()?;
    let fact = Fact::read(checked.event(), checked.bytes())?;
    let event = &second.event;
    let signers = event.signers.clone();
    let labels: Vec<String> = honest
        .cast
        .labels()
        .filter(|label| signers.contains(&honest.cast.public_key(label)))
        .map(str::to_owned)
        .collect();
    let now = honest.head.last_received().map_or(0, |last| last.millis() / 1000);
    let at = event::Time::parse(&demo::act::semey_clock(now))?;
    let mut again = honest.head.draft(Chain::of_event(event), &fact, at, signers)?;
    honest.cast.sign(&mut again, &labels)?;
    let received = node::received_for(honest.head, &again.event)?;
    let entry = honest.head.seal(again.check()?, received)?;
    Ok(match honest.head.admit(entry) {
        Ok(_) => say("demo-admitted", &[]),
        Err(refusal) => say("demo-refused", &[("said", say_fault(&refusal).into())]),
    })
}

/// Log key and commission together: each observer's copy is good by itself, and both are not.
fn catch_split_view(
    honest: &HonestLedger<'_>,
    entries: &[Vec<u8>],
    second: &SecondProtocol,
) -> Result<(), Fault> {
    let shown = SignedHistory::sign(honest.cast, &origin(honest), show_another(entries, second)?)?;
    print(&format!("\n{}", say("demo-together", &[("entry", second.index.to_string().into())])));
    let folder = honest.lies.join("another-view");
    write_history(&folder, &shown)?;
    let mirrors = [read_folder(&folder)?];
    for source in &mirrors {
        print(&say("demo-alone", &[("said", told(&verify(source, &ObserverInputs::default())).into())]));
    }
    let inputs = ObserverInputs { mirrors: &mirrors, ..ObserverInputs::default() };
    let verification = Verification::run(honest.source, &inputs, None);
    print(&say("demo-compared", &[("said", told(verification.report()).into())]));
    prove(honest, &verification.evidence())
}

/// Writes the evidence, reads each file again as somebody would who has nothing else, and says what it proves.
fn prove(honest: &HonestLedger<'_>, evidence: &[Evidence]) -> Result<(), Fault> {
    for path in write_evidence(&honest.lies.join("evidence"), evidence)? {
        let bytes = fs::read(&path).map_err(|error| FileFault::Read { path: path.clone(), error })?;
        let unreadable = |found: Phrase| Fault::Unreadable { path: path.clone(), found };
        let read = Evidence::decode(&bytes).map_err(|error| unreadable(error.phrase()))?;
        let lie = read.judge(None).map_err(|error| unreadable(error.phrase()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let proves = say(&format!("evidence-{}", lie.kind), &[]);
        print(&say("demo-evidence", &[("name", name.to_string().into()), ("proves", proves.into())]));
    }
    Ok(())
}

fn verify(source: &Source, inputs: &ObserverInputs<'_>) -> Report {
    Verification::run(source, inputs, None).into_report()
}

/// The verdict in a word, and which checks fail.
fn told(report: &Report) -> String {
    let failing = report.findings.iter().filter(|found| found.status == FindingStatus::Fail);
    let mut checks: Vec<&str> = failing.map(|found| found.check.id()).collect();
    checks.dedup();
    let word = law_word(&format!("verdict-{}", report.verdict().word().replace(' ', "-")));
    if checks.is_empty() { word } else { format!("{word} ({})", checks.join(", ")) }
}

fn origin(honest: &HonestLedger<'_>) -> String {
    let charter = honest.head.state().charter.as_ref();
    charter.map(|charter| charter.origin.to_string()).unwrap_or_default()
}

/// The entries of the published folder.
fn read_entries(honest: &HonestLedger<'_>) -> Result<Vec<Vec<u8>>, Fault> {
    let mut entries = Vec::new();
    for bundle in tile::tiles_for(honest.head.size()).bundles() {
        let path = honest.published.join(bundle.to_string());
        let bytes = fs::read(&path).map_err(|error| FileFault::Read { path: path.clone(), error })?;
        let parsed = tile::parse_bundle(&bytes, bundle.width());
        let parsed = parsed.map_err(|error| Fault::Unreadable { path, found: error.phrase() })?;
        entries.extend(parsed.into_iter().map(<[u8]>::to_vec));
    }
    Ok(entries)
}

/// A ledger as a static server has it: checkpoint, entry bundles and tiles.
fn write_history(folder: &Path, history: &SignedHistory) -> Result<(), Fault> {
    let mut tree = Tree::default();
    history.entries.iter().for_each(|entry| tree.push(leaf_hash(entry)));
    let set = tile::tiles_for(tree.size());
    for path in set.tiles() {
        if let Some(bytes) = encode_tile(&tree, &path) {
            write(&folder.join(path.to_string()), &bytes)?;
        }
    }
    for (path, entries) in set.bundles().zip(history.entries.chunks(usize::from(tile::FULL_WIDTH))) {
        let file = folder.join(path.to_string());
        let bytes = encode_bundle(entries)
            .map_err(|error| Fault::Unreadable { path: file.clone(), found: error.phrase() })?;
        write(&file, &bytes)?;
    }
    write(&folder.join("checkpoint"), &history.checkpoint)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let failed = |error| FileFault::Write { path: path.to_owned(), error };
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    fs::create_dir_all(folder).map_err(failed)?;
    fs::write(path, bytes).map_err(failed)?;
    Ok(())
}
