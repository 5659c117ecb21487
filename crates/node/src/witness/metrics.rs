//! What the operators of a witness watch: counters and gauges, and their text for Prometheus.

use std::sync::atomic::AtomicU64;

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};

use crate::http::connections::ConnectionCounters;

/// A route and how it was answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct WitnessRequestLabels {
    route: String,
    status: u16,
}

/// A log by its origin.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LogLabels {
    origin: String,
}

/// Everything that is counted.
pub(super) struct WitnessMetrics {
    registry: Registry,
    requests: Family<WitnessRequestLabels, Counter>,
    cosigned: Family<LogLabels, Counter>,
    splits: Family<LogLabels, Counter>,
    size: Family<LogLabels, Gauge<u64, AtomicU64>>,
    replayed: Family<LogLabels, Gauge<u64, AtomicU64>>,
    broken: Gauge,
    connections: Gauge,
    refused: Counter,
    evicted: Counter,
}

impl WitnessMetrics {
    pub(super) fn new() -> Self {
        let mut all = Self {
            registry: Registry::with_prefix("hattama_witness"),
            requests: Family::default(),
            cosigned: Family::default(),
            splits: Family::default(),
            size: Family::default(),
            replayed: Family::default(),
            broken: Gauge::default(),
            connections: Gauge::default(),
            refused: Counter::default(),
            evicted: Counter::default(),
        };
        let to = &mut all.registry;
        to.register("requests", "Requests by route and status", all.requests.clone());
        to.register("cosigned", "Checkpoints cosigned, by log", all.cosigned.clone());
        to.register("splits", "Two checkpoints of one size under a log's key, by log", all.splits.clone());
        to.register("log_entries", "Entries under the newest cosigned checkpoint, by log", all.size.clone());
        to.register("replayed_entries", "Entries replayed, by log", all.replayed.clone());
        to.register(
            "broken",
            "1 if a record could not be made durable: nothing is cosigned",
            all.broken.clone(),
        );
        to.register("connections", "Connections open", all.connections.clone());
        to.register("connections_refused", "Connections that were too many", all.refused.clone());
        to.register("connections_evicted", "Idle connections that ended for others", all.evicted.clone());
        all
    }

    pub(super) fn encode_text(&self) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _written = text::encode(&mut out, &self.registry);
        out
    }

    pub(super) fn count_request(&self, route: &str, status: u16) {
        self.requests.get_or_create(&WitnessRequestLabels { route: route.to_owned(), status }).inc();
    }

    pub(super) fn count_cosigned(&self, origin: &str, size: u64) {
        self.cosigned.get_or_create(&LogLabels { origin: origin.to_owned() }).inc();
        self.set_recorded(origin, size);
    }

    pub(super) fn set_recorded(&self, origin: &str, size: u64) {
        self.size.get_or_create(&LogLabels { origin: origin.to_owned() }).set(size);
    }

    pub(super) fn set_replayed(&self, origin: &str, size: u64) {
        self.replayed.get_or_create(&LogLabels { origin: origin.to_owned() }).set(size);
    }

    pub(super) fn count_split(&self, origin: &str) {
        self.splits.get_or_create(&LogLabels { origin: origin.to_owned() }).inc();
    }

    pub(super) fn mark_broken(&self) {
        self.broken.set(1);
    }

    pub(super) fn connection_counters(&self) -> ConnectionCounters {
        ConnectionCounters {
            open: self.connections.clone(),
            refused: self.refused.clone(),
            evicted: self.evicted.clone(),
        }
    }
}
