//! `hattama checkpoint`: what a checkpoint says, who stands behind it, and the lines of witnesses.
//!
//! The formats and the judgement are `tlog`'s.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use client::files::write_atomically;
use event::Hash;
use phrase::{Phrase, Phrased as _, phrase};
use texts::{program::say, say_fault};
use tlog::{checkpoint::Checkpoint, cosignature, note::Note, policy::Cosignature};

use crate::{
    fault::Fault,
    open::{read_pasted_file, read_policy},
    terminal::print,
};

#[derive(Debug, Subcommand)]
pub(crate) enum CheckpointCommand {
    /// Say what a checkpoint says; with a policy, whether it counts
    ///
    /// Exit code: 0 it counts (or no policy was given), 1 it does not, 2 a file could not be read.
    Show {
        /// The checkpoint, or the folder of a published ledger
        checkpoint: PathBuf,
        /// A C2SP policy: which logs, which witnesses, how many of them
        #[arg(long, env = "HATTAMA_POLICY", value_name = "FILE")]
        policy: Option<PathBuf>,
    },
    /// Add the answer of a witness to a checkpoint; only lines that verify under the policy are kept
    Attach {
        /// The checkpoint, or the folder of a published ledger; it is replaced as a whole
        checkpoint: PathBuf,
        /// Files with cosignature lines, as witnesses answer them
        #[arg(required = true)]
        lines: Vec<PathBuf>,
        /// A C2SP policy that names the log and the witnesses
        #[arg(long, env = "HATTAMA_POLICY", value_name = "FILE")]
        policy: PathBuf,
    },
}

impl CheckpointCommand {
    pub(crate) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Show { checkpoint, policy } => {
                show_checkpoint(&checkpoint_file(checkpoint), policy.as_deref())
            }
            Self::Attach { checkpoint, lines, policy } => {
                attach_cosignatures(&checkpoint_file(checkpoint), &lines, &policy)
            }
        }
    }
}

fn checkpoint_file(path: PathBuf) -> PathBuf {
    if path.is_dir() { path.join("checkpoint") } else { path }
}

fn show_checkpoint(file: &Path, policy: Option<&Path>) -> Result<(), Fault> {
    let bytes = read_pasted_file(file)?;
    let unreadable = |found: Phrase| Fault::Unreadable { path: file.to_owned(), found };
    let note = Note::parse(&bytes).map_err(|error| unreadable(error.phrase()))?;
    let checkpoint = Checkpoint::parse(note.text()).map_err(|error| unreadable(error.phrase()))?;
    let (origin, size, root) =
        (checkpoint.origin.to_string(), checkpoint.size.to_string(), Hash(checkpoint.root).to_string());
    for (id, value) in [("checkpoint-origin", origin), ("checkpoint-size", size), ("checkpoint-root", root)] {
        print(&say(id, &[("value", value.into())]));
    }
    for line in note.signatures() {
        let id = if policy.is_some() { "checkpoint-line" } else { "checkpoint-line-unchecked" };
        print(&say(id, &[("name", line.name().to_string().into())]));
    }
    let Some(policy) = policy else { return Ok(()) };
    let policy = read_policy(policy)?;
    let untrue = |found: Phrase| Fault::Untrue { path: file.to_owned(), found };
    let (judged, quorum) = policy.examine_note(&bytes).map_err(|error| untrue(error.phrase()))?;
    print(&say("checkpoint-signed", &[("key", judged.log.encode().into())]));
    judged.cosignatures.iter().for_each(|one| print(&describe_cosignature(one)));
    quorum.map_err(|error| untrue(error.phrase()))?;
    print(&say("checkpoint-counts", &[]));
    Ok(())
}

/// One line about a witness.
pub(crate) fn describe_cosignature(one: &Cosignature<'_>) -> String {
    let time = i64::try_from(one.time).map_or_else(|_| one.time.to_string(), local_time);
    let args = [("name", one.witness.key.name().to_string().into()), ("time", time.into())];
    say("checkpoint-cosigned", &args)
}

fn attach_cosignatures(file: &Path, lines: &[PathBuf], policy: &Path) -> Result<(), Fault> {
    let policy = read_policy(policy)?;
    let mut bytes = read_pasted_file(file)?;
    let note = Note::parse(&bytes)
        .map_err(|error| Fault::Unreadable { path: file.to_owned(), found: error.phrase() })?;
    let signed = |log: &&tlog::policy::Log| note.verify(std::slice::from_ref(&log.key)).is_ok();
    let log = policy.logs().iter().find(signed);
    let found = phrase!(
        "checkpoint-of-no-log-of-the-policy",
        "expected a checkpoint signed by a log of the policy, found another"
    );
    let log = log.ok_or(Fault::Untrue { path: file.to_owned(), found })?;
    let witnesses: Vec<_> = policy.witnesses().iter().map(|witness| witness.key.clone()).collect();
    for answer in lines {
        let attached =
            cosignature::attach_cosignatures(&bytes, &log.key, &read_pasted_file(answer)?, &witnesses);
        let untrue =
            |error: cosignature::AttachError| Fault::Untrue { path: answer.clone(), found: error.phrase() };
        bytes = attached.map_err(untrue)?.into_bytes();
    }
    write_atomically(file, &bytes)?;
    let (judged, quorum) = policy
        .examine_note(&bytes)
        .map_err(|error| Fault::Untrue { path: file.to_owned(), found: error.phrase() })?;
    judged.cosignatures.iter().for_each(|one| print(&describe_cosignature(one)));
    match quorum {
        Ok(()) => print(&say("checkpoint-counts", &[])),
        Err(short) => print(&say("checkpoint-not-yet", &[("why", say_fault(&short).into())])),
    }
    Ok(())
}

/// A witness's time as clocks in Kazakhstan show it; nothing where no calendar has it.
fn local_time(seconds: i64) -> String {
    let offset = jiff::tz::Offset::constant(5);
    jiff::Timestamp::from_second(seconds)
        .map(|moment| format!("{}+05:00", offset.to_datetime(moment).strftime("%Y-%m-%dT%H:%M:%S")))
        .unwrap_or_default()
}
