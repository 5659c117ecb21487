//! Which connections are open: of all, and of one customer; and which one ends where there are too many.
//!
//! A connection is idle on which nothing is under way and nothing waits to go out. Where there is no room, the oldest idle one ends of the
//! customer who has the most; where nobody is idle, the one that has been busy longest. Only who has more than the newcomer loses one, and the
//! newcomer itself: so neither idle nor slow connections keep anybody out, however many there are. The last places are kept for customers who have
//! few: senders and health checks.
//!
//! Bytes of answers that the other end does not take are counted, too. Where they are too many, the customer to whom most of them go loses
//! its oldest connection.

use std::{
    cmp::Reverse,
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use prometheus_client::metrics::{counter::Counter, gauge::Gauge};
use tokio::sync::Notify;

use super::peer::customer_address;

/// Connections at a time.
const CONNECTIONS_MAX: usize = 4096;

/// Of one address.
const OF_ONE_MAX: usize = 512;

/// Places that only customers with few connections take.
const KEPT_PLACES: usize = 512;

/// Connections of a customer who has few.
const FEW: usize = 16;

/// How long a connection is busy before it may end for others.
const GRACE: Duration = Duration::from_secs(3);

/// Bytes of answers that wait for those who take them slowly, of all together.
const HELD_BYTES_MAX: u64 = 128 << 20;

/// Where connections are counted for operators.
#[derive(Clone)]
pub(crate) struct ConnectionCounters {
    /// Those that are open.
    pub(crate) open: Gauge,
    /// Those that were too many.
    pub(crate) refused: Counter,
    /// Idle and slow ones that ended for others.
    pub(crate) evicted: Counter,
}

/// Open connections by number.
#[derive(Clone, Default)]
pub(crate) struct OpenConnections(Arc<Mutex<Places>>);

#[derive(Default)]
struct Places {
    next: u64,
    open: HashMap<u64, Place>,
    of: HashMap<IpAddr, Share>,
    /// Bytes that wait to go out.
    held: u64,
}

/// What a customer has of it.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    connections: usize,
    held: u64,
}

struct Place {
    customer: IpAddr,
    /// Requests under way.
    requests: usize,
    /// Bytes of answers that wait to go out.
    held: u64,
    /// Since when it is idle, or busy.
    since: Instant,
    /// Told when the connection has to end.
    end: Arc<Notify>,
    counters: ConnectionCounters,
}

impl Place {
    fn is_busy(&self) -> bool {
        self.requests > 0 || self.held > 0
    }
}

/// One connection among all that are open; dropped when it ends.
pub(crate) struct ConnectionSlot {
    handle: ConnectionHandle,
    end: Arc<Notify>,
}

/// A connection as those know it who read from it and write to it.
#[derive(Clone)]
pub(crate) struct ConnectionHandle {
    connections: OpenConnections,
    number: u64,
}

/// A request under way; its connection is not idle until this is dropped.
pub(crate) struct UnderWay(ConnectionHandle);

impl ConnectionSlot {
    /// Counts a connection; none where there are too many.
    pub(crate) fn take(
        open: &OpenConnections,
        peer: IpAddr,
        behind_proxy: bool,
        counters: &ConnectionCounters,
    ) -> Option<Self> {
        let customer = customer_address(peer);
        let mut places = open.lock();
        let own = places.share_of(customer).connections;
        let taken = places.open.len();
        let has_many = own >= FEW || behind_proxy;
        // All of a proxy's connections are one address's.
        if own >= OF_ONE_MAX && !behind_proxy {
            places.evict(|place| place.customer == customer && !place.is_busy())?;
        } else if taken >= CONNECTIONS_MAX || (has_many && taken >= CONNECTIONS_MAX - KEPT_PLACES) {
            let evicted = places.evict_for(customer, Instant::now());
            if evicted.is_none() && (taken >= CONNECTIONS_MAX || !behind_proxy) {
                return None;
            }
        }
        let (number, end) = (places.next, Arc::new(Notify::new()));
        places.next += 1;
        let (since, counters) = (Instant::now(), counters.clone());
        counters.open.inc();
        let place = Place { customer, requests: 0, held: 0, since, end: end.clone(), counters };
        places.open.insert(number, place);
        places.of.entry(customer).or_default().connections += 1;
        drop(places);
        Some(Self { handle: ConnectionHandle { connections: open.clone(), number }, end })
    }

    /// Waits until the connection has to end for others.
    pub(crate) async fn wait_for_end(&self) {
        self.end.notified().await;
    }

    /// The connection, for those who serve it.
    pub(crate) fn handle(&self) -> ConnectionHandle {
        self.handle.clone()
    }
}

