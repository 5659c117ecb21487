//! A checkpoint with the lines of the log alone: a head holds no cosignatures.

use ledger::{Head, LogKeyError, LogKeys};
use tlog::note::{Note, NoteError, SignatureLine, VerifierKey};

/// The note without the lines of others, and whether there were any.
pub(crate) fn keep_log_lines<E>(head: &Head, note: &[u8]) -> Result<(String, bool), E>
where
    E: From<LogKeyError> + From<NoteError>,
{
    let keys = LogKeys::of(head.state())?;
    let read = Note::parse(note)?;
    let name = head.state().charter.as_ref().map(|charter| charter.origin.to_string()).unwrap_or_default();
    let signers: Vec<VerifierKey> =
        keys.signers(note).filter_map(|(key, _)| VerifierKey::new(&name, key.0).ok()).collect();
    let own =
        |line: &SignatureLine| signers.iter().any(|key| line.name() == key.name() && line.id() == key.id());
    let (own, others): (Vec<_>, Vec<_>) = read.signatures().iter().partition(|line| own(line));
    let lines: String = own.into_iter().map(SignatureLine::encode).collect();
    Ok((format!("{}\n{lines}", read.text()), !others.is_empty()))
}
