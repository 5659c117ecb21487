//! Connections: accepted, secured, bounded in number and in how long they may be silent, ended.

use std::{
    convert::Infallible,
    io,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use axum::{Router, body::Body};
use hyper::{
    Request,
    body::Incoming,
    header::{CONNECTION, HeaderValue, TRANSFER_ENCODING},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use super::{
    answer_body::AnswerBody,
    connections::{ConnectionCounters, ConnectionHandle, ConnectionSlot, OpenConnections},
    fault::ListenError,
    head::{StrictLines, find_head_fault, refuse_head},
    pace::PacedStream,
    peer::Peer,
    tls::CurrentAcceptor,
};

/// How long a handshake, a request's head or a stuck answer may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// Everything that connections share.
pub(crate) struct Listener {
    pub(crate) socket: TcpListener,
    pub(crate) tls: Option<CurrentAcceptor>,
    pub(crate) router: Router,
    pub(crate) counters: ConnectionCounters,
    /// What ends with the last request that comes in.
    pub(crate) ending: Box<dyn FnOnce() + Send>,
    /// Whether all connections come from a proxy.
    pub(crate) behind_proxy: bool,
}

/// Listens on an address.
///
/// # Errors
/// [`ListenError`]: `Elsewhere`, `Address`.
pub(crate) async fn bind_listener(address: SocketAddr) -> Result<TcpListener, ListenError> {
    store::require_linux().map_err(ListenError::Elsewhere)?;
    TcpListener::bind(address).await.map_err(|error| ListenError::Address { address, error })
}

/// Waits until the system tells the process to end; what waits is set up at once.
fn end_signal() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    #[cfg(not(unix))]
    let mut terminate = tokio::signal::windows::ctrl_shutdown()?;
    Ok(async move {
        let _told = terminate.recv().await;
    })
}

impl Listener {
    /// Serves until the process is told to end; `ready` is called when connections are taken.
    pub(crate) async fn serve_until_told(
        self,
        drain: Duration,
        ready: impl FnOnce(),
    ) -> Result<(), ListenError> {
        let (tell, end) = watch::channel(false);
        let told = end_signal()?;
        let running = tokio::spawn(self.accept_connections(end, drain));
        ready();
        tokio::select! {
            () = told => tracing::info!("told to end"),
            interrupted = tokio::signal::ctrl_c() => interrupted?,
        }
        let _heard = tell.send(true);
        let _ended = running.await;
        Ok(())
    }

    /// Accepts until the end is told, then lets what is under way finish, as long as it may take.
    async fn accept_connections(self, mut end: watch::Receiver<bool>, drain: Duration) {
        let Self { socket, tls, router, counters, ending, behind_proxy } = self;
        let (graceful, open) = (GracefulShutdown::new(), OpenConnections::default());
        loop {
            let accepted = tokio::select! {
                accepted = socket.accept() => accepted,
                _ = end.wait_for(|end| *end) => break,
            };
            let (stream, peer) = match accepted {
                Ok((stream, address)) => (stream, address.ip()),
                Err(error) => {
                    // Out of file handles, or the other end has gone: it passes, and must not spin.
                    tracing::warn!(%error, "accepting");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            let Some(slot) = ConnectionSlot::take(&open, peer, behind_proxy, &counters) else {
                counters.refused.inc();
                continue;
            };
            let tls = tls.as_ref().map(CurrentAcceptor::current);
            let (router, watcher) = (router.clone(), graceful.watcher());
            tokio::spawn(async move {
                let served = serve_connection(stream, peer, tls, router, watcher, slot.handle());
                tokio::select! {
                    served = served => if let Err(error) = served {
                        tracing::debug!(%peer, %error, "connection");
                    },
                    () = slot.wait_for_end() => tracing::debug!(%peer, "a connection ends for others"),
                }
            });
        }
        drop(socket);
        ending();
        if tokio::time::timeout(drain, graceful.shutdown()).await.is_err() {
            tracing::warn!("connections were still open at the end");
        }
    }
}

async fn serve_connection(
    stream: TcpStream,
    peer: IpAddr,
    tls: Option<TlsAcceptor>,
    router: Router,
    watcher: Watcher,
    connection: ConnectionHandle,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = TimeoutStream::new(stream);
    // Who does not take the answer is not waited for.
    stream.set_write_timeout(Some(PATIENCE));
    let stream = Box::pin(stream);
    match tls {
        None => serve_http(stream, peer, router, watcher, connection).await,
        Some(tls) => {
            let secured = tokio::time::timeout(PATIENCE, tls.accept(stream)).await;
            let late = || io::Error::from(io::ErrorKind::TimedOut);
            serve_http(secured.map_err(|_| late())??, peer, router, watcher, connection).await
        }
    }
}

async fn serve_http(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: IpAddr,
    router: Router,
    watcher: Watcher,
    connection: ConnectionHandle,
) -> io::Result<()> {
    let paced = PacedStream::new(StrictLines::new(stream), connection.clone());
    let service = service_fn(move |request: Request<Incoming>| {
        let under_way = connection.begin_request();
        let router = router.clone();
        async move {
            if let Some(found) = find_head_fault(&request) {
                return Ok(refuse_head(found));
            }
            // Where the body of a request ends is only known to who reads it: no other request follows it.
            let close = request.headers().contains_key(TRANSFER_ENCODING);
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer));
            let mut response = router.oneshot(request).await?;
            if close {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            // Not idle before the answer has gone out.
            Ok::<_, Infallible>(response.map(|inner| Body::new(AnswerBody { inner, under_way })))
        }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(64 << 10);
    let served = builder.serve_connection(TokioIo::new(paced), service);
    watcher.watch(served).await.map_err(io::Error::other)
}
