//! The record of a connection: how far it got, what was exchanged, how it ended.

use std::time::Duration;

use super::reply::Reply;
use super::signature::SignatureCheck;
use super::witness::{Fit, Request};
use crate::cert::Chain;
use crate::envoy::Alert;
use crate::probe::target::{Opinion, StartTls, Unreached, Via};

/// What the client presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presented {
    /// The context's certificate.
    Context,
    /// None.
    Nothing,
}

/// The duration of each phase; `None` if it was not reached.
#[derive(Debug, Clone, Copy, Default)]
pub struct Phases {
    /// Resolving the name.
    pub dns: Option<Duration>,
    /// Connecting to the address.
    pub tcp: Option<Duration>,
    /// From the ClientHello to our Finished.
    pub tls: Option<Duration>,
    /// From the request to the first byte of the response.
    pub first_byte: Option<Duration>,
}

/// The result of the handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handshake {
    /// `TLS 1.2` or `TLS 1.3`.
    pub version: &'static str,
    /// The suite's registered name.
    pub cipher: String,
    /// The key exchange group.
    pub group: Option<String>,
    /// The protocol that the server chose, if any.
    pub alpn: Option<String>,
    /// The SNI that we sent, if any.
    pub sni: Option<String>,
}

/// How the connection ended, or where we left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// No TCP connection.
    Unreached(Unreached),
    /// Connected, but the handshake did not complete in time.
    HandshakeTimeout {
        /// Number of bytes from the peer.
        received: usize,
    },
    /// The response was not TLS.
    NotTls {
        /// Its start, as text.
        words: String,
        /// The protocol whose greeting it is, if that supports STARTTLS.
        greeting: Option<StartTls>,
    },
    /// `--starttls` failed; with the server's message, if any.
    NoStartTls(String),
    /// The peer ended the handshake with an alert.
    HandshakeAlert(Alert),
    /// The peer ended the handshake without an alert.
    HandshakeClosed {
        /// By a reset rather than an orderly close.
        reset: bool,
        /// Number of bytes from the peer.
        received: usize,
    },
    /// The peer sent something that we, or Envoy, cannot handle.
    HandshakeBroken(Broken),
    /// After the handshake: an alert.
    Alert(Alert),
    /// After the handshake: data, which is in `reply`.
    Answered,
    /// After the handshake: close_notify.
    CloseNotify {
        /// Whether we had sent something before.
        in_answer: bool,
    },
    /// After the handshake: TCP closed or reset, without close_notify.
    Closed {
        /// By a reset.
        reset: bool,
        /// Whether we had sent something before.
        in_answer: bool,
    },
    /// After the handshake: nothing within the time limit.
    Silence,
}

/// Where our side of the handshake stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The server's signature is wrong: it does not have the key of its certificate.
    Signature,
    /// A message larger than rustls accepts (64 KB); Envoy accepts 100 KB.
    TooLarge {
        /// Length of the Certificate message, if it was not encrypted.
        certificates: Option<usize>,
    },
    /// A version below 1.2 was chosen.
    OldVersion,
    /// The server chose something that was not offered.
    NotOffered(String),
    /// Anything else, with rustls's message.
    Other(String),
}

/// A connection.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// What the client presented.
    pub presented: Presented,
    /// Whether it is a repetition with at most TLS 1.2, where an alert is part of the handshake.
    pub capped: bool,
    /// The transport; `None` if there was no address.
    pub via: Option<Via>,
    /// The duration of its phases.
    pub phases: Phases,
    /// The negotiated parameters; `None` if the handshake did not complete.
    pub handshake: Option<Handshake>,
    /// The server's certificate request; `None` if there was none, or if it was not reached.
    pub request: Option<Request>,
    /// The server's certificates as sent; empty if none were seen.
    pub chain: Chain,
    /// Envoy's verdict on the chain; `None` if none was seen.
    pub opinion: Option<Opinion>,
    /// Whether the server proved to have its key; `None` if that was not reached.
    pub signature: Option<SignatureCheck>,
    /// Whether the server chose TLS 1.3, if a signature was reached.
    pub tls13: Option<bool>,
    /// Number of TLS 1.3 tickets: a server that sends one has accepted the client in TLS.
    pub tickets: u32,
    /// Whether this is a TCP service, to which no request is sent.
    pub raw: bool,
    /// Whether the request was sent.
    pub asked: bool,
    /// Whether the server then started another handshake (TLS 1.2), which Envoy does not support.
    pub asked_again: bool,
    /// The response.
    pub reply: Option<Reply>,
    /// The end.
    pub ending: Ending,
}

impl Attempt {
    /// An attempt that has not started.
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

    /// Whether the server requested a certificate; `None` if that was not reached.
    ///
    /// In every version the request precedes the end of the chain, so a chain without a request
    /// means that there was none.
    pub fn requested(&self) -> Option<bool> {
        match (&self.request, self.chain.is_empty()) {
            (Some(_), _) => Some(true),
            (None, false) => Some(false),
            (None, true) => None,
        }
    }

    /// Whether a certificate was sent.
    pub fn sent_certificate(&self) -> bool {
        self.presented == Presented::Context
            && self.request.as_ref().is_some_and(|request| request.fit == Fit::Fits)
    }

    /// The alert, in any phase.
    pub fn alert(&self) -> Option<Alert> {
        match self.ending {
            Ending::HandshakeAlert(alert) | Ending::Alert(alert) => Some(alert),
            _ => None,
        }
    }

    /// Whether there was an HTTP response of any status.
    pub fn answered(&self) -> bool {
        self.ending == Ending::Answered
    }
}
