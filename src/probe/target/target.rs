//! What is probed, and how one goes about it.

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

/// One upstream with everything a context says about it.
#[derive(Debug, Clone)]
pub struct Target {
    /// As the report names it: `Mapping default/productpage`, or what was typed.
    pub name: String,
    /// The context behind it, by name.
    pub context: Option<String>,
    /// The context that it names and does not get.
    pub missed: Option<Missed>,
    /// Host of the `service:`, also what a strict client compares names with.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Which of the host's addresses Envoy asks for.
    pub family: DnsFamily,
    /// Envoy's `connect_timeout` for it, unless [`Conduct::timeout`] says otherwise.
    pub connect_timeout: Duration,
    /// The `Host` of the request.
    pub authority: String,
    /// Its path, as Ambassador would send it for the Mapping's prefix.
    pub path: String,
    /// Its method; one that changes nothing.
    pub method: &'static str,
    /// Whether Ambassador speaks without TLS to it.
    pub plaintext: bool,
    /// What comes before TLS, where `--starttls` says so; Ambassador's Envoy sends its ClientHello at once.
    pub starttls: Option<StartTls>,
    /// The handshake.
    pub offer: Offer,
    /// What is presented when asked.
    pub identity: Option<Identity>,
    /// Why the context cannot be used. Where Envoy rejects it nothing is tried; what is only
    /// missing here is done without.
    pub misfits: Misfits,
    /// What the server's chain is judged by.
    pub trust: Trust,
    /// The identity the server should have.
    pub expect_spiffe: Option<Expected>,
    /// Other pairs of the input, for a server that does not take ours.
    pub alternatives: Arc<Vec<Alternative>>,
    /// What keeps Ambassador from taking up the configuration this was read from.
    pub frozen: Vec<String>,
    /// Where it stands in the manifests.
    pub origin: Option<TargetOrigin>,
}

impl Conduct {
    /// How long a target may take.
    pub(crate) fn patience(&self, target: &Target) -> Duration {
        self.timeout.unwrap_or(target.connect_timeout)
    }
}

impl Target {
    /// Where it wants to be reached.
    pub fn endpoint(&self) -> Endpoint<'_> {
        Endpoint { host: &self.host, port: self.port, family: self.family }
    }

    /// Name, service and context on one line.
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

/// The object behind a target, and its fields that findings belong to.
#[derive(Debug, Clone)]
pub struct TargetOrigin {
    /// The Mapping or its kin.
    pub object: ObjectName,
    /// The world of the input that it lies in; empty where there is no other.
    pub world: String,
    /// Its `service`.
    pub service: Option<Span>,
    /// Its `tls`.
    pub tls: Option<Span>,
    /// How many others go to the same cluster.
    pub others: usize,
}

/// How every target of one run is treated.
#[derive(Debug, Clone)]
pub struct Conduct {
    /// Time limit for connect plus handshake, and again for the response; without it, each target's
    /// own `connect_timeout`.
    pub timeout: Option<Duration>,
    /// Whether the request is sent that Envoy would send.
    pub request: bool,
    /// Whether a second connection without a certificate finds out if one is required.
    pub negative: bool,
    /// Whether the mesh's mode is worked out by more connections.
    pub matrix: bool,
    /// How targets are reached.
    pub reach: Arc<dyn Reach>,
    /// Whether a server that does not insist on a certificate is an error.
    pub require_mutual: bool,
    /// The moment at which certificates are judged.
    pub now: OffsetDateTime,
}
