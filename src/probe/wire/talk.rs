//! After the handshake: reads, sends the request, and observes how the connection ends.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::client::TlsStream;

use super::attempt::Ending;
use super::reply::Reply;
use super::tap::Tap;
use crate::envoy::Alert;
use crate::probe::hello::Codec;

/// How long to read before writing, if the server requested a certificate. In TLS 1.3 the server
/// checks the certificate after our handshake is complete, and its alert is lost if we write while
/// it closes. Some servers do that in TLS 1.2, too: Bun, nginx `stream` and haproxy's `mode tcp`
/// complete the handshake and close the connection within 40 ms.
const LISTEN: Duration = Duration::from_millis(350);
/// An alert arrives within one round trip; slow networks get more.
const ROUND_TRIPS: u32 = 4;
/// The time limit for the response to our close_notify, which shows little.
const GOODBYE: Duration = Duration::from_millis(500);
/// The time limit for the rest of a page whose status is known.
const PAGE: Duration = Duration::from_millis(300);
/// Maximum size of the kept response in bytes; an endless one is cut here.
const ANSWER: usize = 16 * 1024;

/// The time limits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeLimits {
    /// For an alert, before anything is written.
    listen: Duration,
    /// For a response to the request.
    answer: Duration,
    /// For a response to our close_notify.
    goodbye: Duration,
}

impl TimeLimits {
    /// Reads first if the server may still reject us unprompted (`listens`).
    pub(crate) fn after(round_trip: Duration, patience: Duration, listens: bool) -> Self {
        let alert = (round_trip * ROUND_TRIPS).max(LISTEN).min(patience);
        Self {
            listen: if listens { alert } else { Duration::ZERO },
            answer: patience.max(alert),
            goodbye: GOODBYE.max(alert).min(patience),
        }
    }
}

/// The result.
#[derive(Debug)]
pub(crate) struct Talked {
    pub(crate) ending: Ending,
    pub(crate) asked: bool,
    /// The server requested another handshake.
    pub(crate) asked_again: bool,
    pub(crate) tickets: u32,
    pub(crate) first_byte: Option<Duration>,
    pub(crate) reply: Option<Reply>,
}

/// Why reading stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stop {
    Enough,
    Time,
    Alert(Alert),
    CloseNotify,
    Closed { reset: bool },
}

struct Ear<'a, S> {
    stream: &'a mut TlsStream<Tap<S>>,
    outgoing: &'a [u8],
    heard: Vec<u8>,
    first_byte: Option<Instant>,
    /// Our side can no longer be written to; data that the peer sent before may still be read.
    deaf: bool,
}

/// Reads, then sends `request` or close_notify, and reads again.
pub(crate) async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut TlsStream<Tap<S>>,
    codec: Codec,
    request: Option<&[u8]>,
    manners: &TimeLimits,
) -> Talked {
    let mut ear = Ear { stream, outgoing: &[], heard: Vec::new(), first_byte: None, deaf: false };
    let start = Instant::now();
    if !manners.listen.is_zero() {
        // Neither data nor a ticket ends this: a server may send both before it has checked us.
        let stop = ear.listen(manners.listen, |_| false).await;
        if !matches!(stop, Stop::Time | Stop::Enough) {
            // A response that precedes the request counts, since Envoy would have sent its own by
            // then.
            let answers = request.is_some() && !ear.heard.is_empty();
            return ear.end(codec, stop, answers, answers.then_some(start));
        }
    }

    let start = Instant::now();
    let Some(request) = request else {
        ear.stream.get_mut().1.send_close_notify();
        let stop = ear.listen(manners.goodbye, |_| false).await;
        return ear.end(codec, stop, false, Some(start));
    };
    ear.outgoing = request;
    let mut stop = ear
        .listen(manners.answer, |heard| Reply::read(codec, heard).settles() || full(heard))
        .await;
    if stop == Stop::Enough && wants_page(codec, &ear.heard) {
        let rest = ear.listen(PAGE.min(manners.answer), |heard| {
            Reply::read(codec, heard).whole || full(heard)
        });
        stop = rest.await;
    }
    ear.end(codec, stop, true, Some(start))
}

