//! How likely a number of copies would have shown a lie: OBS-03.
//!
//! Contains the hypergeometric chance, computed exactly in rational steps. Elsewhere: who holds which copies
//! (`checks::copies`).
//!
//! Of N protocols k are held as copies and m were altered. None of the copies shows it with chance
//! C(N−m, k) / C(N, k) = Π (N−m−i) / (N−i) over i below k. The larger of the two counts may be swapped for the smaller.

/// Numbers of altered protocols that are told of.
pub const ALTERED: [u64; 4] = [1, 5, 10, 20];

/// The chance, in tenths of a percent and rounded down, that `copies` of `all` protocols meet at least one of `altered`.
/// Rounded down, so that nobody is promised more than is true.
#[must_use]
pub fn detection_tenths(all: u64, altered: u64, copies: u64) -> u64 {
    let (altered, copies) = (altered.min(all), copies.min(all));
    if altered == 0 || copies == 0 {
        return 0;
    }
    if altered + copies > all {
        return 1000;
    }
    let missed = missed_tenths(all, altered.max(copies), altered.min(copies));
    // Chances are kept in 2^-64; the one that is told has three digits.
    let met = (u128::from(u64::MAX) - u128::from(missed)) * 1000;
    u64::try_from(met / u128::from(u64::MAX)).unwrap_or(1000).min(999)
}

/// The fewest copies that meet at least one of `altered` with 95 percent.
#[must_use]
pub fn copies_for_95(all: u64, altered: u64) -> u64 {
    let (mut low, mut high) = (0, all);
    while low < high {
        let middle = low + (high - low) / 2;
        if detection_tenths(all, altered, middle) >= 950 { high = middle } else { low = middle + 1 }
    }
    low
}

/// The fewest altered protocols that `copies` meet with 95 percent; none where even all of them would not.
#[must_use]
pub fn altered_for_95(all: u64, copies: u64) -> Option<u64> {
    (1..=all).find(|altered| detection_tenths(all, *altered, copies) >= 950)
}

/// The chance that none is met, in units of 2^-64, rounded up.
fn missed_tenths(all: u64, more: u64, fewer: u64) -> u64 {
    (0..fewer).fold(u64::MAX, |chance, step| {
        let (left, of) = (u128::from(all - more - step), u128::from(all - step));
        let product = u128::from(chance) * left;
        u64::try_from(product.div_ceil(of)).unwrap_or(u64::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semey_and_a_larger_district_as_computed_elsewhere() {
        // N = 128: percent with 5, 13, 20, 32, 64 copies, rounded to whole ones.
        let rows = [
            (1, [4, 10, 16, 25, 50], 122),
            (5, [18, 42, 58, 77, 97], 57),
            (10, [34, 67, 83, 95, 100], 32),
            (20, [58, 90, 98, 100, 100], 17),
        ];
        for (altered, percents, needed) in rows {
            for (copies, percent) in [5, 13, 20, 32, 64].into_iter().zip(percents) {
                let found = detection_tenths(128, altered, copies);
                assert!(found.abs_diff(percent * 10) <= 6, "{altered} altered, {copies} copies: {found}");
            }
            assert_eq!(copies_for_95(128, altered), needed, "{altered} altered");
        }
        assert_eq!([5, 30, 75].map(|altered| copies_for_95(1_500, altered)), [676, 142, 58]);
        assert_eq!(altered_for_95(128, 32), Some(10));
    }

    #[test]
    fn edges_are_what_they_must_be() {
        assert_eq!(
            [detection_tenths(10, 0, 5), detection_tenths(10, 5, 0), detection_tenths(0, 1, 1)],
            [0, 0, 0]
        );
        assert_eq!(
            [detection_tenths(10, 6, 5), detection_tenths(10, 10, 1), detection_tenths(1, 1, 1)],
            [1000, 1000, 1000]
        );
        // Never told as certain while one choice of copies would miss.
        assert_eq!(detection_tenths(1_000_000, 500_000, 500_000), 999);
        assert_eq!(detection_tenths(2, 1, 1), 500 - 1, "rounded down");
        assert_eq!(altered_for_95(128, 0), None);
    }
}
