//! The words that say whom a command asks before it signs, and opening a ledger so.

use std::path::{Path, PathBuf};

use clap::Args;
use node::{Anchors, Writer};

use crate::{
    fault::Fault,
    open::{OpenFault, open_unsigned_writer, read_witness_policy},
};

/// Whom to ask beside those whom the ledger remembers.
#[derive(Debug, Default, Args)]
pub(crate) struct AnchorWords {
    /// A place where the ledger is published, as for `publish --to`: asked for a newer checkpoint before anything is signed, beside the
    /// places that the ledger remembers
    #[arg(long, env = "HATTAMA_PLACE", value_name = "PLACE")]
    place: Vec<String>,
    /// A witness, a mirror or a static server that shows a checkpoint under this address: asked, too
    #[arg(long, env = "HATTAMA_WITNESS", value_name = "ADDRESS")]
    witness: Vec<String>,
    /// Sign although nobody answered: only for a ledger that was never published and has no policy
    #[arg(long, env = "HATTAMA_ACCEPT_UNANCHORED")]
    accept_unanchored: bool,
}

impl AnchorWords {
    /// Whom these words name; `more` are the places and the policy that the command knows beside them.
    pub(crate) fn to_anchors(&self, more: &[String], policy: Option<&Path>) -> Result<Anchors, OpenFault> {
        let policy = policy.map(read_witness_policy).transpose()?;
        let places = [&self.place[..], more].concat();
        Ok(Anchors {
            places,
            addresses: self.witness.clone(),
            policy,
            accept_unanchored: self.accept_unanchored,
        })
    }
}

/// Whose witnesses to ask.
#[derive(Debug, Default, Args)]
pub(crate) struct PolicyWord {
    /// A C2SP policy with this log and its witnesses: they are asked, too [default: the one that the ledger remembers]
    #[arg(long, env = "HATTAMA_POLICY", value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
}

/// Opens a ledger of this machine for writing: who may know more is asked before anything is signed.
pub(crate) fn open_anchored_writer(
    ledger: &Path,
    log_key: Option<&Path>,
    anchors: &Anchors,
) -> Result<Writer, Fault> {
    let mut writer = open_unsigned_writer(ledger, log_key)?;
    anchors.begin_writing(&mut writer).map_err(OpenFault::from)?;
    Ok(writer)
}
