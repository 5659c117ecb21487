//! Complaints and observers.
//!
//! Contains what was filed and answered, who was accredited and counted. Does not contain what a complaint says (its
//! paper).

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use event::{Hash, Id, Time};
use law::{
    State,
    facts::{ComplaintAbout, ComplaintOutcome, ObserversCounted},
    state::{Election, Poll},
};
use serde::Serialize;

/// Complaints of each election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComplaintsView {
    /// By election, then by id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub complaints: Vec<ComplaintView>,
}

/// One complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComplaintView {
    /// What it is about.
    pub about: ComplaintAbout,
    /// The event that it is against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Hash>,
    /// The event of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Hash>,
    /// The id.
    pub complaint: Id,
    /// Until when it is answered.
    pub due: Time,
    /// The election.
    pub election: Id,
    /// Its event.
    pub event: Hash,
    /// What it came to; none while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<ComplaintOutcome>,
    /// The precinct that it touches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precinct: Option<Id>,
}

/// Who watches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObserversView {
    /// By election.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elections: Vec<ObserversOf>,
    /// By id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<OrganisationView>,
}

/// Who watches one election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObserversOf {
    /// Copies asked for and not given.
    pub copies_refused: u64,
    /// By the last count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<ObserversCounted>,
    /// The election.
    pub election: Id,
    /// Proxies registered at all precincts.
    pub proxies: u64,
    /// Observers sent out.
    pub removed: u64,
}

/// One organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganisationView {
    /// Its name.
    pub name: String,
    /// The id.
    pub organisation: Id,
    /// Until when.
    pub until: Time,
}

pub(super) fn view_complaints(state: &State) -> ComplaintsView {
    let of = |(election, e): (&Id, &Election)| -> Vec<ComplaintView> {
        let view = |(id, complaint): (&Id, &law::state::Complaint)| ComplaintView {
            about: complaint.filed.about,
            against: complaint.filed.against,
            answer: complaint.decided.map(|(event, _)| event),
            complaint: id.clone(),
            due: complaint.filed.due.clone(),
            election: election.clone(),
            event: complaint.event,
            outcome: complaint.decided.map(|(_, outcome)| outcome),
            precinct: complaint.filed.precinct.clone(),
        };
        e.complaints.iter().map(view).collect()
    };
    ComplaintsView { complaints: state.elections.iter().flat_map(of).collect() }
}

pub(super) fn was_watched(state: &State) -> bool {
    !state.organisations.is_empty() || state.elections.values().any(is_watched)
}

fn is_watched(election: &Election) -> bool {
    let any = |poll: &Poll| !poll.proxies.is_empty() || poll.removed > 0 || poll.copies_refused > 0;
    election.observers.is_some() || election.polls.values().any(any)
}

pub(super) fn view_observers(state: &State) -> ObserversView {
    let over = |election: &Election, figure: fn(&Poll) -> u64| election.polls.values().map(figure).sum();
    let of = |(id, election): (&Id, &Election)| ObserversOf {
        copies_refused: over(election, |poll| poll.copies_refused),
        counted: election.observers,
        election: id.clone(),
        proxies: over(election, |poll| poll.proxies.values().sum()),
        removed: over(election, |poll| poll.removed),
    };
    ObserversView {
        elections: state.elections.iter().filter(|(_, election)| is_watched(election)).map(of).collect(),
        organisations: state
            .organisations
            .iter()
            .map(|(id, organisation)| OrganisationView {
                name: organisation.name.to_string(),
                organisation: id.clone(),
                until: organisation.until.clone(),
            })
            .collect(),
    }
}