impl ConnectionHandle {
    /// Begins a request.
    pub(crate) fn begin_request(&self) -> UnderWay {
        self.connections.lock().change(self.number, |place| place.requests += 1);
        UnderWay(self.clone())
    }

    /// So many bytes of an answer wait to go out from here on. Where those of all are too many, somebody's connection ends.
    pub(crate) fn hold_bytes(&self, bytes: u64) {
        let mut places = self.connections.lock();
        places.set_held(self.number, |held| held.saturating_add(bytes));
        while places.held > HELD_BYTES_MAX && places.evict_greediest().is_some() {}
    }

    /// So many bytes have gone out.
    pub(crate) fn release_bytes(&self, bytes: u64) {
        self.connections.lock().set_held(self.number, |held| held.saturating_sub(bytes));
    }
}

impl UnderWay {
    /// So many bytes of the answer wait to go out.
    pub(crate) fn hold_bytes(&self, bytes: u64) {
        self.0.hold_bytes(bytes);
    }
}

impl OpenConnections {
    fn lock(&self) -> MutexGuard<'_, Places> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Places {
    fn share_of(&self, customer: IpAddr) -> Share {
        self.of.get(&customer).copied().unwrap_or_default()
    }

    /// Changes a place that is still taken; it is idle or busy from then on where it was not.
    fn change(&mut self, number: u64, change: impl FnOnce(&mut Place)) {
        let Some(place) = self.open.get_mut(&number) else { return };
        let before = place.is_busy();
        change(place);
        if place.is_busy() != before {
            place.since = Instant::now();
        }
    }

    fn set_held(&mut self, number: u64, change: impl FnOnce(u64) -> u64) {
        let Some(place) = self.open.get(&number) else { return };
        let (customer, before, after) = (place.customer, place.held, change(place.held));
        self.change(number, |place| place.held = after);
        let moved = |sum: u64| sum.saturating_sub(before).saturating_add(after);
        self.held = moved(self.held);
        if let Some(share) = self.of.get_mut(&customer) {
            share.held = moved(share.held);
        }
    }

    /// Makes room for a newcomer: an idle connection ends, or one that has been busy for long.
    fn evict_for(&mut self, customer: IpAddr, now: Instant) -> Option<()> {
        let own = self.share_of(customer).connections;
        let of = self.of.clone();
        let has_more = |other: IpAddr| of.get(&other).is_some_and(|share| share.connections > own + 1);
        self.evict(|place| !place.is_busy() && (place.customer == customer || has_more(place.customer)))
            .or_else(|| {
                let is_slow = |place: &Place| now.saturating_duration_since(place.since) >= GRACE;
                self.evict(|place| is_slow(place) && has_more(place.customer))
            })
    }

    /// Ends the connection that is longest as it is, among those of the customer who has the most.
    fn evict(&mut self, may_end: impl Fn(&Place) -> bool) -> Option<()> {
        let candidates = self.open.iter().filter(|(_, place)| may_end(place));
        let order = |place: &Place| (self.share_of(place.customer).connections, Reverse(place.since));
        let (number, _) = candidates.max_by_key(|(_, place)| order(place))?;
        self.end(*number)
    }

    /// Ends the oldest connection with bytes that wait, of the customer to whom most of them go, unless it is the only one.
    fn evict_greediest(&mut self) -> Option<()> {
        let holding = || self.open.iter().filter(|(_, place)| place.held > 0);
        let order = |place: &Place| (self.share_of(place.customer).held, Reverse(place.since));
        let (number, _) = holding().max_by_key(|(_, place)| order(place))?;
        if holding().count() < 2 {
            return None;
        }
        self.end(*number)
    }

    fn end(&mut self, number: u64) -> Option<()> {
        // Its place is free at once; its own end finds nothing left to do.
        let place = self.remove(number)?;
        place.end.notify_one();
        place.counters.evicted.inc();
        Some(())
    }

