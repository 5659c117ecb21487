//! What the operators of a node watch: counters and gauges, and their text for Prometheus.

use std::{
    sync::atomic::AtomicU64,
    time::{Duration, Instant},
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use crate::http::connections::ConnectionCounters;

/// A route and how it was answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    route: String,
    status: u16,
}

/// The rule of a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RefusalLabels {
    rule: String,
}

/// A witness and whether it gave a cosignature.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct WitnessAnswerLabels {
    witness: String,
    cosigned: String,
}

/// What a limit was put to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LimitLabels {
    by: String,
}

/// Everything that is counted.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    answered: Histogram,
    refused: Family<RefusalLabels, Counter>,
    limited: Family<LimitLabels, Counter>,
    acknowledged: Counter,
    groups: Histogram,
    commits: Histogram,
    failures: Counter,
    size: Gauge<u64, AtomicU64>,
    waiting: Gauge<u64, AtomicU64>,
    writing: Gauge<u64, AtomicU64>,
    streams: Gauge,
    connections: Gauge,
    evicted: Counter,
    asked: Family<WitnessAnswerLabels, Counter>,
    witnessed: Gauge<u64, AtomicU64>,
    unwitnessed: Gauge<u64, AtomicU64>,
    contradicted: Gauge<u64, AtomicU64>,
    held: Gauge<u64, AtomicU64>,
    apart: Gauge<f64, AtomicU64>,
}

impl Metrics {
    pub(crate) fn new(size: u64) -> Self {
        let seconds =
            || Histogram::new([0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0]);
        let mut all = Self {
            registry: Registry::with_prefix("hattama"),
            requests: Family::default(),
            answered: seconds(),
            refused: Family::default(),
            limited: Family::default(),
            acknowledged: Counter::default(),
            groups: Histogram::new([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0]),
            commits: seconds(),
            failures: Counter::default(),
            size: Gauge::default(),
            waiting: Gauge::default(),
            writing: Gauge::default(),
            streams: Gauge::default(),
            connections: Gauge::default(),
            evicted: Counter::default(),
            asked: Family::default(),
            witnessed: Gauge::default(),
            unwitnessed: Gauge::default(),
            contradicted: Gauge::default(),
            held: Gauge::default(),
            apart: Gauge::default(),
        };
        all.size.set(size);
        let to = &mut all.registry;
        to.register("requests", "Requests by route and status", all.requests.clone());
        to.register_with_unit("answer", "Time from request to answer", Unit::Seconds, all.answered.clone());
        to.register("refused", "Events refused, by rule", all.refused.clone());
        to.register("limited", "Requests put off, by limit", all.limited.clone());
        to.register("acknowledged", "Events taken in", all.acknowledged.clone());
        to.register("group_events", "Events of one durable write", all.groups.clone());
        to.register_with_unit("commit", "Time of one durable write", Unit::Seconds, all.commits.clone());
        to.register("write_failures", "Durable writes that failed", all.failures.clone());
        to.register("entries", "Entries acknowledged", all.size.clone());
        to.register("waiting_events", "Events that wait for the writer", all.waiting.clone());
        to.register("writing", "1 if events are taken in", all.writing.clone());
        to.register("streams", "Followers connected", all.streams.clone());
        to.register("connections", "Connections open", all.connections.clone());
        to.register("connections_evicted", "Idle connections that ended for others", all.evicted.clone());
        to.register("witness_answers", "Checkpoints put to witnesses", all.asked.clone());
        let of = "Entries under a checkpoint that enough witnesses cosigned";
        to.register("witnessed_entries", of, all.witnessed.clone());
        let of = "1 if the newest checkpoint lacks the quorum of the policy";
        to.register("unwitnessed", of, all.unwitnessed.clone());
        let of = "1 while a witness or a checkpoint under the log key contradicts this ledger";
        to.register("contradicted", of, all.contradicted.clone());
        to.register("held_announcements", "Results that wait for witnesses", all.held.clone());
        let of = "This machine's clock less that of the witnesses";
        to.register_with_unit("clock_apart", of, Unit::Seconds, all.apart.clone());
        all
    }

    /// The text; what passes with time is told now: events that wait, whether any is taken in, how far apart clocks stand.
    pub(crate) fn encode_text(&self, waiting: usize, writing: bool, apart: Option<i64>) -> String {
        self.waiting.set(waiting as u64);
        self.writing.set(writing.into());
        let apart = apart.and_then(|millis| i32::try_from(millis).ok());
        self.apart.set(apart.map_or(0.0, |millis| f64::from(millis) / 1000.0));
        let mut out = String::new();
        // Writing to a string does not fail.
        let _written = text::encode(&mut out, &self.registry);
        out
    }

    pub(crate) fn count_request(&self, route: &str, status: u16, took: Duration) {
        self.requests.get_or_create(&RequestLabels { route: route.to_owned(), status }).inc();
        self.answered.observe(took.as_secs_f64());
    }

    pub(crate) fn count_refusal(&self, rule: &str) {
        self.refused.get_or_create(&RefusalLabels { rule: rule.to_owned() }).inc();
    }

    pub(crate) fn count_limited(&self, by: &str) {
        self.limited.get_or_create(&LimitLabels { by: by.to_owned() }).inc();
    }

    pub(crate) fn record_group(&self, events: usize, acknowledged: usize, since: Instant) {
        self.groups.observe(f64::from(u32::try_from(events).unwrap_or(u32::MAX)));
        self.commits.observe(since.elapsed().as_secs_f64());
        self.acknowledged.inc_by(acknowledged as u64);
    }

    pub(crate) fn count_write_failure(&self) {
        self.failures.inc();
    }

    pub(crate) fn set_size(&self, size: u64) {
        self.size.set(size);
    }

    pub(crate) fn count_witness_answer(&self, witness: &str, cosigned: bool) {
        let asked = WitnessAnswerLabels { witness: witness.to_owned(), cosigned: cosigned.to_string() };
        self.asked.get_or_create(&asked).inc();
    }

    pub(crate) fn set_witnessed(&self, entries: u64, held: usize, enough: bool) {
        self.witnessed.set(entries);
        self.held.set(held as u64);
        self.unwitnessed.set((!enough).into());
    }

    pub(crate) fn set_contradicted(&self, contradicted: bool) {
        self.contradicted.set(contradicted.into());
    }

    pub(crate) fn stream_gauge(&self) -> &Gauge {
        &self.streams
    }

    pub(crate) fn connection_counters(&self) -> ConnectionCounters {
        let refused = self.limited.get_or_create(&LimitLabels { by: "connections".to_owned() }).clone();
        ConnectionCounters { open: self.connections.clone(), refused, evicted: self.evicted.clone() }
    }
}
