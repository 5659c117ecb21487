//! This machine's clock beside the newest entry of a ledger: a doubt is told wherever an act bears the time of now.
//!
//! A node refuses to work with a clock that witnesses contradict. A commission's own computer has nobody to ask but the ledger that it
//! drafts from: an entry cannot have been received later than now, and a ledger in use is seldom older than a day.

use event::{Stamp, Time};
use texts::program::say;

use crate::{named::tell_time, terminal::eprint};

/// How much later than now the newest entry may have been received: clocks differ a little.
const LATER_MILLIS: i64 = 2 * 60 * 1000;
/// How long a ledger may have taken in nothing without a word about it.
const QUIET_MILLIS: i64 = 20 * 3_600 * 1000;

/// Tells beside the answer that this machine's clock may be wrong.
pub(crate) fn warn_of_clock(now: Stamp, newest: Stamp) {
    let Some(id) = doubt_clock(now.millis(), newest.millis()) else { return };
    let local = |stamp: Stamp| {
        let time = Time::from_seconds(stamp.millis().div_euclid(1000), 5);
        time.map_or_else(|_| stamp.to_string(), |time| tell_time(&time))
    };
    eprint(&say(id, &[("now", local(now).into()), ("newest", local(newest).into())]));
}

/// The text of the doubt, if there is one.
fn doubt_clock(now: i64, newest: i64) -> Option<&'static str> {
    let since = now.saturating_sub(newest);
    if since < -LATER_MILLIS {
        Some("clock-behind-ledger")
    } else if since > QUIET_MILLIS {
        Some("clock-ahead-of-ledger")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_a_day_off_is_told_on_either_side() {
        const DAY: i64 = 24 * 3_600 * 1000;
        let newest = 1_760_000_000_000;
        assert_eq!(doubt_clock(newest - DAY, newest), Some("clock-behind-ledger"));
        assert_eq!(doubt_clock(newest + DAY, newest), Some("clock-ahead-of-ledger"));
        for apart in [0, 60_000, -60_000, 10 * 3_600 * 1000] {
            assert_eq!(doubt_clock(newest + apart, newest), None, "{apart}");
        }
    }
}
