//! `hattama event sign`: one member's signature on one draft, or on a batch of them after a summary.

use std::{
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
};

use clap::Args;
use client::files::{read_signed, write_json_line};
use commission::batch::Batch;
use ed25519_dalek::Signer as _;
use event::{Key, MemberSignature, Signature, SignedEvent, member_text};
use texts::program::say;

use super::{
    check::describe_ratios,
    shown::{NameWords, OpenedNames, describe_as_data, describe_document, summarise},
};
use crate::{
    fault::Fault,
    keyfile,
    terminal::{eprint, print},
};

/// Add one member's signature to the file, or to several; shows first what is signed
///
/// Of several files a summary is shown, in which each can be opened by its number; then all are signed with one passphrase.
/// Protocols, determinations and certificates are signed alone. A batch that is cut off says where it stands; the same command
/// goes on from there.
#[derive(Debug, Args)]
pub(crate) struct SignWords {
    /// The files that go from member to member
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The member's key
    #[arg(long, env = "HATTAMA_KEY", value_name = "PEM")]
    key: PathBuf,
    #[command(flatten)]
    names: NameWords,
    /// Show the document as JSON before it is signed, not in words
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl SignWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        if let [file] = self.files.as_slice() {
            return self.sign_file(file);
        }
        let mut batch = Batch::read(&self.files)?;
        let names = self.files.first().map_or(Ok(OpenedNames::Nobody), |file| self.names.open(file))?;
        eprint(&describe_batch(&batch, &names));
        if io::stdin().is_terminal() && !self.agree(&batch, &names)? {
            eprint(&say("batch-not-signed", &[]));
            return Ok(());
        }
        let key = keyfile::open_key(&self.key, || keyfile::read_passphrase_for(&self.key))?;
        let done = batch.sign(&key)?;
        for one in &batch.drafts {
            let path = one.path.display().to_string();
            let missing = one.signed.missing_signers().len();
            let id = if done.already.contains(&one.path) { "batch-already" } else { "batch-signed" };
            print(&say(id, &[("path", path.into()), ("missing", missing.into())]));
        }
        let args = [("signed", done.signed.len().into()), ("already", done.already.len().into())];
        print(&say("batch-done", &args));
        Ok(())
    }

    /// One draft, which is shown before the passphrase is asked for.
    fn sign_file(&self, file: &Path) -> Result<(), Fault> {
        let mut signed = read_signed(file)?;
        // Shown before the passphrase is asked for: nobody signs what they have not seen.
        self.show(&signed, &self.names.open(file)?)?;
        let key = keyfile::open_key(&self.key, || keyfile::read_passphrase_for(&self.key))?;
        let signer = Key(key.verifying_key().to_bytes());
        if !signed.event.signers.contains(&signer) {
            return Err(Fault::NotASigner { path: file.to_owned(), found: signer });
        }
        let text = member_text(&signed.event, &signed.hash());
        let signature = Signature(key.sign(text.as_bytes()).to_bytes());
        if !signed.add_signature(MemberSignature { signature, signer })? {
            print(&say("signed-already", &[]));
            return Ok(());
        }
        write_json_line(file, &event::json::encode(&signed)?)?;
        let missing = signed.missing_signers().len();
        let args = [
            ("key", signer.to_string().into()),
            ("missing", missing.into()),
            ("all", signed.event.signers.len().into()),
        ];
        print(&say("signed-as", &args));
        Ok(())
    }

    /// What is signed, in words; the sums of a protocol with it.
    fn show(&self, signed: &SignedEvent, names: &OpenedNames) -> Result<(), Fault> {
        if self.json {
            eprint(&describe_as_data(signed)?);
            return Ok(());
        }
        eprint(&describe_document(signed, names)?);
        let sums = describe_ratios(signed);
        if !sums.is_empty() {
            eprint(&sums);
        }
        Ok(())
    }

    /// Whoever signs may open each document before; `sign` signs.
    fn agree(&self, batch: &Batch, names: &OpenedNames) -> Result<bool, Fault> {
        loop {
            eprint(&say("batch-ask", &[]));
            let _ = io::stderr().flush();
            let mut line = String::new();
            // A terminal that gives no line has nobody in front of it.
            if io::stdin().read_line(&mut line).unwrap_or(0) == 0 {
                return Ok(false);
            }
            let line = line.trim();
            if line == "sign" || line == "+" {
                return Ok(true);
            }
            let shown = line.parse::<usize>().ok().and_then(|n| batch.drafts.get(n.checked_sub(1)?));
            match shown {
                Some(one) => self.show(&one.signed, names)?,
                None => return Ok(false),
            }
        }
    }
}

/// One line for each draft: its number, what it states, what it is about, who speaks, its hash.
fn describe_batch(batch: &Batch, names: &OpenedNames) -> String {
    let mut text = say("batch-summary", &[("all", batch.drafts.len().into())]);
    for (n, one) in batch.drafts.iter().enumerate() {
        let said = summarise(&one.signed, names);
        let about = said.about.map(|about| format!(": {about}")).unwrap_or_default();
        let (title, author, hash) = (said.title, said.author, said.hash);
        let path = one.path.display();
        text.push_str(&format!("\n{:>4}  {title}{about}  {author}  {hash} …  {path}", n + 1));
    }
    text
}
