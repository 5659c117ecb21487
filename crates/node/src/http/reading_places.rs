//! Places for long bodies that are being read, a few at a time: where all are taken, the one that has been read longest ends for others.
//!
//! Whoever sends a byte now and then would else hold every place for as long as a body may take, again and again.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::Notify;

/// Bodies at a time.
const PLACES: usize = 8;

/// How long a body is read before it may end for others.
const GRACE: Duration = Duration::from_secs(2);

/// The places, shared by those who read.
#[derive(Clone, Default)]
pub(crate) struct ReadingPlaces(Arc<Mutex<Vec<Reading>>>);

/// A body in its place.
struct Reading {
    customer: IpAddr,
    /// Since when it is read; none where it is whole, and is worked on.
    since: Option<Instant>,
    /// Told when it has to end; the same for nobody else.
    end: Arc<Notify>,
}

/// A place that is taken, until this is dropped.
pub(crate) struct ReadingPlace {
    places: ReadingPlaces,
    end: Arc<Notify>,
}

impl ReadingPlaces {
    /// Takes a place; none where all are taken by bodies that are whole or have just begun, or by one of each of as many customers.
    pub(crate) fn take_place(&self, customer: IpAddr, now: Instant) -> Option<ReadingPlace> {
        let mut taken = self.lock();
        if taken.len() >= PLACES {
            let share = |of: IpAddr| taken.iter().filter(|one| one.customer == of).count();
            let own = share(customer);
            let slow = taken.iter().enumerate().filter_map(|(at, one)| {
                let since = one.since.filter(|since| now.saturating_duration_since(*since) >= GRACE)?;
                let has_more = share(one.customer) > own || one.customer == customer;
                has_more.then_some((share(one.customer), std::cmp::Reverse(since), at))
            });
            let (_, _, at) = slow.max()?;
            taken.swap_remove(at).end.notify_one();
        }
        let end = Arc::new(Notify::new());
        taken.push(Reading { customer, since: Some(now), end: end.clone() });
        drop(taken);
        Some(ReadingPlace { places: self.clone(), end })
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Reading>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ReadingPlace {
    /// Waits until the body has to end for others.
    pub(crate) async fn wait_for_end(&self) {
        self.end.notified().await;
    }

    /// The body is whole: its place is kept until the work on it is done.
    pub(crate) fn end_reading(&self) {
        let mut taken = self.places.lock();
        taken.iter_mut().filter(|one| Arc::ptr_eq(&one.end, &self.end)).for_each(|one| one.since = None);
    }
}

impl Drop for ReadingPlace {
    fn drop(&mut self) {
        self.places.lock().retain(|one| !Arc::ptr_eq(&one.end, &self.end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_bodies_end_for_others_and_whole_ones_do_not() {
        let (places, now) = (ReadingPlaces::default(), Instant::now());
        let address = |last| IpAddr::from([192, 0, 2, last]);
        let take = |last, at| places.take_place(address(last), at);
        let slow: Vec<_> = (0..PLACES).map(|_| take(1, now).unwrap()).collect();
        assert!(take(2, now).is_none(), "nobody is slow yet");
        slow[0].end_reading();
        let later = now + GRACE;
        let honest: Vec<_> = (2..6).map(|last| take(last, later).unwrap()).collect();
        assert!(places.lock().iter().any(|one| Arc::ptr_eq(&one.end, &slow[0].end)), "whole, and worked on");
        // Who holds the most goes on against itself alone.
        let again = take(1, later).unwrap();
        assert_eq!(places.lock().len(), PLACES);
        assert!(honest.iter().all(|own| places.lock().iter().any(|one| Arc::ptr_eq(&one.end, &own.end))));
        drop((slow, honest, again));
        assert!(places.lock().is_empty());
    }
}
