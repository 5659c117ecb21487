//! What is due by the clock: snapshots on the night of the count, as the charter promises them, and entries that the log
//! gave receipts for.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use event::Hash;
use law::Rule;
use ledger::{LogKeyError, LogKeys};
use phrase::phrase;
use tlog::receipt::{MAX_RECEIPT_BYTES, Receipt};
use verifier::Pin;

use super::{
    alarm::{Alarm, AlarmKind},
    checkpoint::open_checkpoint,
    watched::WatchedLog,
};
use crate::{
    files::{FileFault, RECEIPT, list_files, read_bounded, read_signed},
    trust::ReceiptFault,
};

/// The night of the count ends at the latest so many hours after the polls closed, as for PUB-05.
const NIGHT_MS: i64 = 48 * 3_600_000;

/// Snapshots that the charter promises and that nobody saw, at this moment in milliseconds.
#[must_use]
pub fn find_missing_snapshots(watched: &WatchedLog, now: i64) -> Vec<Alarm> {
    let state = watched.head.state();
    let Some(promise) = state.charter.as_ref().map(|charter| minutes(charter.promise_minutes)) else {
        return Vec::new();
    };
    let mut alarms = Vec::new();
    for (id, election) in &state.elections {
        let closes = election.calendar.voting_ends.seconds().saturating_mul(1000);
        let firsts: Vec<i64> = election
            .polls
            .values()
            .filter_map(|poll| Some(poll.protocols.first()?.received.millis()))
            .collect();
        let announced = watched.announced.iter().map(|at| at.millis()).max();
        let whole = firsts.len() == election.polls.len();
        let shown = whole && announced >= firsts.iter().max().copied();
        if now <= closes || now > closes.saturating_add(NIGHT_MS) || shown {
            continue;
        }
        let last = announced.unwrap_or(closes).max(closes);
        if now.saturating_sub(last) > promise {
            let message = phrase!(
                "alarm-said-expected-a-snapshot-every-minutes-on-the-night-of-the",
                "{id}: expected a snapshot every {promised} minutes on the night of the count, as the charter promises, found none for {minutes} minutes",
                promised = promise / 60_000,
                minutes = now.saturating_sub(last) / 60_000
            );
            alarms.push(Alarm::new(AlarmKind::Stale, Some(Rule::Pub05), message).about(id.as_str()));
        }
    }
    alarms
}

fn minutes(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(60_000)
}

