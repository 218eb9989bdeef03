//! An AuthService for which Emissary reports an error, so every request is rejected.

use crate::document::Change;
use crate::resource::MappingKind;
use crate::world::{AuthFault, World};

use crate::rule::{Findings, rule};

rule! {
    id: "auth-service-misconfigured",
    severity: Error,
    summary: "an AuthService for which Emissary reports an error, so every request is rejected",
    finds: "An AuthService with `proto: grpc` that does not set `protocol_version: v3`, or one \
            with both `include_body` and `allow_request_body: true`, judged for Emissary 3.0 or \
            later.",
    matters: "The default version is `v2`, which Envoy no longer supports, and of the two ways to \
              send the body Emissary ignores one. It reports both as errors, and after any \
              AuthService error it replaces the filter of all AuthServices with one that answers \
              every request with 500. No service is called.",
    remedy: "Set `protocol_version: v3`; the service must implement \
             `envoy.service.auth.v3.Authorization`. Of the two body fields, keep `include_body`.",
}

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        let mapping = world.mapping(upstream);
        let idle = mapping.kind == MappingKind::AuthService
            && upstream.cluster.is_some()
            && !upstream.routed;
        // A definition that replaces another one has its own rule, and of several AuthServices only
        // the faulty ones are reported.
        let Some(fault) = world.auth_fault(mapping).filter(|_| idle) else { return };
        let name = &*mapping.object.name;
        let version = mapping.protocol_version.as_ref().map(|version| version.span);
        let (place, label) = match (fault, &mapping.second_body, version) {
            (AuthFault::TwoBodies, Some(second), _) => (second.key(), "beside `include_body`"),
            (_, _, Some(version)) => (version, "not `v3`"),
            (_, _, None) => (mapping.object.place(), "has no `protocol_version`"),
        };
        let finding = found
            .at(
                place,
                format!("the AuthService `{name}` is never called, and every request gets 500"),
            )
            .about(&mapping.object)
            .severity(world.severity_in_release())
            .label(label);
        if let (AuthFault::TwoBodies, Some(second)) = (fault, &mapping.second_body) {
            finding
                .note(
                    "Emissary reports that it ignores `allow_request_body`, and since 3.0 any \
                     AuthService error replaces the filter with one that answers 500 with \
                     \"AuthService is misconfigured\"",
                )
                .help("remove `allow_request_body`; `include_body` alone decides how much is sent")
                .fix_unsafe("remove `allow_request_body`", [Change::Remove { key: second.key() }]);
            return;
        }
        let finding = finding
            .note(
                "since 3.0 Emissary rejects gRPC without `protocol_version: v3`, and replaces it \
                 with a filter that answers 500 with \"AuthService is misconfigured\"",
            )
            .help("set `protocol_version: v3`; the service must implement `envoy.service.auth.v3`");
        let Some(service) = mapping.service.as_ref().filter(|_| world.knows_release()) else {
            return;
        };
        let change = match &mapping.protocol_version {
            Some(version) => Change::set(version.span, "v3"),
            None => Change::add(service.key(), "protocol_version", "v3"),
        };
        finding.fix_unsafe("write `protocol_version: v3`", [change]);
    });
}
