//! Following the ledger with its witnesses: each new checkpoint is put to all of them, and what they cosign is kept and shown.
//!
//! A round that does not meet the quorum is repeated after a pause. What grew meanwhile is asked for in the next round, as one
//! checkpoint: the writer waits for nothing of this.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::Duration,
};

use ledger::LogKeys;

use phrase::{Phrase, phrase};

use super::{
    ask::{CosignatureAnswers, CosignatureRequest, WitnessAnswer, WitnessClient},
    memory::AnchorMemory,
    probe::{compare_shown, fetch_shown},
    quorum::{ShownCheckpoint, WitnessQuorum},
};
use crate::{
    http::blocking::run_blocking,
    shared::{Contradiction, SharedState},
};

/// Before a round that did not meet the quorum is repeated, in seconds.
const PAUSES: [u64; 4] = [1, 2, 5, 10];

/// Within this time other nodes of a ledger are followed.
const OTHERS_SECONDS: Duration = Duration::from_secs(3);

/// Names of witnesses whose shown checkpoints are being looked at. A look may take as long as a slow server likes, and no round waits for it.
type LooksUnderWay = Arc<Mutex<BTreeSet<String>>>;

/// Asks until the node ends.
pub(crate) async fn follow_ledger(
    mut client: WitnessClient,
    shared: Arc<SharedState>,
    witnessed: Arc<WitnessQuorum>,
) {
    let mut grown = shared.follow_growth();
    let (mut failed, looks) = (0, LooksUnderWay::default());
    // Before this ledger is anchored nobody is taught anything: a witness without a memory would afterwards seem to know it.
    shared.metrics.set_witnessed(witnessed.witnessed_size(), witnessed.count_held(), false);
    while !shared.has_begun_writing() && !shared.is_closing() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    while !shared.is_closing() {
        grown.borrow_and_update();
        let released = shared.released_size();
        let enough = ask_for_newest(&mut client, &shared, &witnessed, &looks).await;
        witnessed.clock.mark_asked();
        let fault = shared.clock_fault();
        if let Some(fault) = &fault {
            tracing::error!(%fault, "reading goes on");
        }
        shared.metrics.set_witnessed(witnessed.witnessed_size(), witnessed.count_held(), enough);
        if shared.released_size() != released {
            shared.notify_followers();
        }
        if enough && fault.is_none() {
            failed = 0;
            tokio::select! {
                changed = grown.changed() => if changed.is_err() { return },
                () = wait_for_clock_fault(&shared) => {}
            }
        } else {
            let seconds = PAUSES.get(failed).or(PAUSES.last()).copied().unwrap_or(10);
            failed += 1;
            // Whoever is down is not asked for every event of a busy night.
            tokio::time::sleep(Duration::from_millis(200)).await;
            tokio::select! {
                changed = grown.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(Duration::from_secs(seconds)) => {}
            }
        }
    }
}

/// One round; tells whether nothing is left to ask.
async fn ask_for_newest(
    client: &mut WitnessClient,
    shared: &Arc<SharedState>,
    witnessed: &Arc<WitnessQuorum>,
    looks: &LooksUnderWay,
) -> bool {
    let Some(question) = newest_checkpoint(shared) else { return true };
    let told = shared.clock_fault().is_none();
    if told && witnessed.shown_checkpoint().is_some_and(|shown| shown.enough && shown.size >= question.size) {
        shared.set_contradiction(None);
        return true;
    }
    let prove = |from, to| shared.view().head().tree().prove_consistency(from, to);
    let CosignatureAnswers { note, witnesses } =
        client.put_checkpoint(&question, &witnessed.policy, &prove).await;
    for answer in &witnesses {
        shared.metrics.count_witness_answer(&answer.name, answer.no_line.is_none());
        if let Some(found) = &answer.no_line {
            tracing::warn!(witness = answer.name, size = question.size, %found, "no cosignature");
        }
    }
    let (cosigned, enough) = match witnessed.policy.examine_note(&note) {
        Ok((judged, quorum)) => {
            if let Err(short) = &quorum {
                tracing::warn!(size = question.size, %short, "unwitnessed");
            } else {
                let times = judged.cosignatures.iter().map(|one| one.time).collect();
                shared.take_witness_times(witnessed, times);
            }
            (judged.cosignatures.len(), quorum.is_ok())
        }
        Err(error) => {
            tracing::error!(%error, "the policy does not know this log");
            (0, false)
        }
    };
    if cosigned > 0 {
        remember_witnessed(shared).await;
    }
    if shared.dir.join(store::FOLLOWS).exists() && claim_more(shared, &witnesses) {
        // Another node of this ledger may have signed more: it is followed first, and what is claimed then counts.
        tokio::time::sleep(OTHERS_SECONDS).await;
    }
    for claiming in weigh_claims(shared, witnesses, enough) {
        look_at_shown(shared, &question, claiming, looks);
    }
    let (size, witnessed) = (question.size, witnessed.clone());
    let taken =
        run_blocking(move || witnessed.record_round(ShownCheckpoint { size, note, cosigned, enough })).await;
    match taken {
        Some(Ok(())) => enough,
        Some(Err(error)) => {
            tracing::error!(%error, "what witnesses cosigned cannot be kept");
            false
        }
        None => false,
    }
}

