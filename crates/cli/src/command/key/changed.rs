//! `hattama key passphrase FILE`: another passphrase for a key file, in place of the one it has.

use std::path::PathBuf;

use clap::Args;
use commission::keys::change::change_passphrase;
use texts::program::say;

use crate::{key_fault::KeyCommandFault, keyfile, terminal::print};

/// Lock a key file with another passphrase
///
/// Asks for the old one, then twice for the new one. Scripts name the new one in HATTAMA_NEW_PASSPHRASE_FILE (or set
/// HATTAMA_NEW_PASSPHRASE). The old file stands until the new one is on the disk and was opened with the new passphrase; copies
/// made earlier keep the old one. The key stays the same: where somebody may have had file and passphrase, replace the key.
#[derive(Debug, Args)]
pub(crate) struct PassphraseWords {
    /// The secret key file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Write the key without a passphrase: whoever gets the file can sign in your name
    // No variable stands for this flag: protection is given up by hand, never by a forgotten setting.
    #[arg(long)]
    insecure_no_passphrase: bool,
}

impl PassphraseWords {
    pub(super) fn run(self) -> Result<(), KeyCommandFault> {
        let key = match self.insecure_no_passphrase {
            true => keyfile::open_key(&self.file, || keyfile::read_passphrase_for(&self.file))?,
            false => keyfile::open_key_to_lock(&self.file, || keyfile::read_passphrase_for(&self.file))?,
        };
        let new = match self.insecure_no_passphrase {
            true => None,
            false => Some(keyfile::ask_another_passphrase(&self.file)?),
        };
        change_passphrase(&self.file, &key, new.as_ref().map(|new| new.as_str()))?;
        let id = if new.is_some() { "passphrase-changed" } else { "key-made-open" };
        print(&say(id, &[("file", self.file.display().to_string().into())]));
        Ok(())
    }
}
