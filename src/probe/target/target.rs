//! What to probe, and how.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;

use crate::diagnostic::ObjectName;
use crate::source::Span;
use crate::world::DnsFamily;

use super::alternative::Alternative;
use super::identity::Identity;
use super::misfit::Misfits;
use super::missed::Missed;
use super::reach::{Endpoint, Reach};
use super::spiffe::Expected;
use super::starttls::StartTls;
use super::trust::Trust;
use crate::probe::hello::Offer;

/// An upstream with everything that its context says about it.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its name in the report: `Mapping default/productpage`, or what was typed.
    pub name: String,
    /// The name of its context.
    pub context: Option<String>,
    /// The context that it names but does not get.
    pub missed: Option<Missed>,
    /// Host of the `service:`, with which a strict client compares names.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Which of the host's address families Envoy looks up.
    pub family: DnsFamily,
    /// Envoy's `connect_timeout` for it, unless [`Conduct::timeout`] is set.
    pub connect_timeout: Duration,
    /// The `Host` of the request.
    pub authority: String,
    /// The path, as Ambassador would send it for the Mapping's prefix.
    pub path: String,
    /// The method, which must not change anything.
    pub method: &'static str,
    /// Whether Ambassador connects to it without TLS.
    pub plaintext: bool,
    /// The plaintext exchange before TLS that `--starttls` names; Ambassador's Envoy always starts
    /// with its ClientHello.
    pub starttls: Option<StartTls>,
    /// The handshake.
    pub offer: Offer,
    /// The certificate and key to present when requested.
    pub identity: Option<Identity>,
    /// Why the context cannot be used. If Envoy rejects it, nothing is tried; what is only missing
    /// locally is left out.
    pub misfits: Misfits,
    /// The CAs and revocation lists that verify the server's chain.
    pub trust: Trust,
    /// The identity the server should have.
    pub expect_spiffe: Option<Expected>,
    /// Other key pairs in the input, for a server that rejects ours.
    pub alternatives: Arc<Vec<Alternative>>,
    /// Faults that keep Ambassador from applying this configuration.
    pub frozen: Vec<String>,
    /// Its place in the manifests.
    pub origin: Option<TargetOrigin>,
}

impl Conduct {
    /// The time limit for a target.
    pub(crate) fn patience(&self, target: &Target) -> Duration {
        self.timeout.unwrap_or(target.connect_timeout)
    }
}

impl Target {
    /// The endpoint to connect to.
    pub fn endpoint(&self) -> Endpoint<'_> {
        Endpoint { host: &self.host, port: self.port, family: self.family }
    }

    /// Name, service and context in one line.
    pub fn title(&self) -> String {
        let Self { name, host, port, .. } = self;
        if self.origin.is_none() {
            return name.clone();
        }
        let scheme = if self.plaintext { "http" } else { "https" };
        let missed = self.missed.as_ref();
        let missed = missed.map(|missed| format!("  (tls: {}, not in use)", missed.name));
        let tls = self.context.as_ref().map(|context| format!("  (tls: {context})")).or(missed);
        format!("{name} -> {scheme}://{host}:{port}{}", tls.unwrap_or_default())
    }
}

/// The object behind a target, and its fields for findings.
#[derive(Debug, Clone)]
pub struct TargetOrigin {
    /// The Mapping, or the object of a related kind.
    pub object: ObjectName,
    /// The name of its world in the input; empty if there is only one.
    pub world: String,
    /// Its `service`.
    pub service: Option<Span>,
    /// Its `tls`.
    pub tls: Option<Span>,
    /// The number of other objects with the same cluster.
    pub others: usize,
}

/// Settings for all targets of a run.
#[derive(Debug, Clone)]
pub struct Conduct {
    /// Time limit for connect plus handshake, and again for the response; by default each target's
    /// own `connect_timeout`.
    pub timeout: Option<Duration>,
    /// Whether to send the request that Envoy would send.
    pub request: bool,
    /// Whether to check with a second connection if a client certificate is required.
    pub negative: bool,
    /// Whether to detect the mesh's mode with further connections.
    pub matrix: bool,
    /// The transport.
    pub reach: Arc<dyn Reach>,
    /// Whether a server that does not require a client certificate is an error.
    pub require_mutual: bool,
    /// The time at which certificates are verified.
    pub now: OffsetDateTime,
}
