//! A node from start to end: the safe start, the listener, the writer's thread, the end.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, thread, time::Duration};

use ledger::{Head, LogKeys};
use phrase::{Phrase, Phrased as _, phrase};
use store::Reader;
use tlog::note::{NoteSigner, VerifierKey};
use tokio::{net::TcpListener, runtime::Runtime};
use zeroize::Zeroizing;

#[cfg(unix)]
use crate::control::{
    server::ControlServer,
    socket::{ControlSettings, ControlSocket},
};
use crate::{
    api::{
        self,
        app::{App, Load},
    },
    clock::{has_simulated_clock, now},
    control::fault::ControlSocketError,
    fault::OpenLedgerError,
    following::follow_others_while_serving,
    http::{
        connections::ConnectionCounters,
        fault::ListenError,
        listen::{Listener, bind_listener},
        tls::{CurrentAcceptor, Tls, read_acceptor},
    },
    reload::{Reloading, RereadLoad},
    reopening::{ViewOfJournalError, view_of_journal},
    shared::{Mode, SharedState, Task},
    view::{View, ViewError},
    witnesses::{
        anchor_fault::AnchorError,
        anchors::{Anchors, Standing},
        ask::{WitnessClient, WitnessPolicyError, require_log},
        follow::follow_ledger,
        quorum::WitnessQuorum,
    },
    writer::Writer,
    writer_thread::WriterThread,
};

/// What a node is told.
pub struct NodeSettings {
    /// The ledger's folder.
    pub ledger: PathBuf,
    /// Seed of the log key.
    pub log_seed: Zeroizing<[u8; 32]>,
    /// Seed of the service key, which signs refusals.
    pub service_seed: Option<Zeroizing<[u8; 32]>>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where operators ask for metrics; none leaves them on the address that everybody asks.
    pub metrics: Option<SocketAddr>,
    /// Certificates and key, in PEM.
    pub tls: Option<Tls>,
    /// Plain HTTP on an address that others reach, because a proxy of ours stands there.
    pub plain_behind_proxy: bool,
    /// The proxy says who asks, last in `X-Forwarded-For`.
    pub forwarded: bool,
    /// A published folder whose snapshots and attachments are served, too.
    pub published: Option<PathBuf>,
    /// Whom to ask before the first signature. The policy among them says whose cosignatures count, and how many: each checkpoint is put
    /// to these witnesses, and results wait for them.
    pub anchors: Anchors,
    /// Acknowledge an event only when the quorum of the policy has cosigned a tree that holds it.
    pub quorum_first: bool,
    /// Bounds.
    pub load: Load,
    /// Reads the bounds again when the process is told to.
    pub reread: Option<RereadLoad>,
    /// Where operators and the publisher ask.
    #[cfg(unix)]
    pub control: Option<ControlSettings>,
}

