//! What is taken back: a precinct's result, a result, a registration, a certificate (art. 43(7-1), 44(2-1), 113-11(2)).
//!
//! Contains PRO-09, PRO-14, PRO-15, ATY-07 for the routes of invalidation and of decisions from above. Does not contain
//! new protocols (`corrections`), repetitions (`repeats`).

use event::Hash;
use phrase::{Argument, Phrased, phrase};

use crate::{
    Finding, Rule, State, Statement, Violation,
    facts::{
        AkimRegistrationDenied, CertificateRevoked, DecisionCancelled, PrecinctInvalidated, RecountRequested,
    },
    lookup::{
        id_or_none, note_violation, require_current_protocol, require_elected, require_election,
        require_poll, require_undetermined,
    },
    state::{Decision, DecisionKind, Election, PollStatus},
    statement::require,
};

/// A request for a recount before the protocol is drawn up, once, answered with a reason where it is refused.
pub(crate) fn recount_requested(
    state: &State,
    s: &Statement<'_>,
    b: &RecountRequested,
) -> Result<Option<Finding>, Violation> {
    let poll = require_poll(state, s)?;
    let counting = matches!(poll.status(), PollStatus::Closed | PollStatus::Accounted);
    require(
        counting,
        Rule::Pro01,
        phrase!(
            "law-a-precinct-that-counts-and-has-no-protocol-yet",
            "a precinct that counts and has no protocol yet"
        ),
        poll.status().phrase(),
    )?;
    require(
        poll.recount_requested.is_none(),
        Rule::Pro01,
        phrase!("law-a-recount-asked-for-once", "a recount asked for once"),
        phrase!("law-asked-for-again", "asked for again"),
    )?;
    let reasoned = b.granted != b.reason.is_some();
    require(
        reasoned,
        Rule::Pro09,
        phrase!(
            "law-a-reason-where-the-recount-is-refused-and-only-there",
            "a reason where the recount is refused, and only there"
        ),
        b.granted,
    )?;
    // Who asked in vain stays visible: the protocol that follows is one that somebody doubted.
    let refused = (!b.granted).then(|| {
        Violation::new(
            Rule::Pro09,
            phrase!("law-a-recount-that-a-proxy-asked-for", "a recount that a proxy asked for"),
            phrase!("law-refused", "refused"),
        )
    });
    Ok(refused.map(|violation| {
        let mut finding = note_violation(s, violation);
        finding.explanation = b.reason.as_ref().map(|reason| reason.as_str().into());
        finding
    }))
}

/// PRO-01: one precinct's result is invalid, where the edition knows that, before the results are determined.
pub(crate) fn precinct_invalidated(
    state: &State,
    s: &Statement<'_>,
    b: &PrecinctInvalidated,
) -> Result<(), Violation> {
    require_undetermined(state, s)?;
    let edition = require_election(state, s)?.called.edition;
    let expected = phrase!(
        "law-an-edition-that-invalidates-one-precinct-art-44-2-1",
        "an edition that invalidates one precinct (art. 44(2-1))"
    );
    require(edition.invalidates_precincts(), Rule::Pro01, expected, Argument::quote(edition.name()))?;
    let poll = require_poll(state, s)?;
    require_current_protocol(poll, &b.protocol)?;
    let there = matches!(poll.status(), PollStatus::ProtocolSigned | PollStatus::ProtocolReceived);
    require(
        there,
        Rule::Pro01,
        phrase!("law-a-protocol-signed-or-received", "a protocol signed or received"),
        poll.status().phrase(),
    )
}

/// PRO-14: the registration of the elected person is denied, once, before anybody is registered.
pub(crate) fn akim_registration_denied(
    state: &State,
    s: &Statement<'_>,
    b: &AkimRegistrationDenied,
) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    require_elected(election, &b.candidate)?;
    let event = election.determined.as_ref().map_or(Hash::ZERO, |determined| determined.event);
    require(
        b.determined == event,
        Rule::Pro10,
        phrase!("law-the-result", "the result {event}"),
        b.determined,
    )?;
    require(
        election.denied.is_none(),
        Rule::Pro01,
        phrase!("law-a-registration-denied-once", "a registration denied once"),
        phrase!("law-denied-again", "denied again"),
    )?;
    require(
        election.registered.is_none(),
        Rule::Pro01,
        phrase!("law-nobody-registered", "nobody registered"),
        phrase!("law-an-akim-registered", "an akim registered"),
    )
}

