//! `hattama event append`: signed files into a ledger of this machine.
//!
//! In: its words, what is missing before anything is written, papers, one answer for each file.
//! Out: judgement and durability (`node`), nodes elsewhere.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use event::{Hash, SignedEvent, sha256};
use law::Fact;
use node::{Acknowledged, AppendError, AttachError, Writer, received_for};

use super::{read_signed, seed_of, write_text};
use crate::command::receipt::encode;
use crate::{eprint, fault::Fault, print, texts::say};

/// Append fully signed events to a ledger on this machine, as one group
///
/// Each file gets its receipt beside it, FILE.tlog-proof: what proves offline that the log took the event in.
#[derive(Debug, Args)]
pub(crate) struct Append {
    /// The files, in order
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Folder of the ledger
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "DIR")]
    ledger: PathBuf,
    /// The log key [default: log-key.pem in the ledger's folder]
    #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM")]
    log_key: Option<PathBuf>,
    /// A public document that one of the events names: it is kept beside the ledger and published
    #[arg(long, env = "HATTAMA_ATTACH", value_name = "FILE")]
    attach: Vec<PathBuf>,
}

impl Append {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let signed = self.files.iter().map(|file| complete(file)).collect::<Result<Vec<_>, _>>()?;
        let papers = self.papers()?;
        let mut writer = open(&self.ledger, self.log_key.as_deref())?;
        let named = named(&signed);
        for (file, bytes) in &papers {
            let found = sha256(&[bytes]);
            if !named.contains(&found) && !writer.papers().contains_key(&found) {
                let error = AttachError::Unnamed { found };
                return Err(Fault::AttachFile { path: file.clone(), error });
            }
        }
        let mut group = Vec::with_capacity(signed.len());
        for signed in signed {
            let received = received_for(writer.head(), &signed.event)?;
            group.push((signed, received));
        }
        let at = |error| Fault::Append { path: self.ledger.clone(), error };
        let answers = writer.append(&group).map_err(at)?;
        let refused = self.tell(&writer, answers)?;
        if refused.is_none() {
            attach(&writer, &self.ledger, &papers)?;
        }
        refused.map_or(Ok(()), Err)
    }

    fn papers(&self) -> Result<Vec<(PathBuf, Vec<u8>)>, Fault> {
        let read = |file: &PathBuf| {
            let bytes = fs::read(file).map_err(|error| Fault::Read { path: file.clone(), error })?;
            Ok((file.clone(), bytes))
        };
        self.attach.iter().map(read).collect()
    }

    /// Every answer is told, and a receipt written beside each file; the first refusal is the command's own.
    fn tell(
        &self,
        writer: &Writer,
        answers: Vec<Result<Acknowledged, AppendError>>,
    ) -> Result<Option<Fault>, Fault> {
        let mut refused = None;
        for (answer, file) in answers.into_iter().zip(&self.files) {
            match answer {
                Ok(done) => {
                    let id = if done.again { "append-again" } else { "append-done" };
                    let Acknowledged { index, entry, event, .. } = done;
                    let receipt = receipt_beside(file);
                    let at = |error| Fault::Append { path: file.clone(), error };
                    let text = encode(&writer.receipt(index).map_err(at)?)?;
                    write_text(&receipt, text.as_bytes())?;
                    let args = [
                        ("entry", index.to_string().into()),
                        ("hash", entry.to_string().into()),
                        ("event", event.to_string().into()),
                        ("receipt", receipt.display().to_string().into()),
                    ];
                    print(&say(id, &args));
                }
                Err(error) if refused.is_none() => {
                    refused = Some(Fault::Append { path: file.clone(), error });
                }
                Err(error) => {
                    let fault = Fault::Append { path: file.clone(), error };
                    eprint(&format!("hattama: {}", fault.told()));
                }
            }
        }
        Ok(refused)
    }
}

/// `protocol.json` has its receipt in `protocol.json.tlog-proof`.
fn receipt_beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".tlog-proof");
    PathBuf::from(name)
}

/// Takes papers in, each told.
pub(crate) fn attach(writer: &Writer, ledger: &Path, papers: &[(PathBuf, Vec<u8>)]) -> Result<(), Fault> {
    for (file, bytes) in papers {
        let done = node::attach(writer, ledger, bytes)
            .map_err(|error| Fault::AttachFile { path: file.clone(), error })?;
        let id = if done.again { "attach-again" } else { "attach-done" };
        let args = [("file", file.display().to_string().into()), ("hash", done.sha256.to_string().into())];
        print(&say(id, &args));
    }
    Ok(())
}

/// Opens a ledger of this machine for writing, and tells what had to be mended.
pub(crate) fn open(ledger: &Path, log_key: Option<&Path>) -> Result<Writer, Fault> {
    if !ledger.join("journal").is_file() {
        return Err(Fault::NotAppendable { path: ledger.to_owned() });
    }
    let log_key = log_key.map_or_else(|| ledger.join("log-key.pem"), Path::to_owned);
    let (writer, notices) = Writer::open(ledger, &seed_of(&log_key)?)?;
    for notice in &notices {
        eprint(&format!("{notice}"));
    }
    Ok(writer)
}

fn complete(file: &Path) -> Result<SignedEvent, Fault> {
    let signed = read_signed(file)?;
    let (expected, missing) = (signed.event.signers.len(), signed.missing().len());
    if missing > 0 {
        return Err(Fault::Unsigned { path: file.to_owned(), expected, found: expected - missing });
    }
    Ok(signed)
}

/// The public documents that the events name; what is no fact names none, and is refused by the writer.
fn named(signed: &[SignedEvent]) -> BTreeSet<Hash> {
    let read =
        |one: &SignedEvent| Fact::read_body(one.event.fact.as_str(), one.event.body.text().as_bytes()).ok();
    let facts: Vec<Fact> = signed.iter().filter_map(read).collect();
    facts.iter().flat_map(Fact::papers).filter_map(|paper| paper.sha256).collect()
}
