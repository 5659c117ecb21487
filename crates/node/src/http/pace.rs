//! A stream whose other end has to take what is written to it, at some pace: who takes a byte now and then holds an answer in memory for hours.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

use super::connections::ConnectionHandle;

/// How long the pace is measured.
const WINDOW: Duration = Duration::from_secs(15);

/// Bytes that have to be taken in that time, as long as some wait: about a kilobyte a second.
const TAKEN_MIN: usize = 16 << 10;

/// A stream with its pace; tells its connection what has gone out.
pub(crate) struct PacedStream<S> {
    inner: S,
    connection: ConnectionHandle,
    /// From when something had to wait until it is looked again how much was taken; none while everything goes out at once.
    window: Option<Pin<Box<Sleep>>>,
    /// Bytes taken in this window.
    taken: usize,
}

impl<S> PacedStream<S> {
    pub(crate) fn new(inner: S, connection: ConnectionHandle) -> Self {
        Self { inner, connection, window: None, taken: 0 }
    }

    /// Counts what was taken, and waits for what was not, as long as the pace is kept.
    fn keep_pace(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = written {
            let taken = written?;
            self.taken = self.taken.saturating_add(taken);
            self.connection.release_bytes(taken as u64);
            return Poll::Ready(Ok(taken));
        }
        ready!(self.wait_in_window(context))?;
        Poll::Pending
    }

    /// An error where the window has ended and too little was taken; otherwise this is woken at its end.
    fn wait_in_window(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.window.is_none() {
            self.taken = 0;
        }
        let window = self.window.get_or_insert_with(|| Box::pin(sleep(WINDOW)));
        ready!(window.as_mut().poll(context));
        if self.taken < TAKEN_MIN {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        self.taken = 0;
        window.as_mut().reset(Instant::now() + WINDOW);
        window.as_mut().poll(context).map(Ok)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for PacedStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for PacedStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.keep_pace(context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let Poll::Ready(flushed) = Pin::new(&mut self.inner).poll_flush(context) {
            self.window = None;
            return Poll::Ready(flushed);
        }
        ready!(self.wait_in_window(context))?;
        Poll::Pending
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write_vectored(context, slices);
        self.keep_pace(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}
