//! Evidence of observers that was committed to before it was shown: OBS-04.
//!
//! Looks at the time of each commitment against the first sight of the precinct's protocol. Elsewhere: who stands for
//! that time: the observer, until somebody else does.

use phrase::phrase;

use law::Rule;

use crate::{checks::context::Context, findings::Findings, found_message::FoundMessage, not_run::NotRun};

/// Every commitment.
pub(crate) fn sealed_evidence(context: &Context<'_>, findings: &mut Findings) {
    for sealed in context.inputs.sealed {
        findings.count_examined(Rule::Obs04, 1);
        let subject = format!("{}, {}", sealed.place, sealed.precinct);
        if sealed.opens == Some(false) {
            let message = FoundMessage::expected(
                phrase!(
                    "found-a-document-and-a-salt-that-open",
                    "a document and a salt that open {sealed}",
                    sealed = sealed.sealed
                ),
                phrase!("found-others", "others"),
            );
            findings.fail(Rule::Obs04, None, &subject, message);
        }
        let elections = context.replayed.head.state().elections.values();
        let mut firsts =
            elections.filter_map(|election| election.polls.get(&sealed.precinct)?.protocols.first());
        let Some(first) = firsts.next() else {
            let message = FoundMessage::expected(
                phrase!(
                    "found-a-protocol-of-this-precinct-to-compare-with",
                    "a protocol of this precinct to compare with"
                ),
                phrase!("found-none", "none"),
            );
            findings.fail(Rule::Obs04, None, &subject, message);
            continue;
        };
        if sealed.at.seconds().saturating_mul(1000) >= first.received.millis() {
            let message = FoundMessage::expected(
                phrase!(
                    "found-a-commitment-before-the-official-figures-came-in-at",
                    "a commitment before the official figures came in at {received}",
                    received = first.received
                ),
                phrase!("found-one-of", "one of {size}", size = sealed.at),
            );
            findings.fail(Rule::Obs04, Some(first.index), &subject, message);
        }
    }
    findings.not_run(Rule::Obs04, NotRun::NoSealedEvidence);
}
