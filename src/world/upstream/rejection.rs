//! Why a Mapping never gets a cluster.

use crate::resource::{Mapping, MappingKind};

use super::cluster::ResolverKind;
use super::resolvers::Resolvers;
use super::service_address::Malformed;
use super::upstream::{Dropped, Upstream};
use crate::world::{Behaviour, Profile};

/// `IRBaseMapping.setup` and what its subclasses add: why a Mapping is dropped.
pub(crate) fn rejection(
    mapping: &Mapping,
    service: &str,
    resolvers: &Resolvers<'_>,
) -> Option<Dropped> {
    let rejected = |words: &str| Some(Dropped::Rejected(words.to_owned()));
    if let Some(message) = &mapping.routing.impossible_host {
        return rejected(message);
    }
    let balancer = mapping.routing.load_balancer.as_ref();
    match resolvers.of(mapping) {
        None => {
            let words = format!("resolver {} is unknown!", resolvers.name(mapping));
            return Some(Dropped::UnknownResolver(words));
        }
        Some(ResolverKind::Consul(_)) if service.contains('.') => {
            let words = "The Consul resolver does not allow dots in service names";
            return Some(Dropped::DottedConsulService(words.to_owned()));
        }
        Some(ResolverKind::Service) if balancer.is_some() => {
            return rejected(
                "No load_balancer setting is allowed with the KubernetesServiceResolver",
            );
        }
        Some(_) => {}
    }
    if mapping.routing.breakers.is_none() {
        return rejected("Invalid circuit_breakers specified, invalidating mapping");
    }
    if balancer.is_some_and(|balancer| !balancer.valid) {
        return rejected("Invalid load_balancer specified, invalidating mapping");
    }
    None
}

/// What a Mapping lacks although the schema lets it through, because empty values vanish in Go;
/// Python then raises.
pub(crate) fn missing_field(mapping: &Mapping, upstream: &Upstream) -> Option<String> {
    if mapping.service.is_none() {
        let class =
            if mapping.kind == MappingKind::Mapping { "IRHTTPMapping" } else { "IRTCPMapping" };
        return Some(format!(
            "TypeError: {class}.__init__() missing 1 required positional argument: 'service'"
        ));
    }
    if let Err(Malformed::Crash(reason)) = &upstream.address {
        return Some(format!("ValueError: {reason}"));
    }
    match mapping.kind {
        MappingKind::Mapping if mapping.routing.prefix.is_none() => {
            Some("AttributeError: prefix".to_owned())
        }
        MappingKind::TcpMapping if mapping.routing.port.is_none() => {
            Some("AttributeError: port".to_owned())
        }
        _ => None,
    }
}

/// Why one of the other kinds has no cluster.
pub(crate) fn auxiliary_rejection(mapping: &Mapping, profile: Profile) -> Option<String> {
    let kind = mapping.kind;
    if mapping.service.is_none() {
        return Some(format!("{} is required in {}", kind.service_field(), kind.name()));
    }
    let version = mapping.protocol_version.as_ref().map_or("v2", |version| version.as_str());
    match kind {
        MappingKind::RateLimitService | MappingKind::LogService
            if version == "v2" && profile.has(Behaviour::NeedsProtocolV3) =>
        {
            Some(unsupported_protocol(kind, version))
        }
        MappingKind::TracingService => {
            match mapping.driver.as_ref().map(|driver| driver.as_str()) {
                None => Some("driver field is required in TracingService".to_owned()),
                Some("lightstep") if profile.has(Behaviour::RejectsLightstep) => {
                    Some("the 'lightstep' driver is no longer supported".to_owned())
                }
                Some(_) => None,
            }
        }
        _ => None,
    }
}

/// What Emissary says where a service in gRPC does not say `protocol_version: v3`.
fn unsupported_protocol(kind: MappingKind, version: &str) -> String {
    format!(
        "{}: protocol_version {version} is unsupported, protocol_version must be \"v3\"",
        kind.name()
    )
}

/// Why Envoy asks an AuthService nothing although it has a cluster: Emissary makes no filter of one
/// in gRPC that does not set `protocol_version: v3` (`irauth.py`, `_load_auth`; `v3listener.py`,
/// `v3filter_authv1`).
pub(crate) fn idle_auth(mapping: &Mapping, profile: Profile) -> Option<String> {
    let version = mapping.protocol_version.as_ref().map_or("v2", |version| version.as_str());
    let idle = mapping.kind == MappingKind::AuthService
        && mapping.routing.proto_is_grpc
        && version != "v3"
        && profile.has(Behaviour::NeedsProtocolV3);
    idle.then(|| unsupported_protocol(mapping.kind, version))
}
