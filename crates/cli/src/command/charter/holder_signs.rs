//! `hattama charter sign DIR --key PEM`: one holder's signature, after everything that is compared aloud.

use std::path::PathBuf;

use clap::Args;
use client::files::{read_signed, write_json_line};
use commission::ceremony::{Ceremony, charter_file};
use event::{MemberSignature, member_text};
use texts::program::say;

use super::compared::{describe_charter, tell_next};
use crate::{
    fault::Fault,
    key_fault::KeyCommandFault,
    signing::ProgramWords,
    terminal::{eprint, print},
};

/// Sign the charter with one root key
///
/// Shows what everybody compares first, then asks for the passphrase. A charter that says something else than settings and pieces
/// of the folder is not signed.
#[derive(Debug, Args)]
pub(crate) struct HolderWords {
    /// Folder of the ceremony
    dir: PathBuf,
    /// The root key
    #[arg(
        long,
        env = "HATTAMA_KEY",
        value_name = "PEM",
        required_unless_present = "sign_with",
        conflicts_with = "sign_with"
    )]
    key: Option<PathBuf>,
    #[command(flatten)]
    program: ProgramWords,
}

impl HolderWords {
    pub(super) fn run(self) -> Result<(), Fault> {
        let ceremony = Ceremony::open(&self.dir)?;
        let (charter, body) = ceremony.require_charter()?;
        eprint(&describe_charter(&ceremony, charter, &body));
        let path = charter_file(&self.dir);
        let key = self.program.open(self.key.as_deref())?;
        let signer = key.public_key();
        if !charter.event.signers.contains(&signer) {
            return Err(Fault::NotASigner { path, found: signer });
        }
        // Others may have signed while the passphrase was typed.
        let mut now = read_signed(&path)?;
        if now.hash() != charter.hash() {
            let (expected, found) = (charter.hash(), now.hash());
            return Err(commission::ceremony::fault::CeremonyFault::Changed { path, expected, found }.into());
        }
        let text = member_text(&now.event, &now.hash());
        let signature = key.sign(text.as_bytes()).map_err(KeyCommandFault::from)?;
        if now.add_signature(MemberSignature { signature, signer })? {
            write_json_line(&path, &event::json::encode(&now)?)?;
            let args = [
                ("key", signer.to_string().into()),
                ("missing", now.missing_signers().len().into()),
                ("all", now.event.signers.len().into()),
            ];
            print(&say("signed-as", &args));
        } else {
            print(&say("signed-already", &[]));
        }
        print(&tell_next(&ceremony, &now)?);
        Ok(())
    }
}
