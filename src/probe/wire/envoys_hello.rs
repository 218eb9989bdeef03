//! A stream that sends each ClientHello as Envoy writes it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::probe::hello::record;

const HANDSHAKE_RECORD: u8 = 22;
const CIPHER_CHANGE_RECORD: u8 = 20;

/// Writes records anew until something follows the hellos. rustls writes one record at a time.
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
        let first = buffers.iter().find(|buffer| !buffer.is_empty());
        self.poll_write(context, first.map_or(&[][..], |buffer| buffer))
    }

    fn is_write_vectored(&self) -> bool {
        false
    }
}