/// PRO-15: a certificate is revoked when the result or the registration behind it was cancelled, and only then.
pub(crate) fn certificate_revoked(
    state: &State,
    s: &Statement<'_>,
    b: &CertificateRevoked,
) -> Result<(), Violation> {
    let election = require_election(state, s)?;
    let Some((number, event)) = &election.certificate else {
        return Err(Violation::new(
            Rule::Pro14,
            phrase!("law-certificate-issued-before", "certificate-issued before"),
            phrase!("law-no-certificate", "no certificate"),
        ));
    };
    require(
        *event == b.certificate,
        Rule::Pro14,
        phrase!("law-the-certificate", "the certificate {event}"),
        b.certificate,
    )?;
    let founded = election.unfounded_certificate().is_none();
    let expected = phrase!(
        "law-a-result-or-a-registration-cancelled-before-its",
        "a result or a registration cancelled before its certificate is revoked"
    );
    require(
        !founded,
        Rule::Pro15,
        expected,
        phrase!("law-certificate-in-force", "certificate {number}, in force"),
    )?;
    let last = election.annulled.last().copied().unwrap_or(Hash::ZERO);
    require(
        b.basis == last,
        Rule::Pro15,
        phrase!("law-basis-decision-cancelled", "basis decision-cancelled {last}"),
        b.basis,
    )
}

/// PRO-15: nothing is decided anew while a certificate stands for what was cancelled.
pub(crate) fn no_unfounded_certificate(election: &Election) -> Result<(), Violation> {
    let Some((number, _)) = election.unfounded_certificate() else { return Ok(()) };
    Err(Violation::new(
        Rule::Pro15,
        phrase!("law-certificate-revoked-before", "certificate-revoked before"),
        phrase!("law-certificate-of-a-cancelled-result", "certificate {number} of a cancelled result"),
    ))
}

/// ATY-07, PRO-01: a decision in force is cancelled by somebody above its author, before its election is repeated.
pub(crate) fn decision_cancelled(
    state: &State,
    s: &Statement<'_>,
    b: &DecisionCancelled,
) -> Result<(), Violation> {
    let decision = find_target(state, s, &b.cancels)?;
    let author = &decision.author;
    require(
        s.event.author != *author,
        Rule::Aty07,
        phrase!("law-another-commission-than", "another commission than {author}"),
        &s.event.author,
    )?;
    let above = state.is_above(&s.event.author, author);
    require(
        above,
        Rule::Aty02,
        phrase!("law-a-commission-above", "a commission above {organiser}", organiser = author),
        &s.event.author,
    )?;
    let election = require_election(state, s)?;
    let next = id_or_none(election.repeated.as_ref());
    require(
        election.repeated.is_none(),
        Rule::Pro01,
        phrase!("law-an-election-that-was-not-repeated", "an election that was not repeated"),
        next,
    )?;
    let standing = decision.cancelled.is_none() && in_force(election, &decision.kind, &b.cancels);
    require(standing, Rule::Pro01, phrase!("law-a-decision-in-force", "a decision in force"), b.cancels)
}

pub(crate) fn find_target<'a>(
    state: &'a State,
    s: &Statement<'_>,
    event: &Hash,
) -> Result<&'a Decision, Violation> {
    let decision = state.decisions.get(event);
    let own = decision.filter(|decision| s.event.election.as_ref() == Some(&decision.election));
    own.ok_or_else(|| {
        Violation::new(
            Rule::Pro01,
            phrase!(
                "law-a-decision-or-a-protocol-of-this-election",
                "a decision or a protocol of this election"
            ),
            event,
        )
    })
}

fn in_force(election: &Election, kind: &DecisionKind, event: &Hash) -> bool {
    let open = election.determined.is_none();
    match kind {
        DecisionKind::Protocol(precinct) => {
            let poll = election.polls.get(precinct);
            open && poll
                .is_some_and(|poll| poll.invalidated.is_none() && poll.current_event() == Some(*event))
        }
        DecisionKind::Invalidation(precinct) => {
            open && election.polls.get(precinct).is_some_and(|poll| poll.invalidated == Some(*event))
        }
        DecisionKind::Determination => election.determined.as_ref().is_some_and(|d| d.event == *event),
        DecisionKind::Registration => election.registered.is_some(),
        DecisionKind::Denial => election.denied == Some(*event),
        DecisionKind::Answer(complaint) => {
            let decided = election.complaints.get(complaint).and_then(|complaint| complaint.decided.as_ref());
            decided.is_some_and(|(answer, _)| answer == event)
        }
    }
}
