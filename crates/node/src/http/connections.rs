//! Which connections are open: of all, and of one customer; and which one ends where there are too many.
//!
//! A connection on which nothing is under way is idle. Where there is no room, the oldest idle one ends of the customer who has the
//! most, so that idle connections keep nobody out, however many there are. The last places are kept for customers who have
//! few: senders and health checks.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
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

/// Where connections are counted for operators.
#[derive(Clone)]
pub(crate) struct ConnectionCounters {
    /// Those that are open.
    pub(crate) open: Gauge,
    /// Those that were too many.
    pub(crate) refused: Counter,
    /// Idle ones that ended for others.
    pub(crate) evicted: Counter,
}

/// Open connections by number.
#[derive(Clone, Default)]
pub(crate) struct OpenConnections(Arc<Mutex<Places>>);

#[derive(Default)]
struct Places {
    next: u64,
    open: HashMap<u64, Place>,
    of: HashMap<IpAddr, usize>,
}

struct Place {
    customer: IpAddr,
    /// Requests under way.
    requests: usize,
    idle_since: Instant,
    /// Told when the connection has to end.
    end: Arc<Notify>,
}

/// One connection among all that are open; dropped when it ends.
pub(crate) struct ConnectionSlot {
    connections: OpenConnections,
    number: u64,
    end: Arc<Notify>,
    counters: ConnectionCounters,
}

/// A request under way; its connection is not idle until this is dropped.
pub(crate) struct UnderWay {
    connections: OpenConnections,
    number: u64,
}

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
        let own = places.of.get(&customer).copied().unwrap_or(0);
        // All of a proxy's connections are one address's.
        if own >= OF_ONE_MAX && !behind_proxy {
            places.evict_idle(Some(customer), counters)?;
        } else if places.open.len() >= CONNECTIONS_MAX - KEPT_PLACES && (own >= FEW || behind_proxy) {
            let all_taken = places.open.len() >= CONNECTIONS_MAX;
            let evicted = places.evict_idle(None, counters);
            if evicted.is_none() && (all_taken || !behind_proxy) {
                return None;
            }
        } else if places.open.len() >= CONNECTIONS_MAX {
            places.evict_idle(None, counters)?;
        }
        let (number, end) = (places.next, Arc::new(Notify::new()));
        places.next += 1;
        let place = Place { customer, requests: 0, idle_since: Instant::now(), end: end.clone() };
        places.open.insert(number, place);
        *places.of.entry(customer).or_default() += 1;
        counters.open.inc();
        drop(places);
        Some(Self { connections: open.clone(), number, end, counters: counters.clone() })
    }

    /// Waits until the connection has to end for others.
    pub(crate) async fn wait_for_end(&self) {
        self.end.notified().await;
    }

    /// Begins requests on this connection.
    pub(crate) fn requests(&self) -> impl Fn() -> UnderWay + Clone + Send + 'static {
        let (connections, number) = (self.connections.clone(), self.number);
        move || {
            if let Some(place) = connections.lock().open.get_mut(&number) {
                place.requests += 1;
            }
            UnderWay { connections: connections.clone(), number }
        }
    }
}

impl OpenConnections {
    fn lock(&self) -> MutexGuard<'_, Places> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Places {
    /// Ends the oldest idle connection of this customer, or of the one who has the most. None where nobody is idle.
    fn evict_idle(&mut self, of: Option<IpAddr>, counters: &ConnectionCounters) -> Option<()> {
        let idle = self.open.iter().filter(|(_, place)| place.requests == 0);
        let idle = idle.filter(|(_, place)| of.is_none_or(|customer| place.customer == customer));
        let many = |customer: &IpAddr| self.of.get(customer).copied().unwrap_or(0);
        let (number, _) =
            idle.max_by_key(|(_, place)| (many(&place.customer), std::cmp::Reverse(place.idle_since)))?;
        let number = *number;
        // Its place is free at once; its own end finds nothing left to do.
        let place = self.remove(number)?;
        place.end.notify_one();
        counters.evicted.inc();
        counters.open.dec();
        Some(())
    }

    fn remove(&mut self, number: u64) -> Option<Place> {
        let place = self.open.remove(&number)?;
        if let Some(own) = self.of.get_mut(&place.customer) {
            *own -= 1;
            if *own == 0 {
                self.of.remove(&place.customer);
            }
        }
        Some(place)
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        if self.connections.lock().remove(self.number).is_some() {
            self.counters.open.dec();
        }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if let Some(place) = self.connections.lock().open.get_mut(&self.number) {
            place.requests = place.requests.saturating_sub(1);
            place.idle_since = Instant::now();
        }
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
        assert!(few.iter().all(|slot| open.lock().open.contains_key(&slot.number)));
        drop(flood);
        assert_eq!(open.lock().open.len(), 40);
        drop(few);
        assert!(open.lock().of.is_empty());
        assert_eq!(counters.open.get(), 0);
    }

    #[test]
    fn what_is_under_way_is_never_ended_for_others() {
        let (open, counters) = (OpenConnections::default(), counters());
        let take = |last| ConnectionSlot::take(&open, address(last), false, &counters);
        let mut busy = Vec::new();
        for last in 0..9 {
            for _ in 0..500 {
                let Some(slot) = take(last) else { continue };
                let request = slot.requests()();
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
}
