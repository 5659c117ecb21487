//! Asking the witnesses of a policy what they recorded, by submitting a checkpoint that is signed already.
//!
//! A policy's address is the prefix of submission (C2SP tlog-witness); a witness need not show anything under it. What it does show
//! there is looked at, too, since a checkpoint under our own key proves what a bare size only claims.

use std::path::Path;

use ledger::Head;
use phrase::Phrase;
use tlog::{note::VerifierKey, policy::Policy};
use verifier::{address, limits::Limits};

use super::{
    anchor_fault::AnchorError,
    ask::{CosignatureRequest, NoCosignature, WitnessAnswer, WitnessClient, WitnessPolicyError, require_log},
    compare::{keep_contradiction, require_own_past},
};
use crate::{witness::origin::log_folder, writer::Writer};

/// A witness that does not answer must not hold the night up.
pub(super) const PATIENCE: Limits =
    Limits { file_bytes: 1 << 20, total_bytes: 1 << 20, files: 4, seconds: 10, tell_wait: |_, _| {} };

/// What the witnesses of one policy know.
pub(super) struct PolicyStanding {
    /// What they claim against this ledger without a signature.
    pub(super) claims: Vec<Phrase>,
    /// Whether their quorum cosigned the newest checkpoint of this disk.
    pub(super) quorum: bool,
    /// Whether so many remember this ledger and continue it that no quorum saw more without one of them.
    pub(super) covered: bool,
    /// The same with those that have recorded nothing.
    pub(super) covered_with_new: bool,
    /// Whether one of them recorded nothing of this ledger.
    pub(super) forgetful: bool,
}

/// Asks every witness of a policy. Where one of them claims more than a ledger that was `never_shown` to anybody has, the others are given its
/// checkpoint at once: their quorum decides.
pub(super) fn probe_policy(
    writer: &Writer,
    policy: &Policy,
    never_shown: bool,
    unreached: &mut Vec<Phrase>,
) -> Result<PolicyStanding, AnchorError> {
    require_log(policy, writer.log_key())?;
    let mut client = WitnessClient::new(policy)?;
    let Some(question) = signed_checkpoint(writer) else {
        // Nothing was ever signed on this disk: there is nothing to submit, and only sizes would be told.
        return Ok(PolicyStanding {
            claims: Vec::new(),
            quorum: false,
            covered: false,
            covered_with_new: true,
            forgetful: false,
        });
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(WitnessPolicyError::System)?;
    let prove = |from, to| writer.head().tree().prove_consistency(from, to);
    let answers = runtime.block_on(client.probe_checkpoint(&question, policy, &prove));
    let origin = writer.log_key().name();
    for shown in fetch_all_shown(origin, &answers.witnesses) {
        compare_shown(writer.head(), writer.store().dir(), Some(&question.note), &shown)?;
    }
    let claims: Vec<Phrase> = answers.witnesses.iter().filter_map(|one| one.claim(question.size)).collect();
    let of = |answer: &WitnessAnswer| answer.name.clone().into_bytes();
    let confirmed: Vec<Vec<u8>> =
        answers.witnesses.iter().filter(|one| one.no_line.is_none()).map(of).collect();
    let is_new = |one: &&WitnessAnswer| matches!(one.no_line, Some(NoCosignature::NoMemory));
    let new: Vec<Vec<u8>> = answers.witnesses.iter().filter(is_new).map(of).collect();
    for answer in &answers.witnesses {
        if let Some(found) = &answer.no_line {
            unreached.push(answer.attribute(found));
        }
    }
    let mut note = answers.note;
    if never_shown && !claims.is_empty() {
        note = runtime.block_on(client.put_checkpoint(&question, policy, &prove)).note;
    }
    // A policy without a quorum asks nobody, so nobody's answer refutes a claim.
    let examined = policy.examine_note(&note);
    let quorum = examined.is_ok_and(|(judged, quorum)| quorum.is_ok() && !judged.cosignatures.is_empty());
    Ok(PolicyStanding {
        claims,
        quorum,
        covered: policy.meets_every_quorum(|one| confirmed.contains(&one.name)),
        forgetful: !new.is_empty(),
        covered_with_new: policy
            .meets_every_quorum(|one| confirmed.contains(&one.name) || new.contains(&one.name)),
    })
}

/// The checkpoint that a witness shows under its own address, with that address. That it shows none says nothing.
pub(super) fn fetch_shown(origin: &str, answer: &WitnessAnswer) -> Option<(String, Vec<u8>)> {
    let at = format!("{}/{}", answer.address, log_folder(origin));
    let note = address::checkpoint(&at, &PATIENCE).ok()?;
    Some((at, note))
}

/// The same of all of them at once: slow ones are waited for together.
fn fetch_all_shown(origin: &str, answers: &[WitnessAnswer]) -> Vec<(String, Vec<u8>)> {
    std::thread::scope(|scope| {
        let fetch = |answer| scope.spawn(move || fetch_shown(origin, answer));
        let looks: Vec<_> = answers.iter().map(fetch).collect();
        looks.into_iter().filter_map(|look| look.join().ok()?).collect()
    })
}

/// Compares what a witness shows with this ledger; what contradicts it is kept.
pub(super) fn compare_shown(
    head: &Head,
    dir: &Path,
    ours: Option<&[u8]>,
    (at, note): &(String, Vec<u8>),
) -> Result<(), AnchorError> {
    match require_own_past(head, at, note) {
        Ok(_) => Ok(()),
        // Another server may answer under this address.
        Err(AnchorError::Foreign { found, .. }) => {
            tracing::warn!(at, %found, "no checkpoint of this ledger");
            Ok(())
        }
        Err(error) => {
            keep_contradiction(dir, note, ours);
            Err(error)
        }
    }
}

/// The newest checkpoint of this disk, to be put to witnesses.
fn signed_checkpoint(writer: &Writer) -> Option<CosignatureRequest> {
    let (size, note) = writer.store().head()?;
    let key = writer.head().state().log_key_for(size)?;
    let log = VerifierKey::new(writer.log_key().name(), key.0).ok()?;
    Some(CosignatureRequest { size, note, log })
}
