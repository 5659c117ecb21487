//! Places for followers of the stream, so many at a time: where all are taken, the oldest ends of the customer who has the most, for a customer
//! who has fewer.
//!
//! A follower stays for as long as it likes; two addresses would else keep all others from following.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

/// The places, shared by those who follow.
#[derive(Clone)]
pub(crate) struct StreamPlaces {
    most: usize,
    taken: Arc<Mutex<Followers>>,
}

/// Those who follow, the oldest first.
#[derive(Default)]
struct Followers {
    next: u64,
    by_number: BTreeMap<u64, Follower>,
}

/// A follower in its place.
struct Follower {
    customer: IpAddr,
    /// Told when it has to end.
    end: Arc<Notify>,
}

/// A place that is taken, until this is dropped.
pub(crate) struct StreamPlace {
    places: StreamPlaces,
    number: u64,
    end: Arc<Notify>,
}

impl StreamPlaces {
    /// So many places.
    pub(crate) fn new(most: usize) -> Self {
        Self { most, taken: Arc::default() }
    }

    /// Takes a place; none where all are taken by customers who have no more than this one would have.
    pub(crate) fn take_place(&self, customer: IpAddr) -> Option<StreamPlace> {
        let mut taken = self.lock();
        if taken.by_number.len() >= self.most {
            let number = taken.find_oldest_of_greediest(customer)?;
            taken.by_number.remove(&number)?.end.notify_one();
        }
        let (number, end) = (taken.next, Arc::new(Notify::new()));
        taken.next += 1;
        taken.by_number.insert(number, Follower { customer, end: end.clone() });
        drop(taken);
        Some(StreamPlace { places: self.clone(), number, end })
    }

    fn lock(&self) -> MutexGuard<'_, Followers> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Followers {
    /// The oldest follower of the customer who has the most, if that has more than the newcomer will have.
    fn find_oldest_of_greediest(&self, newcomer: IpAddr) -> Option<u64> {
        let mut shares: BTreeMap<IpAddr, (usize, u64)> = BTreeMap::new();
        for (number, follower) in &self.by_number {
            shares.entry(follower.customer).or_insert((0, *number)).0 += 1;
        }
        let own = shares.get(&newcomer).map_or(0, |(count, _)| *count);
        let (count, oldest) = shares.into_values().max_by_key(|(count, _)| *count)?;
        (count > own + 1).then_some(oldest)
    }
}

impl StreamPlace {
    /// Waits until the follower has to end for others.
    pub(crate) async fn wait_for_end(&self) {
        self.end.notified().await;
    }

    /// Whether the place is still this follower's.
    pub(crate) fn is_kept(&self) -> bool {
        self.places.lock().by_number.contains_key(&self.number)
    }
}

impl Drop for StreamPlace {
    fn drop(&mut self) {
        self.places.lock().by_number.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_addresses_that_have_all_places_keep_nobody_out() {
        let places = StreamPlaces::new(1000);
        let take = |last| places.take_place(IpAddr::from([192, 0, 2, last]));
        let many: Vec<_> = (0..1000_u32).map(|n| take(u8::from(n < 500)).unwrap()).collect();
        assert!(take(0).is_none() && take(1).is_none(), "who has the most gets no more");
        let others: Vec<_> = (10..210).map(|last| take(last).unwrap()).collect();
        let count = |last: u8| {
            let of = IpAddr::from([192, 0, 2, last]);
            places.lock().by_number.values().filter(|one| one.customer == of).count()
        };
        assert_eq!((count(0), count(1)), (400, 400), "both give up as many");
        assert!((10..210).all(|last| count(last) == 1) && others.iter().all(StreamPlace::is_kept));
        assert_eq!(many.iter().filter(|place| place.is_kept()).count(), 800);
        assert!(take(0).is_none(), "who gave a place up does not take it back");
        drop(many);
        assert_eq!(places.lock().by_number.len(), 200);
        drop(others);
        assert!(places.lock().by_number.is_empty());
    }
}
