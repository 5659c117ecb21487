//! `hattama ledger backup`: a backup beside a running node, or the one that is there grown.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use clap::Args;
use client::files::write_atomically;
use node::{BackupDepth, BackupDone, back_up};
use texts::program::say;

use crate::{
    fault::Fault,
    keeping_fault::KeepingFault,
    table::group_digits,
    terminal::{eprint, print},
};

#[derive(Debug, Args)]
pub(crate) struct BackupWords {
    /// Folder of the ledger; a node may have it open
    ledger: PathBuf,
    /// Where the backup lies: a folder on another machine or disk, or an object store (s3://…, keys in AWS_…); one that is there grows
    #[arg(long, env = "HATTAMA_BACKUP_TO", value_name = "DIR")]
    to: String,
    /// Compare hashes alone: the chain and the root, and what was written now; without it all of the backup is read back and every
    /// signature checked
    #[arg(long, env = "HATTAMA_QUICK")]
    quick: bool,
    /// Write when it was made and how far it goes for Prometheus (textfile collector)
    #[arg(long, env = "HATTAMA_TEXTFILE", value_name = "FILE.prom")]
    textfile: Option<PathBuf>,
    /// Print JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl BackupWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let started = Instant::now();
        let depth = if self.quick { BackupDepth::Hashes } else { BackupDepth::Signatures };
        let done = back_up(&self.ledger, &self.to, depth).map_err(KeepingFault::from)?;
        let seconds = started.elapsed().as_secs_f64();
        for name in &done.damaged {
            eprint(&say("ledger-backup-damaged", &[("name", name.as_str().into())]));
        }
        if let Some(file) = &self.textfile {
            write_figures(file, &done)?;
        }
        if self.json {
            print(&describe_as_json(&done, seconds, depth)?);
            return Ok(());
        }
        let args = [
            ("place", self.to.as_str().into()),
            ("size", group_digits(done.size).into()),
            ("new", group_digits(done.size - done.before.min(done.size)).into()),
            ("root", done.root.to_string().into()),
            ("written", group_digits(done.written).into()),
            ("bytes", group_digits(done.bytes).into()),
            ("seconds", format!("{seconds:.1}").into()),
        ];
        print(&say("ledger-backed-up", &args));
        print(&match depth {
            BackupDepth::Signatures => say("ledger-backup-signatures", &[]),
            BackupDepth::Hashes => say("ledger-backup-hashes", &[]),
        });
        Ok(())
    }
}

fn describe_as_json(done: &BackupDone, seconds: f64, depth: BackupDepth) -> Result<String, Fault> {
    let checked = match depth {
        BackupDepth::Signatures => "signatures",
        BackupDepth::Hashes => "hashes",
    };
    let answer = serde_json::json!({
        "ledger": done.ledger, "entries": done.size, "root": done.root, "entries_before": done.before, "bytes_written": done.written,
        "bytes": done.bytes, "seconds": seconds, "checked": checked, "damaged_attachments": done.damaged,
    });
    Ok(serde_json::to_string_pretty(&answer)?)
}

/// Names of metrics are those of a node; a file is replaced by one rename, since Prometheus reads it at any time.
fn write_figures(file: &Path, done: &BackupDone) -> Result<(), Fault> {
    let text = format!(
        "# HELP hattama_backup_timestamp_seconds When the newest backup was made.\n\
         # TYPE hattama_backup_timestamp_seconds gauge\n\
         hattama_backup_timestamp_seconds {}\n\
         # HELP hattama_backup_entries Entries of the newest backup.\n\
         # TYPE hattama_backup_entries gauge\n\
         hattama_backup_entries {}\n",
        done.made, done.size
    );
    Ok(write_atomically(file, text.as_bytes())?)
}
