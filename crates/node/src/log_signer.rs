//! The signer of checkpoints, if its key is the one in force.

use tlog::note::NoteSigner;

use crate::fault::OpenLedgerError;

/// The signer of a ledger's checkpoints.
///
/// # Errors
/// [`OpenLedgerError::LogKey`] where the seed is of another key.
pub(crate) fn make_log_signer(
    charter: &law::facts::LedgerOpened,
    expected: event::Key,
    seed: &[u8; 32],
) -> Result<NoteSigner, OpenLedgerError> {
    let log = NoteSigner::new(charter.origin.as_str(), seed)?;
    let found = event::Key(log.verifier_key().key());
    if found != expected {
        return Err(OpenLedgerError::LogKey { expected, found });
    }
    Ok(log)
}
