//! The time of receipt: this machine's clock, or the script's where the charter says so; and how far this machine's clock
//! stands from those of the witnesses, and from the time since boot.

use std::{
    fs,
    sync::{Mutex, PoisonError},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use event::{Event, Stamp, json::Fault};
use law::facts::Clock;
use ledger::Head;
use phrase::{Phrase, phrase};

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

/// How far this machine's clock may run ahead of the time since boot, in milliseconds: a leap second and a first setting by NTP are less.
const JUMP_MAX: i64 = 60 * 1000;

/// This machine's clock beside the time since boot, which nobody sets and which goes on while the machine sleeps. A clock that jumps forward is
/// noticed before the next event. One that was wrong already when the node started is not.
pub(crate) struct BootClock {
    /// Where the time since boot is told only by a timer that stands still while the machine sleeps.
    started: Instant,
    agreed: Mutex<ClockReading>,
}

/// Both clocks at one moment, in milliseconds.
#[derive(Debug, Clone, Copy)]
struct ClockReading {
    wall: i64,
    boot: i64,
}

impl ClockReading {
    /// How far the wall clock has jumped ahead since an earlier reading, where that is too far. Back it may go: times of receipt stand still then.
    fn jumped_since(self, earlier: Self) -> Option<i64> {
        let elapsed = self.boot.saturating_sub(earlier.boot);
        let jumped = self.wall.saturating_sub(earlier.wall).saturating_sub(elapsed);
        (jumped > JUMP_MAX).then_some(jumped)
    }
}

impl BootClock {
    /// Takes this machine's clock for right as it is now.
    pub(crate) fn start() -> Self {
        let started = Instant::now();
        Self { started, agreed: Mutex::new(read_clocks(started)) }
    }

    /// Others confirm this machine's clock: it may have been set right, or the machine was moved while it stood still.
    pub(crate) fn agree_now(&self) {
        *self.agreed.lock().unwrap_or_else(PoisonError::into_inner) = read_clocks(self.started);
    }

    /// Why nothing may be received now.
    pub(crate) fn clock_fault(&self) -> Option<ClockFault> {
        let agreed = *self.agreed.lock().unwrap_or_else(PoisonError::into_inner);
        let millis = read_clocks(self.started).jumped_since(agreed)?;
        Some(ClockFault::Jumped { millis })
    }
}

fn read_clocks(started: Instant) -> ClockReading {
    let boot = read_boot_millis()
        .unwrap_or_else(|| i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX));
    ClockReading { wall: machine_millis(), boot }
}

/// The time since boot with what the machine slept, in milliseconds, as Linux tells it.
fn read_boot_millis() -> Option<i64> {
    let text = fs::read_to_string("/proc/uptime").ok()?;
    let (seconds, hundredths) = text.split_whitespace().next()?.split_once('.')?;
    let hundredths: i64 = hundredths.get(..2)?.parse().ok()?;
    Some(seconds.parse::<i64>().ok()?.saturating_mul(1000).saturating_add(hundredths * 10))
}

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

/// On which side of the witnesses' time a clock is.
fn name_side(millis: i64) -> Phrase {
    if millis > 0 { phrase!("clock-ahead", "ahead of") } else { phrase!("clock-behind", "behind") }
}

/// Why nothing may be received now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub(crate) enum ClockFault {
    /// The node has just started.
    #[error("expected the time of the witnesses, found a node that is still asking them")]
    Asking,
    /// Times of receipt would be wrong.
    #[error(
        "expected a clock within {most} s of the witnesses', found one {apart} s {side} it: nothing is taken in until it is set right",
        most = APART_MAX / 1000, apart = .millis.unsigned_abs() / 1000, side = name_side(*.millis)
    )]
    Apart {
        /// This machine's time less theirs.
        millis: i64,
    },
    /// The machine's clock was set, or the machine stood still.
    #[error(
        "expected a clock that runs with the time since boot, found one that jumped {} s ahead: nothing is taken in until it is set back, \
         witnesses confirm it, or the node is started again by somebody who has compared it with another clock",
        .millis / 1000
    )]
    Jumped {
        /// How far, in milliseconds.
        millis: i64,
    },
}

impl WitnessClock {
    /// Takes the times, in seconds since 1970, that a quorum of witnesses has just cosigned with. The middle one counts: no
    /// minority of witnesses stops a node.
    /// Tells whether they confirm this machine's clock as it is now.
    pub(crate) fn record_times(&self, mut times: Vec<u64>) -> bool {
        times.sort_unstable();
        let own = u64::try_from(machine_millis() / 1000).unwrap_or_default();
        // Of two in the middle, the one that speaks for this machine.
        let middle =
            [times.len().saturating_sub(1) / 2, times.len() / 2].map(|place| times.get(place).copied());
        let Some(seconds) = middle.into_iter().flatten().min_by_key(|time| time.abs_diff(own)) else {
            return false;
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The same again may be a cosignature that was kept: it says nothing of now.
        let is_new = known.told.as_ref().is_none_or(|told| told.seconds != seconds);
        if is_new {
            known.told = Some(WitnessTime { seconds, since: Instant::now() });
        }
        is_new && seconds.abs_diff(own) <= APART_MAX.unsigned_abs() / 1000
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
            Some(ClockFault::Asking | ClockFault::Jumped { .. }) => panic!("asked already, of witnesses"),
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
    fn a_clock_that_jumps_forward_is_noticed_whatever_the_machine_did() {
        let start = ClockReading { wall: 1_760_000_000_000, boot: 5_000 };
        let later = |wall: i64, boot: i64| {
            ClockReading { wall: start.wall + wall, boot: start.boot + boot }.jumped_since(start)
        };
        // A night, a suspended machine (both go on), a leap second, a clock that is set back, and set right again.
        for (wall, boot) in
            [(36_000_000, 36_000_000), (1000, 0), (-7_200_000, 10), (60_000, 0), (7_000, 6_990)]
        {
            assert_eq!(later(wall, boot), None, "{wall} {boot}");
        }
        // Set forward; moved to another machine while it stood still.
        assert_eq!(later(3_600_000, 10), Some(3_599_990));
        assert_eq!(later(36_061_000, 36_000_000), Some(61_000));
        let clock = BootClock::start();
        assert_eq!(clock.clock_fault(), None);
        clock.agreed.lock().unwrap().wall -= 3_600_000;
        assert!(matches!(clock.clock_fault(), Some(ClockFault::Jumped { .. })));
        // Witnesses confirm it; what they said before says nothing.
        let (witnesses, now) = (WitnessClock::default(), u64::try_from(machine_millis() / 1000).unwrap());
        assert!(!witnesses.record_times(vec![now - 3600]) && !witnesses.record_times(vec![now - 3600]));
        assert!(witnesses.record_times(vec![now]) && !witnesses.record_times(vec![now]));
        clock.agree_now();
        assert_eq!(clock.clock_fault(), None);
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
