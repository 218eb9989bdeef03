//! An AuthService in gRPC that Emissary does not take, so that every request is rejected.

use crate::diagnostic::Severity;
use crate::document::Change;
use crate::resource::MappingKind;
use crate::world::World;

use crate::rule::{Findings, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "auth-service-misconfigured",
    severity: Severity::Error,
    tag: None,
    summary: "an AuthService that uses gRPC without `protocol_version: v3`, so that every request \
              is rejected",
    rows: &[],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/auth-service-misconfigured/bad.yaml"),
    good: include_str!("../../../testdata/rule/auth-service-misconfigured/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings) {
    for upstream in &world.upstreams {
        let mapping = world.mapping(upstream);
        let idle = mapping.kind == MappingKind::AuthService
            && upstream.cluster.is_some()
            && !upstream.routed;
        if !idle {
            continue;
        }
        let name = &*mapping.object.name;
        let place = mapping.protocol_version.as_ref().map(|version| version.span);
        let finding = found
            .at(
                place.unwrap_or(mapping.object.place()),
                format!("the AuthService `{name}` is never called, and every request gets 500"),
            )
            .about(&mapping.object)
            .label(if place.is_some() { "not `v3`" } else { "has no `protocol_version`" })
            .note(
                "since 3.0 Emissary rejects gRPC without `protocol_version: v3`, and replaces it \
                 with a filter that answers 500 with \"AuthService is misconfigured\"",
            )
            .help("set `protocol_version: v3`; the service must implement `envoy.service.auth.v3`");
        let Some(service) = mapping.service.as_ref().filter(|_| world.knows_release()) else {
            continue;
        };
        let change = match &mapping.protocol_version {
            Some(version) => Change::set(version.span, "v3"),
            None => Change::add(service.key, "protocol_version", "v3"),
        };
        finding.fix_unsafe("write `protocol_version: v3`", [change]);
    }
}

const EXPLAIN: &str = "\
What it finds
An AuthService with `proto: grpc` that does not set `protocol_version: v3`, judged for Emissary 3.0
or later.

Why it matters
The default is `v2`, which Envoy no longer speaks. Emissary creates the cluster, and replaces the
filter with one that answers every request with 500. The service is never called.

How to fix it
Set `protocol_version: v3`; the service must implement `envoy.service.auth.v3.Authorization`.
";
