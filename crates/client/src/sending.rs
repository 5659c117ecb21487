//! Everything of an outbox that may go, sent to a node: each file after the one before it in its chain.

use std::{collections::BTreeSet, path::PathBuf};

use event::Hash;

use crate::{
    fault::ClientFault,
    files::FileFault,
    outbox::{Outbox, OutboxItem},
    submit::{Delivered, Delivery},
};

/// What is told while files go.
#[derive(Debug)]
pub enum SendNews {
    /// The log took it in.
    Delivered(Delivered, Hash),
    /// It was refused, or nobody answered.
    Failed(ClientFault),
    /// The events before it in its author's chain lie elsewhere.
    Elsewhere {
        /// The file.
        file: PathBuf,
        /// The place that the ledger expects next.
        expected: u64,
        /// The place of the event.
        found: u64,
    },
}

/// Sends what waits, and what was refused only where `again` asks for it; tells how many the node refused or proved falsely. It
/// stops where nobody answers: what has no line has none for the next either.
///
/// # Errors
/// Where the charter cannot be kept beside the events.
pub fn send_waiting(
    outbox: &mut Outbox,
    node: &mut Delivery,
    again: bool,
    tell: &mut dyn FnMut(SendNews),
) -> Result<usize, FileFault> {
    let mut tried = BTreeSet::new();
    let mut unproved = 0;
    while let Some(next) = outbox.next_to_send(&tried, again) {
        tried.insert(next.hash);
        let ledger = next.signed.event.ledger;
        if let Some(trust) = outbox.find_trust(ledger) {
            node.set_trust(trust);
        }
        if let Some(news) = find_elsewhere(node, next) {
            tell(news);
            continue;
        }
        match node.send(&next.file, &next.signed) {
            Ok(done) => tell(SendNews::Delivered(done, next.hash)),
            Err(fault) => {
                let merits = fault.exit_code() == 1;
                tell(SendNews::Failed(fault));
                if !merits {
                    break;
                }
                unproved += 1;
            }
        }
        if let Ok(trust) = node.require_trust(ledger) {
            outbox.keep_charter(trust)?;
        }
        outbox.judge_items();
    }
    Ok(unproved)
}

/// Whether the author's chain in the ledger has not come to this place.
fn find_elsewhere(node: &Delivery, item: &OutboxItem) -> Option<SendNews> {
    let found = item.signed.event.author_seq;
    if found == 0 {
        return None;
    }
    let expected = node.ask_next_place(&item.signed.event).filter(|expected| *expected < found)?;
    Some(SendNews::Elsewhere { file: item.file.clone(), expected, found })
}
