//! `hattama control`: what operators ask of a running node over its control socket.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use client::files::{read_bounded, read_signed};
use node::ControlLink;
use texts::program::{answer_language, say};
use verifier::limits::FILE_BYTES_MAX;

use crate::{
    control_fault::ControlCommandFault,
    fault::Fault,
    open::read_seed,
    table::group_digits,
    terminal::{eprint, print},
};

/// Ask a running node over its control socket: attach documents, check its disk, replace its log key
#[derive(Debug, Args)]
pub(crate) struct ControlWords {
    /// The control socket of the node
    #[arg(
        long,
        env = "HATTAMA_NODE",
        value_name = "SOCKET",
        global = true,
        required = false,
        default_value = "/run/hattama/control.sock"
    )]
    node: PathBuf,
    #[command(subcommand)]
    command: ControlCommand,
}

#[derive(Debug, Subcommand)]
enum ControlCommand {
    /// Hand public documents over that events of the ledger name: they are kept beside it and published
    Attach {
        /// The documents
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Have the node read its journal from the disk, judge every entry again, and compare it with what it acknowledged
    Check,
    /// Replace the log key: the event is appended, and checkpoints from its entry on are signed with the new key
    ReplaceLogKey {
        /// The event log-key-replaced, signed by the root keys
        event: PathBuf,
        /// The new log key, which the node is started with from now on
        #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM")]
        log_key: PathBuf,
    },
}

impl ControlWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let link = ControlLink::new(&self.node, answer_language());
        match self.command {
            ControlCommand::Attach { files } => {
                for file in files {
                    let bytes = read_bounded(&file, FILE_BYTES_MAX)?;
                    let (hash, again) = link.attach(&bytes).map_err(ControlCommandFault::from)?;
                    let id = if again { "attach-again" } else { "attach-done" };
                    let args =
                        [("file", file.display().to_string().into()), ("hash", hash.to_string().into())];
                    print(&say(id, &args));
                }
            }
            ControlCommand::Check => {
                let checked = link.check_disk().map_err(ControlCommandFault::from)?;
                let args = [("entries", checked.entries.into()), ("root", checked.root.to_string().into())];
                print(&say("ledger-checked", &args));
                if let Some(found) = checked.reading_only {
                    eprint(&say("control-reading-only", &[("found", found.into())]));
                }
            }
            ControlCommand::ReplaceLogKey { event, log_key } => {
                let signed = read_signed(&event)?;
                let seed = read_seed(&log_key).map_err(crate::open::OpenFault::from)?;
                let index = link.replace_log_key(&signed, &seed).map_err(ControlCommandFault::from)?;
                let args =
                    [("index", group_digits(index).into()), ("file", log_key.display().to_string().into())];
                print(&say("control-log-key-replaced", &args));
            }
        }
        Ok(())
    }
}
