//! How far each precinct of an election is, and who waits for whom.

use event::{Id, Time};
use law::{
    State,
    state::{Election, Poll, ProtocolStatus},
};

/// How far a precinct is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PrecinctState {
    /// Not opened yet.
    NotOpened,
    /// Voting.
    Open,
    /// Voting has ended.
    Closed,
    /// Ballots are accounted for; the boxes may be opened.
    Accounted,
    /// A protocol is signed and on its way.
    Signed,
    /// A new protocol stands in the place of another and is on its way.
    Superseded,
    /// The territorial commission has taken the protocol in.
    Received,
    /// The territorial commission sent the protocol back.
    Returned,
    /// A recount was ordered.
    RecountOrdered,
    /// A decision from above cancelled the protocol.
    Cancelled,
    /// Its result is invalid.
    Invalid,
}

impl PrecinctState {
    /// Whether the territorial commission has a paper to receive: its figures are shown to nobody who may still have to type them.
    #[must_use]
    pub fn waits_to_be_received(self) -> bool {
        matches!(self, Self::Signed | Self::Superseded)
    }

    /// Every state, in the order of an evening.
    pub const ALL: [Self; 11] = [
        Self::NotOpened,
        Self::Open,
        Self::Closed,
        Self::Accounted,
        Self::Signed,
        Self::Superseded,
        Self::Received,
        Self::Returned,
        Self::RecountOrdered,
        Self::Cancelled,
        Self::Invalid,
    ];

    /// As it stands in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotOpened => "not-opened",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Accounted => "accounted",
            Self::Signed => "signed",
            Self::Superseded => "superseded",
            Self::Received => "received",
            Self::Returned => "returned",
            Self::RecountOrdered => "recount-ordered",
            Self::Cancelled => "cancelled",
            Self::Invalid => "invalid",
        }
    }

    /// The text that says it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::NotOpened => "standing-not-opened",
            Self::Open => "standing-open",
            Self::Closed => "standing-closed",
            Self::Accounted => "standing-accounted",
            Self::Signed => "standing-signed",
            Self::Superseded => "standing-superseded",
            Self::Received => "standing-received",
            Self::Returned => "standing-returned",
            Self::RecountOrdered => "standing-recount-ordered",
            Self::Cancelled => "standing-cancelled",
            Self::Invalid => "standing-invalid",
        }
    }
}

/// Who has to act next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The commission that is waited for.
    pub for_whom: Id,
    /// What it states next.
    pub fact: &'static str,
}

/// One precinct.
#[derive(Debug, Clone)]
pub struct PrecinctStanding {
    /// The precinct.
    pub precinct: Id,
    /// Its number, as on paper.
    pub number: String,
    /// Its commission.
    pub commission: Id,
    /// How far it is.
    pub state: PrecinctState,
    /// Since when, by its author's time; none where nothing was stated.
    pub since: Option<Time>,
    /// Who has to act next; none where nobody has to.
    pub waits: Option<Waiting>,
}

/// Every precinct of an election, by number.
#[must_use]
pub fn list_precincts(state: &State, election: &Election) -> Vec<PrecinctStanding> {
    let all_settled = election.polls.values().all(is_settled);
    let one = |(id, poll): (&Id, &Poll)| {
        let formed = &state.precincts.get(id)?.formed;
        let (own, since) = state_of(poll);
        Some(PrecinctStanding {
            precinct: id.clone(),
            number: formed.number.to_string(),
            commission: formed.commission.clone(),
            state: own,
            since,
            waits: find_waiting(election, poll, own, &formed.commission, all_settled),
        })
    };
    let mut all: Vec<PrecinctStanding> = election.polls.iter().filter_map(one).collect();
    all.sort_by_cached_key(|one| (one.number.parse::<u64>().unwrap_or(u64::MAX), one.number.clone()));
    all
}

/// Whether nothing of this precinct is missing for the result.
pub(super) fn is_settled(poll: &Poll) -> bool {
    poll.invalidated.is_some()
        || poll.current().is_some_and(|record| record.status == ProtocolStatus::Received)
}

/// How far a precinct is, and since when.
#[must_use]
pub fn state_of(poll: &Poll) -> (PrecinctState, Option<Time>) {
    if poll.invalidated.is_some() {
        return (PrecinctState::Invalid, None);
    }
    if let Some(record) = poll.current() {
        let replaces = record.correction.is_some();
        let state = match record.status {
            ProtocolStatus::Signed if replaces => PrecinctState::Superseded,
            ProtocolStatus::Signed | ProtocolStatus::Superseded(_) => PrecinctState::Signed,
            ProtocolStatus::Received => PrecinctState::Received,
            ProtocolStatus::Returned(_) => PrecinctState::Returned,
            ProtocolStatus::RecountOrdered(_) => PrecinctState::RecountOrdered,
            ProtocolStatus::Cancelled(_) => PrecinctState::Cancelled,
        };
        return (state, Some(record.status_at.clone()));
    }
    match (&poll.accounted, &poll.closed, &poll.opened) {
        (Some(_), closed, _) => (PrecinctState::Accounted, closed.clone()),
        (None, Some(closed), _) => (PrecinctState::Closed, Some(closed.clone())),
        (None, None, Some((opened, _))) => (PrecinctState::Open, Some(opened.clone())),
        (None, None, None) => (PrecinctState::NotOpened, None),
    }
}

fn find_waiting(
    election: &Election,
    poll: &Poll,
    state: PrecinctState,
    commission: &Id,
    all_settled: bool,
) -> Option<Waiting> {
    let by = |whom: &Id, fact: &'static str| Some(Waiting { for_whom: whom.clone(), fact });
    let organiser = &election.organiser;
    match state {
        PrecinctState::NotOpened if election.ballot.is_none() => by(organiser, "ballot-approved"),
        PrecinctState::NotOpened if poll.list.is_none() => by(organiser, "voter-list-handed-over"),
        PrecinctState::NotOpened if poll.delivered.is_none() => by(organiser, "ballots-delivered"),
        PrecinctState::NotOpened => by(commission, "precinct-opened"),
        PrecinctState::Open => by(commission, "voting-closed"),
        PrecinctState::Closed => by(commission, "ballots-accounted"),
        PrecinctState::Accounted => by(commission, "protocol-signed"),
        PrecinctState::Signed | PrecinctState::Superseded => by(organiser, "protocol-received"),
        PrecinctState::Returned | PrecinctState::RecountOrdered | PrecinctState::Cancelled => {
            by(commission, "protocol-superseded")
        }
        PrecinctState::Received if all_settled && election.determined.is_none() => {
            by(organiser, "results-determined")
        }
        PrecinctState::Received | PrecinctState::Invalid => None,
    }
}
