//! Protocols that are too much alike: ARI-13.
//!
//! Looks at identical protocols, identical votes, and one figure that stands in too many protocols. Elsewhere: single
//! protocols (`thresholds`), protocols unlike the rest (`outliers`).

use std::collections::BTreeMap;

use event::Id;
use law::{Rule, facts::Count, state::Election};
use phrase::phrase;

use crate::{
    checks::{context::Context, current_protocols::CurrentProtocol},
    findings::Findings,
    found_message::FoundMessage,
};

/// Fewer ballots agree by chance.
const FOUND_MIN: u64 = 20;
/// Votes alone agree by chance in boxes with fewer ballots.
const VOTES_FOUND_MIN: u64 = 100;
/// One figure in fewer protocols is no pattern.
const SAME_MIN: usize = 10;
/// One figure in less than a share of all protocols, one in twenty, is no pattern.
const SAME_SHARE: usize = 20;
/// The figure stands more than so many times as often as any of its neighbours.
const TIMES: usize = 3;
/// How far neighbours reach on both sides.
const REACH: u64 = 3;

/// Every election.
pub(crate) fn check_duplicates(context: &Context<'_>, findings: &mut Findings) {
    for (id, election) in &context.replayed.head.state().elections {
        let all = context.current_protocols(id);
        if all.len() < 2 {
            continue;
        }
        findings.count_examined(Rule::Ari13, all.len() as u64);
        let whole =
            |own: &CurrentProtocol<'_>| (own.count.found >= FOUND_MIN).then(|| list_figures(own.count));
        let found = find_equal_protocols(all, "every figure", whole, findings);
        let votes = |own: &CurrentProtocol<'_>| {
            let fresh = own.count.found >= VOTES_FOUND_MIN && !found.contains(&own.entry);
            fresh.then(|| list_votes(own.count))
        };
        find_equal_protocols(all, "the votes of every line", votes, findings);
        find_repeated_protocols(id, election, all, findings);
    }
    findings.not_applicable(Rule::Ari13);
}

/// Tells protocols with the same key; answers with their entries.
fn find_equal_protocols(
    all: &[CurrentProtocol<'_>],
    what: &str,
    key: impl Fn(&CurrentProtocol<'_>) -> Option<Vec<u64>>,
    findings: &mut Findings,
) -> Vec<u64> {
    let mut groups: BTreeMap<Vec<u64>, Vec<&CurrentProtocol<'_>>> = BTreeMap::new();
    for own in all {
        if let Some(key) = key(own) {
            groups.entry(key).or_default().push(own);
        }
    }
    let mut told = Vec::new();
    for group in groups.values().filter(|group| group.len() > 1) {
        let names: Vec<&str> = group.iter().map(|own| own.precinct.as_str()).collect();
        for own in group {
            let others: Vec<&str> =
                names.iter().copied().filter(|name| *name != own.precinct.as_str()).collect();
            let message = FoundMessage::expected(
                phrase!("found-protocols-of-different-counts", "protocols of different counts"),
                phrase!("found-as-in", "{what} as in {others}", others = others.join(", ")),
            );
            findings.fail(Rule::Ari13, Some(own.entry), own.precinct.as_str(), message);
            told.push(own.entry);
        }
    }
    told
}

fn list_figures(count: &Count) -> Vec<u64> {
    let mut all = vec![
        count.voters,
        count.received,
        count.issued,
        count.cancelled,
        count.found,
        count.invalid,
        count.against_all,
    ];
    all.extend(count.votes.iter().map(|line| line.votes));
    all
}

fn list_votes(count: &Count) -> Vec<u64> {
    let mut all = vec![count.invalid, count.against_all];
    all.extend(count.votes.iter().map(|line| line.votes));
    all
}

/// One figure in too many protocols. Zero is what small precincts have, and is left aside.
fn find_repeated_protocols(
    id: &Id,
    election: &Election,
    all: &[CurrentProtocol<'_>],
    findings: &mut Findings,
) {
    let mut fields: Vec<(String, Vec<u64>)> = vec![
        ("invalid".to_owned(), all.iter().map(|own| own.count.invalid).collect()),
        ("found".to_owned(), all.iter().map(|own| own.count.found).collect()),
        ("issued".to_owned(), all.iter().map(|own| own.count.issued).collect()),
        ("against all".to_owned(), all.iter().map(|own| own.count.against_all).collect()),
    ];
    fields.extend(election.ballot_lines().iter().map(|candidate| {
        let votes = all.iter().map(|own| own.votes(candidate)).collect();
        (format!("votes for {candidate}"), votes)
    }));
    for (name, values) in fields {
        let mut often: BTreeMap<u64, usize> = BTreeMap::new();
        values.iter().for_each(|value| *often.entry(*value).or_default() += 1);
        for (value, times) in often.iter().filter(|(value, _)| **value > 0) {
            let near = value.saturating_sub(REACH).max(1)..=value.saturating_add(REACH);
            let neighbours = often.range(near).filter(|(other, _)| *other != value);
            let most = neighbours.map(|(_, times)| *times).max().unwrap_or_default();
            if *times >= SAME_MIN && times * SAME_SHARE >= all.len() && *times > TIMES * most {
                let message = FoundMessage::expected(
                    phrase!("found-no-figure-in-very-many-protocols", "no figure in very many protocols"),
                    phrase!(
                        "found-is-in-of-no-figure-near-it-stands-in-more-than",
                        "{name} = {value} in {times} of {all}; no figure near it stands in more than {most}",
                        all = all.len()
                    ),
                );
                findings.fail(Rule::Ari13, None, id.as_str(), message);
            }
        }
    }
}
