//! Published checkpoints with the cosignatures of witnesses, where there is a policy.
//!
//! A publication waits for no witness: what a quorum lacks is told, and the world sees the log's own signature.

use phrase::{Phrase, Phrased as _};
use tlog::{
    note::{Note, SignatureLine},
    policy::Policy,
};

use super::fault::PublishError;
use crate::{
    witnesses::ask::{
        CosignatureAnswers, CosignatureRequest, WitnessClient, WitnessPolicyError, require_log,
    },
    writer::Writer,
};

/// What witnesses said to a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessAnswers {
    /// How many cosigned it.
    pub cosigned: usize,
    /// What the quorum lacks, if it is not met.
    pub short: Option<Phrase>,
    /// Who gave no cosignature, and why.
    pub silent: Vec<(String, Phrase)>,
}

/// The newest checkpoint of the ledger; under a policy with every cosignature that its witnesses give now.
pub(super) fn cosigned_checkpoint(
    writer: &Writer,
    policy: Option<&Policy>,
) -> Result<(Vec<u8>, Option<WitnessAnswers>), PublishError> {
    let note = writer.checkpoint().ok_or(PublishError::NoCheckpoint)?;
    let Some(policy) = policy else { return Ok((note, None)) };
    let log = writer.log_key().clone();
    require_log(policy, &log)?;
    let mut client = WitnessClient::new(policy)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(WitnessPolicyError::System)?;
    let question = CosignatureRequest { size: writer.head().size(), note, log };
    let prove = |from, to| writer.head().tree().prove_consistency(from, to);
    let CosignatureAnswers { note, witnesses } =
        runtime.block_on(client.put_checkpoint(&question, policy, &prove));
    let (judged, quorum) = policy.examine_note(&note).map_err(WitnessPolicyError::Checkpoint)?;
    // A second history that was signed meanwhile must not be made public.
    let claims = Phrase::chain(witnesses.iter().filter_map(|one| one.claim(question.size)));
    if let Some(found) = claims.filter(|_| quorum.is_err()) {
        return Err(PublishError::Contradicted { found });
    }
    let silent = witnesses.into_iter().filter_map(|one| Some((one.name, one.no_line?.phrase()))).collect();
    let cosigned = judged.cosignatures.len();
    let short = quorum.err().map(|short| short.phrase());
    Ok((note, Some(WitnessAnswers { cosigned, short, silent })))
}

/// The checkpoint that is shown, with the signatures of another note over the same text that it lacks; none where the texts differ.
pub(super) fn merge_cosignatures(shown: &[u8], note: &[u8]) -> Option<Vec<u8>> {
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
