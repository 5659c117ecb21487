//! `hattama claims`: announced figures of a file, held against one ledger or several.
//!
//! As text, as a page, as CSV with one row a claim, as JSON. Judging belongs to the crate `claims`.

use std::path::{Path, PathBuf};

use ::claims::{ActNotes, CLAIMS_BYTES_MAX, ClaimsFile, JudgedFile, LedgerRecord, judge_claims};
use clap::{Args, ValueEnum};
use client::files::read_bounded;
use ledger::ReplayStep;
use texts::program::answer_language;
use verifier::{AsOf, ObserverInputs, Source, Status, Verdict, Verification};

use crate::{claims_fault::ClaimsCommandFault, fault::Fault, source, terminal::print};

/// Hold announced figures against ledgers: which are supported, which contradicted, which not decidable, and by which events
///
/// Exit code 0: all are supported; 1: one is contradicted, or a ledger FAILED and decides nothing; 2: none is, but something is missing
/// to decide; 64: the file of claims does not read.
#[derive(Debug, Args)]
pub(crate) struct Claims {
    /// Published ledgers: folders, zips, addresses of static servers; or the folders of ledgers on this machine
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// What was announced: TOML, or CSV if the name ends in .csv (docs/claims.md)
    #[arg(long, env = "HATTAMA_CLAIMS", value_name = "FILE")]
    claims: PathBuf,
    /// As the ledgers were at a number of entries, or at a time
    #[arg(long, env = "HATTAMA_AS_OF", value_name = "SIZE|TIME")]
    as_of: Option<String>,
    /// How to print it
    #[arg(long, env = "HATTAMA_FORMAT", value_enum, default_value_t = ClaimsFormat::Text)]
    format: ClaimsFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ClaimsFormat {
    /// For people
    Text,
    /// A page that loads nothing
    Html,
    /// One row a claim, RFC 4180
    Csv,
    /// Everything, with every event
    Json,
}

impl Claims {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        // The file first: its faults are there at once, a replay takes its time.
        let file = read_claims(&self.claims)?;
        let as_of = self.as_of.as_deref().map(source::parse_as_of).transpose()?;
        let mut ledgers: Vec<LedgerRecord> = Vec::new();
        for path in &self.sources {
            let source = source::read_source(path)?;
            require_sound_ledger(path, &source)?;
            let record = record_source(path, &source, as_of.as_ref())?;
            if let Some(other) = ledgers.iter().find(|other| other.id() == record.id()) {
                let other = PathBuf::from(other.source());
                return Err(ClaimsCommandFault::SameLedger { path: path.clone(), other }.into());
            }
            ledgers.push(record);
        }
        let judged = judge_claims(&file, &ledgers);
        print_judged(&judged, self.format)?;
        Ok(judged.exit_code())
    }
}

fn read_claims(path: &Path) -> Result<ClaimsFile, Fault> {
    let bytes = read_bounded(path, CLAIMS_BYTES_MAX)?;
    let name = path.display().to_string();
    let told = |error| ClaimsCommandFault::Read { path: path.to_owned(), error };
    Ok(ClaimsFile::read_named(&name, &bytes).map_err(told)?)
}

/// A ledger that FAILED supports nothing and contradicts nothing: nobody knows what it says.
fn require_sound_ledger(path: &Path, source: &Source) -> Result<(), ClaimsCommandFault> {
    let report = Verification::run(source, &ObserverInputs::default(), None).into_report();
    if report.verdict() != Verdict::Failed {
        return Ok(());
    }
    let failed = report.rows.iter().filter(|row| row.status == Status::Fail);
    let checks = failed.map(|row| row.rule.id()).collect::<Vec<_>>().join(", ");
    Err(ClaimsCommandFault::FailedLedger { path: path.to_owned(), checks })
}

/// Replays a ledger and notes what claims ask for.
fn record_source(path: &Path, source: &Source, as_of: Option<&AsOf>) -> Result<LedgerRecord, Fault> {
    let mut notes = ActNotes::default();
    let head = verifier::replay_steps(source, as_of, |step| {
        if let ReplayStep::Admitted(head, admitted) = step {
            notes.take_entry(head, admitted);
        }
    })?;
    Ok(LedgerRecord::new(&path.display().to_string(), head, notes))
}

/// Files of claims of the repository, held against the ledgers of a demo, as it ends; the demo has verified them.
pub(crate) fn tell_demo_claims(texts: &[&str], published: &[PathBuf]) -> Result<(), Fault> {
    let record = |path: &PathBuf| record_source(path, &source::read_source(path)?, None);
    let records = published.iter().map(record).collect::<Result<Vec<_>, Fault>>()?;
    for text in texts {
        let path = PathBuf::from("claims");
        let file = ClaimsFile::read_toml(text).map_err(|error| ClaimsCommandFault::Read { path, error })?;
        print(&judge_claims(&file, &records).text_in(answer_language()));
    }
    Ok(())
}

fn print_judged(judged: &JudgedFile, format: ClaimsFormat) -> Result<(), Fault> {
    match format {
        ClaimsFormat::Text => print(&judged.text_in(answer_language())),
        ClaimsFormat::Html => print(&judged.html_in(answer_language())),
        ClaimsFormat::Csv => print(judged.to_csv().map_err(ClaimsCommandFault::from)?.trim_end()),
        ClaimsFormat::Json => print(&judged.to_json()?),
    }
    Ok(())
}
