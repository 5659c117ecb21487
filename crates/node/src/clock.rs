//! The time of receipt: this machine's clock, or the script's where the charter says so; and how far this machine's clock
//! stands from those of the witnesses.

use std::{
    sync::{Mutex, PoisonError},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use event::{Event, Stamp, json::Fault};
use law::facts::Clock;
use ledger::Head;

/// The machine's time.
///
/// # Errors
/// When the machine's clock stands outside the years 2000 to 2099.
pub fn now() -> Result<Stamp, Fault> {
    Stamp::from_millis(machine_millis())
}

/// The machine's time, whatever it is.
fn machine_millis() -> i64 {
    let millis =
        SystemTime::now().duration_since(UNIX_EPOCH).map(|since| since.as_millis()).unwrap_or_default();
    i64::try_from(millis).unwrap_or(i64::MAX)
}

/// When an event counts as received: now, or under a simulated clock when its author says that it was signed.
///
/// # Errors
/// When the machine's clock stands outside the years 2000 to 2099.
pub fn received_for(head: &Head, event: &Event) -> Result<Stamp, Fault> {
    if has_simulated_clock(head) {
        Stamp::from_millis(event.at.seconds().saturating_mul(1000))
    } else {
        now()
    }
}

/// Whether the charter says that times of receipt are those of a script.
pub(crate) fn has_simulated_clock(head: &Head) -> bool {
    head.state().charter.as_ref().is_some_and(|charter| charter.clock == Clock::Simulated)
}

/// How far this machine's clock may stand from that of the witnesses, in milliseconds.
const APART_MAX: i64 = 5 * 60 * 1000;

/// The witnesses' time: what they wrote with their signatures, carried on by a clock that nobody sets. So a clock of this
/// machine that jumps is seen at once, and so is one that was set right.
#[derive(Default)]
pub(crate) struct WitnessClock(Mutex<WitnessClockState>);

#[derive(Default)]
struct WitnessClockState {
    asked: bool,
    told: Option<WitnessTime>,
}

/// What the witnesses told, and when.
struct WitnessTime {
    seconds: u64,
    since: Instant,
}

/// Why nothing may be received now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub(crate) enum ClockFault {
    /// The node has just started.
    #[error("expected the time of the witnesses, found a node that is still asking them")]
    Asking,
    /// Times of receipt would be wrong.
    #[error(
        "expected a clock within {} s of the witnesses', found one {} s {} it: nothing is taken in until it is set right",
        APART_MAX / 1000, .millis.unsigned_abs() / 1000, if *.millis > 0 { "ahead of" } else { "behind" }
    )]
    Apart {
        /// This machine's time less theirs.
        millis: i64,
    },
}

impl WitnessClock {
    /// Takes the times, in seconds since 1970, that a quorum of witnesses has just cosigned with. The middle one counts: no
    /// minority of witnesses stops a node.
    pub(crate) fn record_times(&self, mut times: Vec<u64>) {
        times.sort_unstable();
        let own = u64::try_from(machine_millis() / 1000).unwrap_or_default();
        // Of two in the middle, the one that speaks for this machine.
        let middle =
            [times.len().saturating_sub(1) / 2, times.len() / 2].map(|place| times.get(place).copied());
        let Some(seconds) = middle.into_iter().flatten().min_by_key(|time| time.abs_diff(own)) else {
            return;
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The same again may be a cosignature that was kept: it says nothing of now.
        if known.told.as_ref().is_none_or(|told| told.seconds != seconds) {
            known.told = Some(WitnessTime { seconds, since: Instant::now() });
        }
    }

    /// They were asked, whatever came of it: who cannot be reached holds nothing up.
    pub(crate) fn mark_asked(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).asked = true;
    }

    /// This machine's time less theirs, in milliseconds; none before they told it.
    pub(crate) fn millis_apart(&self) -> Option<i64> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = known.told.as_ref()?;
        let elapsed = i64::try_from(told.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        let theirs =
            i64::try_from(told.seconds).unwrap_or(i64::MAX).saturating_mul(1000).saturating_add(elapsed);
        Some(machine_millis().saturating_sub(theirs))
    }

    /// Why nothing may be received now.
    pub(crate) fn clock_fault(&self) -> Option<ClockFault> {
        if !self.0.lock().unwrap_or_else(PoisonError::into_inner).asked {
            return Some(ClockFault::Asking);
        }
        let millis = self.millis_apart().filter(|millis| millis.saturating_abs() > APART_MAX)?;
        Some(ClockFault::Apart { millis })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What follows from witnesses so many seconds off.
    fn found(off: &[i64]) -> Option<i64> {
        let reference = WitnessClock::default();
        let own = machine_millis() / 1000;
        reference.record_times(off.iter().map(|off| u64::try_from(own + off).unwrap()).collect());
        reference.mark_asked();
        match reference.clock_fault() {
            Some(ClockFault::Apart { millis }) => Some((millis + 1500 * millis.signum()) / 1000 / 100 * 100),
            Some(ClockFault::Asking) => panic!("asked already"),
            None => None,
        }
    }

    #[test]
    fn the_middle_of_the_witnesses_decides() {
        assert_eq!(WitnessClock::default().clock_fault(), Some(ClockFault::Asking));
        assert_eq!(found(&[]), None);
        assert_eq!(found(&[290]), None);
        assert_eq!(found(&[-290]), None);
        assert_eq!(found(&[-400]), Some(400));
        assert_eq!(found(&[400]), Some(-400));
        // A minority cannot stop a node, and of two the one that agrees with it counts.
        assert_eq!(found(&[-9000, 0]), None);
        assert_eq!(found(&[0, 9000, 2]), None);
        assert_eq!(found(&[600, 0, 600]), Some(-600));
    }

    #[test]
    fn a_line_that_was_kept_says_nothing_of_now() {
        let reference = WitnessClock::default();
        let then = u64::try_from(machine_millis() / 1000).unwrap() - 1000;
        reference.record_times(vec![then]);
        let first = reference.0.lock().unwrap().told.as_ref().unwrap().since;
        reference.record_times(vec![then]);
        assert_eq!(reference.0.lock().unwrap().told.as_ref().unwrap().since, first);
        reference.record_times(vec![then + 1]);
        assert!(reference.0.lock().unwrap().told.as_ref().unwrap().since > first);
    }
}
