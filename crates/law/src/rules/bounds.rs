//! What nobody can have counted (art. 43(4), 113-10(1)), from version 2 of the rules on.
//!
//! Contains ARI-03, ARI-04, ARI-10 over the protocols that a determination would rest on. A paper that was signed can be taken
//! in whatever it says, since nobody may change it (art. 43(8)); but votes beyond the ballots of a precinct, or ballots beyond
//! the print run, cannot be explained, and no result rests on them until the protocol gives way to another or the precinct's
//! result is declared invalid. Does not contain the ratios of a protocol (`ratios`).

use event::Id;
use phrase::phrase;

use crate::{
    Rule, Violation,
    arithmetic::{sum_candidate_votes, sum_figures, sum_portable},
    facts::Count,
    state::Election,
};

/// Refuses to determine a result that rests on figures which nobody can have counted.
pub(crate) fn require_countable(election: &Election) -> Result<(), Violation> {
    let counted = election.polls.iter().filter(|(_, poll)| poll.invalidated.is_none());
    let counted = counted.filter_map(|(id, poll)| Some((id, &poll.current()?.protocol.count)));
    for (id, count) in counted.clone() {
        if let Some(violation) = find_beyond_received(id, count) {
            return Err(violation);
        }
        if let Some(printed) = election.printed.filter(|printed| count.received > *printed) {
            let expected = phrase!(
                "law-at-most-the-print-run-at",
                "at most the {printed} ballots of the print run received at {id}, or another protocol"
            );
            return Err(Violation::new(Rule::Ari10, expected, count.received));
        }
    }
    let received = sum_figures(counted.map(|(_, count)| count.received));
    match election.printed.filter(|printed| received > *printed) {
        Some(printed) => {
            let expected = phrase!(
                "law-at-most-the-print-run",
                "at most the {printed} ballots of the print run received by all precincts"
            );
            Err(Violation::new(Rule::Ari10, expected, received))
        }
        None => Ok(()),
    }
}

/// More in the boxes, or more votes, than ballots came to the precinct.
fn find_beyond_received(id: &Id, count: &Count) -> Option<Violation> {
    let received = count.received;
    let boxes = sum_figures([sum_portable(count), count.stationary]).max(count.found);
    if boxes > received {
        let expected = phrase!(
            "law-at-most-received-in-the-boxes",
            "at most the {received} ballots received at {id} in its boxes, or another protocol"
        );
        return Some(Violation::new(Rule::Ari03, expected, boxes));
    }
    let votes = sum_figures([sum_candidate_votes(count), count.against_all, count.invalid]);
    let expected = phrase!(
        "law-at-most-received-as-votes",
        "at most the {received} ballots received at {id} as votes and invalid ballots, or another protocol"
    );
    (votes > received).then(|| Violation::new(Rule::Ari04, expected, votes))
}
