//! Announced figures as they are printed: how exact one is, and whether a figure of the ledger rounds to it.

use std::cmp::Ordering;

use ledger::projections::format_percent;

/// A figure as it was printed, of which the digits say how exact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintedFigure {
    /// Its digits without the point.
    pub scaled: u64,
    /// Digits after the point.
    pub decimals: u32,
}

impl PrintedFigure {
    /// Reads `1553` or `62.79`: digits with at most one point and at most six digits after it. None for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || part.is_some_and(|part| !digits(part) || part.len() > 6) {
            return None;
        }
        let part = part.unwrap_or_default();
        let decimals = u32::try_from(part.len()).ok()?;
        Some(Self { scaled: format!("{whole}{part}").parse().ok()?, decimals })
    }

    /// Whether a count is this figure; where it was announced as approximate, whether it rounds to its last digit that is
    /// not zero.
    #[must_use]
    pub fn agrees_with_count(self, found: u64, approximate: bool) -> bool {
        if self.decimals > 0 {
            return false;
        }
        if !approximate || self.scaled == 0 {
            return found == self.scaled;
        }
        let unit = self.rounding_unit();
        let rounded =
            found.saturating_add(unit / 2).checked_div(unit).unwrap_or_default().saturating_mul(unit);
        rounded == self.scaled
    }

    /// To what an approximate count is rounded: the place of its last digit that is not zero.
    #[must_use]
    pub fn rounding_unit(self) -> u64 {
        let mut unit = 1_u64;
        while self.scaled > 0 && unit.checked_mul(10).is_some_and(|next| self.scaled.is_multiple_of(next)) {
            unit = unit.saturating_mul(10);
        }
        unit
    }

    /// How it stands to a share in percent that is not rounded.
    #[must_use]
    pub fn cmp_share(self, part: u64, whole: u64) -> Ordering {
        let scale = 10_u128.saturating_pow(self.decimals);
        let own = u128::from(self.scaled).saturating_mul(u128::from(whole));
        own.cmp(&u128::from(part).saturating_mul(100).saturating_mul(scale))
    }

    /// A share in percent, cut off behind the digits that were printed.
    #[must_use]
    pub fn cut_share(self, part: u64, whole: u64) -> String {
        let scale = 10_u128.saturating_pow(self.decimals);
        let all = u128::from(part).saturating_mul(100).saturating_mul(scale);
        let cut = all.checked_div(u128::from(whole)).unwrap_or_default();
        let width = self.decimals as usize;
        if width == 0 { cut.to_string() } else { format!("{}.{:0width$}", cut / scale, cut % scale) }
    }

    /// A share in percent, rounded half up to the digits that were printed.
    #[must_use]
    pub fn round_share(self, part: u64, whole: u64) -> String {
        format_percent(part, whole, self.decimals)
    }

    /// Whether a share rounds to this figure at the digits that were printed.
    #[must_use]
    pub fn agrees_with_share(self, part: u64, whole: u64) -> bool {
        Self::parse(&self.round_share(part, whole)) == Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::PrintedFigure;

    fn read(text: &str) -> PrintedFigure {
        PrintedFigure::parse(text).unwrap()
    }

    #[test]
    fn a_share_is_held_at_the_digits_that_were_printed() {
        // Astana, 2023: 56,045 of 330,547 was printed as 19.96 % and is 16.96 %; 18,174 as 5.12 % and is 5.50 %.
        assert!(!read("19.96").agrees_with_share(56_045, 330_547));
        assert!(read("16.96").agrees_with_share(56_045, 330_547));
        assert!(!read("5.12").agrees_with_share(18_174, 330_547));
        assert!(
            read("5.50").agrees_with_share(18_174, 330_547) && read("5.5").agrees_with_share(18_174, 330_547)
        );
        assert!(!read("5.49").agrees_with_share(18_174, 330_547));
        // Half is rounded up, and less than half is not, at the last digit that was printed.
        assert!(
            read("62.79").agrees_with_share(62_785, 100_000)
                && !read("62.78").agrees_with_share(62_785, 100_000)
        );
        assert!(read("62.78").agrees_with_share(627_849_999, 1_000_000_000));
        assert!(
            read("62.8").agrees_with_share(62_750, 100_000) && read("63").agrees_with_share(62_500, 100_000)
        );
        assert!(
            read("100").agrees_with_share(99_500, 100_000)
                && !read("100.0").agrees_with_share(99_500, 100_000)
        );
        assert!(!read("0").agrees_with_share(1, 0) || read("0").agrees_with_share(0, 1));
        // 5 November 2023.
        assert!(read("62.79").agrees_with_share(667_035, 1_062_327));
    }

    #[test]
    fn only_an_approximate_count_is_rounded() {
        assert!(read("8500").agrees_with_count(8_549, true) && read("8500").agrees_with_count(8_450, true));
        assert!(!read("8500").agrees_with_count(8_550, true) && !read("8500").agrees_with_count(8_449, true));
        assert!(
            !read("8500").agrees_with_count(8_501, false) && read("1553").agrees_with_count(1_553, false)
        );
        assert!(read("0").agrees_with_count(0, true) && !read("0").agrees_with_count(1, true));
        assert!(!read("1553.0").agrees_with_count(1_553, false));
    }

    #[test]
    fn what_is_no_figure_is_not_read() {
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "+1",
            "1,553",
            "1 553",
            "1\u{a0}553",
            "1'553",
            "1.553.000",
            "62,79",
            "62.79 %",
            "０",
            "1e3",
            "1.2.3",
            "0.1234567",
            "٣",
            "99999999999999999999",
        ] {
            assert_eq!(PrintedFigure::parse(text), None, "{text}");
        }
    }
}
