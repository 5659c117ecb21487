//! Making a ledger: its charter as entry 0, in a folder or in a database that several nodes share.

use std::{collections::BTreeMap, path::Path};

use event::{SignedEvent, Stamp};
use ledger::Head;
use shared_store::create_shared;
use store::{CreateError, Engine, Store};

use crate::{fault::OpenLedgerError, log_signer::make_log_signer, writer::Writer};

impl Writer {
    /// Makes a new ledger in a folder, with its charter as entry 0. Where an earlier try was interrupted, it is finished: a ledger that
    /// holds this very charter and nothing else is opened.
    ///
    /// # Errors
    /// [`OpenLedgerError`]; nothing is left behind when the charter is refused.
    pub fn create(
        dir: &Path,
        genesis: &SignedEvent,
        log_seed: &[u8; 32],
        now: Stamp,
    ) -> Result<Self, OpenLedgerError> {
        Self::create_in(dir, genesis, log_seed, now, || Ok(Box::new(Store::create(dir)?)))
    }

    /// The same in a database without a ledger, which several nodes may share; the folder follows it.
    ///
    /// # Errors
    /// As [`Writer::create`].
    pub fn create_shared(
        dir: &Path,
        address: &str,
        genesis: &SignedEvent,
        log_seed: &[u8; 32],
        now: Stamp,
    ) -> Result<Self, OpenLedgerError> {
        Self::create_in(dir, genesis, log_seed, now, || Ok(Box::new(create_shared(dir, address)?)))
    }

    fn create_in(
        dir: &Path,
        genesis: &SignedEvent,
        log_seed: &[u8; 32],
        now: Stamp,
        make: impl FnOnce() -> Result<Box<dyn Engine>, CreateError>,
    ) -> Result<Self, OpenLedgerError> {
        let head = Head::default();
        let admitted = ledger::judge_event(&head, genesis, now)
            .map_err(|error| OpenLedgerError::Genesis(error.into()))?;
        let law::Fact::LedgerOpened(charter) = admitted.fact() else { return Err(OpenLedgerError::Empty) };
        let log = make_log_signer(charter, charter.log_key, log_seed)?;
        let engine = match make() {
            Err(exists @ CreateError::Exists { .. }) => {
                return Self::finish_creating(dir, genesis, log_seed).ok_or(exists.into());
            }
            created => created?,
        };
        let mut writer = Self::new(head, engine, log, BTreeMap::new());
        writer.commit_and_sign(vec![admitted]).map_err(OpenLedgerError::Genesis)?;
        Ok(writer)
    }

    /// Opens what an interrupted creation left, if that is this charter and nothing else.
    fn finish_creating(dir: &Path, genesis: &SignedEvent, log_seed: &[u8; 32]) -> Option<Self> {
        // Looked at before it is opened: a ledger that is something else stays as it is.
        let (entries, _) = store::read::snapshot_of(dir).ok()?;
        let [entry] = entries.as_slice() else { return None };
        let known = ledger::Entry::decode(entry).ok()?;
        if known.checked().hash() != genesis.hash() {
            return None;
        }
        Self::open(dir, log_seed).ok().map(|(writer, _)| writer)
    }
}
