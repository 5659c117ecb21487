//! Published checkpoints with the lines of witnesses, where there is a policy.
//!
//! In: asking once, what is kept of lines that are there already. Out: asking itself (`asking`), where checkpoints are laid down
//! (`place`, `stage`).
//!
//! A publication waits for no witness: what a quorum lacks is told, and the world sees the log's own signature.

use tlog::note::{Note, SignatureLine};

use super::PublishError;
use crate::{
    Writer,
    asking::{Answered, Asking, Question},
};

/// What witnesses said to a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnesses {
    /// How many cosigned it.
    pub cosigned: usize,
    /// What the quorum lacks, if it is not met.
    pub short: Option<String>,
    /// Who gave no line, and why.
    pub silent: Vec<(String, String)>,
}

/// The newest checkpoint of the ledger; under a policy with every line that its witnesses give now.
pub(super) fn checkpoint(writer: &Writer) -> Result<(Vec<u8>, Option<Witnesses>), PublishError> {
    let note = writer.checkpoint().ok_or(PublishError::NoCheckpoint)?;
    let Some(policy) = &writer.policy else { return Ok((note, None)) };
    let wrong = |found: String| PublishError::Policy { found };
    let log = writer.log_key().clone();
    if !policy.logs().iter().any(|known| known.key == log) {
        return Err(wrong(format!("none with the line `log {}`", log.encode())));
    }
    let mut asking = Asking::of(policy).map_err(|error| wrong(error.to_string()))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| wrong(error.to_string()))?;
    let question = Question { size: writer.head().size(), note, log };
    let prove = |from, to| writer.head().tree().consistency(from, to);
    let Answered { note, witnesses } = runtime.block_on(asking.put(&question, policy, &prove));
    let (judged, quorum) = policy.examine(&note).map_err(|error| wrong(error.to_string()))?;
    let silent = witnesses.into_iter().filter_map(|(name, why)| Some((name, why?))).collect();
    let cosigned = judged.cosignatures.len();
    let short = quorum.err().map(|short| short.to_string());
    Ok((note, Some(Witnesses { cosigned, short, silent })))
}

/// The checkpoint that is shown, with the lines of another note over the same text that it lacks; none where the texts differ.
pub(super) fn added(shown: &[u8], note: &[u8]) -> Option<Vec<u8>> {
    let (shown, note) = (Note::parse(shown).ok()?, Note::parse(note).ok()?);
    if shown.text() != note.text() {
        return None;
    }
    let known = |one: &SignatureLine| {
        shown.signatures().iter().any(|line| line.name() == one.name() && line.id() == one.id())
    };
    let more = note.signatures().iter().filter(|one| !known(one));
    Some(more.fold(shown.encode(), |all, line| all + &line.encode()).into_bytes())
}
