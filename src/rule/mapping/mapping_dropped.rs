//! A Mapping, or one of its kin, that Ambassador drops for a reason of its own.

use crate::diagnostic::Severity;
use crate::resource::{Mapping, MappingKind};
use crate::world::{Dropped, Freeze, World};

use crate::rule::{Findings, rule};

rule! {
    id: "mapping-dropped",
    severity: Error,
    summary: "Ambassador drops a Mapping, so its traffic goes elsewhere or nowhere",
    rows: [],
}

fn check(world: &World, found: &mut Findings) {
    for upstream in &world.upstreams {
        // Unknown resolvers and dots in Consul's names have rules of their own, which know the cure.
        let Some(Dropped::Rejected(words) | Dropped::OnlyOneAllowed(words)) = &upstream.dropped
        else {
            continue;
        };
        let mapping = world.mapping(upstream);
        let is_crash = |freeze: &Freeze| {
            freeze.is_crash() && freeze.object == mapping.object.identity()
        };
        if world.freezes.iter().any(is_crash) {
            continue;
        }
        let (kind, name) = (mapping.kind.name(), &*mapping.object.name);
        let group = upstream.group.and_then(|group| {
            world
                .upstreams
                .iter()
                .find(|other| other.group == Some(group) && other.dropped.is_none())
        });
        let first = group.map(|first| world.mapping(first));
        found
            .at(&mapping.object, format!("{kind} `{name}` is dropped"))
            .about(&mapping.object)
            .severity(match words.contains("protocol_version") || words.contains("driver") {
                true => world.severity_in_release(),
                false => Severity::Error,
            })
            .label(match mapping.kind {
                MappingKind::Mapping | MappingKind::TcpMapping => "gets no traffic",
                _ => "is not used",
            })
            .also_maybe(first.map(|first| &first.object), "came first, and gets all the traffic")
            .note(format!("Ambassador reports: {words}"))
            .help(cure(mapping, words));
    }
}

fn cure(mapping: &Mapping, words: &str) -> &'static str {
    let version = mapping.object.api_version.as_ref().map(|version| version.as_str());
    let is_old =
        version.is_some_and(|version| version.ends_with("/v1") || version.ends_with("/v2"));
    if words.contains("mismatched tls") {
        "use the same `tls` in all TCPMappings of a port and host"
    } else if words.contains("cannot merge cluster") {
        "give all AuthServices the same `tls` and `proto`, or keep one of them"
    } else if words.contains("log header") || words.contains("additional_log_headers") {
        "set `driver: http` and name each header, or remove `additional_log_headers`"
    } else if words.contains("mismatched") {
        "use the same setting in all Mappings of the route"
    } else if words.contains("only one") || words.contains("Duplicate") {
        "keep one of them"
    } else if words.contains("load_balancer setting") {
        "set `resolver: kubernetes-endpoint`, or remove `load_balancer`"
    } else if words.contains("already in its group") {
        "rename it, so that the names differ before their first dot"
    } else if words.contains("protocol_version")
        && mapping.kind == MappingKind::LogService
        && is_old
    {
        "set `v3ProtocolVersion: v3`"
    } else if words.contains("protocol_version") {
        "set `protocol_version: v3`"
    } else if words.contains("driver is no longer supported") {
        "set another `driver`, such as `zipkin`"
    } else {
        "correct the field that Ambassador names"
    }
}

const EXPLAIN: &str = "\
What it finds
A Mapping, TCPMapping or one of the services that Ambassador drops: because it conflicts with others
of its route, because only one of its kind is allowed, or because a setting is not valid.

Why it matters
No traffic goes to it. Where it shares a route with others, they get all of it: of two TCPMappings
with and without `tls` one is dropped, and it may be the one with TLS.

How to fix it
Correct the field that Ambassador names.
";
