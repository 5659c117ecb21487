//! `hattama charter new|sign|open`: leads through the ceremony in which a ledger begins.

mod collect;
mod compared;
mod holder_signs;
mod opened;

use clap::Subcommand;

use crate::fault::Fault;

#[derive(Debug, Subcommand)]
pub(crate) enum CharterCommand {
    /// Collect what is decided and every key, and draft the charter once nothing is missing; may be run as often as needed
    New(Box<collect::CollectWords>),
    /// Sign the charter with one root key; shows first what everybody in the room compares
    Sign(holder_signs::HolderWords),
    /// Make the ledger from the charter that all have signed, and publish it for the first time
    Open(opened::OpeningWords),
}

impl CharterCommand {
    pub(crate) fn run(self) -> Result<(), Fault> {
        match self {
            Self::New(words) => words.run(),
            Self::Sign(words) => words.run(),
            Self::Open(words) => words.run(),
        }
    }
}
