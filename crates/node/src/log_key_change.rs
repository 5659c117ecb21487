//! The log key replaced while the node runs: the event and the first checkpoint of the new key are one group.

use ledger::Head;
use tlog::note::NoteSigner;

use crate::{
    shared::NewLogKey,
    writer::Writer,
    writer_thread::{GroupOutcome, WriterThread},
};

impl WriterThread {
    /// Appends the replacement. Whatever fails on the way, the ledger is opened again with the key that its journal asks for.
    pub(crate) fn replace_log_key(&mut self, writer: &mut Writer, key: NewLogKey) -> GroupOutcome {
        let Ok(successor) = NoteSigner::new(origin_of(writer.head()), &key.seed) else {
            return GroupOutcome::Good;
        };
        let new = successor.verifier_key().key();
        writer.hold_successor(Some(successor));
        let outcome = self.append_group(writer, vec![key.events]);
        writer.hold_successor(None);
        if writer.log_key().key() == new {
            tracing::warn!("the log key was replaced: start the node with the new one from now on");
            self.log_seed = key.seed;
        } else if matches!(outcome, GroupOutcome::Unknown) {
            self.next_log_seed = Some(key.seed);
        }
        outcome
    }

    /// Tries the other one of two log keys, where nobody knows whether the replacement became durable.
    pub(crate) fn exchange_log_keys(&mut self) {
        if let Some(next) = &mut self.next_log_seed {
            std::mem::swap(next, &mut self.log_seed);
        }
    }
}

/// The name that the log signs under.
fn origin_of(head: &Head) -> &str {
    head.state().charter.as_ref().map_or("", |charter| charter.origin.as_str())
}
