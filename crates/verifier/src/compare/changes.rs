//! Every protocol that came in, with what it moved: old and new figures, ground, signers, totals, order of candidates.
//!
//! Contains one walk over a ledger. Elsewhere: printing (`cli`), what is published of corrections
//! (`ledger::projections`).

use event::{Hash, Id, Stamp, Time};
use law::{
    Fact,
    facts::{CorrectionGround, Count, Totals},
    state::{Election, Holder, State},
};
use ledger::{Admitted, Head, ReplayStep};

use crate::{
    history::{AsOf, ReplayError, replay_steps},
    source::content::Source,
};

/// One protocol, or the end of one.
#[derive(Debug, Clone)]
pub struct Change {
    /// The election.
    pub election: Id,
    /// The precinct.
    pub precinct: Id,
    /// The entry.
    pub entry: u64,
    /// The event.
    pub event: Hash,
    /// What was stated.
    pub fact: &'static str,
    /// When the author says it was signed.
    pub at: Time,
    /// When it was received.
    pub received: Stamp,
    /// Seats of the commission that signed.
    pub signers: Vec<String>,
    /// For a correction: on what ground, and why.
    pub correction: Option<(CorrectionGround, String)>,
    /// The protocol that counted before.
    pub before: Option<Count>,
    /// The protocol that counts now.
    pub after: Option<Count>,
    /// Totals of the election before and after.
    pub totals: [Totals; 2],
}

impl Change {
    /// The candidates by votes before and after, ties in the order of the ballot.
    #[must_use]
    pub fn orders(&self) -> [Vec<&Id>; 2] {
        self.totals.each_ref().map(|totals| {
            let mut lines: Vec<_> = totals.votes.iter().collect();
            lines.sort_by_key(|line| std::cmp::Reverse(line.votes));
            lines.into_iter().map(|line| &line.candidate).collect()
        })
    }
}

/// Every change of every precinct, in the order of the ledger, and the head at the end.
///
/// # Errors
/// The first [`ReplayError`].
pub fn list_changes(source: &Source, as_of: Option<&AsOf>) -> Result<(Vec<Change>, Head), ReplayError> {
    let mut changes: Vec<Change> = Vec::new();
    let mut open = false;
    let head = replay_steps(source, as_of, |step| match step {
        ReplayStep::Admitted(head, admitted) => {
            let change = change_of(head.state(), admitted);
            open = change.is_some();
            changes.extend(change);
        }
        ReplayStep::Extended(head) if open => {
            if let Some(change) = changes.last_mut()
                && let Some(election) = head.state().elections.get(&change.election)
            {
                change.after = count_of(election, &change.precinct);
                let [_, after] = &mut change.totals;
                *after = election.totals();
            }
        }
        ReplayStep::Decoded(..) | ReplayStep::Extended(_) => {}
    })?;
    Ok((changes, head))
}

fn change_of(state: &State, admitted: &Admitted) -> Option<Change> {
    let (precinct, correction) = match admitted.fact() {
        Fact::ProtocolSigned(b) => (&b.precinct, None),
        Fact::ProtocolSuperseded(b) => (&b.precinct, Some((b.ground, b.reason.to_string()))),
        Fact::PrecinctInvalidated(b) => (&b.precinct, None),
        _ => return None,
    };
    let entry = admitted.entry();
    let event = entry.event();
    let id = event.election.clone()?;
    let election = state.elections.get(&id)?;
    let seat = |key: &event::Key| match state.keys.get(key).map(|record| &record.holder) {
        Some(Holder::Member { seat, .. }) => seat.to_string(),
        _ => key.to_string(),
    };
    Some(Change {
        precinct: precinct.clone(),
        entry: entry.index(),
        event: entry.checked().hash(),
        fact: admitted.fact().name(),
        at: event.at.clone(),
        received: entry.received(),
        signers: sort_seats(event.signers.iter().map(seat).collect()),
        correction,
        before: count_of(election, precinct),
        after: None,
        totals: [election.totals(), election.totals()],
        election: id,
    })
}

/// Officers first, in the order of a commission.
fn sort_seats(mut seats: Vec<String>) -> Vec<String> {
    let place =
        |seat: &String| ["chair", "deputy", "secretary"].iter().position(|own| own == seat).unwrap_or(3);
    seats.sort_by(|a, b| (place(a), a).cmp(&(place(b), b)));
    seats
}

/// The figures that count at a precinct.
fn count_of(election: &Election, precinct: &Id) -> Option<Count> {
    let poll = election.polls.get(precinct).filter(|poll| poll.invalidated.is_none())?;
    poll.current().map(|record| record.protocol.count.clone())
}
