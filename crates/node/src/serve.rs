//! A node from start to end: the safe start, the listener, the writer's thread, the end.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, thread};

use tlog::{note::NoteSigner, policy::Policy};
use zeroize::Zeroizing;

use crate::{
    api::{
        self,
        app::{App, Load},
    },
    fault::OpenError,
    http::{
        fault::ListenError,
        listen::{Listener, bind},
        tls::{Tls, read_acceptor},
    },
    shared::{Desk, Task},
    view::Unread,
    witnesses::{
        anchors::{AnchorError, Anchors, Monitored, Standing},
        ask::{Asking, WitnessPolicyError, require_log},
        follow::follow_ledger,
        quorum::Witnessed,
    },
    writer::Writer,
    writer_thread::Pen,
};

/// What a node is told.
pub struct Serving {
    /// The ledger's folder.
    pub ledger: PathBuf,
    /// Seed of the log key.
    pub log_seed: Zeroizing<[u8; 32]>,
    /// Seed of the service key, which signs refusals.
    pub service_seed: Option<Zeroizing<[u8; 32]>>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Certificates and key, in PEM.
    pub tls: Option<Tls>,
    /// Plain HTTP on an address that others reach, because a proxy of ours stands there.
    pub plain_behind_proxy: bool,
    /// The proxy says who asks, last in `X-Forwarded-For`.
    pub forwarded: bool,
    /// A published folder whose snapshots and attachments are served, too.
    pub published: Option<PathBuf>,
    /// Whom to ask before the first signature.
    pub anchors: Anchors,
    /// Whose cosignatures count, and how many: each checkpoint is put to them, and results wait for them.
    pub policy: Option<Policy>,
    /// Bounds.
    pub load: Load,
}

/// Why a node does not serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The ledger does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
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
    /// The policy cannot be followed.
    #[error(transparent)]
    Policy(#[from] WitnessPolicyError),
    /// The ledger cannot be read.
    #[error("expected a ledger that can be read, found: {0}")]
    Read(#[from] Unread),
}

/// Serves until it is told to end; `ready` hears the address as soon as it is listened on.
///
/// # Errors
/// [`ServeError`]; nothing was signed.
pub fn serve(mut serving: Serving, ready: impl FnOnce(&str)) -> Result<(), ServeError> {
    let acceptor = read_acceptor(serving.listen, serving.tls.as_ref(), serving.plain_behind_proxy)?;
    let (writer, notices) = Writer::open_unsigned(&serving.ledger, &serving.log_seed)?;
    for notice in notices {
        tracing::warn!(%notice, "mended");
    }
    let service = service_key(&writer, serving.service_seed.as_ref())?;
    let (witnessed, asking) = witnesses(&writer, &mut serving)?.unzip();
    let standing = serving.anchors.ask(&writer)?;
    if let Standing::Unanchored { why } = &standing {
        tracing::warn!(why, "serving read-only");
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(ListenError::from)?;
    let socket = runtime.block_on(bind(serving.listen))?;
    let address = socket.local_addr().map_err(ListenError::from)?;
    let desk = Desk::new(&writer, serving.load.queue, service, witnessed.clone());
    let (desk, tasks) = desk?;
    desk.hold_what_waits(&writer).map_err(Unread::from)?;
    let Serving { ledger, log_seed, anchors, load, .. } = serving;
    let pen = Pen { dir: ledger, log_seed, anchors, desk: desk.clone(), tasks };
    let writing = thread::Builder::new().name("writer".to_owned()).spawn(move || pen.run(writer, standing));
    let writing = writing.map_err(ListenError::from)?;
    let behind_proxy = serving.forwarded;
    let app = App::new(desk.clone(), &load, behind_proxy);
    let router = api::router(app, serving.published.as_deref());
    let scheme = if acceptor.is_some() { "https" } else { "http" };
    let ending = {
        let desk = desk.clone();
        Box::new(move || desk.close())
    };
    let counters = desk.metrics.connections();
    let listener = Listener { socket, tls: acceptor, router, counters, ending, behind_proxy };
    if let Some((asking, witnessed)) = asking.zip(witnessed) {
        runtime.spawn(follow_ledger(asking, desk.clone(), witnessed));
    }
    let listening = || ready(&format!("{scheme}://{address}"));
    let served = runtime.block_on(listener.until_told(load.drain, listening)).map_err(ServeError::from);
    // What was accepted is finished before the ledger is closed.
    desk.hand(Task::Stop);
    if writing.join().is_err() {
        tracing::error!("the writer's thread ended early; the journal has what was acknowledged");
    }
    served
}

/// The witnesses of the policy: those who will be asked for each checkpoint are asked for the newest one that they saw, too.
fn witnesses(writer: &Writer, serving: &mut Serving) -> Result<Option<(Arc<Witnessed>, Asking)>, ServeError> {
    let Some(policy) = serving.policy.take() else { return Ok(None) };
    let own = writer.log_key();
    require_log(&policy, own)?;
    let witnessed = Witnessed::new(policy, &serving.ledger, writer.head());
    let asking = Asking::of(&witnessed.policy)?;
    let at = asking.monitored(own.name());
    serving.anchors.witnesses = Some(Monitored { policy: witnessed.policy.clone(), at });
    Ok(Some((Arc::new(witnessed), asking)))
}

/// The signer of refusals, if its key is the charter's.
fn service_key(
    writer: &Writer,
    seed: Option<&Zeroizing<[u8; 32]>>,
) -> Result<Option<NoteSigner>, ServeError> {
    let (Some(seed), Some(charter)) = (seed, &writer.head().state().charter) else { return Ok(None) };
    let signer = NoteSigner::new(&ledger::RefusalNote::key_name(charter), seed).map_err(OpenError::from)?;
    let (expected, found) = (charter.service_key.key, event::Key(signer.verifier_key().key()));
    if expected != found {
        return Err(ServeError::ServiceKey { expected, found });
    }
    Ok(Some(signer))
}
