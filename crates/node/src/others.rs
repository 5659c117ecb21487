//! What other nodes appended to the ledger that this one writes to as well: judged again, entry by entry.

use std::ops::ControlFlow;

use ledger::{Admitted, Head, ReplayStep, replay};
use phrase::Phrased as _;

use crate::fault::{AppendError, OpenLedgerError};

/// Admits entries of others, which follow this head; hands out what was admitted.
///
/// # Errors
/// [`AppendError::Others`]: the head has taken in those before.
pub(crate) fn admit_entries(head: &mut Head, entries: &[Vec<u8>]) -> Result<Vec<Admitted>, AppendError> {
    let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
    let mut admitted = Vec::with_capacity(entries.len());
    let replayed = replay(head, verifier::decode_all(&entries), |step| {
        if let ReplayStep::Admitted(_, one) = step {
            admitted.push(one.clone());
        }
        ControlFlow::Continue(())
    });
    replayed.map_err(|stopped| AppendError::Others { found: OpenLedgerError::from(stopped).phrase() })?;
    Ok(admitted)
}
