//! Precincts of a territory, whose figures add up to those of the territory.
//!
//! Every figure of a precinct is made up.

use super::territories::{ABSENTEE, BY_16, MEMBERS, Territory, find_row};
use crate::{contest::PrecinctFigures, seed::draw_figure};

/// Shares a total out by weights; what is left over goes to the largest remainders, the first of equals.
#[must_use]
pub(crate) fn apportion(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u64 = weights.iter().sum();
    let part =
        |weight: &u64| (u128::from(total) * u128::from(*weight)).checked_div(u128::from(sum)).unwrap_or(0);
    let rest =
        |weight: &u64| (u128::from(total) * u128::from(*weight)).checked_rem(u128::from(sum)).unwrap_or(0);
    let mut parts: Vec<u64> = weights.iter().map(|weight| u64::try_from(part(weight)).unwrap_or(0)).collect();
    let left = total - parts.iter().sum::<u64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|place| (std::cmp::Reverse(weights.get(*place).map_or(0, rest)), *place));
    for place in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        if let Some(part) = parts.get_mut(place) {
            *part += 1;
        }
    }
    parts
}

/// What the precincts of an election add up to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ContestTotals {
    /// Precincts.
    pub(crate) precincts: u64,
    /// Voters on the lists.
    pub(crate) voters: u64,
    /// Who took part by the law.
    pub(crate) took_part: u64,
    /// Invalid ballots.
    pub(crate) invalid: u64,
    /// Ballots of portable boxes.
    pub(crate) outside: u64,
    /// Ballots issued by 16:00, where they are printed.
    pub(crate) by_16: Option<u64>,
    /// Absentee certificates.
    pub(crate) absentee: u64,
    /// Members of all precinct commissions, where they are printed.
    pub(crate) members: Option<usize>,
}

impl ContestTotals {
    /// Those of a territory of the national demo.
    #[must_use]
    pub(super) fn of_territory(territory: &Territory) -> Self {
        Self {
            precincts: territory.precincts,
            voters: territory.voters,
            took_part: territory.took_part,
            invalid: territory.invalid,
            outside: territory.outside,
            by_16: find_row(&BY_16, territory.slug),
            absentee: find_row(&ABSENTEE, territory.slug).unwrap_or(0),
            members: find_row(&MEMBERS, territory.slug),
        }
    }
}

/// The precincts of an election; `lines` are its votes by the lines of the ballot, and against all last.
#[must_use]
pub(crate) fn precincts_of(seed: &str, totals: &ContestTotals, lines: &[u64]) -> Vec<PrecinctFigures> {
    let noise =
        |what: &str, n: u64, from: u64, below: u64| from + draw_figure(seed, &format!("{what}/{n}"), below);
    let numbers: Vec<u64> = (1..=totals.precincts).collect();
    // Large precincts lie closer together: none may have more than 3,000 voters.
    let (from, below) = if totals.voters > totals.precincts * 1_400 { (80, 40) } else { (45, 110) };
    let weights: Vec<u64> = numbers.iter().map(|n| noise("voters", *n, from, below)).collect();
    let voters = apportion(totals.voters, &weights);
    let turnout: Vec<u64> =
        numbers.iter().zip(&voters).map(|(n, voters)| voters * noise("turnout", *n, 90, 20)).collect();
    let found = apportion(totals.took_part + totals.invalid, &turnout);
    let mut all: Vec<PrecinctFigures> = Vec::with_capacity(numbers.len());
    for ((n, voters), found) in numbers.iter().zip(voters).zip(found) {
        let issued = (found + noise("carried", *n, 0, 3)).min(voters);
        let received = voters + voters / 100;
        let damaged = u64::from(n % 41 == 7 && issued < received);
        let number = usize::try_from(*n).unwrap_or(0);
        all.push(PrecinctFigures {
            number,
            voters,
            received,
            issued,
            damaged,
            found,
            ..PrecinctFigures::default()
        });
    }
    set_votes(seed, totals, lines, &mut all);
    set_turnout_reports(totals, &mut all);
    set_commission_sizes(totals.members, &mut all);
    let lines = lines.len().saturating_sub(1);
    for precinct in &mut all {
        let n = precinct.number as u64;
        precinct.proxies = Some((precinct.number % lines.max(1), noise("proxies", n, 1, 3)));
    }
    all
}

/// Portable boxes, absentee voters, invalid ballots and votes, each with the sum of the totals.
fn set_votes(seed: &str, totals: &ContestTotals, lines: &[u64], all: &mut [PrecinctFigures]) {
    let found: Vec<u64> = all.iter().map(|precinct| precinct.found).collect();
    let mut absentee = totals.absentee;
    for (precinct, portable) in all.iter_mut().zip(apportion(totals.outside, &found)) {
        precinct.portable = portable;
        precinct.absentee = u64::from(absentee > 0);
        absentee = absentee.saturating_sub(1);
    }
    // The smallest line first; the largest takes what is left, so that every row and every column is exact.
    let mut columns: Vec<(usize, u64)> = lines.iter().copied().enumerate().collect();
    columns.push((lines.len(), totals.invalid));
    columns.sort_by_key(|(_, total)| *total);
    let mut left = found;
    for precinct in all.iter_mut() {
        precinct.votes = vec![0; lines.len()];
    }
    for (line, total) in &columns {
        let noise = |n: usize| 85 + draw_figure(seed, &format!("votes/{line}/{n}"), 30);
        let weights: Vec<u64> = left.iter().zip(1..).map(|(left, n)| left * noise(n)).collect();
        let last = columns.last().is_some_and(|(largest, _)| largest == line);
        let column = if last { left.clone() } else { apportion(*total, &weights) };
        for ((precinct, left), votes) in all.iter_mut().zip(&mut left).zip(column) {
            *left -= votes;
            match precinct.votes.get_mut(*line) {
                Some(cell) => *cell = votes,
                None => precinct.invalid = votes,
            }
        }
    }
}

/// What was issued by 10:00 and by 16:00.
fn set_turnout_reports(totals: &ContestTotals, all: &mut [PrecinctFigures]) {
    let issued: Vec<u64> = all.iter().map(|precinct| precinct.issued).collect();
    let by_16 = totals.by_16.unwrap_or(issued.iter().sum::<u64>() * 7 / 10);
    for (precinct, by_16) in all.iter_mut().zip(apportion(by_16, &issued)) {
        precinct.reports = vec![("10:00", by_16 * 3 / 10), ("16:00", by_16)];
    }
}

/// Five members for the smallest precincts, seven for the others (art. 17(1)), two more or less here and there where
/// the sum was printed.
fn set_commission_sizes(wanted: Option<usize>, all: &mut [PrecinctFigures]) {
    for precinct in all.iter_mut() {
        precinct.members = if precinct.voters < 900 { 5 } else { 7 };
    }
    let Some(wanted) = wanted else { return };
    let mut sum: usize = all.iter().map(|precinct| precinct.members).sum();
    for precinct in all.iter_mut() {
        if sum < wanted && precinct.members == 5 {
            precinct.members = 7;
            sum += 2;
        } else if sum > wanted && precinct.members == 7 && precinct.voters <= 2_000 {
            precinct.members = 5;
            sum -= 2;
        }
    }
    for precinct in all.iter_mut().filter(|precinct| precinct.voters > 2_000) {
        if sum < wanted {
            precinct.members = 9;
            sum += 2;
        }
    }
}
