//! The listener on loopback, and the browser that is opened.

use std::{
    net::Ipv4Addr,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request, State},
    http::{Method, Response},
};
use tokio::net::TcpListener;

use crate::{
    call::{DeskCall, UPLOAD_BYTES_MAX},
    desk::Desk,
    fault::DeskFault,
    guard::require_own_page,
    settings::DeskSettings,
};

/// How long what is being answered may take when the desk ends.
const END_WITHIN: Duration = Duration::from_secs(2);

/// Serves the desk until the process is told to end; `ready` hears the address for the first browser, and the file that has one for
/// the next.
///
/// # Errors
/// [`DeskFault`].
pub fn open_desk(
    settings: DeskSettings,
    ready: impl FnOnce(&str, &std::path::Path),
) -> Result<(), DeskFault> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| DeskFault::Serve { error })?;
    let wanted = settings.port.unwrap_or(0);
    let listen = |error| DeskFault::Listen { port: wanted, error };
    // Never another interface: what is asked for elsewhere is not there.
    let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, wanted))).map_err(listen)?;
    let port = listener.local_addr().map_err(listen)?.port();
    let desk = Arc::new(Desk::open(settings, port)?);
    let (address, file) = desk.first_address();
    ready(&address, &file);
    let router = Router::new()
        .fallback(take_call)
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
        .with_state(Arc::clone(&desk));
    let ended = async {
        // Where no signal can be heard, the desk ends with its process.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    // What is kept is kept when it is answered: nothing waits for connections that a browser holds open.
    let ended = runtime.block_on(async {
        tokio::select! {
            served = axum::serve(listener, router).into_future() => {
                served.map_err(|error| DeskFault::Serve { error })
            }
            () = ended => Ok(()),
        }
    });
    // A line that hangs holds nobody up: what was sent has its receipt, or is sent again.
    runtime.shutdown_timeout(END_WITHIN);
    ended
}

async fn take_call(State(desk): State<Arc<Desk>>, request: Request) -> Response<Body> {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let authority = request.uri().authority().map(ToString::to_string);
    let own = require_own_page(&method, &path, authority.as_deref(), request.headers(), desk.port());
    if let Err(refused) = own {
        return desk.refuse(&refused).into_response();
    }
    let headers = request.headers().clone();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let is_post = method == Method::POST;
    let mut call = DeskCall { is_post, path, query, fields: Vec::new(), files: Vec::new() };
    let session = desk.find_session(&headers);
    if is_post {
        // A body is read only from somebody who has begun.
        let read = match &session {
            None => Err(crate::guard::RefusedCall::NoSession),
            Some(_) => call.read_form(request).await,
        };
        if let Err(refused) = read {
            return desk.refuse(&refused).into_response();
        }
    }
    let prefetched = headers.contains_key("sec-purpose") || headers.contains_key("purpose");
    let answered = tokio::task::spawn_blocking({
        let desk = Arc::clone(&desk);
        move || desk.answer(&call, session.as_ref(), prefetched)
    });
    match answered.await {
        Ok(reply) => reply.into_response(),
        Err(_) => desk.tell_broken().into_response(),
    }
}

/// Opens the browser that the system has for pages; whether one was started.
#[must_use]
pub fn open_browser(address: &str) -> bool {
    let (program, first): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(first).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
