//! Precincts: how far each one is, and turnout.
//!
//! Contains status, reports, the three kinds of turnout. Does not contain votes (`tallies`).

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use event::{Hash, Id};
use law::{
    State,
    facts::{PrecinctKind, Totals},
    state::Election,
};
use serde::Serialize;

use super::tallies::format_percent;

/// Precincts of each election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrecinctsView {
    /// By election.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elections: Vec<PrecinctsOf>,
}

/// Precincts of one election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrecinctsOf {
    /// The election.
    pub election: Id,
    /// By id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub precincts: Vec<PollView>,
}

/// One precinct.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PollView {
    /// Its commission.
    pub commission: Id,
    /// Copies handed out of the current protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copies: Option<u64>,
    /// How often its protocol was replaced.
    pub corrections: u64,
    /// Code of its territory.
    pub kato: String,
    /// Open or closed.
    pub kind: PrecinctKind,
    /// Its number.
    pub number: String,
    /// The current protocol hangs at the precinct.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub posted: bool,
    /// The id.
    pub precinct: Id,
    /// The event of the current protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Hash>,
    /// How far it is.
    pub status: String,
    /// Voters on its territory.
    pub voters: u64,
}

/// Turnout of each election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TurnoutView {
    /// By election.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elections: Vec<TurnoutOf>,
}

/// Turnout of one election. Three kinds, each a percentage of the voters on the lists: ballots issued, ballots found in the boxes, and those who took part by the law (without invalid ballots).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TurnoutOf {
    /// The election.
    pub election: Id,
    /// Percent found in the boxes.
    pub in_boxes: String,
    /// Percent issued.
    pub issued: String,
    /// Percent that took part by the law (art. 43(5)).
    pub legal: String,
    /// Precincts with a protocol.
    pub precincts_counted: u64,
    /// Precincts.
    pub precincts_in_all: u64,
    /// Reports of the day, by precinct, in the order received.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<TurnoutReport>,
    /// Voters on the lists of the counted precincts.
    pub voters: u64,
}

/// Ballots issued so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TurnoutReport {
    /// When.
    pub at: String,
    /// How many.
    pub issued: u64,
    /// Where.
    pub precinct: Id,
}

pub(super) fn view_precincts(state: &State) -> PrecinctsView {
    let of = |(id, election): (&Id, &Election)| PrecinctsOf {
        election: id.clone(),
        precincts: view_polls(state, election),
    };
    PrecinctsView { elections: state.elections.iter().map(of).collect() }
}

/// The precincts of one election.
#[must_use]
pub fn view_polls(state: &State, election: &Election) -> Vec<PollView> {
    election.polls.keys().filter_map(|id| poll_view(state, election, id)).collect()
}

fn poll_view(state: &State, election: &Election, id: &Id) -> Option<PollView> {
    let precinct = &state.precincts.get(id)?.formed;
    let poll = election.polls.get(id)?;
    Some(PollView {
        commission: precinct.commission.clone(),
        copies: poll.copies.map(|(copies, _)| copies),
        corrections: poll.protocols.len().saturating_sub(1) as u64,
        kato: precinct.kato.to_string(),
        kind: precinct.kind,
        number: precinct.number.to_string(),
        posted: poll.copies.is_some_and(|(_, posted)| posted),
        precinct: id.clone(),
        protocol: poll.current().map(|record| record.event),
        status: poll.status().name().to_string(),
        voters: precinct.voters,
    })
}

pub(super) fn view_turnout(state: &State) -> TurnoutView {
    let of = |(id, election): (&Id, &Election)| {
        let totals = election.totals();
        TurnoutOf {
            election: id.clone(),
            in_boxes: turnout_percent(totals.found, &totals),
            issued: turnout_percent(totals.issued, &totals),
            legal: turnout_percent(totals.participated(), &totals),
            precincts_counted: election.polls.values().filter(|poll| poll.current().is_some()).count() as u64,
            precincts_in_all: election.polls.len() as u64,
            reports: turnout_reports(election),
            voters: totals.voters,
        }
    };
    TurnoutView { elections: state.elections.iter().map(of).collect() }
}

fn turnout_reports(election: &Election) -> Vec<TurnoutReport> {
    let of = |(id, poll): (&Id, &law::state::Poll)| -> Vec<TurnoutReport> {
        let report = |(at, issued): &(event::Time, u64)| TurnoutReport {
            at: at.to_string(),
            issued: *issued,
            precinct: id.clone(),
        };
        poll.turnout.iter().map(report).collect()
    };
    election.polls.iter().flat_map(of).collect()
}

/// Two decimals, as the CEC announces turnout.
fn turnout_percent(part: u64, totals: &Totals) -> String {
    format_percent(part, totals.voters, 2)
}
