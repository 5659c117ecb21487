//! PRO-08: every protocol that a result rests on was posted at its precinct, and the ledger says so.
//!
//! Looks at postings that were recorded, against the protocols that count. Elsewhere: copies refused and observers sent
//! out, which the law notes when they are recorded (`replay`).
//!
//! Copies are handed out on request, so a protocol without any is no finding. A transcription changes no paper: what hangs
//! there hangs there still.

use phrase::phrase;

use law::{Rule, state::Poll};

use crate::{checks::context::Context, findings::Findings, found_message::FoundMessage};

/// Looks at every protocol of every result.
pub(crate) fn check_posted_protocols(context: &Context<'_>, findings: &mut Findings) {
    // Where the replay stopped, what it did not reach may be the posting.
    if !context.replayed.is_complete() {
        return;
    }
    let determined =
        context.replayed.head.state().elections.values().filter(|election| election.determined.is_some());
    for (id, poll) in determined.flat_map(|election| &election.polls) {
        let Some(current) = poll.current() else { continue };
        findings.count_examined(Rule::Pro08, 1);
        if is_posted(context, poll) {
            continue;
        }
        let found = match poll.copies {
            Some((copies, _)) => phrase!("found-copies-and-no-posting", "{copies} copies and no posting"),
            None => phrase!("found-neither-copies-nor-a-posting", "neither copies nor a posting"),
        };
        let message = FoundMessage::expected(
            phrase!(
                "found-the-current-protocol-to-be-recorded-as-posted",
                "the current protocol to be recorded as posted"
            ),
            found,
        );
        findings.warn(Rule::Pro08, Some(current.index), id.as_str(), message, None);
    }
}

/// Whether the current protocol was posted, or an earlier event of the same paper.
fn is_posted(context: &Context<'_>, poll: &Poll) -> bool {
    let paper = poll.current().and_then(|record| record.paper());
    let same = poll.protocols.iter().rev().take_while(|record| paper.is_some() && record.paper() == paper);
    let current = poll.current_event();
    same.map(|record| record.event).chain(current).any(|event| context.replayed.posted.contains(&event))
}
