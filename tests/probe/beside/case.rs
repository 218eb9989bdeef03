//! A case: a server to start, and its context.

use std::net::{TcpListener, TcpStream};
use std::thread;

use mtlsctl::probe::{Offer, TlsVersion};

use crate::support::installed;
use crate::support::peer::{Pair, Pki, Process, folder, free_port};

/// A case: a server and its context.
pub(crate) struct Case {
    pub(crate) id: &'static str,
    pub(crate) server: Serving,
    pub(crate) offer: Offer,
    pub(crate) client: Option<Pair>,
    /// Whether rustls cannot tell this, according to the reference.
    pub(crate) beyond_us: bool,
    /// Rejected for the same reason with another message: rustls always sends `supported_versions`,
    /// and a TLS 1.1 server answers that with `protocol_version` instead of `handshake_failure`.
    pub(crate) other_words: bool,
    /// Whether the context trusts another CA than the servers'.
    pub(crate) stranger: bool,
    /// Whether it trusts both the servers' CA and OpenSSL's.
    pub(crate) anchors: bool,
    /// The path of the request.
    pub(crate) path: &'static str,
}

pub(crate) enum Serving {
    /// `s_server` with these arguments.
    OpenSsl(Vec<String>),
    /// A thread that runs this for each connection.
    Raw(fn(TcpStream)),
    /// Nothing listens.
    Closed,
    /// A server that is already running.
    There(u16),
}

pub(crate) fn case(id: &'static str, args: &str) -> Case {
    Case {
        id,
        server: Serving::OpenSsl(args.split_whitespace().map(str::to_owned).collect()),
        offer: Offer::default(),
        client: None,
        beyond_us: false,
        other_words: false,
        stranger: false,
        anchors: false,
        path: "/",
    }
}

impl Case {
    pub(crate) fn ca(&self) -> &'static str {
        match (self.stranger, self.anchors) {
            (true, _) => "stranger.pem",
            (_, true) => "anchors.pem",
            _ => "ca.pem",
        }
    }

    pub(crate) fn min(mut self, version: TlsVersion) -> Self {
        self.offer.min = Some(version);
        self
    }

    pub(crate) fn max(mut self, version: TlsVersion) -> Self {
        self.offer.max = Some(version);
        self
    }

    pub(crate) fn suites(mut self, names: &[&str]) -> Self {
        self.offer.cipher_suites = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    pub(crate) fn curves(mut self, names: &[&str]) -> Self {
        self.offer.ecdh_curves = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    pub(crate) fn alpn(mut self, names: &str) -> Self {
        self.offer.alpn = Some(names.to_owned());
        self
    }

    pub(crate) fn client(mut self, pair: Option<Pair>) -> Self {
        self.client = pair;
        self
    }

    pub(crate) fn beyond_us(mut self) -> Self {
        self.beyond_us = true;
        self
    }

    pub(crate) fn other_words(mut self) -> Self {
        self.other_words = true;
        self
    }

    pub(crate) fn raw(mut self, act: fn(TcpStream)) -> Self {
        self.server = Serving::Raw(act);
        self
    }
}

pub(crate) fn serve(pki: &Pki, case: &Case) -> (Option<Process>, u16) {
    match &case.server {
        Serving::Closed => (None, free_port()),
        Serving::There(port) => (None, *port),
        Serving::Raw(act) => {
            let (listener, act) = (TcpListener::bind("127.0.0.1:0").expect("a port"), *act);
            let port = listener.local_addr().expect("an address").port();
            thread::spawn(move || {
                for tcp in listener.incoming().flatten() {
                    thread::spawn(move || act(tcp));
                }
            });
            (None, port)
        }
        Serving::OpenSsl(args) => {
            let port = free_port();
            let mut command = installed::command("openssl/usr/bin/openssl");
            command
                .current_dir(&pki.folder)
                .args(["s_server", "-www", "-quiet"])
                .args(["-accept", &format!("127.0.0.1:{port}")]);
            if !args.iter().any(|arg| arg == "-CAfile") {
                command.args(["-CAfile", "ca.pem"]);
            }
            if !args.iter().any(|arg| arg == "-cert") {
                command.args(["-cert", "server.pem", "-key", "server.key"]);
            }
            command.args(args);
            let log = folder("s_server").join("log");
            (Some(Process::start(command, log, &[port])), port)
        }
    }
}
