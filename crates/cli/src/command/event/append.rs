//! `hattama event append`: signed files into a ledger of this machine, or to a node.
//!
//! What is missing is told before anything is written, and each file gets one answer. `node::Writer` judges and makes
//! durable; `client::submit` sends until there is an answer.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use clap::Args;
use client::{
    fault::ClientFault,
    files::{RECEIPT, path_beside, read_bounded, read_signed, write_atomically},
    gathered::gather_drafts,
    submit::{Delivered, Delivery},
    trust::Pinned,
};
use event::{Hash, SignedEvent, sha256};
use law::Fact;
use node::{Acknowledged, AppendError, AttachmentError, Writer, received_for};
use phrase::Phrase;
use texts::{program::say, say_fault};
use verifier::limits::FILE_BYTES_MAX;

use crate::{
    anchoring::{AnchorWords, PinWords, PolicyWord, open_anchored_writer},
    command::receipt::encode_receipt,
    fault::Fault,
    terminal::{eprint, print},
};

/// For how many seconds a node that does not answer is asked again.
const PATIENCE: u64 = 120;

/// Append fully signed events to a ledger on this machine, as one group, or to a node, one after the other
///
/// Each file gets its receipt beside it, FILE.tlog-proof: what proves offline that the log took the event in. A node that
/// refuses signs that, too: FILE.refusal. Over a bad line the same bytes are sent again and again; that can never append
/// twice. Exit code: 0 in the ledger, 1 refused or a false receipt, 2 not acknowledged: run it again.
#[derive(Debug, Args)]
pub(crate) struct AppendWords {
    /// The files, in order; a folder stands for the drafts in it, in the order of their names
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Folder of the ledger
    #[arg(
        long,
        env = "HATTAMA_LEDGER",
        value_name = "DIR",
        required_unless_present = "to",
        conflicts_with_all = ["to", "patience"]
    )]
    ledger: Option<PathBuf>,
    /// Address of a node: https://HOST
    #[arg(long, env = "HATTAMA_NODE", value_name = "ADDRESS")]
    to: Option<String>,
    #[command(flatten)]
    line: DeliveryWords,
    /// The log key [default: log-key.pem in the ledger's folder]
    #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM", requires = "ledger")]
    log_key: Option<PathBuf>,
    /// A public document that one of the events names: it is kept beside the ledger and published
    #[arg(long, env = "HATTAMA_ATTACH", value_name = "FILE", requires = "ledger")]
    attach: Vec<PathBuf>,
    #[command(flatten)]
    anchors: AnchorWords,
    #[command(flatten)]
    policy: PolicyWord,
}

/// How a node is spoken to.
#[derive(Debug, Args)]
pub(crate) struct DeliveryWords {
    /// What the node's receipts must agree with: the ledger's id as printed in the gazette (64 hexadecimal digits), or the
    /// key of the log as `hattama ledger status` prints it [default: the id that the event's signers signed]. With a ledger on this
    /// machine a checkpoint, a receipt, or a size with its root, kept elsewhere: must be of its past, and with --restored shows that it
    /// is the newest copy
    #[arg(long, env = "HATTAMA_PIN", value_name = "ID|VKEY|FILE")]
    pin: Vec<String>,
    /// For how many seconds a node that does not answer is asked again; 0 asks once
    #[arg(long, env = "HATTAMA_PATIENCE", value_name = "SECONDS", default_value_t = PATIENCE)]
    patience: u64,
}

impl DeliveryWords {
    /// A node, with everything that this person knows of it.
    pub(crate) fn delivery_to(&self, address: &str) -> Result<Delivery, Fault> {
        let waiting = |found: &Phrase, seconds: u64| {
            let args = [("found", say_fault(found).into()), ("seconds", seconds.to_string().into())];
            eprint(&say("send-waiting", &args));
        };
        Ok(Delivery::new(address, self.read_pins()?, self.patience, Box::new(waiting))?)
    }

    /// What this person knows of it.
    pub(crate) fn read_pins(&self) -> Result<Pinned, ClientFault> {
        Pinned::read(&self.pin)
    }
}

impl AppendWords {
    pub(crate) fn run(mut self) -> Result<(), Fault> {
        self.files = gather_drafts(&self.files)?;
        let signed = self.files.iter().map(|file| read_complete(file)).collect::<Result<Vec<_>, _>>()?;
        if let Some(address) = &self.to {
            return send_all(self.line.delivery_to(address)?, &self.files, &signed);
        }
        self.append_all(self.ledger.as_deref().unwrap_or(Path::new(".")), signed)
    }

    fn append_all(&self, ledger: &Path, signed: Vec<SignedEvent>) -> Result<(), Fault> {
        let papers = self.read_attachments()?;
        let pins = PinWords { pin: self.line.pin.clone() };
        let anchors = self.anchors.to_anchors(&[], self.policy.policy.as_deref(), &pins)?;
        let mut writer = open_anchored_writer(ledger, self.log_key.as_deref(), &anchors)?;
        let named = named_documents(&signed);
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
        if writer.is_test() && !writer.was_shown().map_err(|error| at(error.into()))? {
            eprint(&say("append-test-unshown", &[]));
        }
        let answers = writer.append(&group).map_err(at)?;
        let refused = self.tell_answers(&writer, answers)?;
        if refused.is_none() {
            attach_all(&writer, ledger, &papers)?;
        }
        refused.map_or(Ok(()), Err)
    }

