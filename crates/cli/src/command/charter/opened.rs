//! `hattama charter open DIR`: the ledger from the charter that all have signed, and its first publication.

use std::path::PathBuf;

use clap::Args;
use commission::ceremony::{Ceremony, charter_file, fault::CeremonyFault};
use ed25519_dalek::SigningKey;
use event::Key;
use texts::program::say;

use crate::{
    anchoring::StateWord,
    command::{ledger::make_ledger, publish::Publish},
    fault::Fault,
    open::read_seed,
    signing::ProgramWords,
    terminal::print,
};

/// Make the ledger from the charter that all have signed, and publish it for the first time
///
/// The log key has to be the charter's. With --to and an office key (a file, or --sign-with) the charter is published at once: from
/// then on everybody can tell this ledger from any other. A command that was cut off is run once more: a ledger that is there is kept.
#[derive(Debug, Args)]
pub(crate) struct OpeningWords {
    /// Folder of the ceremony
    dir: PathBuf,
    /// The log key: signs checkpoints and nothing else
    #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM")]
    log_key: PathBuf,
    /// Folder of the new ledger
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "DIR")]
    ledger: PathBuf,
    /// Keep it in a PostgreSQL that several nodes may share, postgres://…; the folder follows
    #[arg(long, env = "HATTAMA_STORE", value_name = "ADDRESS")]
    store: Option<String>,
    /// An office key of the CEC, for the first publication, where `--sign-with` names no program that holds it
    #[arg(long, env = "HATTAMA_OFFICE_KEY", value_name = "PEM", requires = "to")]
    office_key: Option<PathBuf>,
    #[command(flatten)]
    program: ProgramWords,
    /// Where it is published: a folder, a .zip, or an address of an object store
    #[arg(long, env = "HATTAMA_TO", value_name = "PLACE")]
    to: Vec<String>,
    #[command(flatten)]
    state: StateWord,
}

impl OpeningWords {
    pub(super) fn run(self) -> Result<(), Fault> {
        if !self.to.is_empty() {
            self.program.require_one_key(self.office_key.as_deref())?;
        }
        let ceremony = Ceremony::open(&self.dir)?;
        let (charter, body) = ceremony.require_charter()?;
        let (all, missing) = (charter.event.signers.len(), charter.missing_signers().len());
        if missing > 0 {
            let path = charter_file(&self.dir);
            return Err(CeremonyFault::Unsigned { path, expected: all, found: all - missing }.into());
        }
        let seed = read_seed(&self.log_key)?;
        let found = Key(SigningKey::from_bytes(&seed).verifying_key().to_bytes());
        if found != body.log_key {
            return Err(CeremonyFault::LogKey { expected: body.log_key, found }.into());
        }
        let there = store::read::snapshot_of(&self.ledger).is_ok();
        let id = match there {
            true => charter.hash(),
            false => make_ledger(&self.ledger, charter, &seed, &self.state, self.store.as_deref())?,
        };
        let args = [("ledger", self.ledger.display().to_string().into()), ("id", id.in_groups().into())];
        print(&say("charter-opened", &args));
        if self.to.is_empty() {
            print(&say("charter-next-publish", &[("ledger", self.ledger.display().to_string().into())]));
            return Ok(());
        }
        let office = (self.office_key, self.program);
        Publish::first(self.ledger, office, self.log_key, self.to, self.state).run()
    }
}