fn full(heard: &[u8]) -> bool {
    heard.len() >= ANSWER
}

/// Only rejections are read to the end: the page has the reason.
fn wants_page(codec: Codec, heard: &[u8]) -> bool {
    let reply = Reply::read(codec, heard);
    !reply.whole && reply.status.is_some_and(|status| (400..500).contains(&status))
}

impl<S: AsyncRead + AsyncWrite + Unpin> Ear<'_, S> {
    fn asked_again(&self) -> bool {
        self.stream.get_ref().0.asked_again()
    }

    fn tickets(&self) -> u32 {
        self.stream.get_ref().1.tls13_tickets_received()
    }

    /// Reads while writing, until `enough` is true, the stream ends, or the time is up.
    async fn listen(&mut self, patience: Duration, enough: impl Fn(&[u8]) -> bool) -> Stop {
        let deadline = Instant::now() + patience;
        let hearing = poll_fn(|context| self.poll(context, &enough));
        timeout_at(deadline, hearing).await.unwrap_or(Stop::Time)
    }

    fn poll(&mut self, context: &mut Context<'_>, enough: &impl Fn(&[u8]) -> bool) -> Poll<Stop> {
        self.write(context);
        loop {
            let mut bytes = [0; 4096];
            let mut buffer = ReadBuf::new(&mut bytes);
            let read = Pin::new(&mut *self.stream).poll_read(context, &mut buffer);
            if self.asked_again() || enough(&self.heard) {
                return Poll::Ready(Stop::Enough);
            }
            match ready!(read) {
                Err(error) => return Poll::Ready(end(&error)),
                Ok(()) if buffer.filled().is_empty() => return Poll::Ready(Stop::CloseNotify),
                Ok(()) => {
                    self.first_byte.get_or_insert_with(Instant::now);
                    self.heard.extend_from_slice(buffer.filled());
                    if enough(&self.heard) || full(&self.heard) {
                        return Poll::Ready(Stop::Enough);
                    }
                }
            }
        }
    }

    fn write(&mut self, context: &mut Context<'_>) {
        while !self.deaf && !self.outgoing.is_empty() {
            match Pin::new(&mut *self.stream).poll_write(context, self.outgoing) {
                Poll::Ready(Ok(count)) => self.outgoing = &self.outgoing[count..],
                Poll::Ready(Err(_)) => self.deaf = true,
                Poll::Pending => return,
            }
        }
        if !self.deaf
            && let Poll::Ready(Err(_)) = Pin::new(&mut *self.stream).poll_flush(context)
        {
            self.deaf = true;
        }
    }

    fn end(self, codec: Codec, stop: Stop, asked: bool, start: Option<Instant>) -> Talked {
        let in_answer = start.is_some();
        let ending = match stop {
            Stop::Alert(alert) => Ending::Alert(alert),
            _ if !self.heard.is_empty() => Ending::Answered,
            Stop::CloseNotify => Ending::CloseNotify { in_answer },
            Stop::Closed { reset } => Ending::Closed { reset, in_answer },
            Stop::Time | Stop::Enough => Ending::Silence,
        };
        let first_byte = match (start, self.first_byte) {
            (Some(start), Some(first)) => Some(first.saturating_duration_since(start)),
            _ => None,
        };
        Talked {
            ending,
            asked,
            asked_again: self.asked_again(),
            tickets: self.tickets(),
            first_byte,
            reply: (!self.heard.is_empty()).then(|| Reply::read(codec, &self.heard)),
        }
    }
}

fn end(error: &io::Error) -> Stop {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::AlertReceived(alert)) => Stop::Alert(Alert(u8::from(*alert))),
        _ => Stop::Closed { reset: error.kind() != io::ErrorKind::UnexpectedEof },
    }
}
