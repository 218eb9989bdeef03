//! A stream that sends each ClientHello as Envoy writes it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::probe::hello::record;

const HANDSHAKE_RECORD: u8 = 22;
const CIPHER_CHANGE_RECORD: u8 = 20;

/// Writes records anew until something follows the hellos. What follows goes out as it comes, in one write
/// for a flight, as BoringSSL does: a server that hangs up within a flight which comes in parts leaves the
/// rest unread, and its kernel makes a reset of that.
pub(crate) struct EnvoysHello<S> {
    inner: S,
    padded: bool,
    /// Whether a hello may still come: the first one, or the second after a HelloRetryRequest.
    is_open: bool,
    /// A hello that is under way, and how much of it has been written.
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
            // A hello, or what of it is still to be written.
            Some(0) => return Pin::new(this).poll_write(context, &buffers[0]),
            Some(before) => {
                return Pin::new(&mut this.inner).poll_write_vectored(context, &buffers[..before]);
            }
            // The one record that may stand before a second hello.
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
