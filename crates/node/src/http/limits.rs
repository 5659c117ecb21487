//! How much one address or one key may ask for.
//!
//! A leaky bucket for each, kept as the time at which it is empty again; their number is bounded.
//!
//! A key is counted only for events that it really signed and that are new: nobody uses up another's bucket by sending
//! forged events or by sending known ones again.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError, RwLock},
    time::{Duration, Instant},
};

/// Buckets of one kind.
pub(crate) struct Buckets<K> {
    pace: RwLock<Pace>,
    /// When each is empty again.
    empty_at: Mutex<HashMap<K, Instant>>,
}

/// How fast buckets fill and empty.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// Time that one unit takes; none without a limit.
    every: Option<Duration>,
    /// Time that a full bucket takes.
    depth: Duration,
}

impl Pace {
    fn of(per_second: u32, at_once: u32) -> Self {
        let every = (per_second > 0).then(|| Duration::from_secs(1) / per_second);
        Self { every, depth: every.unwrap_or_default().saturating_mul(at_once.max(1)) }
    }
}

/// Buckets remembered; beyond that those that are empty are forgotten, then all.
const BUCKETS_MAX: usize = 50_000;

impl<K: Eq + Hash> Buckets<K> {
    /// So many units a second, and so many at once; 0 a second is no limit.
    pub(crate) fn new(per_second: u32, at_once: u32) -> Self {
        Self { pace: RwLock::new(Pace::of(per_second, at_once)), empty_at: Mutex::new(HashMap::new()) }
    }

    /// Another pace from now on; what is in the buckets stays.
    pub(crate) fn set_pace(&self, per_second: u32, at_once: u32) {
        *self.pace.write().unwrap_or_else(PoisonError::into_inner) = Pace::of(per_second, at_once);
    }

    /// Takes units at a time, or tells how long to wait. An empty bucket takes any number, so nothing waits for ever.
    pub(crate) fn take_units(&self, key: K, units: u32, now: Instant) -> Result<(), Duration> {
        let Pace { every, depth } = *self.pace.read().unwrap_or_else(PoisonError::into_inner);
        let Some(every) = every else { return Ok(()) };
        let mut buckets = self.empty_at.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= BUCKETS_MAX && !buckets.contains_key(&key) {
            buckets.retain(|_, empty_at| *empty_at > now);
            if buckets.len() >= BUCKETS_MAX {
                buckets.clear();
            }
        }
        let empty_at = buckets.get(&key).copied().filter(|at| *at > now).unwrap_or(now);
        let filled = empty_at + every.saturating_mul(units);
        let over = filled.saturating_duration_since(now).saturating_sub(depth);
        if over.is_zero() || empty_at == now {
            buckets.insert(key, filled);
            return Ok(());
        }
        Err(over)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_takes_its_depth_and_then_its_rate() {
        let (buckets, now) = (Buckets::new(10, 5), Instant::now());
        assert!((0..5).all(|_| buckets.take_units("a", 1, now).is_ok()));
        assert_eq!(buckets.take_units("a", 1, now), Err(Duration::from_millis(100)));
        assert!(buckets.take_units("b", 1, now).is_ok());
        assert!(buckets.take_units("a", 1, now + Duration::from_millis(100)).is_ok());
        // A clock that does not move forwards gives nothing and breaks nothing.
        assert!(buckets.take_units("a", 1, now).is_err());
        assert!(buckets.take_units("c", 256, now).is_ok() && buckets.take_units("c", 1, now).is_err());
        assert!(Buckets::new(0, 0).take_units("a", 1_000_000, now).is_ok());
        // Set again, it holds for buckets that there are.
        buckets.set_pace(0, 0);
        assert!(buckets.take_units("a", 1_000, now).is_ok());
    }

    #[test]
    fn memory_is_bounded() {
        let (buckets, now) = (Buckets::new(1, 1), Instant::now());
        for key in 0..3 * BUCKETS_MAX {
            assert!(buckets.take_units(key, 1, now).is_ok());
        }
        assert!(buckets.empty_at.lock().unwrap().len() <= BUCKETS_MAX);
    }
}
