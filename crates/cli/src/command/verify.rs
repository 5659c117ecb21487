//! `hattama verify`: one source, one verdict; or a scanned protocol alone.
//!
//! Reads the source and everything that the observer brings along, and prints the report. The checks are `verifier`'s.

pub(super) mod brought;
mod copies;
mod kept;
mod photographs;
mod scanned;
mod sealed;
mod written;

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
};

use clap::Args;
use client::evidence_files::write_evidence;
use sha2::{Digest as _, Sha256};
use texts::program;
use verifier::{ObserverInputs, Pin, Verdict, Verification, evidence::Evidence};

use crate::{
    fault::Fault,
    terminal::{eprint, print},
};
use brought::Brought;

/// Verify a published ledger or a ledger of this machine, trusting nobody
///
/// With --qr: compare the protocol that hangs at a precinct with the ledger; without SOURCE, check its form, hash and
/// signatures alone. Exit code: 0 verified (warnings or not), 1 failed, 2 could not tell.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// A published ledger: its folder, a zip of it, or the address of a static server; or the folder of a ledger on this
    /// machine
    #[arg(required_unless_present = "qr")]
    source: Option<PathBuf>,
    /// Something kept from elsewhere that the ledger must agree with: the ledger's id (64 hexadecimal digits), a file with
    /// an older checkpoint, the folder of a snapshot, anything that was or could be a SOURCE, for its checkpoint, a receipt,
    /// a signed event that a commission handed out, or a size and a root as "46 03ab…" from paper or a newspaper
    #[arg(long, env = "HATTAMA_PIN", value_name = "ID|FILE|SOURCE")]
    pin: Vec<String>,
    /// A C2SP policy: which logs and witnesses you trust, and how many of them must have cosigned the newest checkpoint
    #[arg(long, env = "HATTAMA_POLICY", value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The text of the codes QR A of one slip, in any order, in one file or several; - for standard input. SOURCE stands
    /// before it
    #[arg(long, num_args = 1.., value_name = "FILE")]
    qr: Vec<PathBuf>,
    /// Where something failed, write a file for each lie that can be proved to others into this folder
    #[arg(long, env = "HATTAMA_EVIDENCE", value_name = "DIR", requires = "source")]
    evidence: Option<PathBuf>,
    /// Another copy of the same ledger, that must show the same: an address, a folder, a zip, a ledger's own folder. For a
    /// SOURCE that is a node's own ledger: what was published of it
    #[arg(long, env = "HATTAMA_MIRROR", value_name = "SOURCE")]
    mirror: Vec<PathBuf>,
    #[command(flatten)]
    copies: copies::CopiesWords,
    /// Commitments to evidence: CSV with the columns precinct, sealed, at (and document, salt to open them)
    #[arg(long, env = "HATTAMA_SEALED", value_name = "FILE")]
    sealed: Option<PathBuf>,
    #[command(flatten)]
    kept: kept::KeptWords,
    #[command(flatten)]
    written: written::Written,
    /// Print the report as JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl Verify {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        self.written.require_known_endings()?;
        let Some(path) = &self.source else {
            let scan = if self.qr.is_empty() { None } else { Some(scanned::read_scan(&self.qr)?) };
            let scan = scan.as_ref().map(|scan| scanned::describe_scan(scan, self.json)).transpose()?;
            print(scan.unwrap_or_default().trim_end());
            return Ok(0);
        };
        // It is as long as the program: read beside the ledger.
        let program = std::thread::spawn(hash_program);
        let keeper = self.kept.open_keeper()?;
        let mut brought = Brought::default();
        let (kept, unusable) = match &keeper {
            Some(keeper) => brought.read_state(keeper),
            None => (None, false),
        };
        brought.read_anchors(path, &self.pin, self.policy.as_deref(), &self.mirror);
        let source = crate::source::read_source(path)?;
        brought.pins.extend(kept.as_ref().map(|kept| Pin::Checkpoint(kept.checkpoint().to_vec())));
        brought.read_tables(&self.copies, self.sealed.as_deref(), &source)?;
        brought.read_scanned(&self.qr)?;
        let given = ObserverInputs {
            pins: &brought.pins,
            scans: &brought.scans,
            mirrors: &brought.mirrors,
            copies: &brought.copies,
            by_lot: self.copies.by_lot,
            sealed: &brought.sealed,
            faults: &brought.faults,
            verifier_page: Some(event::sha256(&[verify_page::render_verify_page().as_bytes()])),
            program: program.join().ok().flatten(),
        };
        let verification = Verification::run(&source, &given, kept);
        let report = verification.report().clone();
        let wanted = self.evidence.filter(|_| report.verdict() != Verdict::Verified);
        let evidence = wanted.map(|dir| (dir, verification.evidence()));
        // What could not be read stays for whoever wants to know why.
        if let Some(keeper) = keeper.filter(|_| !unusable)
            && let Some(state) = verification.state()
        {
            keeper.write_state(&state)?;
        }
        self.written.write_reports(&report)?;
        let text = if self.json { report.to_json()? } else { report.text_in(program::answer_language()) };
        print(text.trim_end());
        if let Some((dir, evidence)) = evidence {
            write_provable(&dir, &evidence)?;
        }
        Ok(report.verdict().exit_code())
    }
}

/// Writes what can be proved to others; the names go beside the report, not into it.
fn write_provable(dir: &Path, evidence: &[Evidence]) -> Result<(), Fault> {
    if evidence.is_empty() {
        eprint(&program::say("evidence-none", &[]));
        return Ok(());
    }
    for path in write_evidence(dir, evidence)? {
        eprint(&program::say("evidence-written", &[("path", path.display().to_string().into())]));
    }
    Ok(())
}

/// SHA-256 of the program that runs; nothing where the system does not tell.
fn hash_program() -> Option<event::Hash> {
    let mut file = std::env::current_exe().and_then(std::fs::File::open).map(BufReader::new).ok()?;
    let mut hasher = Sha256::new();
    // A program may be larger than everything that it verifies, so it is never held as a whole.
    loop {
        let portion = file.fill_buf().ok()?;
        if portion.is_empty() {
            break;
        }
        hasher.update(portion);
        let read = portion.len();
        file.consume(read);
    }
    Some(event::Hash(hasher.finalize().into()))
}
