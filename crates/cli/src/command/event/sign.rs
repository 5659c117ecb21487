//! `hattama event sign`: one member's signature on one draft, or on a batch of them after a summary.

use std::{
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
};

use clap::Args;
use client::{
    files::{read_signed, write_json_line},
    gathered::gather_drafts,
};
use commission::batch::Batch;
use event::{MemberSignature, SignedEvent, member_text};
use texts::program::say;

use super::{
    append::send_complete,
    check::describe_ratios,
    shown::{NameWords, OpenedNames, describe_as_data, describe_document, summarise},
};
use crate::{
    fault::Fault,
    key_fault::KeyCommandFault,
    signing::ProgramWords,
    terminal::{eprint, print},
};

/// Add one member's signature to the file, or to several; shows first what is signed
///
/// Of several files a summary is shown, in which each can be opened by its number; then all are signed with one passphrase.
/// Protocols, determinations and certificates are signed alone. A batch that is cut off says where it stands; the same command
/// goes on from there.
#[derive(Debug, Args)]
pub(crate) struct SignWords {
    /// The files that go from member to member; a folder stands for the drafts in it, in the order of their names
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The member's key
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
    /// Address of a node: https://HOST. What all have signed then is sent there, in the order of the files, as `event append` does
    #[arg(long, env = "HATTAMA_NODE", value_name = "ADDRESS")]
    to: Option<String>,
    #[command(flatten)]
    names: NameWords,
    /// Show the document as JSON before it is signed, not in words
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl SignWords {
    /// Drafts that one person has just written, signed by the same person; names are those of what the drafts stand on.
    pub(super) fn of_drafts(
        files: Vec<PathBuf>,
        key: Option<PathBuf>,
        program: ProgramWords,
        to: Option<String>,
        ledger: Option<PathBuf>,
    ) -> Self {
        Self { files, key, program, to, names: NameWords::of(ledger), json: false }
    }

    pub(crate) fn run(mut self) -> Result<(), Fault> {
        self.files = gather_drafts(&self.files)?;
        match self.files.as_slice() {
            [file] => self.sign_file(file)?,
            _ => self.sign_batch()?,
        }
        match &self.to {
            Some(address) => send_complete(&self.files, address),
            None => Ok(()),
        }
    }

    fn sign_batch(&self) -> Result<(), Fault> {
        let mut batch = Batch::read(&self.files)?;
        let names = self.files.first().map_or(Ok(OpenedNames::Nobody), |file| self.names.open(file))?;
        eprint(&describe_batch(&batch, &names));
        if io::stdin().is_terminal() && !self.agree(&batch, &names)? {
            eprint(&say("batch-not-signed", &[]));
            return Ok(());
        }
        let key = self.program.open(self.key.as_deref())?;
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
        let key = self.program.open(self.key.as_deref())?;
        let signer = key.public_key();
        if !signed.event.signers.contains(&signer) {
            return Err(Fault::NotASigner { path: file.to_owned(), found: signer });
        }
        let text = member_text(&signed.event, &signed.hash());
        let signature = key.sign(text.as_bytes()).map_err(KeyCommandFault::from)?;
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
