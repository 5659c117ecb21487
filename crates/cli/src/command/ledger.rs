//! `hattama ledger`: make a ledger, and look at its state.
//!
//! `hattama event append` appends; `hattama verify` verifies with pins.

mod backup;
mod restore;
mod shared;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use client::files::{FileFault, read_bounded, read_signed};
use commission::keys::private::require_own_folder;
use event::{SignedEvent, Time};
use ledger::LogKeys;
use node::{Anchors, Writer};
use phrase::{Phrase, phrase};
use texts::{
    describe_synthetic,
    program::{answer_language, say},
};
use verifier::{Pin, limits::FILE_BYTES_MAX};

use super::event::attach_all;
use crate::{
    anchoring::{AnchorWords, PinWords, PolicyWord, StateWord},
    fault::Fault,
    named::tell_time,
    open::{OpenFault, open_unsigned_writer, read_seed},
    pin::read_pin,
    source, table,
    terminal::{eprint, print},
};

#[derive(Debug, Subcommand)]
pub(crate) enum LedgerCommand {
    /// Make a new ledger from a charter (ledger-opened) that all root keys have signed
    New {
        /// Folder of the new ledger
        dir: PathBuf,
        /// The signed charter
        #[arg(long, env = "HATTAMA_GENESIS", value_name = "FILE")]
        genesis: PathBuf,
        /// The log key: signs checkpoints and nothing else
        #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM")]
        log_key: PathBuf,
        /// Keep it in a PostgreSQL that several nodes may share, postgres://…; the folder follows
        #[arg(long, env = "HATTAMA_STORE", value_name = "ADDRESS")]
        store: Option<String>,
        #[command(flatten)]
        state: StateWord,
    },
    /// Make the folder of one more node for a ledger that is kept in PostgreSQL
    Join(shared::JoinWords),
    /// Make the standby the primary, when the old primary is stopped for ever: with checks, and an epoch that the old one does not have
    Promote {
        /// Folder of a node that followed the old primary; the node must be stopped
        dir: PathBuf,
        /// The standby: postgres://…
        #[arg(long, env = "HATTAMA_STORE", value_name = "ADDRESS")]
        store: String,
    },
    /// Say what a ledger holds
    Status {
        /// Folder of a ledger, or of a published one
        dir: PathBuf,
        /// Print JSON
        #[arg(long, env = "HATTAMA_JSON")]
        json: bool,
    },
    /// Take in public documents that events of the ledger name: they are kept beside it and published
    Attach {
        /// Folder of the ledger
        dir: PathBuf,
        /// The documents
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The log key [default: log-key.pem in the ledger's folder]
        #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM")]
        log_key: Option<PathBuf>,
    },
    /// Open the ledger as a writer would: compare journal, head and sled, mend what can be mended and say so
    Check {
        /// Folder of a ledger
        dir: PathBuf,
        /// The log key: entries beyond the last checkpoint are signed over
        #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM")]
        log_key: PathBuf,
        #[command(flatten)]
        anchors: AnchorWords,
        #[command(flatten)]
        policy: PolicyWord,
        #[command(flatten)]
        pins: PinWords,
        /// The node that wrote before the ledger was restored can never start again: it may be written to without the quorum first
        #[arg(long, env = "HATTAMA_OLD_NODE_GONE")]
        old_node_gone: bool,
    },
    /// Make a backup, or let the one that is there grow; a node may run meanwhile
    Backup(backup::BackupWords),
    /// Make the ledger again in a new folder, from a backup, a published place, a zip, an address or a copy of its folder
    ///
    /// All of it is verified, and nothing is restored behind a checkpoint that the places, witnesses and pins show.
    Restore(Box<restore::RestoreWords>),
    /// Give a ledger whose head is damaged or missing a new one: the largest checkpoint that sled, the folder or a place keeps and that this
    /// journal leads to
    RebuildHead {
        /// Folder of the ledger; no node may have it open
        dir: PathBuf,
        /// Who has a checkpoint of it: a backup of its folder, a published place, a file, an address; may be given several times
        #[arg(long, env = "HATTAMA_FROM", value_name = "PLACE")]
        from: Vec<String>,
        /// The broken entry at the journal's end was never acknowledged: nobody has a receipt of it
        #[arg(long, env = "HATTAMA_DROP_TORN_ENTRY")]
        drop_torn_entry: bool,
    },
}

impl LedgerCommand {
    pub(crate) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Join(words) => words.run(),
            Self::Promote { dir, store } => shared::promote(&dir, &store),
            Self::New { dir, genesis, log_key, store, state } => {
                let signed = read_signed(&genesis)?;
                let id = make_ledger(&dir, &signed, &read_seed(&log_key)?, &state, store.as_deref())?;
                eprint(&say("ledger-new", &[("place", dir.display().to_string().into())]));
                print(&id.to_string());
                Ok(())
            }
            Self::Status { dir, json } => show_status(&dir, json),
            Self::Attach { dir, files, log_key } => {
                let read = |file: PathBuf| {
                    let bytes = read_bounded(&file, FILE_BYTES_MAX)?;
                    Ok((file, bytes))
                };
                let papers = files.into_iter().map(read).collect::<Result<Vec<_>, FileFault>>()?;
                attach_all(&open_unsigned_writer(&dir, log_key.as_deref())?, &dir, &papers)
            }
            Self::RebuildHead { dir, from, drop_torn_entry } => rebuild_head(&dir, &from, drop_torn_entry),
            Self::Backup(words) => words.run(),
            Self::Restore(words) => words.run(),
            Self::Check { dir, log_key, anchors, policy, pins, old_node_gone } => {
                let anchors = anchors.to_anchors(&[], policy.policy.as_deref(), &pins)?;
                let anchors = Anchors { old_node_gone, ..anchors };
                let mut writer = open_unsigned_writer(&dir, Some(&log_key))?;
                anchors.begin_writing(&mut writer).map_err(OpenFault::from)?;
                let head = writer.head();
                let args = [("entries", head.size().into()), ("root", head.root().to_string().into())];
                print(&say("ledger-checked", &args));
                Ok(())
            }
        }
    }
}

