//! One state of a rotation: the content of each place, and the verdict of both sides.

use time::OffsetDateTime;

use crate::cert::Chain;
use crate::envoy::{
    EnvoyVerdict, EnvoyVersion, OfferedTls, PemSource, Purpose, ValidationContext, load_pair,
};

/// A place whose content rotates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RotatingPlace {
    /// The certificate and key that Envoy presents.
    Client,
    /// The CAs that Envoy verifies the server with.
    Trust,
    /// The revocation lists that Envoy verifies with.
    Revocation,
    /// The chain that the server presents.
    Server,
    /// The CAs that the server verifies Envoy's certificate with.
    ServerTrust,
}

/// The content of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The old content.
    Before,
    /// The new CAs and the old ones, in one file.
    Both,
    /// The new content.
    After,
}

/// What breaks in a state, and on which side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Break {
    /// Envoy rejects the configuration and keeps the previous one; with its message.
    Configuration(String),
    /// Envoy rejects the server's chain; with its message.
    Envoy(String),
    /// The server rejects Envoy's certificate, if it verifies as Envoy does.
    Server(String),
    /// It is unknown whether the handshake works; with the reason.
    Unknown(String),
}

/// All contents of one place.
#[derive(Debug, Clone, Default)]
pub(super) struct Contents {
    /// Before the rotation.
    pub(super) before: Option<Vec<u8>>,
    /// Old and new CAs together; only for CAs that change.
    pub(super) both: Option<Vec<u8>>,
    /// After it.
    pub(super) after: Option<Vec<u8>>,
}

/// The inputs for evaluating a state.
#[derive(Clone)]
pub(super) struct Scene {
    pub(super) certificate: Contents,
    pub(super) key: Contents,
    pub(super) trust: Contents,
    pub(super) revocation: Contents,
    /// One per chain that a server presents.
    pub(super) servers: Vec<Contents>,
    pub(super) server_trust: Contents,
    pub(super) tls: OfferedTls,
    pub(super) version: EnvoyVersion,
    pub(super) now: OffsetDateTime,
}

/// The stage of every place; places that do not rotate stay at [`Stage::Before`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct State([Stage; 5]);

impl Contents {
    fn at(&self, stage: Stage) -> Option<&[u8]> {
        match stage {
            Stage::Before => self.before.as_deref(),
            Stage::Both => self.both.as_deref(),
            Stage::After => self.after.as_deref(),
        }
    }

    /// Whether before and after differ.
    pub(super) fn rotates(&self) -> bool {
        self.before != self.after
    }
}

impl State {
    /// Before the first step.
    pub(super) fn start() -> Self {
        Self([Stage::Before; 5])
    }

    /// The content of a place.
    pub(super) fn of(self, part: RotatingPlace) -> Stage {
        self.0[part as usize]
    }

    /// The same with different content in one place.
    pub(super) fn with(mut self, part: RotatingPlace, stage: Stage) -> Self {
        self.0[part as usize] = stage;
        self
    }
}

impl Scene {
    /// What breaks in a state; unknown parts are assumed to work.
    pub(super) fn breaks(&self, state: State) -> Vec<Break> {
        let mut breaks = Vec::new();
        let source = |name, bytes| PemSource::new(name, bytes);
        let client = state.of(RotatingPlace::Client);
        let certificate = self.certificate.at(client);
        let key = self.key.at(client);
        let pair = match (certificate, key) {
            // A key that is not in the input cannot be compared with the certificate.
            (Some(certificate), Some(key)) => load_pair(
                Some(source("the certificate", certificate)),
                Some(source("the key", key)),
                self.version,
            ),
            _ => EnvoyVerdict::Accepted,
        };
        if let EnvoyVerdict::ConfigRejected { reason } = pair {
            breaks.push(Break::Configuration(reason));
        }
        let trust = self.trust.at(state.of(RotatingPlace::Trust));
        let revocation = self.revocation.at(state.of(RotatingPlace::Revocation));
        let loaded = ValidationContext::load(
            trust.map(|bytes| source("the CAs", bytes)),
            revocation.map(|bytes| source("the revocation lists", bytes)),
            self.version,
        );
        match loaded {
            Err(verdict) => {
                breaks.push(Break::Configuration(verdict.reason().unwrap_or_default().to_owned()));
            }
            Ok(context) => {
                let context = context.with_tls(self.tls.clone());
                let stage = state.of(RotatingPlace::Server);
                let chains = self.servers.iter().filter_map(|server| server.at(stage));
                for chain in chains {
                    match refusal(&context, chain, self.now, Break::Envoy) {
                        Some(one) if !breaks.contains(&one) => breaks.push(one),
                        _ => {}
                    }
                }
            }
        }
        let asked = (self.server_trust.at(state.of(RotatingPlace::ServerTrust)), certificate);
        if let (Some(trust), Some(certificate)) = asked {
            let context =
                ValidationContext::load(Some(source("its CAs", trust)), None, self.version);
            breaks.extend(match context {
                Ok(context) => {
                    let context = context.with_purpose(Purpose::Client);
                    refusal(&context, certificate, self.now, Break::Server)
                }
                Err(verdict) => Some(Break::Server(verdict.to_string())),
            });
        }
        breaks
    }
}

/// Why a chain is rejected, if it is.
fn refusal(
    context: &ValidationContext,
    chain: &[u8],
    now: OffsetDateTime,
    by: fn(String) -> Break,
) -> Option<Break> {
    match context.verify(&Chain::from_pem(chain), now) {
        EnvoyVerdict::Accepted => None,
        EnvoyVerdict::Unknown { why } => Some(Break::Unknown(why)),
        verdict => Some(by(verdict.to_string())),
    }
}
