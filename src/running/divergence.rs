//! One way in which a running Envoy differs from the input, and as a finding on the input's lines.

use super::compare::Comparison;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::Span;
use crate::world::{ClusterId, World};

/// What kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The configuration is not the one that the input makes.
    Frozen,
    /// A certificate, key or bundle is not the one that the Secret or file has now.
    Stale,
    /// What is loaded has expired, or will soon.
    Expires,
    /// Handshakes fail, by Envoy's counters.
    HandshakesFail,
    /// The server or a cluster does not serve yet, or no longer.
    NotReady,
}

/// One difference, with one cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divergence {
    /// What kind.
    pub kind: Kind,
    /// How bad.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// What it rests on, as sentences.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// The clusters that have it, in the order of their names; none where it is about the server.
    pub clusters: Vec<ClusterId>,
}

impl Kind {
    /// The id under which reports have it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Frozen => "envoy-configuration-frozen",
            Self::Stale => "envoy-certificate-stale",
            Self::Expires => "envoy-certificate-expires",
            Self::HandshakesFail => "envoy-handshakes-fail",
            Self::NotReady => "envoy-not-ready",
        }
    }
}

/// Divergences as findings on the Mappings whose clusters have them, one for each Mapping.
pub fn findings(world: &World, comparison: &Comparison) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for divergence in &comparison.divergences {
        for &cluster in &divergence.clusters {
            for &user in &world.cluster(cluster).upstreams {
                found.extend(finding(world, divergence, user));
            }
        }
    }
    let sources = &world.sources;
    found.sort_by(|one: &Diagnostic, other| one.order(sources).cmp(&other.order(sources)));
    found
}

fn finding(world: &World, divergence: &Divergence, upstream: usize) -> Option<Diagnostic> {
    let mapping = world.mapping(&world.upstreams[upstream]);
    let tls = mapping.tls_as_written.as_ref().map(|tls| (tls.span, "with this context"));
    let service = mapping.service.as_ref().map(|service| (service.span, "this upstream"));
    let (span, text): (Span, &str) = tls.or(service)?;
    Some(Diagnostic {
        rule: divergence.kind.rule(),
        severity: divergence.severity,
        message: divergence.message.clone(),
        field: String::new(),
        object: Some(mapping.object.identity()),
        primary: Label { span, text: text.to_owned() },
        related: Vec::new(),
        notes: divergence.notes.clone(),
        help: divergence.help.iter().cloned().collect(),
        fix: None,
        cause: None,
    })
}
