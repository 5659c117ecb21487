//! One verification in a browser: what was handed in, and what came of it.
//!
//! Contains the source being put together and the answers. Elsewhere: how bytes cross into JavaScript (`exports`), all
//! judgement (`verifier`).

use std::{collections::BTreeMap, io::Cursor};

use event::Hash;
use ledger::{CheckedLeaves, Entry};
use phrase::phrase;
use texts::Language;
use tlog::{
    policy::Policy,
    tile::{EntriesPath, parse_bundle},
};
use verifier::{
    BroughtFault, BroughtKind, BroughtOutcome, FoundMessage, ObserverInputs, Pin, Report, Source, SourceKind,
    Verification, VerificationStep, archive,
    evidence::Evidence,
    limits::{Limits, bytes_to_hold},
    photographed::{read_codes, tell_without_codes},
    photographs::Photographs,
    reading_plan::{FileAnswer, FileRequest, ReadingPlan},
};

use crate::remembered::{Remembered, read_checkpoint};

/// So many bytes all files of a source may have in a browser: a page has some GiB of memory at most.
const TOTAL_BYTES: u64 = 1 << 30;

/// One verification in a browser.
pub struct Session {
    name: String,
    kind: SourceKind,
    files: BTreeMap<String, Vec<u8>>,
    bytes: u64,
    plan: Option<ReadingPlan>,
    wanted: Vec<FileRequest>,
    came: Vec<Option<FileAnswer>>,
    pins: Vec<Pin>,
    faults: Vec<BroughtFault>,
    bundles: Vec<String>,
    checked: CheckedLeaves,
    visits: Vec<Vec<u8>>,
    remembered: Remembered,
    evidence: Vec<Evidence>,
    photographs: Photographs,
    report: Option<Report>,
}

/// Why a source could not be taken in.
#[derive(Debug)]
pub struct SourceRefused(FoundMessage);

impl SourceRefused {
    /// What is said of it, in a language.
    #[must_use]
    pub fn text_in(&self, lang: Language) -> String {
        self.0.text_in(lang)
    }
}

