//! A TCP stream that remembers how the peer's bytes began and ended.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::time::timeout;

use crate::envoy::Alert;

/// Bytes kept from the start of what the peer sent; enough for a banner, or for a ServerHello and
/// the head of the message after it.
const KEPT: usize = 512;
const HANDSHAKE_RECORD: u8 = 22;
const CERTIFICATE_MESSAGE: u8 = 11;
/// A TLS alert that is not encrypted: record header and two bytes.
const ALERT_RECORD: usize = 7;

/// Counts, and keeps the first and the last few bytes received.
#[derive(Debug)]
pub(crate) struct Tap<S> {
    inner: S,
    first: Vec<u8>,
    last: Vec<u8>,
    received: Arc<AtomicUsize>,
}

impl<S> Tap<S> {
    pub(crate) fn new(inner: S) -> Self {
        Self { inner, first: Vec::new(), last: Vec::new(), received: Arc::default() }
    }

    /// How many bytes the peer sent so far; still there when the stream is not.
    pub(crate) fn received(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.received)
    }

    /// How they began.
    pub(crate) fn first(&self) -> &[u8] {
        &self.first
    }

    /// How long the Certificate message says it is, where it is not encrypted (TLS 1.2).
    pub(crate) fn certificate_length(&self) -> Option<usize> {
        let mut messages = Vec::new();
        let mut records = self.first.as_slice();
        while let [HANDSHAKE_RECORD, 3, _, high, low, rest @ ..] = records {
            let length = usize::from(*high) << 8 | usize::from(*low);
            messages.extend_from_slice(&rest[..length.min(rest.len())]);
            records = rest.get(length..).unwrap_or_default();
        }
        let mut messages = messages.as_slice();
        while let [kind, a, b, c, rest @ ..] = messages {
            let length = usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c);
            if *kind == CERTIFICATE_MESSAGE {
                return Some(length);
            }
            messages = rest.get(length..).unwrap_or_default();
        }
        None
    }

    fn note(&mut self, bytes: &[u8]) {
        self.received.fetch_add(bytes.len(), Ordering::Relaxed);
        let room = KEPT.saturating_sub(self.first.len()).min(bytes.len());
        self.first.extend_from_slice(&bytes[..room]);
        self.last.extend_from_slice(&bytes[bytes.len().saturating_sub(ALERT_RECORD)..]);
        let surplus = self.last.len().saturating_sub(ALERT_RECORD);
        self.last.drain(..surplus);
    }
}

impl<S: AsyncRead + Unpin> Tap<S> {
    /// After our own write failed: what the peer had said before it hung up. A fatal alert in the
    /// clear is worth more than "connection reset".
    pub(crate) async fn parting_alert(&mut self, patience: Duration) -> Option<Alert> {
        let mut buffer = [0; 256];
        while let Ok(Ok(count @ 1..)) = timeout(patience, self.inner.read(&mut buffer)).await {
            self.note(&buffer[..count]);
        }
        match self.last.as_slice() {
            [21, 3, _, 0, 2, 2, alert] => Some(Alert(*alert)),
            _ => None,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Tap<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let result = Pin::new(&mut this.inner).poll_read(context, buffer);
        let fresh = buffer.filled()[before..].to_vec();
        this.note(&fresh);
        result
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Tap<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().inner).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_shutdown(context)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().inner).poll_write_vectored(context, buffers)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}
