//! What follows for the result, the registration, the certificate, and decisions that take them back.

use law::{Winner, facts::OutcomeKind, state::Election};

use super::filling::{Known, only};

pub(super) fn fill_results(known: &mut Known<'_>, fact: &str) {
    let Some(election) = known.election else { return };
    let determined = election.determined.as_ref();
    let elected = || determined.and_then(|own| own.body.elected.clone());
    match fact {
        "results-determined" => fill_determined(known, election),
        "results-published" => known.fill_some("determined", determined.map(|own| own.event)),
        "duties-resigned" | "akim-registered" => known.fill_some("candidate", elected()),
        "akim-registration-denied" | "certificate-issued" => {
            known.fill_some("candidate", elected());
            known.fill_some("determined", determined.map(|own| own.event));
        }
        "certificate-revoked" => {
            let certificate = election.certificate.as_ref().map(|(_, event)| *event);
            known.fill_some("certificate", certificate);
            known.fill_some("basis", election.annulled.last().copied().or(election.denied));
        }
        "decision-cancelled" => {
            let id = known.body.text("cancels").is_none().then_some(());
            let standing = known.state.decisions.iter().filter(|(_, one)| {
                one.cancelled.is_none()
                    && known.state.elections.get(&one.election).is_some_and(|own| std::ptr::eq(own, election))
            });
            let standing = id.and_then(|()| only(standing.map(|(event, _)| *event)));
            known.fill_some("cancels", standing);
        }
        _ => {}
    }
}

/// Outcome, sums, list and who is elected: all of it follows from the protocols.
fn fill_determined(known: &mut Known<'_>, election: &Election) {
    // Before every precinct has its protocol nothing follows; the law then says what lacks.
    let (outcome, elected) = match election.winner() {
        Winner::Elected(id) => (OutcomeKind::Elected, Some(id)),
        Winner::Tie(_) => (OutcomeKind::Tie, None),
        Winner::Invalid => (OutcomeKind::Invalid, None),
    };
    known.fill("outcome", &outcome);
    known.fill_some("elected", elected);
    let invalidated = election.invalidated_precincts();
    known.fill("invalidated", &invalidated);
    known.fill("protocols", &election.current_protocols());
    known.fill("totals", &election.totals());
}
