//! `hattama outbox`: a folder of signed events, sent when there is a line.
//!
//! What is known of a file is `client::outbox`; one is sent by `client::submit`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use client::{
    fault::ClientFault,
    outbox::{DeliveryState, Outbox, OutboxItem},
    sending::{SendNews, send_waiting},
    submit::Delivery,
};
use serde::Serialize;
use texts::program::say;

use super::event::{DeliveryWords, describe_delivered};
use crate::{
    fault::Fault,
    terminal::{eprint, print},
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
        line: DeliveryWords,
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
        line: DeliveryWords,
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
            Self::Send { folder, to, line, again } => send_all(&folder.dir, line.delivery_to(&to)?, again),
            Self::Status { folder, to, line, json } => {
                let node = to.map(|to| line.delivery_to(&to)).transpose()?;
                show_status(&folder.dir, node, &line, json)
            }
        }
    }
}

fn send_all(dir: &Path, mut node: Delivery, again: bool) -> Result<u8, Fault> {
    let mut outbox = Outbox::read(dir, node.pinned().clone())?;
    let unproved = send_waiting(&mut outbox, &mut node, again, &mut tell_news)?;
    // What was refused without a note still counts as waiting in the folder, and as refused in this run.
    let code = tell_sum(&outbox);
    Ok(if unproved > 0 { 1 } else { code })
}

fn tell_news(news: SendNews) {
    match news {
        SendNews::Delivered(done, hash) => print(&describe_delivered(&done, &hash)),
        SendNews::Failed(fault) => {
            eprint(&format!("hattama: {}", fault.to_sentence()));
            fault.hint().into_iter().for_each(|hint| eprint(&say("hint", &[("hint", hint.into())])));
        }
        SendNews::Elsewhere { file, expected, found } => {
            let args = [
                ("file", file.display().to_string().into()),
                ("expected", expected.to_string().into()),
                ("found", found.to_string().into()),
            ];
            eprint(&say("outbox-elsewhere", &args));
        }
    }
}

fn show_status(
    dir: &Path,
    mut node: Option<Delivery>,
    line: &DeliveryWords,
    json: bool,
) -> Result<u8, Fault> {
    let mut outbox = Outbox::read(dir, line.read_pins()?)?;
    if let Some(node) = &mut node {
        for ledger in outbox.ledgers() {
            match node.require_trust(ledger) {
                Ok(trust) => outbox.keep_charter(trust)?,
                Err(fault @ ClientFault::OtherLedger { .. }) => return Err(fault.into()),
                Err(fault) => eprint(&format!("hattama: {}", fault.to_sentence())),
            }
        }
        outbox.judge_items();
    }
    let has = |item: &OutboxItem| node.as_ref().is_some_and(|node| node.ask_for_receipt(&item.hash));
    if json {
        print(&serde_json::to_string_pretty(&outbox.items.iter().map(encode_item).collect::<Vec<_>>())?);
        return Ok(exit_code(&outbox));
    }
    for item in &outbox.items {
        let there = item.state == DeliveryState::Waiting && has(item);
        print(&describe_item(item, there));
    }
    for (file, why) in &outbox.unread {
        print(&say("outbox-unread", &[("file", file_name(file).into()), ("why", why.to_sentence().into())]));
    }
    Ok(tell_sum(&outbox))
}

fn describe_item(item: &OutboxItem, there: bool) -> String {
    let file = ("file", file_name(&item.file).into());
    match &item.state {
        DeliveryState::Delivered { index } => {
            say("outbox-delivered", &[file, ("entry", index.to_string().into())])
        }
        DeliveryState::Refused { rule, time } => {
            say("outbox-refused", &[file, ("rule", (*rule).into()), ("time", time.clone().into())])
        }
        DeliveryState::Waiting if there => say("outbox-there", &[file]),
        DeliveryState::Waiting => say("outbox-waiting", &[file]),
        DeliveryState::Behind { before } => {
            say("outbox-behind", &[file, ("before", file_name(before).into())])
        }
        DeliveryState::Unsigned { missing } => {
            say("outbox-unsigned", &[file, ("missing", (*missing).into())])
        }
        DeliveryState::Replaced { by } => say("outbox-replaced", &[file, ("by", file_name(by).into())]),
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

fn encode_item(item: &OutboxItem) -> JsonItem {
    let (state, entry, rule) = match item.state {
        DeliveryState::Delivered { index } => ("delivered", Some(index), None),
        DeliveryState::Refused { rule, .. } => ("refused", None, Some(rule)),
        DeliveryState::Waiting | DeliveryState::Behind { .. } => ("waiting", None, None),
        DeliveryState::Unsigned { .. } => ("unsigned", None, None),
        DeliveryState::Replaced { .. } => ("replaced", None, None),
    };
    JsonItem { file: file_name(&item.file), event: item.hash, state, entry, rule }
}

/// Tells the sum; answers with the exit code.
fn tell_sum(outbox: &Outbox) -> u8 {
    let refused = outbox.count(|state| matches!(state, DeliveryState::Refused { .. }));
    let delivered = outbox.count(|state| matches!(state, DeliveryState::Delivered { .. }));
    let args = [
        ("delivered", delivered.into()),
        ("refused", refused.into()),
        ("waiting", count_waiting(outbox).into()),
    ];
    print(&say("outbox-sum", &args));
    exit_code(outbox)
}

/// What is neither in the ledger nor refused nor replaced.
fn count_waiting(outbox: &Outbox) -> usize {
    let waits = |state: &DeliveryState| {
        matches!(
            state,
            DeliveryState::Waiting | DeliveryState::Behind { .. } | DeliveryState::Unsigned { .. }
        )
    };
    outbox.count(waits) + outbox.unread.len()
}

fn exit_code(outbox: &Outbox) -> u8 {
    match outbox.count(|state| matches!(state, DeliveryState::Refused { .. })) {
        0 if count_waiting(outbox) == 0 => 0,
        0 => 2,
        _ => 1,
    }
}

fn file_name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}