    fn read_attachments(&self) -> Result<Vec<(PathBuf, Vec<u8>)>, Fault> {
        let read = |file: &PathBuf| Ok((file.clone(), read_bounded(file, FILE_BYTES_MAX)?));
        self.attach.iter().map(read).collect()
    }

    /// Every answer is told, and a receipt written beside each file; the first refusal is the command's own.
    fn tell_answers(
        &self,
        writer: &Writer,
        answers: Vec<Result<Acknowledged, AppendError>>,
    ) -> Result<Option<Fault>, Fault> {
        let mut refused = None;
        for (answer, file) in answers.into_iter().zip(&self.files) {
            match answer {
                Ok(done) => {
                    let Acknowledged { index, entry, event, again } = done;
                    let receipt = path_beside(file, RECEIPT);
                    let at = |error| Fault::Append { path: file.clone(), error };
                    let text = encode_receipt(&writer.issue_receipt(index).map_err(at)?)?;
                    write_atomically(&receipt, text.as_bytes())?;
                    print(&describe_delivered(&Delivered { again, index, entry, receipt }, &event));
                }
                Err(error) if refused.is_none() => {
                    refused = Some(Fault::Append { path: file.clone(), error });
                }
                Err(error) => {
                    let fault = Fault::Append { path: file.clone(), error };
                    eprint(&format!("hattama: {}", fault.to_sentence()));
                }
            }
        }
        Ok(refused)
    }
}

/// One after the other: a later one may follow from an earlier one.
fn send_all(mut node: Delivery, files: &[PathBuf], signed: &[SignedEvent]) -> Result<(), Fault> {
    let mut refused = None;
    for (file, signed) in files.iter().zip(signed) {
        match node.send(file, signed) {
            Ok(done) => print(&describe_delivered(&done, &signed.hash())),
            // The next one may be lawful without it; what has no line has none for the next either.
            Err(fault) if fault.exit_code() != 1 => {
                refused
                    .iter()
                    .for_each(|earlier: &ClientFault| eprint(&format!("hattama: {}", earlier.to_sentence())));
                return Err(fault.into());
            }
            Err(fault) if refused.is_none() => refused = Some(fault),
            Err(fault) => eprint(&format!("hattama: {}", fault.to_sentence())),
        }
    }
    refused.map_or(Ok(()), |fault| Err(fault.into()))
}

/// Sends what all have signed; what still lacks a signature is left as it is, and told.
pub(crate) fn send_complete(files: &[PathBuf], address: &str) -> Result<(), Fault> {
    let (mut paths, mut complete) = (Vec::new(), Vec::new());
    for file in files {
        let signed = read_signed(file)?;
        let missing = signed.missing_signers().len();
        if missing == 0 {
            paths.push(file.clone());
            complete.push(signed);
        } else {
            let args = [("path", file.display().to_string().into()), ("missing", missing.into())];
            eprint(&say("send-not-yet", &args));
        }
    }
    if complete.is_empty() {
        return Ok(());
    }
    let line = DeliveryWords { pin: Vec::new(), patience: PATIENCE };
    send_all(line.delivery_to(address)?, &paths, &complete)
}

/// One line for an event that is in the ledger.
pub(crate) fn describe_delivered(done: &Delivered, event: &Hash) -> String {
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
pub(crate) fn attach_all(writer: &Writer, ledger: &Path, papers: &[(PathBuf, Vec<u8>)]) -> Result<(), Fault> {
    for (file, bytes) in papers {
        let done = node::add_attachment(writer, ledger, bytes)
            .map_err(|error| Fault::AttachFile { path: file.clone(), error })?;
        let id = if done.again { "attach-again" } else { "attach-done" };
        let args = [("file", file.display().to_string().into()), ("hash", done.sha256.to_string().into())];
        print(&say(id, &args));
    }
    Ok(())
}

fn read_complete(file: &Path) -> Result<SignedEvent, Fault> {
    let signed = read_signed(file)?;
    let (expected, missing) = (signed.event.signers.len(), signed.missing_signers().len());
    if missing > 0 {
        return Err(Fault::Unsigned { path: file.to_owned(), expected, found: expected - missing });
    }
    Ok(signed)
}

/// The public documents that the events name; what is no fact names none, and is refused by the writer.
fn named_documents(signed: &[SignedEvent]) -> BTreeSet<Hash> {
    let read =
        |one: &SignedEvent| Fact::read_body(one.event.fact.as_str(), one.event.body.text().as_bytes()).ok();
    let facts: Vec<Fact> = signed.iter().filter_map(read).collect();
    facts.iter().flat_map(Fact::papers).filter_map(|paper| paper.sha256).collect()
}