/// Why a node does not serve.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ServeError {
    /// The ledger does not open.
    #[error(transparent)]
    Open(#[from] OpenLedgerError),
    /// The world has another history, or more of this one.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
    /// The address cannot be listened on.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The service key is another one than the charter's.
    #[error("expected the service key {expected} of the charter, found {found}")]
    ServiceKey {
        /// The charter's.
        expected: event::Key,
        /// The one given.
        found: event::Key,
    },
    /// The control socket cannot be listened on.
    #[error(transparent)]
    Control(#[from] ControlSocketError),
    /// The policy cannot be followed.
    #[error(transparent)]
    Policy(#[from] WitnessPolicyError),
    /// The ledger cannot be read.
    #[error("expected a ledger that can be read, found: {0}")]
    Read(#[from] ViewError),
    /// The ledger stands on a disk that takes nothing, and cannot be read there.
    #[error(transparent)]
    Journal(#[from] ViewOfJournalError),
}

/// Serves until it is told to end; `ready` hears the address as soon as it is listened on.
///
/// # Errors
/// [`ServeError`]; nothing was signed.
pub fn serve(settings: NodeSettings, ready: impl FnOnce(&str) + Send) -> Result<(), ServeError> {
    let acceptor = read_acceptor(settings.listen, settings.tls.as_ref(), settings.plain_behind_proxy)?;
    let opened = open_for_serving(&settings)?;
    let service = open_service_signer(opened.head(), settings.service_seed.as_ref())?;
    let (witnessed, client) = open_witnesses(&opened, &settings)?.unzip();
    let simulated = has_simulated_clock(opened.head());
    tell_future_receipt(opened.head());
    let begun = match opened.writer {
        Some(writer) => {
            Some((writer.head().size(), writer.store().reader(), compare_newest(writer, &settings)?))
        }
        None => None,
    };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ListenError::from)?;
    let socket = runtime.block_on(bind_listener(settings.listen))?;
    let operators = bind_operators(&runtime, &settings)?;
    #[cfg(unix)]
    let control = settings.control.as_ref().map(ControlSocket::bind).transpose()?;
    let address = socket.local_addr().map_err(ListenError::from)?;
    let NodeSettings { ledger, log_seed, anchors, load, tls, reread, .. } = settings;
    #[cfg(unix)]
    let folder = ledger.clone();
    let (shared, tasks) =
        SharedState::new(&ledger, opened.view, simulated, load.queue, service, witnessed.clone());
    let begun = hold_back(&shared, begun, opened.waits_for)?;
    if ledger.join(store::FOLLOWS).exists() {
        follow_others_while_serving(shared.clone());
    }
    let writer_thread = WriterThread {
        dir: ledger,
        log_seed,
        next_log_seed: None,
        anchors,
        shared: shared.clone(),
        tasks,
        sizes: None,
        anchored: false,
        after_failed_write: false,
    };
    let behind_proxy = settings.forwarded;
    let secured = acceptor.is_some() || settings.plain_behind_proxy;
    let app = App::new(shared.clone(), &load, (behind_proxy, secured), settings.published);
    let router = api::build_router(app.clone(), operators.is_none());
    let scheme = if acceptor.is_some() { "https" } else { "http" };
    let ending = {
        let shared = shared.clone();
        Box::new(move || shared.begin_closing())
    };
    let counters = shared.metrics.connection_counters();
    let acceptors = operators.iter().filter_map(|(_, tls)| tls.clone()).chain(acceptor.clone()).collect();
    let reloading = Reloading { tls: tls.map(|files| (files, acceptors)), reread };
    listen_for_reloads(&runtime, reloading, &app)?;
    #[cfg(unix)]
    if let Some(control) = control {
        runtime.spawn(control.answer_questions(Arc::new(ControlServer::new(shared.clone(), folder))));
    }
    if let Some(operators) = operators {
        serve_operators(&runtime, operators, app, counters.clone(), (load.drain, behind_proxy))?;
    }
    let listener = Listener { socket, tls: acceptor, router, counters, ending, behind_proxy };
    if let Some((client, witnessed)) = client.zip(witnessed) {
        runtime.spawn(follow_ledger(client, shared.clone(), witnessed));
    }
    let listening = || ready(&format!("{scheme}://{address}"));
    let serving = || runtime.block_on(listener.serve_until_told(load.drain, listening));
    write_while_serving(writer_thread, begun, &shared, serving)
}

/// Holds what no quorum covers; without a writer the disk takes nothing, and the node only reads.
fn hold_back<T>(
    shared: &SharedState,
    begun: Option<(u64, Reader, T)>,
    waits_for: Option<Phrase>,
) -> Result<Option<T>, ServeError> {
    if let Some((size, reader, begun)) = begun {
        shared.hold_unwitnessed_announcements(&reader, size).map_err(ViewError::from)?;
        return Ok(Some(begun));
    }
    let (reader, size) = (shared.view().open_reader()?, shared.view().size());
    shared.hold_unwitnessed_announcements(&reader, size).map_err(ViewError::from)?;
    waits_for.into_iter().for_each(|why| shared.set_mode(Mode::ReadOnly(why)));
    Ok(None)
}

/// Listens for the signal that has certificates and limits read again.
fn listen_for_reloads(runtime: &Runtime, reloading: Reloading, app: &App) -> Result<(), ServeError> {
    let reloading = runtime.block_on(async { reloading.when_told(app.clone()) });
    runtime.spawn(reloading.map_err(ListenError::from)?);
    Ok(())
}

/// Writes on this thread for as long as connections are served on another one.
fn write_while_serving(
    writer_thread: WriterThread,
    begun: Option<(Writer, Standing)>,
    shared: &SharedState,
    serving: impl FnOnce() -> Result<(), ListenError> + Send,
) -> Result<(), ServeError> {
    let serving = || {
        let served = serving();
        // What was accepted is finished before the ledger is closed.
        shared.hand_to_writer(Task::Stop);
        served
    };
    thread::scope(|scope| {
        let serving = thread::Builder::new().name("connections".to_owned()).spawn_scoped(scope, serving);
        let serving = serving.map_err(ListenError::from)?;
        // The ledger is opened again by the thread that opened it first: the memory of the head that it drops is that of the next one.
        writer_thread.write_until_stopped(begun);
        match serving.join() {
            Ok(served) => Ok(served?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// What serves on the address of operators, until the process is told to end.
fn serve_operators(
    runtime: &Runtime,
    (socket, tls): (TcpListener, Option<CurrentAcceptor>),
    app: App,
    counters: ConnectionCounters,
    settings: (Duration, bool),
) -> Result<(), ServeError> {
    let (drain, behind_proxy) = settings;
    tracing::info!(address = %socket.local_addr().map_err(ListenError::from)?, "metrics are told to operators");
    let (router, ending) = (api::build_operators_router(app), Box::new(|| ()));
    let listener = Listener { socket, tls, router, counters, ending, behind_proxy };
    runtime.spawn(listener.serve_until_told(drain, || ()));
    Ok(())
}

/// The address of operators, where one is asked for.
fn bind_operators(
    runtime: &Runtime,
    settings: &NodeSettings,
) -> Result<Option<(TcpListener, Option<CurrentAcceptor>)>, ServeError> {
    let Some(metrics) = settings.metrics else { return Ok(None) };
    let tls = read_acceptor(metrics, settings.tls.as_ref(), settings.plain_behind_proxy)?;
    Ok(Some((runtime.block_on(bind_listener(metrics))?, tls)))
}

/// A ledger that can be shown, and written to unless its disk takes nothing.
struct OpenedLedger {
    writer: Option<Writer>,
    view: View,
    log_key: VerifierKey,
    /// Why there is no writer.
    waits_for: Option<Phrase>,
}

impl OpenedLedger {
    /// The head, with what no checkpoint covers yet where there is a writer.
    fn head(&self) -> &Head {
        self.writer.as_ref().map_or_else(|| self.view.head(), Writer::head)
    }
}

/// Opens the ledger for writing, or for reading alone where its disk is read-only.
fn open_for_serving(settings: &NodeSettings) -> Result<OpenedLedger, ServeError> {
    match Writer::open_unsigned(&settings.ledger, &settings.log_seed) {
        Ok((writer, notices)) => {
            for notice in notices {
                tracing::warn!(%notice, "mended");
            }
            let (view, log_key) = (View::new(&writer)?, writer.log_key().clone());
            Ok(OpenedLedger { writer: Some(writer), view, log_key, waits_for: None })
        }
        Err(OpenLedgerError::Store(error)) if error.may_pass() => {
            tracing::error!(%error, "serving read-only until the store takes something");
            let view = view_of_journal(&settings.ledger)?;
            let keys = LogKeys::of(view.head().state()).map_err(OpenLedgerError::from)?;
            let log_key = keys.in_force(view.size()).map_err(OpenLedgerError::from)?.clone();
            let why = match error.is_of_a_read_only_disk() {
                true => {
                    phrase!("disk-takes-nothing", "the disk of the ledger takes nothing: it is read-only")
                }
                false => error.phrase(),
            };
            Ok(OpenedLedger { writer: None, view, log_key, waits_for: Some(why) })
        }
        Err(error) => Err(error.into()),
    }
}

/// Asks the world, and says what it knows.
fn compare_newest(writer: Writer, settings: &NodeSettings) -> Result<(Writer, Standing), ServeError> {
    let standing = match settings.anchors.compare_newest(&writer) {
        // Asked again, with everybody else, until it works.
        Err(error) if error.is_of_the_disk() => Standing::Unanchored { why: error.phrase() },
        compared => compared?,
    };
    match &standing {
        Standing::Anchored => {}
        Standing::Unanchored { why } => tracing::warn!(%why, "serving read-only"),
        Standing::Copied { why } => tracing::error!(%why, "this folder is a copy; serving read-only"),
        Standing::Claimed { found } => {
            tracing::error!(%found, "a witness contradicts this ledger; serving read-only")
        }
    }
    Ok((writer, standing))
}

/// The witnesses of the policy: those who will be asked for each checkpoint.
fn open_witnesses(
    opened: &OpenedLedger,
    settings: &NodeSettings,
) -> Result<Option<(Arc<WitnessQuorum>, WitnessClient)>, ServeError> {
    let Some(policy) = settings.anchors.policy.as_ref().map(|policy| policy.policy.clone()) else {
        return Ok(None);
    };
    require_log(&policy, &opened.log_key)?;
    let witnessed = WitnessQuorum::new(policy, settings.quorum_first, &settings.ledger, opened.head());
    let client = WitnessClient::new(&witnessed.policy)?;
    Ok(Some((Arc::new(witnessed), client)))
}

/// Says where the newest entry was received later than it is now: this clock is behind, or the one that received it was ahead.
fn tell_future_receipt(head: &Head) {
    let (Some(last), Ok(now)) = (head.last_received(), now()) else { return };
    let ahead = last.millis().saturating_sub(now.millis());
    if ahead > 1000 && !has_simulated_clock(head) {
        tracing::error!(
            seconds = ahead / 1000,
            "the newest entry was received later than this machine's clock stands: one of the two clocks is wrong, and times of receipt stand still until then"
        );
    }
}

/// The signer of refusals, if its key is the charter's.
fn open_service_signer(
    head: &Head,
    seed: Option<&Zeroizing<[u8; 32]>>,
) -> Result<Option<NoteSigner>, ServeError> {
    let (Some(seed), Some(charter)) = (seed, &head.state().charter) else { return Ok(None) };
    let signer =
        NoteSigner::new(&ledger::RefusalNote::key_name(charter), seed).map_err(OpenLedgerError::from)?;
    let (expected, found) = (charter.service_key.key, event::Key(signer.verifier_key().key()));
    if expected != found {
        return Err(ServeError::ServiceKey { expected, found });
    }
    Ok(Some(signer))
}
