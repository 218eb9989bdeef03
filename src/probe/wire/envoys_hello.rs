//! A stream that rewrites each ClientHello as Envoy would.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::probe::hello::record;

const HANDSHAKE_RECORD: u8 = 22;
const CIPHER_CHANGE_RECORD: u8 = 20;

/// Rewrites records until something follows the ClientHellos. Later data is passed on with one
/// write per flight, as in BoringSSL: if a flight arrives in parts and the server closes the
/// connection before reading all of it, its kernel sends a reset.
pub(crate) struct EnvoysHello<S> {
    inner: S,
    padded: bool,
    /// Whether a ClientHello may still come: the first one, or the second after a
    /// HelloRetryRequest.
    is_open: bool,
    /// A ClientHello being written, and how much of it was written.
    under_way: Option<(Vec<u8>, usize)>,
}

impl<S> EnvoysHello<S> {
    pub(crate) fn new(inner: S, padded: bool) -> Self {
        Self { inner, padded, is_open: true, under_way: None }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for EnvoysHello<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for EnvoysHello<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.is_open && this.under_way.is_none() {
            match bytes.first() {
                Some(&HANDSHAKE_RECORD) => match record(bytes, this.padded) {
                    Some(written) => this.under_way = Some((written, 0)),
                    None => this.is_open = false,
                },
                Some(&CIPHER_CHANGE_RECORD) => {}
                _ => this.is_open = false,
            }
        }
        let Some((record, done)) = &mut this.under_way else {
            return Pin::new(&mut this.inner).poll_write(context, bytes);
        };
        while *done < record.len() {
            let count = ready!(Pin::new(&mut this.inner).poll_write(context, &record[*done..]))?;
            if count == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            *done += count;
        }
        this.under_way = None;
        Poll::Ready(Ok(bytes.len()))
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
        let this = self.get_mut();
        let is_hello = |buffer: &io::IoSlice<'_>| {
            buffer.first() == Some(&HANDSHAKE_RECORD) && record(buffer, this.padded).is_some()
        };
        match buffers.iter().position(is_hello) {
            _ if !this.is_open && this.under_way.is_none() => {}
            // A ClientHello, or the rest of one.
            Some(0) => return Pin::new(this).poll_write(context, &buffers[0]),
            Some(before) => {
                return Pin::new(&mut this.inner).poll_write_vectored(context, &buffers[..before]);
            }
            // The only record that may precede a second ClientHello.
            None => {
                this.is_open = buffers.iter().all(|buffer| {
                    buffer.is_empty() || buffer.first() == Some(&CIPHER_CHANGE_RECORD)
                })
            }
        }
        Pin::new(&mut this.inner).poll_write_vectored(context, buffers)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }
}
