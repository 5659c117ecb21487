//! Shares as they are printed: what their decimals add up to, and which do not follow from the counts beside them.

use ledger::projections::format_percent;

/// The sum of shares as they are printed with one decimal, in tenths of a percent.
#[must_use]
pub fn sum_printed_tenths(parts: &[u64], whole: u64) -> u64 {
    let printed = parts.iter().map(|part| format_percent(*part, whole, 1).replace('.', "").parse::<u64>());
    printed.map(Result::unwrap_or_default).fold(0, u64::saturating_add)
}

/// A line as the press gave it: a name, its count, its share.
#[derive(Debug, Clone, Copy)]
pub struct PrintedShare<'a> {
    /// Whose.
    pub name: &'a str,
    /// How many votes.
    pub votes: u64,
    /// Percent, with as many decimals as were printed.
    pub share: &'a str,
}

/// A share that does not follow from its count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongShare {
    /// Whose.
    pub name: String,
    /// As printed.
    pub printed: String,
    /// As it follows from the count, with as many decimals.
    pub right: String,
}

/// Divides every printed share again, and tells those that do not follow.
#[must_use]
pub fn find_wrong_shares(lines: &[PrintedShare<'_>], whole: u64) -> Vec<WrongShare> {
    let judge = |line: &PrintedShare<'_>| {
        let decimals = line.share.split_once(['.', ',']).map_or(0, |(_, decimals)| decimals.len());
        let right = format_percent(line.votes, whole, u32::try_from(decimals.min(9)).unwrap_or_default());
        (right != line.share.replace(',', ".")).then(|| WrongShare {
            name: line.name.to_owned(),
            printed: line.share.to_owned(),
            right,
        })
    };
    lines.iter().filter_map(judge).collect()
}
