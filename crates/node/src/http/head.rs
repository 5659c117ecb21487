//! The head of a request: what two programs could read in two ways is refused.
//!
//! Who stands in front of a node (a proxy, a cache) and the node itself must agree where a request ends and to whom it goes. So lines
//! end with CR LF, there is one Host, and a body has one length or is chunked and nothing else.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::{body::Body, response::Response};
use hyper::{
    Request, StatusCode, Version,
    header::{CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderValue, TRANSFER_ENCODING},
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What a head should have had, and what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeadFault {
    expected: &'static str,
    found: &'static str,
}

/// What is wrong with the head of a request.
pub(crate) fn find_head_fault<B>(request: &Request<B>) -> Option<HeadFault> {
    let headers = request.headers();
    let fault = |expected, found| Some(HeadFault { expected, found });
    match headers.get_all(HOST).iter().count() {
        0 if request.version() == Version::HTTP_11 => return fault("one Host", "none"),
        0 | 1 => {}
        _ => return fault("one Host", "several"),
    }
    let mut codings = headers.get_all(TRANSFER_ENCODING).iter();
    let coding = codings.next()?;
    if codings.next().is_some() || !coding.as_bytes().eq_ignore_ascii_case(b"chunked") {
        return fault("Transfer-Encoding: chunked, or none", "another coding");
    }
    if headers.contains_key(CONTENT_LENGTH) {
        return fault("Content-Length or Transfer-Encoding", "both");
    }
    None
}

/// The answer to a head that is refused; nothing more is read of its connection.
pub(crate) fn refuse_head(fault: HeadFault) -> Response {
    let HeadFault { expected, found } = fault;
    let body = format!(
        r#"{{"expected":"{expected}","found":"{found}","status":400,"title":"the head of the request is refused","type":"about:blank"}}"#
    );
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Where in a request the next byte stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// In the head.
    Head,
    /// In a body of which so many bytes are to come.
    Body(u64),
    /// In a chunked body, after which nothing is read as a request any more.
    Rest,
}

/// A stream whose heads have no line feed without a carriage return: such a one is replaced by a byte that no head may have, so that
/// the request is answered with 400.
pub(crate) struct StrictLines<S> {
    inner: S,
    place: Place,
    /// The line so far, as far as it matters.
    line: Vec<u8>,
    /// What the head said of the body.
    body: Place,
}

/// Longest beginning of a line that is looked at.
const LINE_BYTES_MAX: usize = 64;

impl<S> StrictLines<S> {
    pub(crate) fn new(inner: S) -> Self {
        Self { inner, place: Place::Head, line: Vec::new(), body: Place::Body(0) }
    }

    /// Looks at bytes that have come.
    fn examine(&mut self, bytes: &mut [u8]) {
        let mut bytes = bytes.iter_mut();
        loop {
            match &mut self.place {
                Place::Rest => return,
                Place::Body(0) => self.place = Place::Head,
                Place::Body(left) => {
                    let step = bytes.len().min(usize::try_from(*left).unwrap_or(usize::MAX));
                    if step == 0 {
                        return;
                    }
                    *left -= step as u64;
                    bytes.nth(step - 1);
                }
                Place::Head => {
                    let Some(byte) = bytes.next() else { return };
                    self.examine_head(byte);
                }
            }
        }
    }

    fn examine_head(&mut self, byte: &mut u8) {
        if *byte != b'\n' {
            // The last byte is kept, whatever the line's length: it tells whether a carriage return came before.
            if self.line.len() > LINE_BYTES_MAX {
                self.line.pop();
            }
            self.line.push(*byte);
            return;
        }
        let Some(line) = self.line.strip_suffix(b"\r") else {
            *byte = 0;
            return;
        };
        if line.is_empty() {
            self.place = std::mem::replace(&mut self.body, Place::Body(0));
        } else if let Some((name, value)) =
            std::str::from_utf8(line).ok().and_then(|line| line.split_once(':'))
        {
            if name.eq_ignore_ascii_case("transfer-encoding") {
                self.body = Place::Rest;
            } else if name.eq_ignore_ascii_case("content-length") && self.body != Place::Rest {
                self.body = value.trim().parse().map_or(Place::Rest, Place::Body);
            }
        }
        self.line.clear();
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for StrictLines<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(context, buffer))?;
        if let Some(new) = buffer.filled_mut().get_mut(before..) {
            self.examine(new);
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for StrictLines<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(pieces: &[&[u8]]) -> Vec<u8> {
        let mut lines = StrictLines::new(());
        let examined = pieces.iter().map(|piece| {
            let mut piece = piece.to_vec();
            lines.examine(&mut piece);
            piece
        });
        examined.collect::<Vec<_>>().concat()
    }

    #[test]
    fn a_line_feed_alone_is_seen_in_every_head_and_in_no_body() {
        let whole: &[u8] =
            b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n\n\n\nGET / HTTP/1.1\r\nA: b\r\n\r\n";
        assert_eq!(seen(&[whole]), whole);
        for cut in 0..whole.len() {
            assert_eq!(seen(&[&whole[..cut], &whole[cut..]]), whole);
        }
        for bad in [
            &b"GET / HTTP/1.1\nHost: a\r\n\r\n"[..],
            b"GET / HTTP/1.1\r\nHost: a\n\r\n",
            b"GET / HTTP/1.1\r\nHost: a\r\n\n",
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n.GET / HTTP/1.1\n\r\n",
        ] {
            assert!(seen(&[bad]).contains(&0), "{}", String::from_utf8_lossy(bad));
        }
        let long = [b"GET /".as_slice(), &[b'a'; 500], b"\r\nA: b\n\r\n"].concat();
        assert_eq!(seen(&[&long]).iter().filter(|byte| **byte == 0).count(), 1);
    }
}