/// Makes a ledger from a charter, and marks it as the one that is written to.
///
/// # Errors
/// [`Fault`]: a charter that the law refuses, a ledger of it elsewhere, a folder that is not empty.
pub(crate) fn make_ledger(
    dir: &Path,
    signed: &SignedEvent,
    log_seed: &[u8; 32],
    state: &StateWord,
    store: Option<&str>,
) -> Result<event::Hash, Fault> {
    let anchors = Anchors { state: state.find()?, ..Anchors::default() };
    anchors.require_first_ledger(dir, signed).map_err(node::BeginError::from).map_err(OpenFault::from)?;
    let received = received_of_charter(signed)?;
    let mut writer = match store {
        Some(address) => Writer::create_shared(dir, address, signed, log_seed, received)?,
        None => Writer::create(dir, signed, log_seed, received)?,
    };
    anchors.mark_opening(&mut writer).map_err(node::BeginError::from).map_err(OpenFault::from)?;
    Ok(writer.head().state().ledger.unwrap_or(event::Hash::ZERO))
}

/// When a charter is received: now, or at its own time where it says that its clock is simulated.
fn received_of_charter(signed: &SignedEvent) -> Result<event::Stamp, Fault> {
    let event = &signed.event;
    match law::Fact::read_body(event.fact.as_str(), event.body.text().as_bytes()) {
        Ok(law::Fact::LedgerOpened(charter)) if charter.clock == law::facts::Clock::Simulated => {
            Ok(event::Stamp::from_millis(event.at.seconds().saturating_mul(1000))?)
        }
        // What is no charter is told by who makes the ledger.
        _ => Ok(node::now()?),
    }
}

