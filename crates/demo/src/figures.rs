//! Synthetic figures of 128 precincts that add up to what was published.
//!
//! Published: 110 open and 18 closed precincts, 220,761 voters, 929 members (the territorial commission's 7 among them),
//! and the shares 77.1, 10.8, 8.4 and 3.7 % against all. Everything below those sums is made up from the seed.

use crate::{
    contest::PrecinctFigures,
    seed::{SEED, draw_figure},
};

/// Precincts in all.
pub const PRECINCTS: usize = 128;
/// Of them in closed institutions: the last ones.
pub const CLOSED: usize = 18;
/// Voters in all.
pub const VOTERS: u64 = 220_761;
/// Members of all precinct commissions.
pub const MEMBERS: usize = 922;
/// The lines of the ballot in its order, and against all: shares in tenths of a percent.
pub const SHARES: [(&str, u64); 4] =
    [("bekzhasarov", 84), ("kozhanbaev", 771), ("toleuov", 108), ("against-all", 37)];

/// Hours of the reports, and how far the ballots issued have come, in tenths of a percent.
const REPORTS: [(&str, u64); 3] = [("10:00", 210), ("14:00", 560), ("18:00", 880)];

/// All precincts.
#[must_use]
pub fn semey_precincts() -> Vec<PrecinctFigures> {
    let mut all: Vec<PrecinctFigures> = (1..=PRECINCTS).map(precinct_with_voters).collect();
    adjust_to_total(&mut all, VOTERS, |precinct| &mut precinct.voters, 2_990);
    set_commission_sizes(&mut all);
    for precinct in &mut all {
        set_ballots(precinct);
    }
    let votes = share_out_votes(&all);
    for (precinct, votes) in all.iter_mut().zip(votes) {
        precinct.votes = votes.to_vec();
        let issued = precinct.issued;
        precinct.reports = REPORTS.iter().map(|(hour, permille)| (*hour, issued * permille / 1000)).collect();
    }
    all
}

fn precinct_with_voters(number: usize) -> PrecinctFigures {
    let closed = number > PRECINCTS - CLOSED;
    let label = format!("voters/{number}");
    let voters =
        if closed { 90 + draw_figure(SEED, &label, 420) } else { 1_050 + draw_figure(SEED, &label, 1_750) };
    PrecinctFigures { number, closed, voters, ..PrecinctFigures::default() }
}

/// Moves a field of the open precincts in small steps until the sum is right.
fn adjust_to_total(
    all: &mut [PrecinctFigures],
    total: u64,
    field: fn(&mut PrecinctFigures) -> &mut u64,
    most: u64,
) {
    loop {
        let sum: u64 = all.iter_mut().map(|precinct| *field(precinct)).sum();
        if sum == total {
            return;
        }
        let mut gap = sum.abs_diff(total);
        for precinct in all.iter_mut().filter(|precinct| !precinct.closed) {
            let step = gap.min(7);
            let value = field(precinct);
            if sum > total && *value > 800 + step {
                *value -= step;
            } else if sum < total && *value + step < most {
                *value += step;
            } else {
                continue;
            }
            gap -= step;
        }
    }
}

/// Five members in closed precincts; nine in the largest ones, until all are 922; seven elsewhere.
fn set_commission_sizes(all: &mut [PrecinctFigures]) {
    for precinct in all.iter_mut() {
        precinct.members = if precinct.closed { 5 } else { 7 };
    }
    let mut missing = MEMBERS - all.iter().map(|precinct| precinct.members).sum::<usize>();
    let mut by_size: Vec<&mut PrecinctFigures> =
        all.iter_mut().filter(|precinct| precinct.voters > 2_000).collect();
    by_size.sort_by_key(|precinct| std::cmp::Reverse(precinct.voters));
    for precinct in by_size {
        if missing >= 2 {
            precinct.members = 9;
            missing -= 2;
        }
    }
}

