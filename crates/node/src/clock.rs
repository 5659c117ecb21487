//! The time of receipt.
//!
//! In: the node's clock, and the script's where the charter says so. Out: authors' times.

use std::time::{SystemTime, UNIX_EPOCH};

use event::{Event, Stamp, json::Fault};
use law::facts::Clock;
use ledger::Head;

/// The machine's time.
///
/// # Errors
/// When the machine's clock stands outside the years 2000 to 2099.
pub fn now() -> Result<Stamp, Fault> {
    let millis =
        SystemTime::now().duration_since(UNIX_EPOCH).map(|since| since.as_millis()).unwrap_or_default();
    Stamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// When an event counts as received: now, or under a simulated clock when its author says that it was signed.
///
/// # Errors
/// When the machine's clock stands outside the years 2000 to 2099.
pub fn received_for(head: &Head, event: &Event) -> Result<Stamp, Fault> {
    let simulated = head.state().charter.as_ref().is_some_and(|charter| charter.clock == Clock::Simulated);
    if simulated { Stamp::from_millis(event.at.seconds().saturating_mul(1000)) } else { now() }
}
