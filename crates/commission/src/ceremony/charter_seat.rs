//! Seats whose keys stand in a charter: roots, offices, the service, the log.

use std::fmt;

use event::Id;

use crate::keys::piece::LOG_SEAT;

/// A key's place in a charter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CharterSeat {
    /// One of the root, from 1: signs the charter.
    Root(u32),
    /// One of the office of the CEC, from 1: signs snapshots.
    Office(u32),
    /// Signs refusals.
    Service,
    /// Signs checkpoints.
    Log,
}

/// More keys of a kind stand in no charter.
pub const KEYS_MAX: u32 = 99;

impl CharterSeat {
    /// A seat by its id: `root-1`, `office-2`, `service`, `log`.
    #[must_use]
    pub fn parse(seat: &Id) -> Option<Self> {
        let number = |text: &str| {
            text.parse::<u32>().ok().filter(|n| (1..=KEYS_MAX).contains(n) && text == n.to_string())
        };
        let text = seat.as_str();
        match text {
            "service" => Some(Self::Service),
            LOG_SEAT => Some(Self::Log),
            _ => match (text.strip_prefix("root-"), text.strip_prefix("office-")) {
                (Some(n), _) => number(n).map(Self::Root),
                (_, Some(n)) => number(n).map(Self::Office),
                _ => None,
            },
        }
    }
}

impl fmt::Display for CharterSeat {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root(n) => write!(out, "root-{n}"),
            Self::Office(n) => write!(out, "office-{n}"),
            Self::Service => out.write_str("service"),
            Self::Log => out.write_str(LOG_SEAT),
        }
    }
}
