//! `hattama event append`: signed files into a ledger of this machine, or to a node.
//!
//! In: its words, what is missing before anything is written, papers, one answer for each file.
//! Out: judgement and durability (`node`), sending until it is acknowledged (`client`).

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use event::{Hash, SignedEvent, sha256};
use law::Fact;
use node::{Acknowledged, AppendError, AttachmentError, Writer, received_for};

use super::{read_signed, seed_of, write_text};
use crate::{
    client::{
        delivery::{Delivered, Delivery, RECEIPT, beside},
        trust::Pinned,
    },
    command::receipt::encode,
    eprint,
    fault::Fault,
    print,
    texts::say,
};

/// Append fully signed events to a ledger on this machine, as one group, or to a node, one after the other
///
/// Each file gets its receipt beside it, FILE.tlog-proof: what proves offline that the log took the event in. A node that
/// refuses signs that, too: FILE.refusal. Over a bad line the same bytes are sent again and again; that can never append
/// twice. Exit code: 0 in the ledger, 1 refused or a false receipt, 2 not acknowledged: run it again.
#[derive(Debug, Args)]
pub(crate) struct Append {
    /// The files, in order
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Folder of the ledger
    #[arg(
        long,
        env = "HATTAMA_LEDGER",
        value_name = "DIR",
        required_unless_present = "to",
        conflicts_with_all = ["to", "pin", "patience"]
    )]
    ledger: Option<PathBuf>,
    /// Address of a node: https://HOST
    #[arg(long, env = "HATTAMA_NODE", value_name = "ADDRESS")]
    to: Option<String>,
    #[command(flatten)]
    line: Line,
    /// The log key [default: log-key.pem in the ledger's folder]
    #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM", requires = "ledger")]
    log_key: Option<PathBuf>,
    /// A public document that one of the events names: it is kept beside the ledger and published
    #[arg(long, env = "HATTAMA_ATTACH", value_name = "FILE", requires = "ledger")]
    attach: Vec<PathBuf>,
}

/// How a node is spoken to.
#[derive(Debug, Args)]
pub(crate) struct Line {
    /// What the node's receipts must agree with: the ledger's id as printed in the gazette (64 hexadecimal digits), or the
    /// key of the log as `hattama ledger status` prints it [default: the id that the event's signers signed]
    #[arg(long, env = "HATTAMA_PIN", value_name = "ID|VKEY")]
    pin: Vec<String>,
    /// For how many seconds a node that does not answer is asked again; 0 asks once
    #[arg(long, env = "HATTAMA_PATIENCE", value_name = "SECONDS", default_value_t = 120)]
    patience: u64,
}

impl Line {
    /// A node, with everything that this person knows of it.
    pub(crate) fn to(&self, address: &str) -> Result<Delivery, Fault> {
        Ok(Delivery::to(address, self.pinned()?, self.patience)?)
    }

    /// What this person knows of it.
    pub(crate) fn pinned(&self) -> Result<Pinned, Fault> {
        Pinned::read(&self.pin)
    }
}

impl Append {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let signed = self.files.iter().map(|file| complete(file)).collect::<Result<Vec<_>, _>>()?;
        if let Some(address) = &self.to {
            return self.deliver(self.line.to(address)?, &signed);
        }
        self.write(self.ledger.as_deref().unwrap_or(Path::new(".")), signed)
    }

    /// One after the other: a later one may follow from an earlier one.
    fn deliver(&self, mut node: Delivery, signed: &[SignedEvent]) -> Result<(), Fault> {
        let mut refused = None;
        for (file, signed) in self.files.iter().zip(signed) {
            match node.send(file, signed) {
                Ok(done) => print(&told(&done, &signed.hash()?)),
                // The next one may be lawful without it; what has no line has none for the next either.
                Err(fault) if fault.exit_code() != 1 => {
                    refused
                        .iter()
                        .for_each(|earlier: &Fault| eprint(&format!("hattama: {}", earlier.told())));
                    return Err(fault);
                }
                Err(fault) if refused.is_none() => refused = Some(fault),
                Err(fault) => eprint(&format!("hattama: {}", fault.told())),
            }
        }
        refused.map_or(Ok(()), Err)
    }

    fn write(&self, ledger: &Path, signed: Vec<SignedEvent>) -> Result<(), Fault> {
        let papers = self.papers()?;
        let mut writer = open(ledger, self.log_key.as_deref())?;
        let named = named(&signed);
        for (file, bytes) in &papers {
            let found = sha256(&[bytes]);
            if !named.contains(&found) && !writer.public_documents().contains_key(&found) {
                let error = AttachmentError::Unnamed { found };
                return Err(Fault::AttachFile { path: file.clone(), error });
            }
        }
        let mut group = Vec::with_capacity(signed.len());
        for signed in signed {
            let received = received_for(writer.head(), &signed.event)?;
            group.push((signed, received));
        }
        let at = |error| Fault::Append { path: ledger.to_owned(), error };
        let answers = writer.append(&group).map_err(at)?;
        let refused = self.tell(&writer, answers)?;
        if refused.is_none() {
            attach(&writer, ledger, &papers)?;
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
                    let Acknowledged { index, entry, event, again } = done;
                    let receipt = beside(file, RECEIPT);
                    let at = |error| Fault::Append { path: file.clone(), error };
                    let text = encode(&writer.issue_receipt(index).map_err(at)?)?;
                    write_text(&receipt, text.as_bytes())?;
                    print(&told(&Delivered { again, index, entry, receipt }, &event));
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

/// One line for an event that is in the ledger.
pub(crate) fn told(done: &Delivered, event: &Hash) -> String {
    let id = if done.again { "append-again" } else { "append-done" };
    let args = [
        ("entry", done.index.to_string().into()),
        ("hash", done.entry.to_string().into()),
        ("event", event.to_string().into()),
        ("receipt", done.receipt.display().to_string().into()),
    ];
    say(id, &args)
}

/// Takes papers in, each told.
pub(crate) fn attach(writer: &Writer, ledger: &Path, papers: &[(PathBuf, Vec<u8>)]) -> Result<(), Fault> {
    for (file, bytes) in papers {
        let done = node::add_attachment(writer, ledger, bytes)
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
