//! One connection as it was seen: how far it came, what was said, how it ended.

use std::time::Duration;

use super::reply::Reply;
use super::signature::SignatureCheck;
use super::witness::{Fit, Request};
use crate::cert::Chain;
use crate::envoy::Alert;
use crate::probe::target::{Opinion, StartTls, Unreached, Via};

/// What the client had to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presented {
    /// The context's certificate.
    Context,
    /// None.
    Nothing,
}

/// How long each part took; absent where it was not reached.
#[derive(Debug, Clone, Copy, Default)]
pub struct Phases {
    /// Name to address.
    pub dns: Option<Duration>,
    /// Address to connection.
    pub tcp: Option<Duration>,
    /// Hello to our Finished.
    pub tls: Option<Duration>,
    /// Request to the first byte of an answer.
    pub first_byte: Option<Duration>,
}

/// What both sides agreed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handshake {
    /// `TLS 1.2` or `TLS 1.3`.
    pub version: &'static str,
    /// The suite's registered name.
    pub cipher: String,
    /// The key exchange group.
    pub group: Option<String>,
    /// The protocol the server chose, if it chose one.
    pub alpn: Option<String>,
    /// The name we sent, if we sent one.
    pub sni: Option<String>,
}

/// How the connection ended, or where we left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// No TCP connection.
    Unreached(Unreached),
    /// Connected, and the handshake did not end in time.
    HandshakeTimeout {
        /// Bytes the peer had sent.
        received: usize,
    },
    /// What came back was not TLS.
    NotTls {
        /// Its first words.
        words: String,
        /// Whose greeting they are, where TLS could follow it.
        greeting: Option<StartTls>,
    },
    /// `--starttls` came to nothing; in the server's words where it had some.
    NoStartTls(String),
    /// The peer ended the handshake with an alert.
    HandshakeAlert(Alert),
    /// The peer ended the handshake without one.
    HandshakeClosed {
        /// By a reset rather than an orderly close.
        reset: bool,
        /// Bytes it had sent.
        received: usize,
    },
    /// The peer said something we, or Envoy, cannot go on with.
    HandshakeBroken(Broken),
    /// After the handshake: an alert.
    Alert(Alert),
    /// After the handshake: bytes, which `reply` holds.
    Answered,
    /// After the handshake: an orderly end of TLS.
    CloseNotify {
        /// Whether we had said or asked something before.
        in_answer: bool,
    },
    /// After the handshake: the end of TCP, or a reset, without the end of TLS.
    Closed {
        /// By a reset.
        reset: bool,
        /// Whether we had said or asked something before.
        in_answer: bool,
    },
    /// After the handshake: nothing, as long as we listened.
    Silence,
}

/// Where our own side of the handshake stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The server's signature is wrong: it does not hold the key it shows.
    Signature,
    /// More than rustls takes in one message (64 KB); Envoy takes 100 KB.
    TooLarge {
        /// Length of the Certificate message, where it was not encrypted.
        certificates: Option<usize>,
    },
    /// A version below 1.2 was chosen.
    OldVersion,
    /// The server chose something that was not offered.
    NotOffered(String),
    /// Anything else, in rustls' words.
    Other(String),
}

/// One connection.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// With what.
    pub presented: Presented,
    /// Repeated with TLS 1.2 at most, because there an alert comes inside the handshake.
    pub capped: bool,
    /// What carried it; absent when there was no address.
    pub via: Option<Via>,
    /// Time spent.
    pub phases: Phases,
    /// What was agreed; absent when the handshake did not end.
    pub handshake: Option<Handshake>,
    /// What the server asked for; absent when it asked for nothing, or was not heard.
    pub request: Option<Request>,
    /// The server's certificates as sent; empty when none was seen.
    pub chain: Chain,
    /// What Envoy would say to the chain; absent when none was seen.
    pub opinion: Option<Opinion>,
    /// Whether the server proved to hold its key; absent when it did not come to that.
    pub signature: Option<SignatureCheck>,
    /// Whether the server chose TLS 1.3, where it came to a signature.
    pub tls13: Option<bool>,
    /// TLS 1.3 tickets received: a server that sends one has accepted the client at the TLS layer.
    pub tickets: u32,
    /// Whether this is a TCP service, of which nothing is requested.
    pub raw: bool,
    /// Whether the request was sent.
    pub asked: bool,
    /// Whether the server began another handshake after it (TLS 1.2), which Envoy does not follow.
    pub asked_again: bool,
    /// What came back.
    pub reply: Option<Reply>,
    /// The end.
    pub ending: Ending,
}

impl Attempt {
    /// An attempt that has not begun.
    pub(crate) fn new(presented: Presented) -> Self {
        Self {
            presented,
            capped: false,
            via: None,
            phases: Phases::default(),
            handshake: None,
            request: None,
            chain: Chain::from_der([]),
            opinion: None,
            signature: None,
            tls13: None,
            tickets: 0,
            raw: false,
            asked: false,
            asked_again: false,
            reply: None,
            ending: Ending::Silence,
        }
    }

    /// Whether TCP connected.
    pub fn reached(&self) -> bool {
        !matches!(self.ending, Ending::Unreached(_))
    }

    /// Whether the server asked for a certificate; `None` when it was not heard far enough.
    ///
    /// The request comes before the chain is complete in every version, so a chain without a
    /// request means that there was none.
    pub fn requested(&self) -> Option<bool> {
        match (&self.request, self.chain.is_empty()) {
            (Some(_), _) => Some(true),
            (None, false) => Some(false),
            (None, true) => None,
        }
    }

    /// Whether a certificate went out.
    pub fn sent_certificate(&self) -> bool {
        self.presented == Presented::Context
            && self.request.as_ref().is_some_and(|request| request.fit == Fit::Fits)
    }

    /// The alert, wherever it came.
    pub fn alert(&self) -> Option<Alert> {
        match self.ending {
            Ending::HandshakeAlert(alert) | Ending::Alert(alert) => Some(alert),
            _ => None,
        }
    }

    /// Whether an HTTP answer, of whatever status, came back.
    pub fn answered(&self) -> bool {
        self.ending == Ending::Answered
    }
}
