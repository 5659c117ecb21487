//! Tallies: per precinct and per election, as first announced and as corrected.
//!
//! Contains figures, shares, corrections. Does not contain turnout (`precincts`). Shares are computed here and never
//! stored in an event; their base is who took part by the law: votes and against all, invalid ballots not (art. 43(5)).

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use event::{Hash, Id};
use law::{
    State,
    facts::{CorrectionGround, Count, Totals},
    state::{Election, Poll, ProtocolRecord},
};
use serde::Serialize;

/// Tallies of each election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TalliesView {
    /// By election.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elections: Vec<ElectionTally>,
}

/// The tally of one election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ElectionTally {
    /// Percent against all.
    pub against_all_share: String,
    /// The election.
    pub election: Id,
    /// Totals of the protocols as first announced.
    pub first_announced: Totals,
    /// Who took part by the law: the base of the shares.
    pub participated: u64,
    /// By precinct, where there is a protocol.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub precincts: Vec<PrecinctTally>,
    /// Percent of each candidate, in the order of the ballot.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<Line>,
    /// Totals of the protocols that count.
    pub totals: Totals,
}

/// A candidate's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The candidate.
    pub candidate: Id,
    /// Percent, one decimal, halves up.
    pub share: String,
}

/// The figures of one precinct.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrecinctTally {
    /// The protocol that counts.
    pub count: Count,
    /// Its event.
    pub event: Hash,
    /// The first protocol, where it was replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_announced: Option<Count>,
    /// The precinct.
    pub precinct: Id,
}

/// Every protocol that took the place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionsView {
    /// By election.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elections: Vec<CorrectionsOf>,
}

/// Corrections of one election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionsOf {
    /// By precinct, then oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<CorrectionView>,
    /// The election.
    pub election: Id,
}

/// One correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionView {
    /// The new figures.
    pub after: Count,
    /// The entry.
    pub at: u64,
    /// The old figures.
    pub before: Count,
    /// The event of the new protocol.
    pub event: Hash,
    /// On what ground.
    pub ground: CorrectionGround,
    /// The precinct.
    pub precinct: Id,
    /// What was wrong.
    pub reason: String,
    /// The event of the old protocol.
    pub supersedes: Hash,
}

/// `100·part/whole` with so many decimals, halves up; of nothing, `0`.
#[must_use]
pub fn format_percent(part: u64, whole: u64, decimals: u32) -> String {
    let scale = 10_u128.pow(decimals);
    let whole = u128::from(whole);
    let scaled = (u128::from(part) * 100 * scale * 2 + whole).checked_div(whole * 2).unwrap_or_default();
    let width = decimals as usize;
    if width == 0 {
        return format!("{scaled}");
    }
    format!("{}.{:0width$}", scaled / scale, scaled % scale)
}

pub(super) fn view_tallies(state: &State) -> TalliesView {
    TalliesView {
        elections: state.elections.iter().map(|(id, election)| tally_election(id, election)).collect(),
    }
}

/// The tally of one election as it stands.
#[must_use]
pub fn tally_election(id: &Id, election: &Election) -> ElectionTally {
    let totals = election.totals();
    let base = totals.participated();
    let line = |line: &law::facts::Votes| Line {
        candidate: line.candidate.clone(),
        share: format_percent(line.votes, base, 1),
    };
    ElectionTally {
        against_all_share: format_percent(totals.against_all, base, 1),
        election: id.clone(),
        first_announced: election.totals_first(),
        participated: base,
        precincts: election.polls.iter().filter_map(|(id, poll)| tally_precinct(id, poll)).collect(),
        shares: totals.votes.iter().map(line).collect(),
        totals,
    }
}

fn tally_precinct(id: &Id, poll: &Poll) -> Option<PrecinctTally> {
    let current = poll.current()?;
    let first = poll.protocols.first().filter(|first| first.event != current.event);
    Some(PrecinctTally {
        count: current.protocol.count.clone(),
        event: current.event,
        first_announced: first.map(|first| first.protocol.count.clone()),
        precinct: id.clone(),
    })
}

pub(super) fn view_corrections(state: &State) -> CorrectionsView {
    let of = |(id, election): (&Id, &Election)| CorrectionsOf {
        corrections: election.polls.iter().flat_map(|(id, poll)| precinct_corrections(id, poll)).collect(),
        election: id.clone(),
    };
    CorrectionsView { elections: state.elections.iter().map(of).collect() }
}

fn precinct_corrections<'a>(id: &'a Id, poll: &'a Poll) -> impl Iterator<Item = CorrectionView> + use<'a> {
    poll.protocols
        .iter()
        .zip(poll.protocols.iter().skip(1))
        .filter_map(|(before, after)| compare_protocols(id, before, after))
}

fn compare_protocols(id: &Id, before: &ProtocolRecord, after: &ProtocolRecord) -> Option<CorrectionView> {
    let (ground, reason) = after.correction.as_ref()?;
    Some(CorrectionView {
        after: after.protocol.count.clone(),
        at: after.index,
        before: before.protocol.count.clone(),
        event: after.event,
        ground: *ground,
        precinct: id.clone(),
        reason: reason.to_string(),
        supersedes: before.event,
    })
}

#[cfg(test)]
mod tests {
    use super::format_percent;

    #[test]
    fn halves_go_up_and_nothing_divides_nothing() {
        assert_eq!(format_percent(1, 3, 1), "33.3");
        assert_eq!(format_percent(2, 3, 1), "66.7");
        assert_eq!(format_percent(771, 1000, 1), "77.1");
        assert_eq!(format_percent(1, 2000, 1), "0.1");
        assert_eq!(format_percent(62_79, 10_000, 2), "62.79");
        assert_eq!(format_percent(0, 0, 1), "0.0");
        assert_eq!(format_percent(1, 1, 0), "100");
        assert_eq!(format_percent(u64::MAX, u64::MAX, 2), "100.00");
    }
}
