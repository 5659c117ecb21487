//! Times and days as people write them: in the order of the day or of the year, with the offset of the place.

use event::Time;

/// For how long after the polls close an hour alone has one reading.
const NIGHT_SECONDS: i64 = 12 * 3600;

/// A day in the order of the bytes, and what stands behind it: of `12.10.2025 22:30`, `2025-10-12T22:30` and `2.9.2025`.
#[must_use]
pub fn split_day(text: &str) -> Option<(String, &str)> {
    let end = text.find(['T', ' ']).unwrap_or(text.len());
    let (day, rest) = text.split_at_checked(end)?;
    let rest = rest.strip_prefix(['T', ' ']).unwrap_or(rest).trim();
    let number = |part: &str, most: usize| {
        let whole = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        whole.then(|| format!("{part:0>most$}"))
    };
    let year = |part: &str| number(part, 4).filter(|_| part.len() == 4);
    let point = day.contains('.');
    let parts: Vec<&str> = day.split(if point { '.' } else { '-' }).collect();
    match parts.as_slice() {
        // Behind 12.10.2025 some write «г.».
        [date, month, own] | [date, month, own, ""] if point => {
            Some((format!("{}-{}-{}", year(own)?, number(month, 2)?, number(date, 2)?), rest))
        }
        [own, month, date] if month.len() == 2 && date.len() == 2 => {
            Some((format!("{}-{}-{}", year(own)?, number(month, 2)?, number(date, 2)?), rest))
        }
        _ => None,
    }
}

/// A day and an hour, with seconds and an offset or without; the offset is that of the place.
#[must_use]
pub fn parse_local_time(text: &str, offset: &str) -> Option<Time> {
    let (day, rest) = split_day(text)?;
    let rest = pad_hour(rest)?;
    let readings =
        [format!("{day}T{rest}"), format!("{day}T{rest}{offset}"), format!("{day}T{rest}:00{offset}")];
    readings.iter().find_map(|text| Time::parse(text).ok())
}

/// An hour alone, as `2:59`: the one that falls into the night after the polls have closed.
#[must_use]
pub(crate) fn parse_hour_after(text: &str, closed: &Time) -> Option<Time> {
    let offset = closed.as_str().get(19..)?;
    let hour = pad_hour(text).filter(|hour| hour.len() == 5)?;
    let same_day = Time::parse(&format!("{}T{hour}:00{offset}", closed.as_str().get(..10)?)).ok()?;
    let zone = zone_of(offset)?;
    let next_day = Time::from_seconds(same_day.seconds() + 24 * 3600, zone).ok()?;
    let in_the_night = |time: &Time| (0..NIGHT_SECONDS).contains(&(time.seconds() - closed.seconds()));
    [same_day, next_day].into_iter().find(in_the_night)
}

/// `2:59` as `02:59`; whatever stands behind the minutes stays.
fn pad_hour(text: &str) -> Option<String> {
    let (hour, _) = text.split_once(':')?;
    let digits = !hour.is_empty() && hour.bytes().all(|byte| byte.is_ascii_digit());
    match (digits, hour.len()) {
        (true, 1) => Some(format!("0{text}")),
        (true, 2) => Some(text.to_owned()),
        _ => None,
    }
}

/// Whole hours of an offset as `+05:00`.
fn zone_of(offset: &str) -> Option<i8> {
    offset.strip_suffix(":00")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_both_orders_and_nothing_is_guessed() {
        for (text, expected) in [
            ("2025-10-12", "2025-10-12"),
            ("12.10.2025", "2025-10-12"),
            ("2.9.2025", "2025-09-02"),
            ("12.10.2025.", "2025-10-12"),
        ] {
            assert_eq!(split_day(text), Some((expected.to_owned(), "")), "{text}");
        }
        for text in ["12.10.25", "10/12/2025", "2025.10.12", "12-10-2025", "12.10", "", "2025-1-2", "1204"] {
            assert_eq!(split_day(text), None, "{text}");
        }
    }

    #[test]
    fn an_hour_alone_is_that_of_the_night_after_the_polls_closed() {
        let closed = Time::parse("2025-10-12T20:00:00+05:00").unwrap();
        let at = |text: &str| parse_hour_after(text, &closed).map(|time| time.to_string());
        assert_eq!(at("20:40").as_deref(), Some("2025-10-12T20:40:00+05:00"));
        assert_eq!(at("2:59").as_deref(), Some("2025-10-13T02:59:00+05:00"));
        assert_eq!(at("02:59").as_deref(), Some("2025-10-13T02:59:00+05:00"));
        assert_eq!(at("0:00").as_deref(), Some("2025-10-13T00:00:00+05:00"));
        // Before the end of the day or long after the night: which day is meant, only people know.
        for text in
            ["19:59", "8:00", "12:00", "24:00", "2:60", "2.59", "259", "2:5", "2:59:00", ":59", "-2:59"]
        {
            assert_eq!(at(text), None, "{text}");
        }
    }
}
