//! Figures of a ledger as they are now, for pages that are older: how far the count is, turnout, and votes where they may be shown.

use std::collections::{BTreeMap, BTreeSet};

use event::{Hash, Id};
use law::facts::SyntheticKind;
use ledger::{Head, projections::format_percent};
use serde::Serialize;

use crate::shown_election::ShownElection;

/// What a page asks a node for.
#[derive(Serialize)]
struct LiveFigures<'a> {
    elections: BTreeMap<&'a Id, LiveElection<'a>>,
    entries: u64,
    ledger: Hash,
    /// What the ledger says itself to be made up.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    synthetic: BTreeSet<SyntheticKind>,
}

/// One election.
#[derive(Serialize)]
struct LiveElection<'a> {
    counted: u64,
    precincts: u64,
    /// Percent of the voters of the precincts that told: from protocols where they are there, else as reported during the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    turnout: Option<String>,
    /// By line of the ballot; only once its polls are closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    votes: Option<BTreeMap<&'a str, u64>>,
}

/// The line of the ballot that is no candidate's.
pub(crate) const AGAINST_ALL: &str = "against_all";

/// The figures of a head as JSON; what pages withhold is not in it.
///
/// # Errors
/// Never for an admitted state.
pub fn describe_live_figures(head: &Head) -> Result<Vec<u8>, serde_json::Error> {
    let state = head.state();
    let received = head.size().checked_sub(1).and_then(|last| head.received_at(last));
    let elections = received.into_iter().flat_map(|now| {
        state.elections.iter().map(move |(id, own)| (id, ShownElection::of(state, id, own, now)))
    });
    let shown: Vec<(&Id, ShownElection<'_>)> = elections.collect();
    serde_json::to_vec(&LiveFigures {
        elections: shown.iter().map(|(id, shown)| (*id, describe_election(shown))).collect(),
        entries: head.size(),
        ledger: state.ledger.unwrap_or(Hash::ZERO),
        synthetic: state.synthetic_kinds(),
    })
}

fn describe_election<'a>(shown: &'a ShownElection<'_>) -> LiveElection<'a> {
    let picture = &shown.picture;
    let totals = &picture.totals;
    let counted = shown.are_votes_shown && picture.count_protocols() > 0;
    let (part, whole) = if counted { (totals.participated(), totals.voters) } else { sum_reported(shown) };
    let votes = counted.then(|| {
        let lines = picture.candidates.iter().map(|line| (line.candidate.as_str(), line.votes));
        lines.chain([(AGAINST_ALL, totals.against_all)]).collect()
    });
    LiveElection {
        counted: picture.count_precincts() as u64,
        precincts: picture.precincts.len() as u64,
        turnout: (whole > 0).then(|| format_percent(part, whole, 2)),
        votes,
    }
}

/// Ballots issued as reported during the day, and voters of the precincts that reported.
fn sum_reported(shown: &ShownElection<'_>) -> (u64, u64) {
    let reported = shown.polls().filter_map(|(point, poll)| Some((poll.turnout.last()?.1, point.voters)));
    reported.fold((0, 0), |sum, one| (sum.0.saturating_add(one.0), sum.1.saturating_add(one.1)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

    use super::*;
    use scene::Scene;

    fn figures(scene: &Scene) -> serde_json::Value {
        serde_json::from_slice(&describe_live_figures(&scene.head).unwrap()).unwrap()
    }

    #[test]
    fn votes_are_told_when_polls_are_closed_and_turnout_before() {
        let early = figures(&Scene::before("protocol-signed"));
        let whole = figures(&Scene::whole());
        for (figures, votes) in [(&early, false), (&whole, true)] {
            let election = figures["elections"].as_object().unwrap().values().next().unwrap();
            assert_eq!(election.get("votes").is_some(), votes, "{figures}");
        }
        assert_eq!(early["entries"], Scene::before("protocol-signed").head.size());
        let empty: serde_json::Value =
            serde_json::from_slice(&describe_live_figures(&Head::default()).unwrap()).unwrap();
        assert_eq!(empty["elections"], serde_json::json!({}));
    }
}
