//! Signing and sending what one person has just drafted: one command of one person with one key.

use std::path::PathBuf;

use clap::Args;

use super::sign::SignWords;
use crate::{fault::Fault, signing::ProgramWords};

/// Whether a draft is signed by whoever drafts it, and sent.
#[derive(Debug, Args)]
pub(crate) struct AtOnceWords {
    /// Sign what was drafted, with --key or --sign-with; it is shown first
    // No variable stands for this flag: nobody signs by a forgotten setting.
    #[arg(long)]
    sign: bool,
    /// The key of whoever drafts and signs
    #[arg(long, env = "HATTAMA_KEY", value_name = "PEM", conflicts_with = "sign_with")]
    key: Option<PathBuf>,
    #[command(flatten)]
    program: ProgramWords,
    /// Address of a node: https://HOST. What needs no other signature is sent there
    #[arg(long, env = "HATTAMA_NODE", value_name = "ADDRESS")]
    to: Option<String>,
}

impl AtOnceWords {
    /// Signs and sends, where that was asked for.
    pub(crate) fn sign(&self, files: Vec<PathBuf>, source: Option<PathBuf>) -> Result<(), Fault> {
        if !self.sign || files.is_empty() {
            return Ok(());
        }
        SignWords::of_drafts(files, self.key.clone(), self.program.clone(), self.to.clone(), source).run()
    }
}