impl Session {
    /// A new one; `name` is what the visitor calls the source: a file's name, an address.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind: SourceKind::Folder,
            files: BTreeMap::new(),
            bytes: 0,
            plan: None,
            wanted: Vec::new(),
            came: Vec::new(),
            pins: Vec::new(),
            faults: Vec::new(),
            bundles: Vec::new(),
            checked: CheckedLeaves::default(),
            visits: Vec::new(),
            remembered: Remembered::Nothing,
            evidence: Vec::new(),
            photographs: Photographs::default(),
            report: None,
        }
    }

    /// Takes in one file of a folder. Of what is longer than its kind can be, as much is held as shows that.
    ///
    /// # Errors
    /// All files together are more than a browser can hold.
    pub fn add_file(&mut self, path: &str, bytes: &[u8]) -> Result<(), SourceRefused> {
        let hold = usize::try_from(bytes_to_hold(path)).unwrap_or(usize::MAX);
        let held = bytes.get(..hold.min(bytes.len())).unwrap_or_default();
        self.count_bytes(held.len())?;
        self.files.insert(path.to_owned(), held.to_vec());
        Ok(())
    }

    /// Takes in a zip of a published ledger.
    ///
    /// # Errors
    /// What the reader of zips refuses.
    pub fn open_zip(&mut self, bytes: &[u8]) -> Result<(), SourceRefused> {
        let limits = Limits { total_bytes: TOTAL_BYTES, ..Limits::default() };
        let source = archive::read_archive(&self.name, Cursor::new(bytes), &limits);
        let source = source.map_err(|error| SourceRefused(FoundMessage::stated(&error)))?;
        self.files = source.files().cloned().unwrap_or_default();
        self.kind = SourceKind::Zip;
        Ok(())
    }

    /// Begins to read from a server, with its checkpoint.
    pub fn begin_address(&mut self, checkpoint: &[u8]) {
        self.kind = SourceKind::Address;
        self.plan = Some(ReadingPlan::from_checkpoint(checkpoint.to_vec()));
    }

    /// The files to ask the server for next, each with the one that may have replaced it; none when all is read.
    pub fn list_wanted(&mut self) -> &[FileRequest] {
        let plan = self.plan.as_mut();
        self.wanted = plan.map(ReadingPlan::list_next).unwrap_or_default();
        self.came = vec![None; self.wanted.len()];
        &self.wanted
    }

    /// What came for one of them: the path at which it was, and the bytes.
    ///
    /// # Errors
    /// All files together are more than a browser can hold.
    pub fn take_answer(&mut self, place: usize, path: &str, bytes: &[u8]) -> Result<(), SourceRefused> {
        let hold = usize::try_from(bytes_to_hold(path)).unwrap_or(usize::MAX);
        let held = bytes.get(..hold.min(bytes.len())).unwrap_or_default();
        self.count_bytes(held.len())?;
        if let Some(came) = self.came.get_mut(place) {
            *came = Some((path.to_owned(), held.to_vec()));
        }
        Ok(())
    }

    /// Looks at what came: only then is the next list known.
    pub fn finish_answers(&mut self) {
        if let Some(plan) = &mut self.plan {
            plan.take_answers(&self.wanted, std::mem::take(&mut self.came));
        }
    }

    /// Entries that came so far, and how many the checkpoint claims.
    #[must_use]
    pub fn count_entries(&self) -> (u64, u64) {
        self.plan.as_ref().map_or((0, 0), |plan| (plan.progress().entries, plan.progress().claimed))
    }

    /// Whether something was not there, or not as its manifest says: a publication may be under way, read once more.
    #[must_use]
    pub fn has_gaps(&self) -> bool {
        self.plan.as_ref().is_some_and(ReadingPlan::has_gaps)
    }

    /// Something kept from elsewhere that the ledger must agree with: an id in any spelling, a checkpoint, a receipt, a
    /// signed event, a size and a root. What does not read stands in the report and accuses nobody.
    pub fn add_pin(&mut self, place: &str, bytes: &[u8]) {
        match read_pin(bytes) {
            Ok(pin) => self.pins.push(pin),
            Err(message) => self.refuse(BroughtKind::Pin, place, message),
        }
    }

    /// The texts of the codes on a photograph of a slip, as [`list_codes`] gave them. One without any stands in the report and
    /// accuses nobody.
    pub fn add_codes(&mut self, place: &str, texts: &[u8]) {
        let texts: Vec<String> = serde_json::from_slice(texts).unwrap_or_default();
        let added = if texts.is_empty() {
            Err(tell_without_codes())
        } else {
            self.photographs.add_texts(place, texts)
        };
        if let Err(found) = added {
            self.refuse(BroughtKind::Copies, place, FoundMessage::stated(found));
        }
    }

    /// A policy of witnesses that the newest checkpoint must meet.
    pub fn add_policy(&mut self, place: &str, bytes: &[u8]) {
        match Policy::parse(bytes) {
            Ok(policy) => self.pins.push(Pin::Policy(Box::new(policy))),
            Err(error) => self.refuse(BroughtKind::Policy, place, FoundMessage::stated(&error)),
        }
    }

    /// Everything is handed in: how many bundles of entries there are, whose signatures other instances of this program can
    /// check meanwhile.
    pub fn list_bundles(&mut self) -> usize {
        if let Some(plan) = self.plan.take() {
            self.files = plan.into_files();
        }
        let bundles = self.files.keys().filter(|path| EntriesPath::parse(path).is_ok());
        self.bundles = bundles.cloned().collect();
        self.bundles.len()
    }

    /// One of these bundles: its path and its bytes.
    #[must_use]
    pub fn bundle(&self, place: usize) -> Option<(&str, &[u8])> {
        let path = self.bundles.get(place)?;
        Some((path, self.files.get(path)?))
    }

    /// Takes in what another instance said of a bundle: the leaf hashes of entries whose signatures it checked.
    pub fn add_checked(&mut self, leaves: &[u8]) {
        for leaf in leaves.as_chunks().0 {
            self.checked.add_leaf(Hash(*leaf));
        }
    }

    /// How many entries other instances have checked.
    #[must_use]
    pub fn count_checked(&self) -> usize {
        self.checked.count_leaves()
    }

    /// Verifies what was handed in. Out: 0 verified (warnings or not), 1 failed, 2 could not tell.
    pub fn verify(&mut self, told: &dyn Fn(VerificationStep)) -> u8 {
        self.list_bundles();
        let origin = self.origin();
        let files = std::mem::take(&mut self.files);
        let source = Source::from_published_files(&self.name, files).read_as(self.kind);
        let sheets = self.photographs.read_sheets();
        for (place, message) in sheets.faults {
            self.refuse(BroughtKind::Copies, &place, FoundMessage::stated(message));
        }
        let inputs = ObserverInputs {
            pins: &self.pins,
            scans: &sheets.scans,
            copies: &sheets.copies,
            faults: &self.faults,
            ..ObserverInputs::default()
        };
        let checked = std::mem::take(&mut self.checked);
        let mut verification = Verification::run_known(&source, &inputs, None, checked.clone(), told);
        let judged = self.visits.iter().map(|note| (note, Remembered::judge(note, &origin, &verification)));
        let (contradicted, others): (Vec<_>, Vec<_>) =
            judged.partition(|(_, judged)| *judged == Remembered::Contradicted);
        self.remembered = others.into_iter().map(|(_, judged)| judged).max().unwrap_or(Remembered::Nothing);
        let mut pins = self.pins.clone();
        if !contradicted.is_empty() {
            self.remembered = Remembered::Contradicted;
            pins.extend(contradicted.into_iter().map(|(note, _)| Pin::Checkpoint(note.clone())));
            let inputs = ObserverInputs { pins: &pins, ..inputs };
            verification = Verification::run_known(&source, &inputs, None, checked, told);
        }
        let exit = verification.report().verdict().exit_code();
        self.evidence = if exit == 0 { Vec::new() } else { verification.evidence() };
        self.report = Some(verification.into_report());
        exit
    }

    /// A checkpoint of a ledger that this browser verified on an earlier visit.
    pub fn add_visit(&mut self, note: &[u8]) {
        self.visits.push(note.to_vec());
    }

    /// What those checkpoints came to, once the ledger is verified.
    #[must_use]
    pub fn remembered(&self) -> Remembered {
        self.remembered
    }

    /// The checkpoint that was handed in: the bytes of its note, while nothing was verified yet; empty where there is none.
    #[must_use]
    pub fn checkpoint(&mut self) -> &[u8] {
        self.list_bundles();
        self.files.get("checkpoint").map_or(&[], Vec::as_slice)
    }

    fn origin(&self) -> String {
        let note = self.files.get("checkpoint");
        note.and_then(|note| read_checkpoint(note)).map(|own| own.origin).unwrap_or_default()
    }

    /// What can be proved to others of a ledger that failed: a file's name and its bytes for each misbehaviour.
    #[must_use]
    pub fn list_evidence(&self) -> Vec<(String, Vec<u8>)> {
        let files = self.evidence.iter().filter_map(|one| Some((one.file_name().ok()?, one.encode().ok()?)));
        files.collect()
    }

    /// The report as JSON, as `hattama verify --json` prints it; empty before there is one.
    #[must_use]
    pub fn json(&self) -> String {
        self.report.as_ref().and_then(|report| report.to_json().ok()).unwrap_or_default()
    }

    /// What became of every photographed sheet, as CSV; empty where none was handed in.
    #[must_use]
    pub fn sheets_csv(&self) -> String {
        let report = self.report.as_ref().filter(|_| self.photographs.any());
        report.map(Report::sheets_csv).unwrap_or_default()
    }

    /// The report as a page, as `hattama verify --html` writes it; empty before there is one.
    #[must_use]
    pub fn page_in(&self, lang: Language) -> String {
        self.report.as_ref().and_then(|report| report.html_in(lang).ok()).unwrap_or_default()
    }

    fn refuse(&mut self, kind: BroughtKind, place: &str, message: FoundMessage) {
        let outcome = BroughtOutcome::Unusable;
        self.faults.push(BroughtFault { kind, place: place.to_owned(), outcome, message });
    }

    fn count_bytes(&mut self, more: usize) -> Result<(), SourceRefused> {
        self.bytes = self.bytes.saturating_add(more as u64);
        if self.bytes <= TOTAL_BYTES {
            return Ok(());
        }
        Err(SourceRefused(FoundMessage::stated(phrase!(
            "browser-source-too-large",
            "expected at most {max} bytes in all files, found more: verify it with the program `hattama verify`",
            max = TOTAL_BYTES
        ))))
    }
}

