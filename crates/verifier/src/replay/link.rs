//! The links of the chain: INT-02 and INT-04 over the raw entries, whatever the replay made of them.

use event::Hash;
use law::Rule;
use phrase::phrase;
use tlog::tree::Tree;

use crate::{findings::Findings, found_message::FoundMessage, subject::Subject};

/// What an entry says of its place.
pub(crate) struct EntryLink {
    /// Where it stands.
    pub(crate) at: u64,
    /// Where it says it stands.
    pub(crate) index: u64,
    /// The entry before, as it says.
    pub(crate) prev: Hash,
}

/// One link and number. Where the replay stopped at this very entry, what it refused is not told twice.
pub(crate) fn judge_link(link: &EntryLink, tree: &Tree, stopped_here: bool, findings: &mut Findings) {
    for rule in [Rule::Int02, Rule::Int04] {
        findings.count_examined(rule, 1);
    }
    let at = link.at;
    let subject = Subject::Entry(at);
    let before = at.checked_sub(1).and_then(|before| tree.leaf_hash(before));
    let expected = before.map_or(Hash::ZERO, Hash);
    if link.prev != expected && !(stopped_here && findings.has_failed(Rule::Int02)) {
        let message = FoundMessage::expected(phrase!("found-prev", "prev {expected}"), link.prev);
        findings.fail(Rule::Int02, Some(at), &subject, message);
    }
    if link.index != at && !stopped_here {
        let message = FoundMessage::expected(phrase!("found-index", "index {at}"), link.index);
        findings.fail(Rule::Int04, Some(at), &subject, message);
    }
}
