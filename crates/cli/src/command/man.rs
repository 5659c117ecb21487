//! `hattama man`: the pages of the manual, one for each command, from the same words as its help.

use std::{fs, path::PathBuf};

use clap::Args;
use client::files::FileFault;
use texts::program::say;

use crate::{fault::Fault, terminal::eprint};

/// Write the pages of the manual, one for each command: hattama.1, hattama-ledger-backup.1 …
#[derive(Debug, Args)]
pub(crate) struct ManWords {
    /// The folder to write them to
    #[arg(long, env = "HATTAMA_TO", value_name = "DIR")]
    to: PathBuf,
}

impl ManWords {
    pub(crate) fn run(self, program: clap::Command) -> Result<(), Fault> {
        let failed = |error| FileFault::Write { path: self.to.clone(), error };
        fs::create_dir_all(&self.to).map_err(failed)?;
        clap_mangen::generate_to(program, &self.to).map_err(failed)?;
        eprint(&say("man-written", &[("path", self.to.display().to_string().into())]));
        Ok(())
    }
}
