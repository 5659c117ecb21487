//! `hattama site`: the pages of a ledger as a folder, made from any copy of it.

use std::path::PathBuf;

use clap::Args;
use law::Rule;
use texts::program::say;
use verifier::{AsOf, ObserverInputs, Source, Status, Verdict, Verification};

use super::verifier::write_verifier;
use crate::{
    fault::Fault,
    site_folder::{SiteFault, write_site_folder},
    source::{self, SourceFault},
    terminal::print,
};

/// Make the pages of a ledger: results, precincts, corrections, commissions, in Kazakh, Russian and English
///
/// The copy is verified first: the pages of one that fails say so on top, with the checks, and the exit code is 1. The same entries
/// give the same bytes, whoever makes them and of whatever copy. Beside the pages stands verify.html, the verifier as one file (`hattama verifier`), with its SHA-256 said.
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
    pub(crate) fn run(self) -> Result<u8, Fault> {
        let as_of = self.as_of.as_deref().map(source::parse_as_of).transpose()?;
        let source = source::read_source(&self.source)?;
        let verification = Verification::run(&source, &ObserverInputs::default(), None);
        if verification.report().verdict() == Verdict::Failed {
            return self.write_failed(&source, as_of.as_ref(), &verification);
        }
        let head = verifier::replay_to(&source, as_of.as_ref()).map_err(SourceFault::from)?;
        let files = write_site_folder(&site::make_site(&head).map_err(SiteFault::from)?, &self.to)?;
        let args = [
            ("files", files.into()),
            ("path", self.to.display().to_string().into()),
            ("entries", head.size().into()),
        ];
        print(&say("site-made", &args));
        write_verifier(self.to.join("verify.html"))?;
        Ok(0)
    }

    /// Pages of a copy that failed say so on top, with the checks: of what was asked for, or where that cannot be had, of every entry
    /// that was admitted.
    fn write_failed(
        &self,
        source: &Source,
        as_of: Option<&AsOf>,
        verification: &Verification<'_>,
    ) -> Result<u8, Fault> {
        if verification.head().size() == 0 {
            // Not one entry may stand: there is nothing to make pages of.
            verifier::replay_to(source, as_of).map_err(SourceFault::from)?;
        }
        let rows = verification.report().rows.iter().filter(|row| row.status == Status::Fail);
        let failed: Vec<Rule> = rows.map(|row| row.rule).collect();
        let asked = as_of.and_then(|as_of| verifier::replay_to(source, Some(as_of)).ok());
        let head = asked.as_ref().unwrap_or_else(|| verification.head());
        let pages = site::make_failed_site(head, &failed).map_err(SiteFault::from)?;
        let files = write_site_folder(&pages, &self.to)?;
        let args = [
            ("files", files.into()),
            ("path", self.to.display().to_string().into()),
            ("entries", head.size().into()),
            ("checks", failed.iter().map(|rule| rule.id()).collect::<Vec<_>>().join(", ").into()),
        ];
        print(&say("site-made-failed", &args));
        write_verifier(self.to.join("verify.html"))?;
        Ok(1)
    }
}
