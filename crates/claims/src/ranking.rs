//! Which come first: an order that was announced against the order that follows.

use std::{cmp::Ordering, collections::BTreeMap};

use ledger::projections::format_percent;
use phrase::phrase;

use crate::{
    approximate::find_approximate,
    claim::{Bound, Grouping, RankingClaim, Relation, Scope},
    judge_figure::{FigurePair, require_whole, stages_of, take_pair, tell_bound},
    record::LedgerRecord,
    scope::{ScopedElection, is_candidate},
    synthetic::{find_synthetic, kinds_of_ranking},
    verdict::Verdict,
};

/// One group with its figures.
struct Ranked<'a> {
    name: String,
    holds_name: Box<dyn Fn(&str) -> bool + 'a>,
    pair: FigurePair,
}

/// Judges an order: the printed names, greatest first, and nobody who was not printed in front of the last of them.
pub(crate) fn judge_ranking(claim: &RankingClaim, printed: &str, ledgers: &[LedgerRecord]) -> Verdict {
    let elections = claim.scope.choose_elections(ledgers);
    if let Err(verdict) = require_whole(&stages_of(claim.measure, claim.to), &claim.scope, &elections) {
        return verdict;
    }
    let kinds = kinds_of_ranking(claim.measure, claim.to, claim.by, &claim.scope);
    if let Some(made_up) = find_synthetic(&kinds, true, &elections) {
        return Verdict::undecidable(made_up);
    }
    if let Some(about) = find_approximate(claim.measure, claim.to, &claim.scope, &elections) {
        return Verdict::undecidable(about);
    }
    let mut groups = split_groups(claim, &elections);
    let mut chosen = Vec::new();
    for name in &claim.names {
        let same: Vec<usize> = groups
            .iter()
            .enumerate()
            .filter(|(_, group)| (group.holds_name)(name))
            .map(|(at, _)| at)
            .collect();
        let [at] = same.as_slice() else {
            let (name, found) = (phrase::Argument::quote(name), same.len());
            return Verdict::undecidable(phrase!(
                "claim-ranking-name",
                "{found} of what is ranked are called {name}",
                found = found,
                name = name
            ));
        };
        chosen.push(groups.remove(*at));
    }
    let falls = |pair: &[Ranked<'_>]| match pair {
        [one, other] => compare(&one.pair, &other.pair) != Ordering::Less,
        _ => true,
    };
    let last = chosen.last().map(|last| &last.pair);
    let none_between =
        last.is_none_or(|last| groups.iter().all(|other| compare(last, &other.pair) != Ordering::Less));
    let holds = chosen.windows(2).all(falls) && none_between;
    let shown = chosen.len();
    let mut all: Vec<Ranked<'_>> = chosen.into_iter().chain(groups).collect();
    all.sort_by(|one, other| compare(&other.pair, &one.pair));
    let tell = |figure: &dyn Fn(String) -> String| {
        let shown = all.iter().take(shown);
        let each = shown.map(|one| format!("{} {}", one.name, figure(tell_pair(&one.pair, claim.to))));
        each.collect::<Vec<_>>().join(" > ")
    };
    let (found, grouped) = (tell(&|figure| figure), tell(&group_figure));
    let mut events: Vec<_> = all.into_iter().flat_map(|one| one.pair.part.events).collect();
    events.sort_unstable();
    events.dedup();
    Verdict::of_figure(holds, found, tell_bound(Bound::Exactly, printed, &grouped)).resting_on(events)
}

/// 102277 as 102 277; a share as it stands.
fn group_figure(figure: String) -> String {
    if figure.len() > 4 && figure.bytes().all(|byte| byte.is_ascii_digit()) {
        texts::group_digits(&figure)
    } else {
        figure
    }
}

/// One figure beside another; where they stand to something, by the quotients.
fn compare(one: &FigurePair, other: &FigurePair) -> Ordering {
    let whole = |pair: &FigurePair| u128::from(pair.whole.as_ref().map_or(1, |whole| whole.value));
    let across = |part: &FigurePair, whole| u128::from(part.part.value).saturating_mul(whole);
    across(one, whole(other)).cmp(&across(other, whole(one)))
}

