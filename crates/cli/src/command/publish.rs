//! `hattama publish`: one command that freezes, verifies, signs and publishes.
//!
//! In: its words. Out: the steps (`node`).

use std::path::PathBuf;

use clap::Args;
use event::Time;
use node::{Office, Writer};

use super::event::{at_or_now, seed_of};
use crate::{eprint, fault::Fault, print};

/// Publish a snapshot: freeze, verify, sign, announce, make public
#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// Folder of the ledger
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "DIR")]
    ledger: PathBuf,
    /// An office key of the CEC
    #[arg(long, env = "HATTAMA_OFFICE_KEY", value_name = "PEM")]
    office_key: PathBuf,
    /// The log key [default: log-key.pem in the ledger's folder]
    #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM")]
    log_key: Option<PathBuf>,
    /// Folder that a static server serves
    #[arg(long, env = "HATTAMA_TO", value_name = "DIR")]
    to: PathBuf,
    /// When the office signs [default: now, or the last entry's time under a simulated clock]
    #[arg(long, env = "HATTAMA_AT", value_name = "TIME")]
    at: Option<String>,
}

impl Publish {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let log_key = self.log_key.unwrap_or_else(|| self.ledger.join("log-key.pem"));
        let (mut writer, notices) = Writer::open(&self.ledger, &seed_of(&log_key)?)?;
        for notice in &notices {
            eprint(&format!("{notice}"));
        }
        let at: Time = at_or_now(self.at.as_deref(), writer.head())?;
        let received = received(writer.head(), &at)?;
        let office = Office { seed: &seed_of(&self.office_key)?, at, received };
        let published = node::publish(&mut writer, &self.ledger, &self.to, &office)?;
        let finished = if published.finished { " (announced before, finished now)" } else { "" };
        print(&format!(
            "snapshot {} of {} entries is public in {}{finished}; {} files written; manifest {}",
            published.n,
            published.size,
            self.to.display(),
            published.written,
            published.manifest
        ));
        Ok(())
    }
}

fn received(head: &ledger::Head, at: &Time) -> Result<event::Stamp, Fault> {
    let simulated = head.state().charter.as_ref().is_some_and(|c| c.clock == law::facts::Clock::Simulated);
    Ok(if simulated { event::Stamp::from_millis(at.seconds() * 1000)? } else { node::now()? })
}
