//! Whether a server that takes our certificate also takes the session of such a connection back.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use rustls::ClientConfig;
use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use super::attempt::{Attempt, Ending, Presented};
use super::dial::{config, reach, shake};
use super::tap::Tap;
use super::witness::Seen;
use crate::probe::hello::Hello;
use crate::probe::target::{Conduct, Stream, Target};

/// For the ticket of TLS 1.3, which comes right after the handshake or not at all, and for our goodbye.
const TICKET: Duration = Duration::from_millis(350);

/// How the server ended a handshake that offered the session of the connection before; `None` where it
/// did not, whether it resumed or not. Envoy keeps a session and offers it (`max_session_keys`, by
/// default 1).
///
/// Two connections of our own, as a session cannot be offered in Envoy's hello: its bytes are not those
/// that rustls authenticates. Where the second one fails, a third without a session has to succeed.
pub(crate) async fn ends_resumption(
    target: &Target,
    conduct: &Conduct,
    hello: &Hello,
) -> Option<Ending> {
    let hello = hello.in_own_bytes();
    let fresh = || {
        let seen = Arc::new(Seen::default());
        config(target, &hello, Presented::Context, &seen).ok().map(Arc::new)
    };
    let kept = fresh()?;
    leaves(connect(target, conduct, &hello, &kept).await.ok()?).await;
    let ending = connect(target, conduct, &hello, &kept).await.err()?;
    if !matches!(ending, Ending::HandshakeAlert(_) | Ending::HandshakeClosed { .. }) {
        return None;
    }
    leaves(connect(target, conduct, &hello, &fresh()?).await.ok()?).await;
    Some(ending)
}

async fn connect(
    target: &Target,
    conduct: &Conduct,
    hello: &Hello,
    config: &Arc<ClientConfig>,
) -> Result<TlsStream<Tap<Box<dyn Stream>>>, Ending> {
    let mut attempt = Attempt::new(Presented::Context);
    let (tcp, deadline) = reach(target, conduct, &mut attempt).await?;
    shake(hello, Arc::clone(config), tcp, deadline).await
}

/// Waits for a ticket and ends TLS in order: OpenSSL forgets the session of a connection that just ends.
async fn leaves(mut stream: TlsStream<Tap<Box<dyn Stream>>>) {
    let heard = poll_fn(|context| {
        let mut bytes = [0; 256];
        let read = Pin::new(&mut stream).poll_read(context, &mut ReadBuf::new(&mut bytes));
        match stream.get_ref().1.tls13_tickets_received() {
            0 if read.is_pending() => Poll::Pending,
            _ => Poll::Ready(()),
        }
    });
    // What does not come in time is as good as absent; in TLS 1.2 the ticket is part of the handshake.
    let _ = timeout(TICKET, heard).await;
    let _ = timeout(TICKET, stream.shutdown()).await;
}
