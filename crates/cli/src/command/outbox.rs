//! `hattama outbox`: a folder of signed events, sent when there is a line.
//!
//! In: its words, which file goes next, what is told. Out: what is known of a file (`outbox`), sending one
//! (`client::delivery`).

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

use super::event::{Line, told};
use crate::{
    client::{Client, ClientFault, delivery::Delivery},
    fault::Fault,
    outbox::{Item, Outbox, State},
    terminal::{eprint, print},
    texts::say,
};

#[derive(Debug, Subcommand)]
pub(crate) enum OutboxCommand {
    /// Send every signed event of a folder that has no receipt yet, each after the one before it
    ///
    /// Interrupted anywhere, it is run again: nothing is lost and nothing is appended twice. Exit code: 0 all are in the
    /// ledger, 1 something is refused, 2 something waits.
    Send {
        #[command(flatten)]
        folder: Folder,
        /// Address of a node: https://HOST
        #[arg(long, env = "HATTAMA_NODE", value_name = "ADDRESS")]
        to: String,
        #[command(flatten)]
        line: Line,
        /// Send once more what was refused
        #[arg(long, env = "HATTAMA_AGAIN")]
        again: bool,
    },
    /// Show what is delivered, refused, waiting; receipts are checked, without a line once the charter is kept
    ///
    /// Exit code as for `send`.
    Status {
        #[command(flatten)]
        folder: Folder,
        /// Address of a node that is asked for what it has already
        #[arg(long, env = "HATTAMA_NODE", value_name = "ADDRESS")]
        to: Option<String>,
        #[command(flatten)]
        line: Line,
        /// Print it as JSON
        #[arg(long, env = "HATTAMA_JSON")]
        json: bool,
    },
}

/// Which folder.
#[derive(Debug, Args)]
pub(crate) struct Folder {
    /// Folder of the files NAME.json, as `hattama event draft` writes and `hattama event sign` signs them
    #[arg(long, env = "HATTAMA_DIR", value_name = "DIR")]
    dir: PathBuf,
}

impl OutboxCommand {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        match self {
            Self::Send { folder, to, line, again } => send(&folder.dir, line.to(&to)?, again),
            Self::Status { folder, to, line, json } => {
                let node = to.map(|to| line.to(&to)).transpose()?;
                status(&folder.dir, node, &line, json)
            }
        }
    }
}

fn send(dir: &Path, mut node: Delivery, again: bool) -> Result<u8, Fault> {
    let mut outbox = Outbox::read(dir, node.pinned.clone())?;
    let mut tried = BTreeSet::new();
    let mut unproved = 0;
    while let Some(next) = next(&outbox, &tried, again) {
        tried.insert(next.hash);
        let ledger = next.signed.event.ledger;
        if let Some(trust) = outbox.trust(ledger) {
            node.know(trust);
        }
        if waits_for_another(&node.client, next) {
            continue;
        }
        match node.send(&next.file, &next.signed) {
            Ok(done) => print(&told(&done, &next.hash)),
            Err(fault) => {
                eprint(&format!("hattama: {}", fault.told()));
                fault.hint().into_iter().for_each(|hint| eprint(&say("hint", &[("hint", hint.into())])));
                if fault.exit_code() != 1 {
                    break;
                }
                unproved += 1;
            }
        }
        if let Ok(trust) = node.trust(ledger) {
            outbox.keep(trust)?;
        }
        outbox.look();
    }
    // What was refused without a note still counts as waiting in the folder, and as refused in this run.
    let code = sum(&outbox);
    Ok(if unproved > 0 { 1 } else { code })
}

/// The first file that may go and was not tried in this run.
fn next<'a>(outbox: &'a Outbox, tried: &BTreeSet<event::Hash>, again: bool) -> Option<&'a Item> {
    outbox.items.iter().find(|item| match item.state {
        State::Waiting => !tried.contains(&item.hash),
        State::Refused { .. } => again && !tried.contains(&item.hash),
        _ => false,
    })
}

