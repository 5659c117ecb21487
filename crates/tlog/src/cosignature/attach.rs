//! Adds what a witness answered to the note of a checkpoint.
//!
//! Contains the note that the log signed, the signature lines of an answer, and the keys of the
//! cosigners we know. Does not contain asking the witness. Only lines that were verified are kept,
//! of the note as of the answer: whoever passes a note on with the lines of others lets them add
//! lines in the name of a witness, on which a strict reader would refuse the whole note later.

use alloc::vec::Vec;
use alloc::{borrow::ToOwned, string::String};

use super::{CosignatureError, CosignerKey};
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{Note, NoteError, SignatureLine, VerifierKey};

/// Returns the note of a checkpoint with the lines of known cosigners that `note` and `answer` hold.
///
/// The line of the log comes first, then one line for each cosigner; of two lines of one cosigner
/// the later one by its time is kept. Lines of unknown keys are left out.
///
/// # Errors
///
/// Every [`AttachError`]; one line of a known key that fails refuses everything.
pub fn attach_cosignatures(
    note: &[u8],
    log: &VerifierKey,
    answer: &[u8],
    cosigners: &[CosignerKey],
) -> Result<String, AttachError> {
    let note = Note::parse(note).map_err(CheckpointError::Note)?;
    Checkpoint::from_note(&note, log)?;
    let answered = SignatureLine::parse_all(answer).map_err(AttachError::Answer)?;
    let mut kept = Vec::new();
    for line in note.signatures() {
        keep_newest(&mut kept, note.text(), line, cosigners)?;
    }
    let mut known = false;
    for line in &answered {
        known |= keep_newest(&mut kept, note.text(), line, cosigners)?;
    }
    if !known {
        return Err(AttachError::NoKnownCosigner { known: cosigners.len() });
    }
    let of_log = note.signatures().iter().filter(|line| line.is_of(log.name(), log.id()));
    let lines: String = of_log.chain(kept.iter().map(|(line, _)| line)).map(SignatureLine::encode).collect();
    let attached = note.text().to_owned() + "\n" + &lines;
    Note::parse(attached.as_bytes()).map_err(AttachError::Attached)?;
    Ok(attached)
}

/// A reason not to attach an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum AttachError {
    /// The note is not a checkpoint that the log signed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The answer is not made of signature lines.
    #[error("in the answer: {0}")]
    Answer(#[source] NoteError),
    /// A line of a known cosigner fails.
    #[error(transparent)]
    Cosignature(#[from] CosignatureError),
    /// No line of the answer is of a known cosigner.
    #[error("expected a line of one of {known} known cosigners in the answer, found none")]
    NoKnownCosigner {
        /// How many cosigners are known.
        known: usize,
    },
    /// The note became larger than a note may be.
    #[error("with the answer: {0}")]
    Attached(#[source] NoteError),
}

/// Keeps a line if it is of a known cosigner, and tells whether it is.
fn keep_newest(
    kept: &mut Vec<(SignatureLine, u64)>,
    text: &str,
    line: &SignatureLine,
    cosigners: &[CosignerKey],
) -> Result<bool, CosignatureError> {
    let mut time = None;
    // Should two known keys share name and id, the line fails under one of them.
    for key in cosigners.iter().filter(|key| key.claims_line(line)) {
        time = Some(key.verify(text, line)?);
    }
    let Some(time) = time else { return Ok(false) };
    match kept.iter_mut().find(|(earlier, _)| earlier.is_of(line.name(), line.id())) {
        Some(earlier) if earlier.1 < time => *earlier = (line.clone(), time),
        Some(_) => {}
        None => kept.push((line.clone(), time)),
    }
    Ok(true)
}
