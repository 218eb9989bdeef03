//! A TCP stream that records the start and the end of the peer's bytes.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::time::timeout;

use crate::envoy::Alert;

/// How many of the peer's first bytes are kept: enough for a banner, or for a ServerHello and the
/// header of the next message.
const KEPT: usize = 512;
const CHANGE_CIPHER_RECORD: u8 = 20;
const HANDSHAKE_RECORD: u8 = 22;
const RECORD_HEADER: usize = 5;
const CERTIFICATE_MESSAGE: u8 = 11;
/// Length of an unencrypted TLS alert: record header and two bytes.
const ALERT_RECORD: usize = 7;

/// Parses the headers of TLS records, which are never encrypted.
#[derive(Debug, Default)]
struct Records {
    header: Vec<u8>,
    /// The remaining bytes of the current record.
    left: usize,
    /// Whether the data is not TLS.
    lost: bool,
    changed_cipher: bool,
    /// Number of handshake records after ChangeCipherSpec. In TLS 1.2 the first is the server's
    /// Finished; in TLS 1.3 there is at most one, the ServerHello after a HelloRetryRequest, since
    /// the rest has the type of application data.
    handshakes_after_cipher: u32,
}

impl Records {
    fn follow(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && !self.lost {
            if self.left > 0 {
                let skipped = self.left.min(bytes.len());
                self.left -= skipped;
                bytes = &bytes[skipped..];
                continue;
            }
            let wanted = (RECORD_HEADER - self.header.len()).min(bytes.len());
            self.header.extend_from_slice(&bytes[..wanted]);
            bytes = &bytes[wanted..];
            let [kind, _, _, high, low] = self.header[..] else { continue };
            self.header.clear();
            self.left = usize::from(high) << 8 | usize::from(low);
            match kind {
                CHANGE_CIPHER_RECORD => self.changed_cipher = true,
                HANDSHAKE_RECORD if self.changed_cipher => self.handshakes_after_cipher += 1,
                21..=23 => {}
                _ => self.lost = true,
            }
        }
    }
}

/// Counts the bytes received, and keeps the first and last few.
#[derive(Debug)]
pub(crate) struct Tap<S> {
    inner: S,
    first: Vec<u8>,
    last: Vec<u8>,
    received: Arc<AtomicUsize>,
    records: Records,
}

impl<S> Tap<S> {
    pub(crate) fn new(inner: S) -> Self {
        Self {
            inner,
            first: Vec::new(),
            last: Vec::new(),
            received: Arc::default(),
            records: Records::default(),
        }
    }

    /// The number of bytes received so far; remains available after the stream is dropped.
    pub(crate) fn received(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.received)
    }

    /// Whether the peer started another handshake after the first one, which in TLS 1.2 is a
    /// HelloRequest: it wants to renegotiate, usually to get a client certificate after reading the
    /// request. rustls ignores it.
    pub(crate) fn asked_again(&self) -> bool {
        self.records.handshakes_after_cipher > 1
    }

    /// The first bytes.
    pub(crate) fn first(&self) -> &[u8] {
        &self.first
    }

    /// The length field of the Certificate message, if it is not encrypted (TLS 1.2).
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
        self.records.follow(bytes);
        let room = KEPT.saturating_sub(self.first.len()).min(bytes.len());
        self.first.extend_from_slice(&bytes[..room]);
        self.last.extend_from_slice(&bytes[bytes.len().saturating_sub(ALERT_RECORD)..]);
        let surplus = self.last.len().saturating_sub(ALERT_RECORD);
        self.last.drain(..surplus);
    }
}

impl<S: AsyncRead + Unpin> Tap<S> {
    /// After a failed write: what the peer sent before it closed the connection. An unencrypted
    /// fatal alert is more useful than "connection reset".
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

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u8, length: usize) -> Vec<u8> {
        let mut bytes = vec![kind, 3, 3, (length >> 8) as u8, length as u8];
        bytes.resize(RECORD_HEADER + length, kind);
        bytes
    }

    fn asks_again(records: &[(u8, usize)], cut: usize) -> bool {
        let bytes: Vec<u8> =
            records.iter().flat_map(|(kind, length)| record(*kind, *length)).collect();
        let mut followed = Records::default();
        bytes.chunks(cut).for_each(|part| followed.follow(part));
        followed.handshakes_after_cipher > 1
    }

    #[test]
    fn a_handshake_record_after_finished_is_a_hello_request() {
        // ServerHello to ServerHelloDone, NewSessionTicket, ChangeCipherSpec, Finished, data.
        let quiet = [(22, 3000), (22, 200), (20, 1), (22, 40), (23, 900), (21, 26)];
        let again = [&quiet[..5], &[(22, 28)]].concat();
        // HelloRetryRequest, ChangeCipherSpec, ServerHello, and the rest as application data.
        let retried = [(22, 88), (20, 1), (22, 122), (23, 40), (23, 2000), (23, 255)];
        for cut in [1, 2, 5, 7, 100, 10_000] {
            assert!(!asks_again(&quiet, cut));
            assert!(asks_again(&again, cut));
            assert!(!asks_again(&retried, cut));
        }
    }
}
