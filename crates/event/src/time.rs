//! Times of authors and of nodes: real dates, one spelling each.
//!
//! Contains reading, writing, seconds and milliseconds for comparison. Does not contain clocks; time is always given,
//! never asked for.

use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
};
use core::fmt::{self, Debug, Display};

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::Offset,
};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use crate::{bytes::shorten_text, fault::Fault};

/// When an author says that something was so: local time with its offset, `2025-10-12T21:14:00+05:00`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Time {
    text: String,
    seconds: i64,
    date: Date,
}

/// When a node received something: UTC to the millisecond, `2025-10-12T16:14:02.123Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    millis: i64,
}

impl Time {
    /// Reads the one spelling.
    ///
    /// # Errors
    /// [`Fault::Time`].
    pub fn parse(text: &str) -> Result<Self, Fault> {
        require_time(text).map(|(seconds, date)| Self { text: text.to_owned(), seconds, date })
    }

    /// The time so many seconds after 1970 in UTC, as it is written where clocks are `zone` whole hours ahead of UTC.
    ///
    /// # Errors
    /// [`Fault::Time`] outside the years 2000 to 2099, or where no clock on earth goes so.
    pub fn from_seconds(seconds: i64, zone: i8) -> Result<Self, Fault> {
        let fault = || Fault::Time { found: format!("{seconds} seconds after 1970 at {zone:+} hours") };
        let offset = Offset::from_hours(zone).map_err(|_| fault())?;
        let local = Timestamp::from_second(seconds).map_err(|_| fault())?;
        let local = offset.to_datetime(local);
        let sign = if zone < 0 { '-' } else { '+' };
        let hours = zone.unsigned_abs();
        Self::parse(&format!("{}T{}{sign}{hours:02}:00", local.date(), whole_seconds(local)))
            .map_err(|_| fault())
    }

    /// Seconds since 1970 in UTC.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        self.seconds
    }

    /// The local date, as people on the spot call the day.
    #[must_use]
    pub fn date(&self) -> Date {
        self.date
    }

    /// The local date as text, `2025-10-12`.
    #[must_use]
    pub fn date_text(&self) -> &str {
        self.text.get(..10).unwrap_or_default()
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Stamp {
    /// A stamp of so many milliseconds since 1970.
    ///
    /// # Errors
    /// [`Fault::Stamp`] outside the years 2000 to 2099.
    pub fn from_millis(millis: i64) -> Result<Self, Fault> {
        if (MILLIS_MIN..=MILLIS_MAX).contains(&millis) {
            return Ok(Self { millis });
        }
        Err(Fault::Stamp { found: millis.to_string() })
    }

    /// Reads the one spelling.
    ///
    /// # Errors
    /// [`Fault::Stamp`].
    pub fn parse(text: &str) -> Result<Self, Fault> {
        require_stamp(text).map(|millis| Self { millis })
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn millis(&self) -> i64 {
        self.millis
    }
}

/// 2000-01-01T00:00:00Z.
const MILLIS_MIN: i64 = 946_684_800_000;
/// 2099-12-31T23:59:59.999Z.
const MILLIS_MAX: i64 = 4_102_444_799_999;

pub(crate) fn require_time(text: &str) -> Result<(i64, Date), Fault> {
    let fault = || Fault::Time { found: shorten_text(text) };
    if text.len() != 25 || !text.is_ascii() {
        return Err(fault());
    }
    let local = parse_civil(text).ok_or_else(fault)?;
    let sign = match text.as_bytes().get(19) {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return Err(fault()),
    };
    let hours = parse_digits(text, 20, 22).ok_or_else(fault)?;
    let minutes = parse_digits(text, 23, 25).ok_or_else(fault)?;
    // UTC is written +00:00 only; no place on earth is further off than 14 hours.
    let known = hours * 60 + minutes <= 14 * 60 && minutes < 60 && !(sign < 0 && hours + minutes == 0);
    if text.as_bytes().get(22) != Some(&b':') || !known {
        return Err(fault());
    }
    let offset = Offset::from_seconds(sign * (hours * 60 + minutes) * 60).map_err(|_| fault())?;
    let instant = offset.to_timestamp(local).map_err(|_| fault())?;
    Ok((instant.as_second(), local.date()))
}

pub(crate) fn require_stamp(text: &str) -> Result<i64, Fault> {
    let fault = || Fault::Stamp { found: shorten_text(text) };
    let framed = text.len() == 24
        && text.is_ascii()
        && text.as_bytes().get(19) == Some(&b'.')
        && text.as_bytes().get(23) == Some(&b'Z');
    if !framed {
        return Err(fault());
    }
    let local = parse_civil(text).ok_or_else(fault)?;
    let millis = parse_digits(text, 20, 23).ok_or_else(fault)?;
    let instant = Offset::UTC.to_timestamp(local).map_err(|_| fault())?;
    Ok(instant.as_second() * 1000 + i64::from(millis))
}

/// The first 19 characters, `2025-10-12T21:14:00`.
fn parse_civil(text: &str) -> Option<DateTime> {
    let framed = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')]
        .iter()
        .all(|(at, sign)| text.as_bytes().get(*at) == Some(sign));
    let year = i16::try_from(parse_digits(text, 0, 4)?).ok()?;
    if !framed || !(2000..=2099).contains(&year) {
        return None;
    }
    let part = |from, to| parse_digits(text, from, to).and_then(|n| i8::try_from(n).ok());
    DateTime::new(year, part(5, 7)?, part(8, 10)?, part(11, 13)?, part(14, 16)?, part(17, 19)?, 0).ok()
}

fn parse_digits(text: &str, from: usize, to: usize) -> Option<i32> {
    let part = text.get(from..to)?;
    part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
}

impl Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = Timestamp::from_millisecond(self.millis)
            .map(|instant| Offset::UTC.to_datetime(instant))
            .map(|utc| format!("{}T{}.{:03}Z", utc.date(), whole_seconds(utc), utc.millisecond()));
        f.write_str(&shown.map_err(|_| fmt::Error)?)
    }
}

