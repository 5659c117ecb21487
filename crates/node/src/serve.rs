//! A node from start to end.
//!
//! In: what it is told, the safe start, the listener, the writer's thread, the end. Out: routes (`http`), groups (`queue`),
//! words of the command line (`cli`).

use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use tlog::{note::NoteSigner, policy::Policy};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use zeroize::Zeroizing;

use crate::{
    OpenError, Writer,
    anchors::{AnchorError, Anchors, Monitored, Standing},
    asking::Asking,
    desk::{Desk, Task},
    http::{self, App, listen::Listener},
    queue::Pen,
    witnessed::Witnessed,
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

/// Files of TLS.
pub struct Tls {
    /// The chain of certificates, own one first.
    pub certificate: PathBuf,
    /// The key.
    pub key: PathBuf,
}

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
    #[error("expected a free address to listen on, found {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        error: io::Error,
    },
    /// Anybody on the way could change what is sent.
    #[error(
        "expected TLS or a loopback address, found plain HTTP on {address}: give --tls-certificate and --tls-key, or \
         --plain-behind-proxy"
    )]
    Plain {
        /// The address.
        address: SocketAddr,
    },
    /// A file of TLS does not read.
    #[error("expected {expected} in {path}, found: {error}", path = .path.display())]
    Tls {
        /// What it should hold.
        expected: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: String,
    },
    /// The service key is another one than the charter's.
    #[error("expected the service key {expected} of the charter, found {found}")]
    ServiceKey {
        /// The charter's.
        expected: event::Key,
        /// The one given.
        found: event::Key,
    },
    /// The policy cannot be followed.
    #[error("expected a policy of this log with witnesses that can be asked, found {found}")]
    Policy {
        /// What is wrong.
        found: String,
    },
    /// The ledger cannot be read.
    #[error("expected a ledger that can be read, found: {0}")]
    Read(String),
    /// The system gives no threads or signals.
    #[error("expected threads and signals of the system, found: {0}")]
    System(#[from] io::Error),
}

/// Serves until it is told to end; `ready` hears the address as soon as it is listened on.
///
/// # Errors
/// [`ServeError`]; nothing was signed.
pub fn serve(mut serving: Serving, ready: impl FnOnce(&str)) -> Result<(), ServeError> {
    let acceptor = tls(serving.listen, serving.tls.as_ref(), serving.plain_behind_proxy)?;
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
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let socket = runtime.block_on(TcpListener::bind(serving.listen));
    let socket = socket.map_err(|error| ServeError::Listen { address: serving.listen, error })?;
    let address = socket.local_addr()?;
    let desk = Desk::new(&writer, serving.load.queue, service, witnessed.clone());
    let (desk, tasks) = desk.map_err(|error| ServeError::Read(error.to_string()))?;
    desk.hold_what_waits(&writer).map_err(|error| ServeError::Read(error.to_string()))?;
    let Serving { ledger, log_seed, anchors, load, .. } = serving;
    let pen = Pen { dir: ledger, log_seed, anchors, desk: desk.clone(), tasks };
    let writing =
        thread::Builder::new().name("writer".to_owned()).spawn(move || pen.run(writer, standing))?;
    let behind_proxy = serving.forwarded;
    let app = App::new(desk.clone(), &load, behind_proxy);
    let router = http::router(app, serving.published.as_deref());
    let scheme = if acceptor.is_some() { "https" } else { "http" };
    let ending = {
        let desk = desk.clone();
        Box::new(move || desk.close())
    };
    let counted = desk.metrics.connections();
    let listener = Listener { socket, tls: acceptor, router, counted, ending, behind_proxy };
    if let Some((asking, witnessed)) = asking.zip(witnessed) {
        runtime.spawn(asking.run(desk.clone(), witnessed));
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
    if !policy.logs().iter().any(|log| log.key == *own) {
        return Err(ServeError::Policy { found: format!("none with the line `log {}`", own.encode()) });
    }
    let witnessed = Witnessed::new(policy, &serving.ledger, writer.head());
    let asking = Asking::of(&witnessed.policy)?;
    let at = asking.monitored(own.name());
    serving.anchors.witnesses = Some(Monitored { policy: witnessed.policy.clone(), at });
    Ok(Some((Arc::new(witnessed), asking)))
}

/// Whether others than this machine reach the address in plain text.
pub(crate) fn tls(
    listen: SocketAddr,
    files: Option<&Tls>,
    plain_behind_proxy: bool,
) -> Result<Option<TlsAcceptor>, ServeError> {
    let Some(files) = files else {
        if listen.ip().to_canonical().is_loopback() || plain_behind_proxy {
            return Ok(None);
        }
        return Err(ServeError::Plain { address: listen });
    };
    let fault =
        |expected, path: &Path, error: String| ServeError::Tls { expected, path: path.to_owned(), error };
    let wrong = |error: String| fault("certificates in PEM", &files.certificate, error);
    let certificates = CertificateDer::pem_file_iter(&files.certificate).map_err(|e| wrong(e.to_string()))?;
    let certificates: Vec<_> = certificates.collect::<Result<_, _>>().map_err(|e| wrong(e.to_string()))?;
    let key = PrivateKeyDer::from_pem_file(&files.key);
    let key = key.map_err(|error| fault("a private key in PEM", &files.key, error.to_string()))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(error.to_string()))?
        .with_no_client_auth()
        .with_single_cert(certificates, key);
    let mut config = config.map_err(|error| wrong(error.to_string()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
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