fn set_ballots(precinct: &mut PrecinctFigures) {
    let roll = |what: &str, below: u64| draw_figure(SEED, &format!("{what}/{}", precinct.number), below);
    let voters = precinct.voters;
    precinct.received = voters + voters / 100;
    // Open precincts between 52 and 68 percent; closed ones nearly all, by construction.
    let permille = if precinct.closed { 965 + roll("turnout", 35) } else { 520 + roll("turnout", 160) };
    precinct.issued = voters * permille / 1000;
    precinct.damaged = u64::from(precinct.number % 41 == 7);
    let carried_out = if precinct.closed { 0 } else { roll("carried", 3) };
    precinct.found = precinct.issued - carried_out;
    precinct.portable = if precinct.closed { 0 } else { 3 + roll("portable", 22) };
    precinct.invalid = precinct.found * (4 + roll("invalid", 14)) / 1000;
}

/// Votes whose totals give the published shares, with every precinct's sum kept.
fn share_out_votes(all: &[PrecinctFigures]) -> Vec<[u64; 4]> {
    let base: u64 = all.iter().map(|precinct| precinct.found - precinct.invalid).sum();
    let mut votes = Vec::with_capacity(all.len());
    for precinct in all {
        let valid = precinct.found - precinct.invalid;
        let (mut left, mut own) = (valid, [0; 4]);
        for (line, (name, share)) in SHARES.iter().enumerate() {
            let noise = 850 + draw_figure(SEED, &format!("votes/{name}/{}", precinct.number), 300);
            let votes = (valid * share * noise / 1_000_000).min(left);
            // The strongest line takes what is left, below.
            if let Some(slot) = own.get_mut(line).filter(|_| *name != "kozhanbaev") {
                *slot = votes;
                left -= votes;
            }
        }
        let [_, strongest, ..] = &mut own;
        *strongest = left;
        votes.push(own);
    }
    move_votes_to_totals(&mut votes, totals_as_published(base));
    votes
}

/// Totals by line that sum to the base and print as the shares.
fn totals_as_published(base: u64) -> [u64; 4] {
    let mut totals = SHARES.map(|(_, share)| (base * share + 500) / 1000);
    let others: u64 = totals.iter().sum::<u64>() - totals[1];
    totals[1] = base - others;
    totals
}

/// Moves votes between two lines inside precincts, so that no precinct's sum changes, until each line's total is right.
#[allow(clippy::indexing_slicing, reason = "there are four lines, and every index is one of them")]
fn move_votes_to_totals(all: &mut [[u64; 4]], totals: [u64; 4]) {
    let sum = |all: &[[u64; 4]], line: usize| all.iter().map(|votes| votes[line]).sum::<u64>();
    loop {
        let over = (0..4).find(|line| sum(all, *line) > totals[*line]);
        let under = (0..4).find(|line| sum(all, *line) < totals[*line]);
        let (Some(over), Some(under)) = (over, under) else { return };
        let mut gap = (sum(all, over) - totals[over]).min(totals[under] - sum(all, under));
        for votes in all.iter_mut() {
            let step = gap.min(votes[over] / 12).min(4);
            votes[over] -= step;
            votes[under] += step;
            gap -= step;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_published() {
        let all = semey_precincts();
        assert_eq!(all.len(), 128);
        assert_eq!(all.iter().filter(|p| p.closed).count(), 18);
        assert_eq!(all.iter().map(|p| p.voters).sum::<u64>(), 220_761);
        assert_eq!(all.iter().map(|p| p.members).sum::<usize>(), 922);
        assert!(all.iter().all(|p| p.members < 9 || p.voters > 2_000));
        assert!(all.iter().all(|p| p.voters <= 2_000 || p.members >= 7));
        let base: u64 = all.iter().map(|p| p.votes.iter().sum::<u64>()).sum();
        let share = |line: usize| {
            ledger::projections::format_percent(all.iter().map(|p| p.votes[line]).sum(), base, 1)
        };
        assert_eq!([share(0), share(1), share(2), share(3)], ["8.4", "77.1", "10.8", "3.7"]);
        for p in &all {
            assert_eq!(p.votes.iter().sum::<u64>() + p.invalid, p.found);
            assert!(p.issued <= p.voters && p.found <= p.issued && p.issued + p.damaged <= p.received);
        }
    }
}