/// Whether the author's chain in the ledger has not come to this place: the events before it lie elsewhere. The node's word
/// decides nothing but when it is sent.
fn waits_for_another(client: &Client, item: &Item) -> bool {
    #[derive(Deserialize)]
    struct Head {
        author_seq: u64,
    }
    let event = &item.signed.event;
    if event.author_seq == 0 {
        return false;
    }
    let election =
        event.election.as_ref().map_or_else(String::new, |election| format!("&election={election}"));
    let path = format!("/authors/{}/head?desk={}{election}", event.author, event.desk);
    let head = client.get(&path).ok().filter(|answer| answer.status == 200);
    let head = head.and_then(|answer| serde_json::from_slice::<Head>(&answer.body).ok());
    match head {
        Some(head) if head.author_seq < event.author_seq => {
            let args = [
                ("file", item.file.display().to_string().into()),
                ("expected", head.author_seq.to_string().into()),
                ("found", event.author_seq.to_string().into()),
            ];
            eprint(&say("outbox-elsewhere", &args));
            true
        }
        _ => false,
    }
}

fn status(dir: &Path, mut node: Option<Delivery>, line: &Line, json: bool) -> Result<u8, Fault> {
    let mut outbox = Outbox::read(dir, line.pinned()?)?;
    if let Some(node) = &mut node {
        for ledger in outbox.ledgers() {
            match node.trust(ledger) {
                Ok(trust) => outbox.keep(trust)?,
                Err(fault @ ClientFault::OtherLedger { .. }) => return Err(fault.into()),
                Err(fault) => eprint(&format!("hattama: {}", fault.told())),
            }
        }
        outbox.look();
    }
    let has = |item: &Item| {
        let asked = node.as_ref().map(|node| node.client.get(&format!("/receipts/{}", item.hash)));
        matches!(asked, Some(Ok(answer)) if answer.status == 200)
    };
    if json {
        print(&serde_json::to_string_pretty(&outbox.items.iter().map(as_json).collect::<Vec<_>>())?);
        return Ok(code(&outbox));
    }
    for item in &outbox.items {
        let there = item.state == State::Waiting && has(item);
        print(&line_of(item, there));
    }
    for (file, why) in &outbox.unread {
        print(&say("outbox-unread", &[("file", name(file).into()), ("why", why.clone().into())]));
    }
    Ok(sum(&outbox))
}

fn line_of(item: &Item, there: bool) -> String {
    let file = ("file", name(&item.file).into());
    match &item.state {
        State::Delivered { index } => say("outbox-delivered", &[file, ("entry", index.to_string().into())]),
        State::Refused { rule, time } => {
            say("outbox-refused", &[file, ("rule", (*rule).into()), ("time", time.clone().into())])
        }
        State::Waiting if there => say("outbox-there", &[file]),
        State::Waiting => say("outbox-waiting", &[file]),
        State::Behind { before } => say("outbox-behind", &[file, ("before", name(before).into())]),
        State::Unsigned { missing } => say("outbox-unsigned", &[file, ("missing", (*missing).into())]),
        State::Replaced { by } => say("outbox-replaced", &[file, ("by", name(by).into())]),
    }
}

#[derive(Serialize)]
struct JsonItem {
    file: String,
    event: event::Hash,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
}

fn as_json(item: &Item) -> JsonItem {
    let (state, entry, rule) = match item.state {
        State::Delivered { index } => ("delivered", Some(index), None),
        State::Refused { rule, .. } => ("refused", None, Some(rule)),
        State::Waiting | State::Behind { .. } => ("waiting", None, None),
        State::Unsigned { .. } => ("unsigned", None, None),
        State::Replaced { .. } => ("replaced", None, None),
    };
    JsonItem { file: name(&item.file), event: item.hash, state, entry, rule }
}

/// Tells the sum; answers with the exit code.
fn sum(outbox: &Outbox) -> u8 {
    let refused = outbox.count(|state| matches!(state, State::Refused { .. }));
    let delivered = outbox.count(|state| matches!(state, State::Delivered { .. }));
    let args =
        [("delivered", delivered.into()), ("refused", refused.into()), ("waiting", waiting(outbox).into())];
    print(&say("outbox-sum", &args));
    code(outbox)
}

/// What is neither in the ledger nor refused nor replaced.
fn waiting(outbox: &Outbox) -> usize {
    let waits =
        |state: &State| matches!(state, State::Waiting | State::Behind { .. } | State::Unsigned { .. });
    outbox.count(waits) + outbox.unread.len()
}

fn code(outbox: &Outbox) -> u8 {
    match outbox.count(|state| matches!(state, State::Refused { .. })) {
        0 if waiting(outbox) == 0 => 0,
        0 => 2,
        _ => 1,
    }
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}
