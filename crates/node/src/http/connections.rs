//! How many connections are open: of all, and of one customer.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use prometheus_client::metrics::{counter::Counter, gauge::Gauge};

use super::peer::customer_address;

/// Connections at a time.
const CONNECTIONS_MAX: usize = 4096;

/// Of one address.
const OF_ONE_MAX: usize = 512;

/// Where connections are counted for operators.
#[derive(Clone)]
pub(crate) struct ConnectionCounters {
    /// Those that are open.
    pub(crate) open: Gauge,
    /// Those that were too many.
    pub(crate) refused: Counter,
}

/// Open connections by customer.
pub(crate) type OpenConnections = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// One connection among all that are open; dropped when it ends.
pub(crate) struct ConnectionSlot {
    open: OpenConnections,
    peer: IpAddr,
    counters: ConnectionCounters,
}

impl ConnectionSlot {
    /// Counts a connection; none where there are too many.
    pub(crate) fn take(
        open: &OpenConnections,
        peer: IpAddr,
        behind_proxy: bool,
        counters: &ConnectionCounters,
    ) -> Option<Self> {
        let peer = customer_address(peer);
        let mut counts = open.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = counts.values().sum();
        let own = counts.entry(peer).or_default();
        if all >= CONNECTIONS_MAX || (*own >= OF_ONE_MAX && !behind_proxy) {
            return None;
        }
        *own += 1;
        counters.open.inc();
        Some(Self { open: open.clone(), peer, counters: counters.clone() })
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        let mut counts = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = counts.get_mut(&self.peer) {
            *own -= 1;
            if *own == 0 {
                counts.remove(&self.peer);
            }
        }
        self.counters.open.dec();
    }
}
