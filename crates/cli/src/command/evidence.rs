//! `hattama evidence`: files that prove a lie to others.
//!
//! What proves what is `verifier::evidence`.

use std::{
    io::{BufReader, Read as _},
    path::{Path, PathBuf},
};

use clap::Subcommand;
use client::files::{open_bounded, read_bounded};
use event::Hash;
use phrase::{Phrase, Phrased as _, phrase};
use serde::Serialize;
use texts::{
    program::{answer_language, say},
    say_phrase,
};
use verifier::evidence::{BYTES_MAX, Evidence, Misbehaviour, Unproved, require_evidence_form};

use crate::{fault::Fault, open::read_policy, table, terminal::print};

#[derive(Debug, Subcommand)]
pub(crate) enum EvidenceCommand {
    /// Check offline whether a file proves a lie
    ///
    /// It believes nothing that the file's maker says: only what the log, the office and the commissions signed, and the
    /// proofs over it. Two signed acts of one commission are not yet a lie: who drafts again may have forgotten to say so.
    /// Exit code: 0 a lie is proved, 1 nothing is proved, 2 the file could not be read.
    Verify {
        /// The evidence file
        file: PathBuf,
        /// The id of the ledger that it must be about, as printed in the gazette (64 hexadecimal digits)
        #[arg(long, env = "HATTAMA_LEDGER", value_name = "ID")]
        ledger: Option<String>,
        /// A C2SP policy: the witnesses whose clocks you trust; only a stale log is proved by clocks
        #[arg(long, env = "HATTAMA_POLICY", value_name = "FILE")]
        policy: Option<PathBuf>,
        /// Print what is proved as JSON
        #[arg(long, env = "HATTAMA_JSON")]
        json: bool,
    },
}

impl EvidenceCommand {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let Self::Verify { file, ledger, policy, json } = self;
        let wanted = ledger.as_deref().map(parse_ledger_id).transpose()?;
        let policy = policy.as_deref().map(read_policy).transpose()?;
        let evidence = read_evidence(&file)?;
        let untrue = |found: Phrase| Fault::Untrue { path: file.clone(), found };
        let lie = match evidence.judge(policy.as_ref()) {
            Ok(lie) => lie,
            Err(unproved) => {
                if json {
                    tell_unproved_as_json(evidence.claim.kind(), &unproved)?;
                }
                return Err(match unproved {
                    Unproved::TwoSignedActs { place, events, doubt } => {
                        Fault::TwoSignedActs { path: file, place, events, doubt }
                    }
                    other => untrue(other.phrase()),
                });
            }
        };
        if let Some(wanted) = wanted.filter(|wanted| *wanted != lie.ledger) {
            return Err(untrue(phrase!(
                "evidence-of-another-ledger",
                "expected evidence about ledger {wanted}, found {found}",
                found = lie.ledger
            )));
        }
        if json { tell_as_json(&lie) } else { tell_proved(&lie) }
    }
}

fn parse_ledger_id(text: &str) -> Result<Hash, Fault> {
    let digits: String = text.split_whitespace().collect();
    Hash::parse(&digits).map_err(|_| Fault::Argument {
        expected: phrase!("argument-ledger-id", "a ledger's id (64 lower-case hexadecimal digits)"),
        found: Phrase::verbatim(text),
    })
}

fn read_evidence(path: &Path) -> Result<Evidence, Fault> {
    let unreadable = |found: Phrase| Fault::Unreadable { path: path.to_owned(), found };
    let (file, length) = open_bounded(path, BYTES_MAX)?;
    require_evidence_form(&mut BufReader::new(file.take(length)), length)
        .map_err(|error| unreadable(phrase!("no-evidence-file", "expected an evidence file, {error}")))?;
    // No more than was looked at: it may grow.
    let bytes = read_bounded(path, length)?;
    Evidence::decode(&bytes)
        .map_err(|error| unreadable(phrase!("no-evidence-file", "expected an evidence file, {error}")))
}

fn tell_proved(lie: &Misbehaviour) -> Result<(), Fault> {
    print(&say("evidence-proved", &[]));
    print(&say(&format!("evidence-{}", lie.kind), &[]));
    let mut pairs = vec![
        (say("evidence-ledger", &[]), lie.ledger.in_groups()),
        (say("evidence-origin", &[]), lie.origin.clone()),
    ];
    pairs.extend(
        lie.shown.iter().map(|(name, value)| (name_shown(name), say_phrase(answer_language(), value))),
    );
    print(&table::format_pairs(&pairs));
    print(&say("evidence-limits", &[]));
    Ok(())
}

/// What a line of the file is called.
fn name_shown(name: &str) -> String {
    say(&format!("evidence-shown-{}", name.replace(' ', "-")), &[])
}

fn tell_as_json(lie: &Misbehaviour) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct ProvedJson<'a> {
        proved: bool,
        outcome: &'a str,
        kind: &'a str,
        ledger: Hash,
        origin: &'a str,
        shown: Vec<(&'a str, String)>,
    }
    let shown = lie.shown.iter().map(|(name, value)| (*name, value.to_string())).collect();
    let json = ProvedJson {
        proved: true,
        outcome: "proved",
        kind: lie.kind,
        ledger: lie.ledger,
        origin: &lie.origin,
        shown,
    };
    print(&serde_json::to_string_pretty(&json)?);
    Ok(())
}

fn tell_unproved_as_json(kind: &str, unproved: &Unproved) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct UnprovedJson<'a> {
        proved: bool,
        outcome: &'a str,
        kind: &'a str,
        reason: String,
    }
    let outcome =
        if matches!(unproved, Unproved::TwoSignedActs { .. }) { "two-signed-acts" } else { "nothing-proved" };
    let json = UnprovedJson { proved: false, outcome, kind, reason: unproved.to_string() };
    print(&serde_json::to_string_pretty(&json)?);
    Ok(())
}
