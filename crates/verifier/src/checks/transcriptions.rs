//! Transcriptions after which the candidates stand in another order: people look at the paper behind each.
//!
//! Looks at every replacement on the ground `transcription`, at its precinct and in the whole election. A transcription rests
//! on an unchanged paper that no program reads, so it is lawful as it stands, and nothing but the paper says whether it is true.
//! Elsewhere: whether it was lawful (the replay), the sums that follow (`corrections`).

use std::collections::{BTreeMap, BTreeSet};

use event::Id;
use law::{
    facts::{CorrectionGround, Count},
    state::{Election, Poll, ProtocolRecord},
};

use crate::{
    changed_order::{ChangedLine, ChangedOrder},
    checks::context::Context,
};

/// Votes by candidate.
type VotesByCandidate = BTreeMap<Id, i128>;

/// Every transcription that changed the order, by election, precinct and entry.
pub(super) fn list_changed_orders(context: &Context<'_>) -> Vec<ChangedOrder> {
    let state = context.replayed.head.state();
    let mut all = Vec::new();
    for (id, election) in &state.elections {
        let totals = add_votes(election);
        for (precinct, poll) in &election.polls {
            let number = state.precincts.get(precinct).map_or("", |own| own.formed.number.as_str());
            for (before, after) in poll.protocols.iter().zip(poll.protocols.iter().skip(1)) {
                let Some(changed) = compare_orders(election, &totals, poll, (before, after)) else {
                    continue;
                };
                all.push(ChangedOrder {
                    election: Some(id.clone()),
                    precinct: Some(precinct.clone()),
                    number: number.to_owned(),
                    ..changed
                });
            }
        }
    }
    all
}

/// The votes of an election as they are now.
fn add_votes(election: &Election) -> VotesByCandidate {
    let counted = election.polls.values().filter(|poll| poll.invalidated.is_none());
    let mut totals = VotesByCandidate::new();
    for line in counted.filter_map(Poll::current).flat_map(|record| &record.protocol.count.votes) {
        *totals.entry(line.candidate.clone()).or_default() += i128::from(line.votes);
    }
    totals
}

fn compare_orders(
    election: &Election,
    totals: &VotesByCandidate,
    poll: &Poll,
    (before, after): (&ProtocolRecord, &ProtocolRecord),
) -> Option<ChangedOrder> {
    let transcribed = matches!(after.correction, Some((CorrectionGround::Transcription, _)));
    if !transcribed {
        return None;
    }
    let (old, new) = (list_votes(&before.protocol.count), list_votes(&after.protocol.count));
    let in_precinct = differ_in_order(&old, &new);
    // The whole election with the one and with the other, all other precincts as they are now.
    let now = poll.current().map(|record| list_votes(&record.protocol.count)).unwrap_or_default();
    let with = |own: &VotesByCandidate| -> VotesByCandidate {
        let mut all = VotesByCandidate::new();
        let moved = totals.iter().map(|(id, votes)| (id, *votes));
        let moved = moved.chain(now.iter().map(|(id, votes)| (id, -votes)));
        for (id, votes) in moved.chain(own.iter().map(|(id, votes)| (id, *votes))) {
            *all.entry(id.clone()).or_default() += votes;
        }
        all
    };
    let in_election = poll.invalidated.is_none() && differ_in_order(&with(&old), &with(&new));
    if !in_precinct && !in_election {
        return None;
    }
    let lines = new.keys().map(|id| {
        let names = election.candidates.get(id).map_or_else(
            || [id.to_string(), id.to_string()],
            |own| [own.nominated.name_kk.to_string(), own.nominated.name_ru.to_string()],
        );
        let votes = |of: &VotesByCandidate| {
            of.get(id).and_then(|votes| u64::try_from(*votes).ok()).unwrap_or_default()
        };
        ChangedLine { candidate: id.clone(), names, before: votes(&old), after: votes(&new) }
    });
    let lines = lines.collect();
    Some(ChangedOrder { entry: after.index, in_precinct, in_election, lines, ..ChangedOrder::default() })
}

fn list_votes(count: &Count) -> VotesByCandidate {
    count.votes.iter().map(|line| (line.candidate.clone(), i128::from(line.votes))).collect()
}

/// Whether two candidates stand otherwise to each other: before, behind or level.
fn differ_in_order(one: &VotesByCandidate, other: &VotesByCandidate) -> bool {
    let ids: BTreeSet<&Id> = one.keys().chain(other.keys()).collect();
    rank_candidates(&ids, one) != rank_candidates(&ids, other)
}

/// How many distinct figures stand above that of each candidate.
fn rank_candidates(ids: &BTreeSet<&Id>, votes: &VotesByCandidate) -> Vec<usize> {
    let own = |id: &&Id| votes.get(*id).copied().unwrap_or_default();
    let figures: BTreeSet<i128> = ids.iter().map(own).collect();
    let ranks: BTreeMap<i128, usize> = figures.into_iter().rev().zip(0..).collect();
    ids.iter().map(|id| ranks.get(&own(id)).copied().unwrap_or_default()).collect()
}
