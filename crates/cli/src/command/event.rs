//! `hattama event`: draft, sign, show and append, file by file, so that signing can happen offline.

mod append;
mod at_once;
mod body;
pub(crate) mod booked;
mod check;
mod doubts;
mod draft;
mod facts;
mod shown;
mod sign;
mod unique_keys;
mod voided;

use clap::Subcommand;

use crate::fault::Fault;

pub(crate) use append::{DeliveryWords, attach_all, describe_delivered};
pub(crate) use at_once::AtOnceWords;
pub(crate) use draft::expect_drafts;

#[derive(Debug, Subcommand)]
pub(crate) enum EventCommand {
    /// Write an unsigned event at the author's next place
    Draft(Box<draft::DraftWords>),
    /// Add a protocol up, and check its control ratios, before it is signed
    Check(check::CheckWords),
    /// Add one member's signature to the file, or to several; shows first what is signed
    Sign(sign::SignWords),
    /// Show what an event says and who has signed, in words
    Show(shown::ShowWords),
    /// Append fully signed events to a ledger on this machine, as one group, or to a node
    Append(append::AppendWords),
    /// List the facts that can be stated; with a name, what it asks for
    Facts(facts::FactsWords),
}

impl EventCommand {
    pub(crate) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Draft(draft) => draft.run(),
            Self::Check(check) => check.run(),
            Self::Sign(sign) => sign.run(),
            Self::Show(show) => show.run(),
            Self::Append(append) => append.run(),
            Self::Facts(facts) => facts.run(),
        }
    }
}
