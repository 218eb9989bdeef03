//! What a server did with one client, as far as one connection tells.

use super::attempt::{Attempt, Ending};
use crate::envoy::Alert;

/// What the server did once it knew what the client presents.
///
/// Nothing of this is a verdict: tickets prove nothing (Bun and nginx `stream` send them to clients that
/// they then refuse), and neither does the end of TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// It asked for a certificate, and sent an alert that is about it, or about its absence.
    Refused(Alert),
    /// It asked for a certificate, and then something broke inside: `internal_error`.
    Failed(Alert),
    /// It hung up by itself, in the handshake or after it, before anything else was asked of it. Node,
    /// asyncio, gRPC, puma, Bun and nginx `stream` refuse certificates like this.
    HungUp,
    /// It hung up when the request came.
    HungUpOnRequest,
    /// It asked for a certificate after it had read the request (HelloRequest, TLS 1.2); Envoy then
    /// answers `no_renegotiation` and closes.
    AskedAgain,
    /// It answered, with whatever status.
    Answered,
    /// It took the request, and gave no answer while we listened.
    Quiet,
    /// Nothing was requested, and it held the connection until we said goodbye; `orderly` if it said
    /// goodbye, too.
    Stayed {
        /// By an end of TLS rather than of TCP.
        orderly: bool,
    },
    /// The connection did not come to that.
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

    /// Whether the server let this client in, judged by this connection alone; `None` where that cannot
    /// be told.
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
            // Servers like nginx refuse in HTTP only, and close without an end of TLS.
            Did::Stayed { orderly } => (orderly || self.raw).then_some(true),
            _ => None,
        }
    }

    /// The status of the answer, where there was one in HTTP.
    pub fn status(&self) -> Option<u16> {
        self.reply.as_ref().filter(|_| self.asked)?.status
    }
}
