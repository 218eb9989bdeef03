//! Divergences as findings on the input's lines.

use super::compare::Comparison;
use super::divergence::Divergence;
use crate::diagnostic::{Diagnostic, Label};
use crate::source::Span;
use crate::world::World;

/// Divergences as findings on the Mappings of the affected clusters, one per Mapping.
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
    let tls = mapping.tls_as_written.as_ref().map(|tls| (tls.span(), "with this context"));
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
