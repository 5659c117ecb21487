//! Counting of days: by local calendar days, as the law and the commissions count them.
//!
//! Contains the number of a local day, a month later, and the last moment of a term that ends N days before the voting.
//! Does not contain how long each term is (`edition`).
//!
//! Every time carries its own offset, so the day is the one that people on the spot call it; no zone is assumed.

use event::Time;

/// Number of the local day, counted from 1970-01-01.
pub(crate) fn day_number(time: &Time) -> i64 {
    let date = time.date();
    number_of_date(i64::from(date.year()), i64::from(date.month()), i64::from(date.day()))
}

/// Whole local days from one time to another.
pub(crate) fn days_between(from: &Time, to: &Time) -> i64 {
    day_number(to) - day_number(from)
}

/// The same day of a later month, or its last day where that month is shorter.
pub(crate) fn months_after(time: &Time, months: i64) -> i64 {
    let date = time.date();
    let count = i64::from(date.year()) * 12 + i64::from(date.month()) - 1 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    let first = number_of_date(year, month, 1);
    let next = number_of_date((count + 1).div_euclid(12), (count + 1).rem_euclid(12) + 1, 1);
    (first + i64::from(date.day()) - 1).min(next - 1)
}

/// Whether `moment` keeps a term that ends N days before the voting: by the convention of the CEC its last moment is
/// 18:00 on the day N + 1 days before, local time.
pub(crate) fn keeps_before(moment: &Time, voting: &Time, days: i64) -> bool {
    let hour = moment.as_str().get(11..19).unwrap_or_default();
    let last = day_number(voting) - days - 1;
    day_number(moment) < last || (day_number(moment) == last && hour <= "18:00:00")
}

/// Days from civil: eras of 400 years, each from 1 March.
fn number_of_date(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    #[test]
    fn days_are_local_and_months_end_where_they_end() {
        assert_eq!(day_number(&time("2000-01-01T23:59:59+05:00")), 10_957);
        assert_eq!(day_number(&time("2000-03-01T00:00:00+05:00")), 11_017);
        let (evening, morning) = (time("2026-02-28T23:59:00+05:00"), time("2026-03-01T00:01:00+05:00"));
        assert_eq!(days_between(&evening, &morning), 1);
        assert_eq!(
            months_after(&time("2027-01-31T10:00:00+05:00"), 1),
            day_number(&time("2027-02-28T00:00:00+05:00"))
        );
        assert_eq!(
            months_after(&time("2026-12-05T10:00:00+05:00"), 2),
            day_number(&time("2027-02-05T00:00:00+05:00"))
        );
    }

    #[test]
    fn a_term_of_25_days_ends_at_18_on_the_26th_day_before() {
        // Registration for 12 October 2025 closed on 16 September; for 5 November 2023 on 10 October.
        let voting = time("2025-10-12T07:00:00+05:00");
        assert!(keeps_before(&time("2025-09-16T18:00:00+05:00"), &voting, 25));
        assert!(!keeps_before(&time("2025-09-16T18:00:01+05:00"), &voting, 25));
        assert!(!keeps_before(&time("2025-09-17T08:00:00+05:00"), &voting, 25));
        assert!(keeps_before(&time("2023-10-10T18:00:00+06:00"), &time("2023-11-05T07:00:00+06:00"), 25));
    }
}
