//! A Mapping, or similar object, that Ambassador drops.

use crate::diagnostic::Severity;
use crate::resource::{Mapping, MappingKind};
use crate::world::{FieldMismatch, Freeze, MappingFault, World};

use crate::rule::{Findings, rule};

rule! {
    id: "mapping-dropped",
    severity: Error,
    summary: "Ambassador drops a Mapping, so its traffic goes elsewhere or nowhere",
    finds: "A Mapping, TCPMapping or one of the services that Ambassador drops: because it \
            conflicts with others of its route, because only one of its kind is allowed, or \
            because a setting is not valid.",
    matters: "No traffic goes to it. If it shares a route with others, they get all of it: of two \
              TCPMappings with and without `tls`, one is dropped, and it may be the one with TLS.",
    remedy: "Correct the field that Ambassador names.",
}

fn check(world: &World, found: &mut Findings) {
    for upstream in &world.upstreams {
        let fault = match upstream.fault() {
            // They have their own rules, with a specific fix.
            Some(MappingFault::ResolverUnknown(_) | MappingFault::ConsulServiceDotted) | None => {
                continue;
            }
            Some(fault) => fault,
        };
        let mapping = world.mapping(upstream);
        let is_crash =
            |freeze: &Freeze| freeze.is_crash() && freeze.object == mapping.object.identity();
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
            .severity(match fault {
                MappingFault::ProtocolVersion { .. }
                | MappingFault::DriverMissing
                | MappingFault::DriverRemoved => world.severity_in_release(),
                _ => Severity::Error,
            })
            .label(match mapping.kind {
                MappingKind::Mapping | MappingKind::TcpMapping => "gets no traffic",
                _ => "is not used",
            })
            .also_maybe(first.map(|first| &first.object), "came first, and gets all the traffic")
            .note(format!("Ambassador reports: {fault}"))
            .help(cure(mapping, fault));
    }
}

fn cure(mapping: &Mapping, fault: &MappingFault) -> &'static str {
    match fault {
        MappingFault::Mismatch { fields, .. } if is_about_tls(fields) => {
            "use the same `tls` in all TCPMappings of a port and host"
        }
        MappingFault::Mismatch { .. } => "use the same setting in all Mappings of the route",
        MappingFault::ClusterMismatch { .. } => {
            "give all AuthServices the same `tls` and `proto`, or keep one of them"
        }
        MappingFault::LogHeadersOfTcp | MappingFault::LogHeaderNameless => {
            "set `driver: http` and name each header, or remove `additional_log_headers`"
        }
        MappingFault::OnlyOneAllowed { .. } | MappingFault::LogServiceDuplicate { .. } => {
            "keep one of them"
        }
        MappingFault::LoadBalancerOfService => {
            "set `resolver: kubernetes-endpoint`, or remove `load_balancer`"
        }
        MappingFault::NameTaken(_) => "rename it, so that the names differ before their first dot",
        MappingFault::ProtocolVersion { kind: MappingKind::LogService, .. } if is_old(mapping) => {
            "set `v3ProtocolVersion: v3`"
        }
        MappingFault::ProtocolVersion { .. } => "set `protocol_version: v3`",
        MappingFault::DriverRemoved => "set another `driver`, such as `zipkin`",
        _ => "correct the field that Ambassador names",
    }
}

/// Whether `tls` is the first field in which two TCPMappings differ.
fn is_about_tls(fields: &[FieldMismatch]) -> bool {
    fields.first().is_some_and(|first| first.field == "tls")
}

/// Whether an object is of an API version that the API server converts.
fn is_old(mapping: &Mapping) -> bool {
    let version = mapping.object.api_version.as_ref().map(|version| version.as_str());
    version.is_some_and(|version| version.ends_with("/v1") || version.ends_with("/v2"))
}
