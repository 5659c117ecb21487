//! What every route of a node may use: the shared state, limits, and the heads of the past that were asked for last.

use std::{
    collections::VecDeque,
    net::IpAddr,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use event::Key;
use ledger::Head;
use tokio::sync::Semaphore;

use super::live_answer::LiveAnswer;
use crate::{
    http::{
        limits::Buckets, reading_places::ReadingPlaces, sampling::SampledLines, stream_places::StreamPlaces,
    },
    shared::SharedState,
};

/// Bounds of what is taken in.
#[derive(Debug, Clone)]
pub struct Load {
    /// Events that may wait for the writer.
    pub queue: usize,
    /// Events a second of one address; 0 is no limit.
    pub address_rate: u32,
    /// Requests a second that read, of one address; 0 is no limit.
    pub reader_rate: u32,
    /// Events a second of one key; 0 is no limit.
    pub key_rate: u32,
    /// Followers at a time.
    pub streams: usize,
    /// How long the body of a request may take.
    pub body_time: Duration,
    /// How long what is under way may take at the end.
    pub drain: Duration,
}

/// What every route may use.
#[derive(Clone)]
pub(crate) struct App(Arc<AppState>);

/// Behind every copy of [`App`].
pub(crate) struct AppState {
    pub(crate) shared: Arc<SharedState>,
    /// Events by address.
    pub(super) addresses: Buckets<IpAddr>,
    /// Requests that read, by address.
    pub(super) readers: Buckets<IpAddr>,
    /// Events by key.
    pub(super) keys: Buckets<Key>,
    pub(super) batches: ReadingPlaces,
    pub(super) streams: StreamPlaces,
    pub(super) replays: Arc<Semaphore>,
    pub(super) past_heads: HeadCache,
    pub(super) live: LiveAnswer,
    pub(super) body_time: Duration,
    /// Whether the last proxy says who asks.
    pub(super) behind_proxy: bool,
    /// Whether answers go over TLS.
    pub(super) secured: bool,
    /// The published folder that is served, too.
    pub(super) published: Option<PathBuf>,
    /// Lines of log of what was not taken in.
    pub(super) refused_lines: SampledLines,
}

impl std::ops::Deref for App {
    type Target = AppState;

    fn deref(&self) -> &AppState {
        &self.0
    }
}

impl App {
    pub(crate) fn new(
        shared: Arc<SharedState>,
        load: &Load,
        (behind_proxy, secured): (bool, bool),
        published: Option<PathBuf>,
    ) -> Self {
        Self(Arc::new(AppState {
            shared,
            addresses: Buckets::new(load.address_rate, load.address_rate.saturating_mul(AT_ONCE)),
            readers: Buckets::new(load.reader_rate, load.reader_rate.saturating_mul(AT_ONCE)),
            keys: Buckets::new(load.key_rate, load.key_rate.saturating_mul(KEY_AT_ONCE)),
            batches: ReadingPlaces::default(),
            streams: StreamPlaces::new(load.streams),
            replays: Arc::new(Semaphore::new(1)),
            past_heads: HeadCache::default(),
            live: LiveAnswer::default(),
            body_time: load.body_time,
            behind_proxy,
            secured,
            published,
            refused_lines: SampledLines::default(),
        }))
    }
}

/// Seconds of an address's rate that it may use at once, and of a key's.
const AT_ONCE: u32 = 20;
const KEY_AT_ONCE: u32 = 10;

impl AppState {
    /// The rates of addresses, readers and keys are others from now on.
    pub(crate) fn set_rates(&self, load: &Load) {
        self.addresses.set_pace(load.address_rate, load.address_rate.saturating_mul(AT_ONCE));
        self.readers.set_pace(load.reader_rate, load.reader_rate.saturating_mul(AT_ONCE));
        self.keys.set_pace(load.key_rate, load.key_rate.saturating_mul(KEY_AT_ONCE));
    }
}

/// The last few heads of the past, newest last, by the words they were asked for.
#[derive(Default)]
pub(super) struct HeadCache(Mutex<VecDeque<(String, Arc<Head>)>>);

/// Heads kept.
const HEADS_MAX: usize = 4;

impl HeadCache {
    /// The head that was asked for in these words.
    pub(super) fn find(&self, words: &str) -> Option<Arc<Head>> {
        let heads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        heads.iter().find(|(asked, _)| asked == words).map(|(_, head)| head.clone())
    }

    /// Keeps a head; the oldest goes where there are too many.
    pub(super) fn insert(&self, words: &str, head: Arc<Head>) {
        let mut heads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        heads.push_back((words.to_owned(), head));
        if heads.len() > HEADS_MAX {
            heads.pop_front();
        }
    }
}
