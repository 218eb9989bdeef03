//! A byte stream through another process: its standard input and output, with its standard error.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, ReadBuf};

use crate::source::first_line;

/// The relay's standard error, available once it has ended.
pub(super) type Said = Pin<Box<dyn Future<Output = String> + Send>>;

/// How long standard error may stay open after standard output ended.
const PARTING: Duration = Duration::from_millis(500);

/// Maximum size of the kept standard error, in bytes.
const MOST_SAID: u64 = 4096;

/// The message by which our own relay reports that the server reset the connection.
const RESET: &str = "mtlsctl: reset";

/// A stream through a relay.
pub(super) struct Relay<R, W, K> {
    reader: R,
    writer: W,
    said: Option<Said>,
    received: usize,
    /// Kept alive as long as the stream.
    _keep: K,
}

/// The relay ended before it sent a byte, with this message.
#[derive(Debug)]
struct RelayFailed(String);

impl fmt::Display for RelayFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RelayFailed {}

/// Why the relay failed, if the error is about that.
pub(super) fn failed(error: &io::Error) -> Option<String> {
    Some(error.get_ref()?.downcast_ref::<RelayFailed>()?.0.clone())
}

impl<R, W, K> Relay<R, W, K> {
    pub(super) fn new(reader: R, writer: W, said: Said, keep: K) -> Self {
        Self { reader, writer, said: Some(said), received: 0, _keep: keep }
    }
}

/// Reads standard error to its end, or up to a time limit.
pub(super) fn said(mut stderr: impl AsyncRead + Send + Unpin + 'static) -> Said {
    // Read continuously, so that a relay never blocks on it.
    let reading = tokio::spawn(async move {
        let mut kept = Vec::new();
        let _ = (&mut stderr).take(MOST_SAID).read_to_end(&mut kept).await;
        let kept = String::from_utf8_lossy(&kept).into_owned();
        let _ = tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await;
        kept
    });
    Box::pin(async move {
        match tokio::time::timeout(PARTING, reading).await {
            Ok(Ok(said)) => said,
            _ => String::new(),
        }
    })
}

impl<R: AsyncRead + Unpin, W: Unpin, K: Unpin> AsyncRead for Relay<R, W, K> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        ready!(Pin::new(&mut this.reader).poll_read(context, buffer))?;
        let count = buffer.filled().len() - before;
        this.received += count;
        let Some(said) = this.said.as_mut().filter(|_| count == 0) else {
            return Poll::Ready(Ok(()));
        };
        let said = ready!(said.as_mut().poll(context));
        this.said = None;
        Poll::Ready(if said.contains(RESET) {
            Err(io::ErrorKind::ConnectionReset.into())
        } else if this.received == 0 && !said.trim().is_empty() {
            Err(io::Error::other(RelayFailed(first_line(&said))))
        } else {
            Ok(())
        })
    }
}

/// A relay that has ended accepts no more bytes. Reading returns the reason, so that it does not
/// matter whether we write first.
fn unless_ended<T>(written: io::Result<T>, instead: T) -> io::Result<T> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(instead),
        other => other,
    }
}

impl<R: Unpin, W: AsyncWrite + Unpin, K: Unpin> AsyncWrite for Relay<R, W, K> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.get_mut().writer).poll_write(context, bytes));
        Poll::Ready(unless_ended(written, bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = ready!(Pin::new(&mut self.get_mut().writer).poll_flush(context));
        Poll::Ready(unless_ended(flushed, ()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = ready!(Pin::new(&mut self.get_mut().writer).poll_shutdown(context));
        Poll::Ready(unless_ended(shut, ()))
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::{Relay, failed, said};

    /// A `connect` refused before the ClientHello is written, which is likely if we start slowly.
    #[tokio::test]
    async fn the_message_of_a_relay_that_ended_before_we_wrote_is_reported() {
        let (closed, far_end) = tokio::net::UnixStream::pair().unwrap();
        drop(far_end);
        let relay = Relay::new(tokio::io::empty(), closed, said(&b"no route to host\n"[..]), ());
        let mut relay = Box::pin(relay);
        relay.write_all(b"hello").await.unwrap();
        relay.flush().await.unwrap();
        let error = relay.read(&mut [0; 8]).await.unwrap_err();
        assert_eq!(failed(&error).unwrap(), "no route to host");
    }
}