fn tell_pair(pair: &FigurePair, to: Relation) -> String {
    match (&pair.whole, to) {
        (Some(whole), Relation::ForEach(_)) => {
            format_percent(pair.part.value, whole.value.saturating_mul(100), 2)
        }
        (Some(whole), _) => format_percent(pair.part.value, whole.value, 2),
        (None, _) => pair.part.value.to_string(),
    }
}

fn split_groups<'a>(claim: &'a RankingClaim, elections: &[ScopedElection<'a>]) -> Vec<Ranked<'a>> {
    match claim.by {
        Grouping::Candidate => split_candidates(claim, elections),
        Grouping::Party => split_parties(claim, elections),
        Grouping::Region | Grouping::Territory | Grouping::Year => split_elections(claim, elections),
    }
}

fn split_candidates<'a>(claim: &RankingClaim, elections: &[ScopedElection<'a>]) -> Vec<Ranked<'a>> {
    let mut groups = Vec::new();
    for one in elections {
        for id in one.election.ballot_lines() {
            let Some(own) = one.election.candidates.get(id) else { continue };
            let scope = Scope { candidate: Some(id.to_string()), ..claim.scope.clone() };
            groups.push(Ranked {
                name: own.nominated.name_ru.to_string(),
                holds_name: Box::new(move |printed| is_candidate(printed, id, own)),
                pair: take_pair(claim.measure, claim.to, &scope, std::slice::from_ref(one)),
            });
        }
    }
    groups
}

fn split_parties<'a>(claim: &RankingClaim, elections: &[ScopedElection<'a>]) -> Vec<Ranked<'a>> {
    let candidates = elections.iter().flat_map(|one| one.election.candidates.values());
    let parties: std::collections::BTreeSet<String> =
        candidates.filter_map(|own| own.nominated.party.as_ref().map(ToString::to_string)).collect();
    let of_party = |party: String| {
        let scope = Scope { party: Some(party.clone()), ..claim.scope.clone() };
        Ranked {
            name: party.clone(),
            holds_name: Box::new(move |printed: &str| printed.to_lowercase() == party.to_lowercase()),
            pair: take_pair(claim.measure, claim.to, &scope, elections),
        }
    };
    parties.into_iter().map(of_party).collect()
}

fn split_elections<'a>(claim: &RankingClaim, elections: &[ScopedElection<'a>]) -> Vec<Ranked<'a>> {
    let mut by: BTreeMap<String, Vec<ScopedElection<'a>>> = BTreeMap::new();
    for one in elections {
        by.entry(name_group(claim.by, one)).or_default().push(*one);
    }
    let ranked = |(name, own): (String, Vec<ScopedElection<'a>>)| {
        let key = name.clone();
        Ranked {
            holds_name: Box::new(move |printed: &str| {
                printed == key
                    || (printed.len() < key.len() && key.len() == 9 && format!("{printed:0<9}") == key)
            }),
            pair: take_pair(claim.measure, claim.to, &claim.scope, &own),
            name,
        }
    };
    by.into_iter().map(ranked).collect()
}

/// The code of a region or a territory, or a year.
fn name_group(by: Grouping, one: &ScopedElection<'_>) -> String {
    let territory = one.election.called.territory.as_str();
    match by {
        Grouping::Region => format!("{:0<9}", territory.get(..2).unwrap_or(territory)),
        Grouping::Year => {
            one.election.calendar.voting_starts.date_text().get(..4).unwrap_or_default().to_owned()
        }
        Grouping::Territory | Grouping::Candidate | Grouping::Party => territory.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Figure;

    #[test]
    fn quotients_are_compared_across() {
        let pair = |part, whole| FigurePair {
            part: Figure { value: part, events: Vec::new() },
            whole: Some(Figure { value: whole, events: Vec::new() }),
        };
        assert_eq!(compare(&pair(1, 3), &pair(333, 1_000)), Ordering::Greater);
        assert_eq!(compare(&pair(1, 3), &pair(2, 6)), Ordering::Equal);
        assert_eq!(compare(&pair(0, 0), &pair(1, 6)), Ordering::Equal);
    }
}
