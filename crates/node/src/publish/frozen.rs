//! A ledger as publishing sees it: frozen at a size, whether its writer runs in this process or in a node that hands it over.

use std::{collections::BTreeMap, io, path::Path};

use event::{Hash, SignedEvent, Stamp};
use ledger::Head;
use tlog::policy::Policy;

use super::{
    cosigned::{WitnessAnswers, cosigned_checkpoint},
    fault::PublishError,
};
use crate::{files::FileError, witnesses::memory::AnchorMemory, writer::Writer};

/// A ledger that is published: the one writer's own, or what a node hands over.
pub trait PublishableLedger {
    /// The head, as far as it is handed over.
    fn head(&self) -> &Head;

    /// The bytes of an entry below that head.
    ///
    /// # Errors
    /// When it cannot be read, or is not the one that the head was made of.
    fn entry(&self, index: u64) -> Result<Vec<u8>, PublishError>;

    /// The newest checkpoint of that head.
    fn checkpoint(&self) -> Option<Vec<u8>>;

    /// The public papers that its events name: hash and size.
    fn public_documents(&self) -> &BTreeMap<Hash, u64>;

    /// The newest checkpoint; under a policy with the cosignatures that witnesses gave.
    ///
    /// # Errors
    /// When there is none, or when witnesses contradict it.
    fn cosigned_checkpoint(
        &self,
        policy: Option<&Policy>,
    ) -> Result<(Vec<u8>, Option<WitnessAnswers>), PublishError>;

    /// Appends the announcement of a staged snapshot, and hands its files to whoever keeps the ledger; afterwards the head covers it.
    ///
    /// # Errors
    /// When it was refused, or may not be durable.
    fn announce(
        &mut self,
        signed: SignedEvent,
        received: Stamp,
        staged: (u64, &[(String, Vec<u8>)]),
    ) -> Result<(), PublishError>;

    /// The files of a snapshot that was announced before, where somebody else than this folder keeps them.
    ///
    /// # Errors
    /// When that cannot be told.
    fn staged_elsewhere(&self, n: u64) -> Result<Vec<(String, Vec<u8>)>, PublishError>;

    /// Keeps durably, beside the ledger itself, where it is shown: noted before a publication begins, and with `shown` when its checkpoint
    /// stands there. Whoever opens the ledger later asks there first.
    ///
    /// # Errors
    /// When it may not be durable.
    fn note_place(
        &self,
        dir: &Path,
        place: &str,
        shown: Option<u64>,
        witnesses: Option<&WitnessAnswers>,
    ) -> Result<(), PublishError>;
}

impl PublishableLedger for Writer {
    fn head(&self) -> &Head {
        self.head()
    }

    fn entry(&self, index: u64) -> Result<Vec<u8>, PublishError> {
        let read = self.store().entry(index).map_err(|error| read_error(error.to_string()))?;
        read.ok_or_else(|| read_error(format!("entry {index} is not there")))
    }

    fn checkpoint(&self) -> Option<Vec<u8>> {
        self.checkpoint()
    }

    fn public_documents(&self) -> &BTreeMap<Hash, u64> {
        self.public_documents()
    }

    fn cosigned_checkpoint(
        &self,
        policy: Option<&Policy>,
    ) -> Result<(Vec<u8>, Option<WitnessAnswers>), PublishError> {
        cosigned_checkpoint(self, policy)
    }

    fn announce(
        &mut self,
        signed: SignedEvent,
        received: Stamp,
        _staged: (u64, &[(String, Vec<u8>)]),
    ) -> Result<(), PublishError> {
        match self.append(&[(signed, received)])?.pop() {
            Some(Err(error)) => Err(error.into()),
            Some(Ok(_)) | None => Ok(()),
        }
    }

    fn staged_elsewhere(&self, _n: u64) -> Result<Vec<(String, Vec<u8>)>, PublishError> {
        Ok(Vec::new())
    }

    fn note_place(
        &self,
        dir: &Path,
        place: &str,
        shown: Option<u64>,
        witnesses: Option<&WitnessAnswers>,
    ) -> Result<(), PublishError> {
        Ok(AnchorMemory::update(dir, |memory| {
            memory.note_place(place, shown);
            memory.witnessed |= witnesses.is_some_and(|answers| answers.cosigned > 0);
        })?)
    }
}

fn read_error(found: String) -> PublishError {
    FileError::at(Path::new("the journal"))(io::Error::other(found)).into()
}