fn whole_seconds(utc: DateTime) -> String {
    format!("{:02}:{:02}:{:02}", utc.hour(), utc.minute(), utc.second())
}

macro_rules! spelled {
    ($name:ident) => {
        impl Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Spelled;
                impl<'de> Visitor<'de> for Spelled {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a time")
                    }
                    fn visit_str<E: Error>(self, text: &str) -> Result<$name, E> {
                        $name::parse(text).map_err(E::custom)
                    }
                    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<$name, D::Error> {
                        inner.deserialize_str(self)
                    }
                }
                deserializer.deserialize_newtype_struct(stringify!($name), Spelled)
            }
        }
    };
}

spelled!(Time);
spelled!(Stamp);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_one_form() {
        let time = Time::parse("2025-10-12T21:14:00+05:00").unwrap();
        assert_eq!((time.seconds(), time.date_text()), (1_760_285_640, "2025-10-12"));
        for bad in [
            "2025-10-12T21:14:00Z",
            "2025-10-12T21:14:00+0500",
            "2025-02-29T00:00:00+05:00",
            "2025-10-12 21:14:00+05:00",
            "1999-12-31T23:59:59+00:00",
            "2100-01-01T00:00:00+00:00",
            "2025-10-12T24:00:00+05:00",
            "2025-10-12T21:14:60+05:00",
            "2025-10-12T21:14:00-00:00",
            "2025-10-12T21:14:00+14:01",
            "2025-10-12T21:14:00+05:60",
            "2025-10-12T21:14:00.0+05:00",
            "+025-10-12T21:14:00+05:00",
            "",
        ] {
            assert!(matches!(Time::parse(bad), Err(Fault::Time { .. })), "{bad}");
        }
    }

    #[test]
    fn seconds_are_written_in_any_zone() {
        let written = |zone| Time::from_seconds(1_760_285_640, zone).map(|time| time.to_string());
        assert_eq!(written(5).unwrap(), "2025-10-12T21:14:00+05:00");
        assert_eq!(written(0).unwrap(), "2025-10-12T16:14:00+00:00");
        assert_eq!(written(-3).unwrap(), "2025-10-12T13:14:00-03:00");
        for (seconds, zone) in [(0, 5), (4_102_444_800, 0), (1_760_285_640, 15), (i64::MAX, 0)] {
            assert!(matches!(Time::from_seconds(seconds, zone), Err(Fault::Time { .. })), "{seconds} {zone}");
        }
    }

    #[test]
    fn stamps_come_out_as_they_went_in() {
        for text in ["2025-10-12T16:14:02.123Z", "2000-01-01T00:00:00.000Z", "2099-12-31T23:59:59.999Z"] {
            assert_eq!(Stamp::parse(text).unwrap().to_string(), text);
        }
        for bad in [
            "2025-10-12T16:14:02Z",
            "2025-10-12T16:14:02.12Z",
            "2025-10-12T16:14:02.123+",
            "2025-13-12T16:14:02.123Z",
        ] {
            assert!(matches!(Stamp::parse(bad), Err(Fault::Stamp { .. })), "{bad}");
        }
        assert!(Stamp::from_millis(0).is_err());
    }
}
