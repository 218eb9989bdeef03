//! Whether a server that accepts our certificate also accepts resuming the session.

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

/// The time limit for the ticket of TLS 1.3, which follows the handshake directly if at all, and
/// for our close_notify.
const TICKET: Duration = Duration::from_millis(350);

/// How the server ended a handshake that offered the session of the previous connection; `None` if
/// it did not, resumed or not. Envoy keeps a session and offers it (`max_session_keys`, by default
/// 1).
///
/// Uses two connections in rustls's encoding: a session cannot be offered in Envoy's ClientHello,
/// whose bytes are not those that rustls authenticates. If the second one fails, a third without a
/// session has to succeed.
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

/// Waits for a ticket and closes TLS properly: OpenSSL drops the session of a connection that ends
/// without close_notify.
async fn leaves(mut stream: TlsStream<Tap<Box<dyn Stream>>>) {
    let heard = poll_fn(|context| {
        let mut bytes = [0; 256];
        let read = Pin::new(&mut stream).poll_read(context, &mut ReadBuf::new(&mut bytes));
        match stream.get_ref().1.tls13_tickets_received() {
            0 if read.is_pending() => Poll::Pending,
            _ => Poll::Ready(()),
        }
    });
    // A ticket that is late counts as absent; in TLS 1.2 it is part of the handshake.
    let _ = timeout(TICKET, heard).await;
    let _ = timeout(TICKET, stream.shutdown()).await;
}
