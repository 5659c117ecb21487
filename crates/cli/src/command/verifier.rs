//! `hattama verifier`: the verifier as one file that any browser opens.

use std::{fs, path::PathBuf};

use clap::Args;
use client::files::FileFault;
use texts::program::say;

use crate::{
    fault::Fault,
    terminal::{eprint, print},
};

/// Write verify.html: the verifier as one page that any browser opens, from a stick, a site or a mail, with nothing installed
///
/// The page takes a zip, a folder or an address of a published ledger, replays it on the visitor's own device and shows the
/// report of `hattama verify`, in Kazakh, Russian and English. Everything is inside; no other host is asked. The same
/// program writes the same bytes: compare the SHA-256 that is printed with what others print.
#[derive(Debug, Args)]
pub(crate) struct VerifierPage {
    /// The file to write [default: standard output]
    #[arg(long, env = "HATTAMA_TO", value_name = "FILE")]
    to: Option<PathBuf>,
}

impl VerifierPage {
    pub(crate) fn run(self) -> Result<(), Fault> {
        if let Some(path) = self.to {
            return write_verifier(path);
        }
        print(verify_page::render_verify_page().trim_end());
        Ok(())
    }
}

/// Writes the page and says its hash.
pub(super) fn write_verifier(path: PathBuf) -> Result<(), Fault> {
    let page = verify_page::render_verify_page();
    let hash = event::sha256(&[page.as_bytes()]).to_string();
    let args = [
        ("path", path.display().to_string().into()),
        ("bytes", (page.len() as u64).into()),
        ("sha256", hash.into()),
    ];
    fs::write(&path, &page).map_err(|error| FileFault::Write { path, error })?;
    eprint(&say("verifier-written", &args));
    Ok(())
}