/// Decodes the entries of a bundle and checks their signatures, for another instance of this program. Out: the leaf hashes of
/// those that are good, one after another; nothing of a bundle that does not read.
#[must_use]
pub fn check_bundle(path: &str, bytes: &[u8]) -> Vec<u8> {
    let width = EntriesPath::parse(path).map(|path| path.width());
    let entries = width.ok().and_then(|width| parse_bundle(bytes, width).ok()).unwrap_or_default();
    let good = entries.into_iter().filter_map(|entry| Entry::decode(entry).ok());
    good.flat_map(|entry| entry.hash().0).collect()
}

/// The texts of all codes on a grey picture, as a list of JSON, for another instance of this program: a picture that brings this
/// one down brings down nothing else.
#[must_use]
pub(crate) fn list_codes(width: u32, height: u32, grey: &[u8]) -> String {
    let side = |length: u32| usize::try_from(length).unwrap_or(usize::MAX);
    serde_json::to_string(&read_codes(side(width), side(height), grey)).unwrap_or_default()
}

/// A pin by what it begins with; ids also in groups, as reports and gazettes print them.
fn read_pin(bytes: &[u8]) -> Result<Pin, FoundMessage> {
    let text = String::from_utf8_lossy(bytes);
    let digits: String = text.split_whitespace().collect::<String>().to_lowercase();
    if Hash::parse(&digits).is_ok() {
        return Pin::read(digits.as_bytes()).map_err(|error| FoundMessage::stated(&error));
    }
    Pin::read(bytes).map_err(|error| FoundMessage::stated(&error))
}
