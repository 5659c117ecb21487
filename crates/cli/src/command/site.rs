//! `hattama site`: the pages of a ledger as a folder, made from any copy of it.

use std::path::PathBuf;

use clap::Args;
use texts::program::say;

use super::verifier::write_verifier;
use crate::{fault::Fault, site_folder::write_site_folder, source, terminal::print};

/// Make the pages of a ledger: results, precincts, corrections, commissions, in Kazakh, Russian and English
///
/// Every entry is judged first. The same entries give the same bytes, whoever makes them and of whatever copy. Beside the
/// pages stands verify.html, the verifier as one file (`hattama verifier`), with its SHA-256 said.
#[derive(Debug, Args)]
pub(crate) struct SiteWords {
    /// A published ledger: its folder, a zip of it, or the address of a static server; or the folder of a ledger on this
    /// machine
    source: PathBuf,
    /// The folder for the pages: a new one, or an empty one
    #[arg(long, env = "HATTAMA_TO", value_name = "DIR")]
    to: PathBuf,
    /// As it was at a number of entries, or at a time
    #[arg(long, env = "HATTAMA_AS_OF", value_name = "SIZE|TIME")]
    as_of: Option<String>,
}

impl SiteWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let head = source::replay_source(&self.source, self.as_of.as_deref())?;
        let files = write_site_folder(&head, &self.to)?;
        let args = [
            ("files", files.into()),
            ("path", self.to.display().to_string().into()),
            ("entries", head.size().into()),
        ];
        print(&say("site-made", &args));
        write_verifier(self.to.join("verify.html"))
    }
}
