//! A witness from start to end: it cosigns checkpoints of the logs that it follows, and never two histories of one.
//!
//! `record` is what it remembers, `cosign` and `routes` what it answers, `replay` follows a log before it cosigns. Whether a
//! checkpoint may be cosigned is `tlog::witness`.
//!
//! ```text
//! POST /add-checkpoint ──▶ read ──▶ decide ──▶ replay ──▶ decide again, record durable ──▶ cosign ──▶ 200
//!                                      └─ 404, 403, 400, 409, 422        └─ 503 when the disk does not keep it
//! ```

mod contradiction;
mod cosign;
pub(crate) mod fault;
mod metrics;
pub(crate) mod origin;
mod record;
pub(crate) mod replay;
mod routes;

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use tlog::{cosignature::Cosigner, note::VerifierKey};
use zeroize::Zeroizing;

use crate::http::{
    fault::ListenError,
    listen::{Listener, bind_listener},
    tls::{Tls, read_acceptor},
};
use cosign::{FollowedLog, WitnessState};
use fault::WitnessError;
use record::WitnessRecords;
use replay::EntrySource;

/// What a witness is told.
pub struct WitnessSettings {
    /// The folder that holds what it cosigned last; nobody else writes there.
    pub dir: PathBuf,
    /// Its name in notes.
    pub name: String,
    /// Seed of its key.
    pub seed: Zeroizing<[u8; 32]>,
    /// The keys of the logs that it follows; the name of a key is the origin of its log.
    pub logs: Vec<VerifierKey>,
    /// Where the entries of a log are, by its origin: it is replayed before it is cosigned.
    pub replays: Vec<(String, EntrySource)>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Certificates and key, in PEM.
    pub tls: Option<Tls>,
    /// Plain HTTP on an address that others reach, because a proxy of ours stands there.
    pub plain_behind_proxy: bool,
    /// The proxy says who asks, last in `X-Forwarded-For`.
    pub forwarded: bool,
    /// Requests a second of one address; 0 is no limit.
    pub rate: u32,
    /// How long what is under way may take at the end.
    pub drain: Duration,
}

/// Witnesses until it is told to end; `ready` hears the address as soon as it is listened on.
///
/// # Errors
/// [`WitnessError`]; nothing was signed.
pub fn serve_witness(settings: WitnessSettings, ready: impl FnOnce(&str)) -> Result<(), WitnessError> {
    let acceptor = read_acceptor(settings.listen, settings.tls.as_ref(), settings.plain_behind_proxy)?;
    let (drain, behind_proxy, rate) = (settings.drain, settings.forwarded, settings.rate);
    let (listen, plain_behind_proxy) = (settings.listen, settings.plain_behind_proxy);
    let state = Arc::new(open_state(settings)?);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ListenError::from)?;
    let socket = runtime.block_on(bind_listener(listen))?;
    let address = socket.local_addr().map_err(ListenError::from)?;
    let scheme = if acceptor.is_some() { "https" } else { "http" };
    let secured = acceptor.is_some() || plain_behind_proxy;
    let counters = state.metrics.connection_counters();
    let router = routes::build_router(state.clone(), rate, behind_proxy, secured);
    let ending = Box::new(|| ());
    let listener = Listener { socket, tls: acceptor, router, counters, ending, behind_proxy };
    let listening = || ready(&format!("{scheme}://{address}"));
    let served = runtime.block_on(listener.serve_until_told(drain, listening));
    // A replay that nobody waits for any more has signed nothing: it is not waited for either.
    runtime.shutdown_timeout(drain);
    Ok(served?)
}

/// Everything that was recorded, read and checked before anybody may ask.
fn open_state(settings: WitnessSettings) -> Result<WitnessState, WitnessError> {
    let WitnessSettings { dir, name, seed, logs, mut replays, .. } = settings;
    let cosigner = Cosigner::new(&name, &seed)?;
    let own = cosigner.cosigner_key();
    if let Some(log) = logs.iter().find(|log| log.key() == own.key()) {
        return Err(WitnessError::SharedKey { log: log.encode() });
    }
    let records = WitnessRecords::open(&dir, own)?;
    let mut origins: Vec<&str> = logs.iter().map(VerifierKey::name).collect();
    origins.sort_unstable();
    origins.dedup();
    if origins.is_empty() {
        return Err(WitnessError::NoLog);
    }
    let mut followed = Vec::new();
    for origin in origins {
        let keys: Vec<VerifierKey> = logs.iter().filter(|log| log.name() == origin).cloned().collect();
        let known = records.load_record(origin, &keys)?;
        let entries = replays.iter().position(|(of, _)| of == origin).map(|at| replays.remove(at).1);
        followed.push(FollowedLog::new(origin, keys, known, entries));
    }
    match replays.first() {
        Some((found, _)) => Err(WitnessError::ReplayOfNone { found: found.clone() }),
        None => WitnessState::new(cosigner, records, followed),
    }
}
