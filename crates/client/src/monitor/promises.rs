//! What is due by the clock: snapshots on the night of the count, and entries that the log gave receipts for.
//!
//! In: the charter's promise, receipts in the folder, the observer's own clock. Out: what the log shows (`watch`).

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use client::files::{RECEIPT, list_files, read_signed};
use event::{Hash, SignedEvent};
use law::Rule;
use tlog::{note::VerifierKey, receipt::Receipt};
use verifier::Pin;

use super::{
    Watched,
    alarm::{Alarm, Kind},
    opened,
};
use crate::fault::Fault;

/// The night of the count ends at the latest so many hours after the polls closed, as for PUB-05.
const NIGHT_MS: i64 = 48 * 3_600_000;

/// Snapshots that the charter promises and that nobody saw, at this moment in milliseconds.
pub(crate) fn stale(watched: &Watched, now: i64) -> Vec<Alarm> {
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
            let message = format!(
                "{id}: expected a snapshot every {} minutes on the night of the count, as the charter promises, found none for \
                 {} minutes",
                promise / 60_000,
                now.saturating_sub(last) / 60_000
            );
            alarms.push(Alarm::new(Kind::Stale, Some(Rule::Pub05), message).about(id.as_str()));
        }
    }
    alarms
}

fn minutes(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(60_000)
}

/// The receipts that people put into the folder.
pub(crate) struct Receipts {
    dir: Option<PathBuf>,
    honoured: BTreeSet<PathBuf>,
    /// Missing when it was looked at last: a receipt may be newer than the checkpoint that it is held against.
    missing: BTreeSet<PathBuf>,
    told: BTreeSet<PathBuf>,
    /// Files that are no receipts, each once.
    pub(crate) unread: Vec<(PathBuf, String)>,
}

impl Receipts {
    pub(crate) fn of(dir: Option<PathBuf>) -> Self {
        let none = BTreeSet::new;
        Self { dir, honoured: none(), missing: none(), told: none(), unread: Vec::new() }
    }

    /// Every receipt that the log does not honour. A static server may lag behind by what the charter promises.
    pub(crate) fn judge(&mut self, watched: &Watched, live: bool, now: i64) -> Result<Vec<Alarm>, Fault> {
        let mut alarms = Vec::new();
        let Some(dir) = self.dir.clone() else { return Ok(alarms) };
        for path in list_files(&dir)? {
            let name = path.to_string_lossy().into_owned();
            let Some(event) = name.strip_suffix(RECEIPT) else { continue };
            if self.honoured.contains(&path) {
                continue;
            }
            let at_once = live && self.missing.contains(&path);
            match judged(&path, Path::new(event), watched, at_once, now) {
                Ok(Some(alarm)) => alarms.push(alarm.about(&name)),
                Ok(None) => {
                    self.missing.insert(path.clone());
                }
                Err(found) if self.told.insert(path.clone()) => self.unread.push((path.clone(), found)),
                Err(_) => {}
            }
            if holds(&path, watched) {
                self.honoured.insert(path);
            }
        }
        Ok(alarms)
    }

    /// Receipts and their events as pins, for evidence.
    pub(crate) fn pins(&self) -> Vec<Pin> {
        let paths = self.dir.as_deref().and_then(|dir| list_files(dir).ok()).unwrap_or_default();
        paths.iter().filter_map(|path| Pin::read(&fs::read(path).ok()?).ok()).collect()
    }
}

/// Whether the receipt's tree is the beginning of what was seen: nothing later can change that.
fn holds(path: &Path, watched: &Watched) -> bool {
    let receipt = fs::read(path).ok().and_then(|bytes| Receipt::parse(&bytes).ok());
    let checkpoint = receipt.and_then(|receipt| opened(&watched.head, receipt.checkpoint.as_bytes()).ok());
    checkpoint.is_some_and(|known| watched.head.root_at(known.size) == Some(Hash(known.root)))
}

/// One receipt: none where it is honoured or not due yet; an error where it proves nothing by itself.
fn judged(
    path: &Path,
    event: &Path,
    watched: &Watched,
    at_once: bool,
    now: i64,
) -> Result<Option<Alarm>, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let receipt = Receipt::parse(&bytes).map_err(|error| error.to_string())?;
    let signed: SignedEvent = read_signed(event).map_err(|fault| Fault::from(fault).told())?;
    let checked = signed.check().map_err(|error| error.to_string())?;
    let hash = checked.hash();
    let entry = ledger::receipt::rebuild(&receipt, checked).map_err(|error| error.to_string())?;
    let known = opened(&watched.head, receipt.checkpoint.as_bytes())?;
    let state = watched.head.state();
    let key = state.log_key_for(known.size).zip(state.charter.as_ref());
    let (key, charter) = key.ok_or_else(|| "no charter".to_owned())?;
    let key = VerifierKey::new(charter.origin.as_str(), key.0).map_err(|error| error.to_string())?;
    receipt.verify(&entry.hash().0, &key).map_err(|error| error.to_string())?;
    let due = entry.received().millis().saturating_add(minutes(charter.promise_minutes));
    let message = match watched.head.root_at(known.size) {
        Some(root) if root == Hash(known.root) => return Ok(None),
        Some(root) => format!(
            "expected event {hash} at entry {}, as the receipt proves, found a tree of root {root} at size {} without it",
            entry.index(),
            known.size
        ),
        None if at_once || now > due => format!(
            "expected event {hash} at entry {}, as the receipt proves, found only {} entries",
            entry.index(),
            watched.head.size()
        ),
        None => return Ok(None),
    };
    Ok(Some(Alarm::new(Kind::Receipt, Some(Rule::Snp01), message).at(entry.index())))
}