/// Why a receipt in the folder proves nothing by itself.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum UnusableReceipt {
    /// The receipt cannot be read.
    #[error(transparent)]
    Read(#[from] io::Error),
    /// No receipt, or none of this event.
    #[error(transparent)]
    Receipt(#[from] ReceiptFault),
    /// The event beside it.
    #[error(transparent)]
    File(#[from] FileFault),
    /// Its checkpoint is not the log's.
    #[error(transparent)]
    Checkpoint(#[from] LogKeyError),
}

impl UnusableReceipt {
    /// What is wrong, in the language of the answers where it has words of its own.
    #[must_use]
    pub fn to_sentence(&self) -> String {
        match self {
            Self::File(fault) => fault.to_sentence(),
            other => other.to_string(),
        }
    }
}

/// The receipts that people put into the folder.
#[derive(Debug)]
pub struct KeptReceipts {
    dir: Option<PathBuf>,
    honoured: BTreeSet<PathBuf>,
    /// Missing when it was looked at last: a receipt may be newer than the checkpoint that it is held against.
    missing: BTreeSet<PathBuf>,
    told: BTreeSet<PathBuf>,
    /// Files that are no receipts, each once.
    pub unread: Vec<(PathBuf, UnusableReceipt)>,
}

impl KeptReceipts {
    /// Those of a folder; none where there is no folder.
    #[must_use]
    pub fn new(dir: Option<PathBuf>) -> Self {
        let (honoured, missing, told) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        Self { dir, honoured, missing, told, unread: Vec::new() }
    }

    /// Every receipt that the log does not honour. A static server may lag behind by what the charter promises;
    /// `now` is in milliseconds.
    ///
    /// # Errors
    /// [`FileFault::Read`] where the folder cannot be read.
    pub fn judge(&mut self, watched: &WatchedLog, live: bool, now: i64) -> Result<Vec<Alarm>, FileFault> {
        let mut alarms = Vec::new();
        let Some(dir) = self.dir.clone() else { return Ok(alarms) };
        for path in list_files(&dir)? {
            let name = path.to_string_lossy().into_owned();
            let Some(event) = name.strip_suffix(RECEIPT) else { continue };
            if self.honoured.contains(&path) {
                continue;
            }
            let at_once = live && self.missing.contains(&path);
            match judge_receipt(&path, Path::new(event), watched, at_once, now) {
                Ok(Some(alarm)) => alarms.push(alarm.about(&name)),
                Ok(None) => {
                    self.missing.insert(path.clone());
                }
                Err(fault) if self.told.insert(path.clone()) => self.unread.push((path.clone(), fault)),
                Err(_) => {}
            }
            if stands_in_tree(&path, watched) {
                self.honoured.insert(path);
            }
        }
        Ok(alarms)
    }

    /// Receipts and their events as pins, for evidence.
    #[must_use]
    pub fn read_pins(&self) -> Vec<Pin> {
        let paths = self.dir.as_deref().and_then(|dir| list_files(dir).ok()).unwrap_or_default();
        paths
            .iter()
            .filter_map(|path| Pin::read(&read_bounded(path, MAX_RECEIPT_BYTES as u64).ok()?).ok())
            .collect()
    }
}

/// Whether the receipt's tree is the beginning of what was seen: nothing later can change that.
fn stands_in_tree(path: &Path, watched: &WatchedLog) -> bool {
    let receipt =
        read_bounded(path, MAX_RECEIPT_BYTES as u64).ok().and_then(|bytes| Receipt::parse(&bytes).ok());
    let checkpoint =
        receipt.and_then(|receipt| open_checkpoint(&watched.head, receipt.checkpoint.as_bytes()).ok());
    checkpoint.is_some_and(|known| watched.head.root_at(known.size) == Some(Hash(known.root)))
}

/// One receipt: none where it is honoured or not due yet; an error where it proves nothing by itself.
fn judge_receipt(
    path: &Path,
    event: &Path,
    watched: &WatchedLog,
    at_once: bool,
    now: i64,
) -> Result<Option<Alarm>, UnusableReceipt> {
    let receipt =
        Receipt::parse(&read_bounded(path, MAX_RECEIPT_BYTES as u64)?).map_err(ReceiptFault::from)?;
    let checked = read_signed(event)?.check().map_err(ReceiptFault::from)?;
    let hash = checked.hash();
    let entry = ledger::receipt::rebuild_entry(&receipt, checked).map_err(ReceiptFault::from)?;
    let known = open_checkpoint(&watched.head, receipt.checkpoint.as_bytes())?;
    let state = watched.head.state();
    let charter = state.charter.as_ref().ok_or(LogKeyError::NoCharter)?;
    let key = LogKeys::of(state)?.in_force(known.size)?;
    receipt.verify(&entry.hash().0, &key).map_err(ReceiptFault::from)?;
    let due = entry.received().millis().saturating_add(minutes(charter.promise_minutes));
    let message = match watched.head.root_at(known.size) {
        Some(root) if root == Hash(known.root) => return Ok(None),
        Some(root) => phrase!(
            "alarm-said-expected-event-at-entry-as-the-receipt-proves-found-a",
            "expected event {hash} at entry {index}, as the receipt proves, found a tree of root {root} at size {size} without it",
            index = entry.index(),
            size = known.size
        ),
        None if at_once || now > due => phrase!(
            "alarm-said-expected-event-at-entry-as-the-receipt-proves-found",
            "expected event {hash} at entry {index}, as the receipt proves, found only {size} entries",
            index = entry.index(),
            size = watched.head.size()
        ),
        None => return Ok(None),
    };
    Ok(Some(Alarm::new(AlarmKind::Receipt, Some(Rule::Snp01), message).at_entry(entry.index())))
}