/// The checkpoint that a place, a backup, a file or a receipt has, with the place's name.
fn read_checkpoint(place: &str) -> Result<(String, Vec<u8>), Fault> {
    let note = match read_pin(place)? {
        Pin::Checkpoint(note) => note,
        Pin::Receipt(receipt) => receipt.checkpoint.into_bytes(),
        Pin::Genesis(_) | Pin::Policy(_) | Pin::Event(_) | Pin::Heads(_) => {
            let expected = phrase!(
                "argument-from",
                "--from with a backup, a published place, a checkpoint or a receipt"
            );
            return Err(Fault::Argument { expected, found: Phrase::verbatim(place) });
        }
    };
    Ok((place.to_owned(), note))
}

fn rebuild_head(dir: &Path, from: &[String], drop_torn_entry: bool) -> Result<(), Fault> {
    require_own_folder(dir)?;
    let outside = from.iter().map(|place| read_checkpoint(place)).collect::<Result<Vec<_>, _>>()?;
    let done = node::rebuild_head(dir, &outside, drop_torn_entry)?;
    let args =
        [("size", done.size.into()), ("entries", done.entries.into()), ("from", done.from.as_str().into())];
    print(&say("ledger-head-rebuilt", &args));
    if let Some(damaged) = done.damaged {
        eprint(&say("ledger-head-kept", &[("path", damaged.display().to_string().into())]));
    }
    Ok(())
}

fn show_status(dir: &Path, json: bool) -> Result<(), Fault> {
    let head = source::replay_source(dir, None)?;
    let state = head.state();
    let id = state.ledger.map(|id| id.to_string()).unwrap_or_default();
    let root = head.root().to_string();
    let (commissions, precincts) = (state.commissions.len(), state.precincts.len());
    let elections: Vec<&str> = state.elections.keys().map(event::Id::as_str).collect();
    let named = |(id, own): (&event::Id, &law::state::Election)| {
        format!("{} ({id})", texts::election_name(own, answer_language()))
    };
    let named: Vec<String> = state.elections.iter().map(named).collect();
    let received = head.last_received().map(|at| at.to_string()).unwrap_or_default();
    let test = state.charter.as_ref().is_some_and(|charter| charter.test);
    let synthetic = state.synthetic_kinds();
    let log_key = LogKeys::of(state).and_then(|keys| keys.in_force(head.size()));
    let log_key = log_key.map(|key| key.encode()).unwrap_or_default();
    if json {
        let mut answer = serde_json::json!({
            "ledger": id, "log_key": log_key, "entries": head.size(), "root": root, "last_received": received, "test": test,
            "commissions": commissions, "precincts": precincts, "elections": elections,
            "snapshots": state.snapshots.len(),
        });
        if let Some(answer) = answer.as_object_mut().filter(|_| !synthetic.is_empty()) {
            answer.insert("synthetic".to_owned(), serde_json::json!(synthetic));
        }
        print(&serde_json::to_string_pretty(&answer)?);
        return Ok(());
    }
    let received =
        head.last_received().and_then(|at| Time::from_seconds(at.millis().div_euclid(1000), 5).ok());
    let received = received.map(tell_time).unwrap_or_default();
    let entries = [("n", table::group_digits(head.size()).into()), ("at", received.into())];
    let mut pairs = vec![("ledger-id", id), ("ledger-log-key", log_key)];
    if test {
        pairs.push(("ledger-test", say("ledger-test-value", &[])));
    }
    pairs.extend(describe_synthetic(answer_language(), &synthetic).map(|said| ("ledger-synthetic", said)));
    pairs.extend([
        ("ledger-entries", say("ledger-entries-value", &entries)),
        ("ledger-root", root),
        ("ledger-commissions", commissions.to_string()),
        ("ledger-precincts", precincts.to_string()),
        ("ledger-elections", named.join(", ")),
        ("ledger-snapshots", state.snapshots.len().to_string()),
    ]);
    let pairs: Vec<_> = pairs.into_iter().map(|(id, value)| (say(id, &[]), value)).collect();
    print(&table::format_pairs(&pairs));
    Ok(())
}
