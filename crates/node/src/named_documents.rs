//! The public papers that admitted events name: hash and size.

use std::collections::BTreeMap;

use event::Hash;
use ledger::Admitted;

/// Takes the papers of an admitted event into the list.
pub(crate) fn note_documents(documents: &mut BTreeMap<Hash, u64>, admitted: &Admitted) {
    let public = admitted.fact().papers().into_iter();
    for (hash, size) in public.filter_map(|paper| paper.sha256.zip(paper.size)) {
        documents.entry(hash).or_insert(size);
    }
}