fn claim_more(shared: &SharedState, witnesses: &[WitnessAnswer]) -> bool {
    let signed = shared.view().size();
    witnesses.iter().any(|one| one.claim(signed).is_some())
}

/// What a witness claims against this ledger counts until the quorum cosigns its newest checkpoint. A size is compared with the largest checkpoint
/// that was signed by now, not with the one that was asked for. Gives those who claim something.
fn weigh_claims(shared: &SharedState, witnesses: Vec<WitnessAnswer>, enough: bool) -> Vec<WitnessAnswer> {
    let signed = shared.view().size();
    let (claims, claiming): (Vec<Phrase>, Vec<WitnessAnswer>) =
        witnesses.into_iter().filter_map(|one| Some((one.claim(signed)?, one))).unzip();
    match Phrase::chain(claims) {
        None if enough => shared.set_contradiction(None),
        None => {}
        Some(claims) if enough => {
            tracing::error!(%claims, "a quorum of witnesses says otherwise: report this witness");
            shared.set_contradiction(None);
        }
        Some(claims) => {
            tracing::error!(%claims, "a witness contradicts this ledger: nothing is taken in");
            shared.set_contradiction(Some(Contradiction::Claimed(claims)));
        }
    }
    claiming
}

/// Looks beside the rounds at what a witness shows that claims something: what a checkpoint under our own key proves counts for ever.
fn look_at_shown(
    shared: &Arc<SharedState>,
    question: &CosignatureRequest,
    claiming: WitnessAnswer,
    looks: &LooksUnderWay,
) {
    if !looks.lock().unwrap_or_else(PoisonError::into_inner).insert(claiming.name.clone()) {
        return;
    }
    let (shared, note, looks) = (shared.clone(), question.note.clone(), looks.clone());
    let (origin, name) = (question.log.name().to_owned(), claiming.name.clone());
    let look = move || {
        let Some(shown) = fetch_shown(&origin, &claiming) else { return };
        let compared = compare_shown(shared.view().head(), &shared.dir, Some(&note), &shown);
        if let Err(error) = compared {
            tracing::error!(%error, "two histories are signed: nothing is taken in any more");
            let proven = phrase!("two-histories-signed", "two histories are signed: {error}");
            shared.set_contradiction(Some(Contradiction::Proven(proven)));
        }
    };
    tokio::spawn(async move {
        run_blocking(look).await.unwrap_or_default();
        looks.lock().unwrap_or_else(PoisonError::into_inner).remove(&name);
    });
}

/// Keeps durably that a witness has cosigned this ledger: it must be asked before every later start.
async fn remember_witnessed(shared: &Arc<SharedState>) {
    if shared.remembers_witness.swap(true, Ordering::Relaxed) {
        return;
    }
    let of = shared.clone();
    let kept = run_blocking(move || AnchorMemory::update(&of.dir, |memory| memory.witnessed = true)).await;
    if !matches!(kept, Some(Ok(()))) {
        shared.remembers_witness.store(false, Ordering::Relaxed);
        tracing::error!("cannot keep that a witness cosigned this ledger");
    }
}

/// Waits until this machine's clock stands too far from the witnesses': they are then asked anew, since it may be that they are
/// right, or that the machine slept.
async fn wait_for_clock_fault(shared: &SharedState) {
    while shared.clock_fault().is_none() {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// The newest signed checkpoint, if there is one.
fn newest_checkpoint(shared: &SharedState) -> Option<CosignatureRequest> {
    let view = shared.view();
    let (size, note) = (view.size(), view.checkpoint().to_vec());
    let state = view.head().state();
    let log = LogKeys::of(state).and_then(|keys| keys.in_force(size)).ok()?;
    (!note.is_empty()).then_some(CosignatureRequest { size, note, log })
}