    fn remove(&mut self, number: u64) -> Option<Place> {
        let place = self.open.remove(&number)?;
        place.counters.open.dec();
        self.held = self.held.saturating_sub(place.held);
        if let Some(share) = self.of.get_mut(&place.customer) {
            share.connections -= 1;
            share.held = share.held.saturating_sub(place.held);
            if share.connections == 0 {
                self.of.remove(&place.customer);
            }
        }
        Some(place)
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        let _evicted_before = self.handle.connections.lock().remove(self.handle.number);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let ended = |place: &mut Place| place.requests = place.requests.saturating_sub(1);
        self.0.connections.lock().change(self.0.number, ended);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counters() -> ConnectionCounters {
        ConnectionCounters {
            open: Gauge::default(),
            refused: Counter::default(),
            evicted: Counter::default(),
        }
    }

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn idle_connections_keep_nobody_out() {
        let (open, counters) = (OpenConnections::default(), counters());
        let take = |last| ConnectionSlot::take(&open, address(last), false, &counters);
        let flood: Vec<_> =
            (0..9).flat_map(|last| (0..500).map(move |_| last)).map(|last| take(last).unwrap()).collect();
        // Those who have few come in, and end nobody's place but the flood's.
        let few: Vec<_> = (100..140).map(|last| take(last).unwrap()).collect();
        assert!(open.lock().open.len() <= CONNECTIONS_MAX);
        assert!(few.iter().all(|slot| open.lock().open.contains_key(&slot.handle.number)));
        drop(flood);
        assert_eq!(open.lock().open.len(), 40);
        drop(few);
        assert!(open.lock().of.is_empty());
        assert_eq!(counters.open.get(), 0);
    }

    #[test]
    fn what_has_just_begun_is_never_ended_for_others() {
        let (open, counters) = (OpenConnections::default(), counters());
        let take = |last| ConnectionSlot::take(&open, address(last), false, &counters);
        let mut busy = Vec::new();
        for last in 0..9 {
            for _ in 0..500 {
                let Some(slot) = take(last) else { continue };
                let request = slot.handle().begin_request();
                busy.push((slot, request));
            }
        }
        // The last places are kept for those who have few.
        assert_eq!(
            busy.len(),
            CONNECTIONS_MAX - KEPT_PLACES + FEW * (9 - (CONNECTIONS_MAX - KEPT_PLACES).div_ceil(500))
        );
        assert!(take(0).is_none() && take(200).is_some());
        assert_eq!(counters.evicted.get(), 0);
        // One that has ended its request makes room for others of its customer.
        busy.truncate(OF_ONE_MAX);
        drop(busy);
        assert!(take(0).is_some());
    }

    /// Makes every connection older than it is.
    fn wait(open: &OpenConnections, time: Duration) {
        let mut places = open.lock();
        places.open.values_mut().for_each(|place| place.since = place.since.checked_sub(time).unwrap());
    }

    #[test]
    fn slow_connections_end_for_those_who_have_fewer() {
        let (open, counters) = (OpenConnections::default(), counters());
        let take = |last| ConnectionSlot::take(&open, address(last), false, &counters);
        let slow = |last: u8, count: usize| {
            let taken = (0..count).map_while(move |_| take(last));
            taken.map(|slot| (slot.handle().begin_request(), slot)).collect::<Vec<_>>()
        };
        // Nine who have many, and forty who have few, on all places there are.
        let many: Vec<_> = (0..9).flat_map(|last| slow(last, 500)).collect();
        let few: Vec<_> = (100..140).flat_map(|last| slow(last, FEW)).collect();
        assert_eq!(open.lock().open.len(), CONNECTIONS_MAX);
        assert!(take(200).is_none(), "nobody is slow yet");
        wait(&open, GRACE);
        let newcomers: Vec<_> = (200..250).map(|last| take(last).unwrap()).collect();
        assert_eq!(counters.evicted.get(), 50);
        assert_eq!(open.lock().share_of(address(100)).connections, FEW, "who has few keeps them");
        // Who has many ends nobody's connection, also not that of one who has just come and said nothing yet.
        wait(&open, GRACE);
        assert!((0..7).all(|last| take(last).is_none()));
        assert_eq!(counters.evicted.get(), 50);
        drop((many, few, newcomers));
        assert!(open.lock().of.is_empty() && open.lock().held == 0);
        assert_eq!(counters.open.get(), 0);
    }

    #[test]
    fn answers_that_nobody_takes_are_bounded_and_the_greediest_loses_first() {
        let (open, counters) = (OpenConnections::default(), counters());
        let take = |last| ConnectionSlot::take(&open, address(last), false, &counters).unwrap();
        let (piece, honest) = (1 << 20, take(9));
        honest.handle().hold_bytes(piece);
        let greedy: Vec<_> = (0..300).map(|_| take(1)).collect();
        greedy.iter().for_each(|slot| slot.handle().hold_bytes(piece));
        assert!(open.lock().held <= HELD_BYTES_MAX);
        assert_eq!(counters.evicted.get(), 301 - HELD_BYTES_MAX / piece);
        assert_eq!(open.lock().share_of(address(9)).connections, 1);
        // One answer alone goes out, however long it is.
        drop(greedy);
        honest.handle().release_bytes(piece);
        honest.handle().hold_bytes(2 * HELD_BYTES_MAX);
        assert_eq!(open.lock().share_of(address(9)).held, 2 * HELD_BYTES_MAX);
        honest.handle().release_bytes(u64::MAX);
        assert_eq!(open.lock().held, 0);
    }
}
