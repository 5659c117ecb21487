//! Two checkpoints of one log of which not both can be true: what a request shows against the record, whatever its answer is.

use event::Hash;
use tlog::{
    proof::{ProofError, verify_consistency},
    witness::AddCheckpoint,
};

use super::record::LogRecord;

/// The root that a log has at a size, and the proof that its tree of a newer size has it; none of what was not replayed.
pub(super) type OwnPast<'a> = &'a dyn Fn(u64, u64) -> Option<(Hash, Vec<[u8; 32]>)>;

/// Two checkpoints that the log signed, of which the newer one's tree does not begin with the older one.
pub(super) struct Contradiction<'a> {
    /// Entries under the older one.
    pub(super) size: u64,
    /// The older one.
    pub(super) older: &'a str,
    /// The newer one, or another one of the same size.
    pub(super) newer: &'a str,
    /// That the newer one's tree has `root` at the older one's size; empty for two of one size.
    pub(super) proof: Vec<[u8; 32]>,
    /// The root of the newer one's tree at the older one's size.
    pub(super) root: Hash,
}

/// What a request contradicts, with `note` as the lines that the log signed. The size that the asker says was recorded counts for nothing here.
pub(super) fn find_contradiction<'a>(
    request: &AddCheckpoint,
    note: &'a str,
    kept: &'a LogRecord,
    own_past: OwnPast<'_>,
) -> Option<Contradiction<'a>> {
    let (shown, known) = (request.checkpoint(), kept.head);
    let size = known.size;
    if shown.size == size {
        let contradiction = || Contradiction {
            size,
            older: &kept.note,
            newer: note,
            proof: Vec::new(),
            root: Hash(shown.root),
        };
        return (shown.root != known.root).then(contradiction);
    }
    if shown.size > size {
        let root = old_root_of(request, kept).filter(|_| request.old() == size)?;
        let proof = request.proof().to_vec();
        return Some(Contradiction { size, older: &kept.note, newer: note, proof, root });
    }
    // An older one, of which only a replayed log tells which root it must have.
    let (root, proof) = own_past(shown.size, size)?;
    (root.0 != shown.root).then(|| Contradiction {
        size: shown.size,
        older: note,
        newer: &kept.note,
        proof,
        root,
    })
}

/// Another root than the recorded one, if the proof leads from it to the signed root: then the log's own tree contradicts its record.
fn old_root_of(request: &AddCheckpoint, kept: &LogRecord) -> Option<Hash> {
    let shown = request.checkpoint();
    let check =
        |old: &[u8; 32]| verify_consistency(kept.head.size, shown.size, old, &shown.root, request.proof());
    match check(&kept.head.root) {
        Err(ProofError::OldRootMismatch { found, .. }) => check(&found).is_ok().then_some(Hash(found)),
        Ok(()) | Err(_) => None,
    }
}
