//! `hattama ledger join` and `promote`: one more node of a ledger in PostgreSQL, and the standby that takes the primary's place.

use std::path::{Path, PathBuf};

use clap::Args;
use commission::keys::private::require_own_folder;
use node::{Anchors, OpenLedgerError};
use texts::program::say;

use crate::{
    anchoring::StateWord,
    fault::Fault,
    open::{OpenFault, open_unsigned_writer},
    terminal::print,
};

#[derive(Debug, Args)]
pub(crate) struct JoinWords {
    /// Folder for this node, which will follow the database
    dir: PathBuf,
    /// The database that has the ledger: postgres://…
    #[arg(long, env = "HATTAMA_STORE", value_name = "ADDRESS")]
    store: String,
    /// The log key: signs checkpoints and nothing else
    #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM")]
    log_key: PathBuf,
    #[command(flatten)]
    state: StateWord,
}

impl JoinWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        drop(node::join_shared(&self.dir, &self.store).map_err(OpenLedgerError::from)?);
        let mut writer = open_unsigned_writer(&self.dir, Some(&self.log_key))?;
        let anchors = Anchors { state: self.state.find()?, ..Anchors::default() };
        anchors.mark_opening(&mut writer).map_err(node::BeginError::from).map_err(OpenFault::from)?;
        let args =
            [("place", self.dir.display().to_string().into()), ("entries", writer.head().size().into())];
        print(&say("ledger-joined", &args));
        Ok(())
    }
}

/// Promotes the standby at an address.
pub(crate) fn promote(dir: &Path, store: &str) -> Result<(), Fault> {
    require_own_folder(dir)?;
    let promoted = node::promote(dir, store)?;
    print(&say("ledger-promoted", &[("epoch", promoted.epoch.into()), ("entries", promoted.size.into())]));
    Ok(())
}
