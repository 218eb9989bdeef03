//! What a server did with a client, as far as a single connection shows.

use super::attempt::{Attempt, Ending};
use crate::envoy::Alert;

/// What the server did once it knew what the client presents.
///
/// None of this is a verdict: tickets prove nothing (Bun and nginx `stream` send them to clients
/// that they then reject), and neither does close_notify.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// It requested a certificate, and sent an alert about it or about its absence.
    Refused(Alert),
    /// It requested a certificate, and then had an internal error: `internal_error`.
    Failed(Alert),
    /// It closed the connection unprompted, during or after the handshake, before any request.
    /// Node, asyncio, gRPC, puma, Bun and nginx `stream` reject certificates like this.
    HungUp,
    /// It closed the connection on the request.
    HungUpOnRequest,
    /// It requested a certificate after reading the request (HelloRequest, TLS 1.2); Envoy then
    /// sends `no_renegotiation` and closes the connection.
    AskedAgain,
    /// It responded, with any status.
    Answered,
    /// It accepted the request but did not respond within the time limit.
    Quiet,
    /// Nothing was requested, and it kept the connection until our close_notify.
    Stayed {
        /// Whether it also sent close_notify, rather than just closing TCP.
        orderly: bool,
    },
    /// The connection did not get that far.
    Nothing,
}

impl Attempt {
    /// What the server did with this client.
    pub fn did(&self) -> Did {
        let asked = self.requested() == Some(true);
        match &self.ending {
            _ if self.asked_again => Did::AskedAgain,
            Ending::HandshakeAlert(alert) | Ending::Alert(alert) if asked => {
                match alert.refuses_certificate() {
                    true => Did::Refused(*alert),
                    false => Did::Failed(*alert),
                }
            }
            Ending::HandshakeClosed { .. } if asked => Did::HungUp,
            Ending::CloseNotify { in_answer: false } | Ending::Closed { in_answer: false, .. } => {
                Did::HungUp
            }
            Ending::CloseNotify { .. } | Ending::Closed { .. } if self.asked => {
                Did::HungUpOnRequest
            }
            Ending::Answered => Did::Answered,
            Ending::Silence if self.asked => Did::Quiet,
            Ending::CloseNotify { .. } | Ending::Silence => Did::Stayed { orderly: true },
            Ending::Closed { .. } => Did::Stayed { orderly: false },
            _ => Did::Nothing,
        }
    }

    /// Whether the server accepted this client, judged by this connection alone; `None` if unknown.
    pub fn let_in(&self) -> Option<bool> {
        match self.did() {
            Did::Refused(_) => Some(false),
            Did::HungUp if self.requested() == Some(true) => Some(false),
            Did::Answered => {
                let reply = self.reply.as_ref();
                Some(!reply.is_some_and(|reply| {
                    reply.refuses_certificate() || reply.wanted_to_ask_later()
                }))
            }
            // Servers like nginx only reject in HTTP, and close without close_notify.
            Did::Stayed { orderly } => (orderly || self.raw).then_some(true),
            _ => None,
        }
    }

    /// The HTTP status, if there was an HTTP response.
    pub fn status(&self) -> Option<u16> {
        self.reply.as_ref().filter(|_| self.asked)?.status
    }
}
