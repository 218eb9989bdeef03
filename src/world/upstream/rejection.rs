//! Why a Mapping has no cluster.

use crate::resource::{LogHeaders, Mapping, MappingKind};

use super::cluster::ResolverKind;
use super::mapping_fault::MappingFault;
use super::resolvers::Resolvers;
use super::service_address::Malformed;
use super::upstream::Asked;
use crate::world::{Behaviour, Crash, Profile};

/// `IRBaseMapping.setup` and its overrides: why a Mapping is dropped.
pub(crate) fn rejection(
    mapping: &Mapping,
    service: &str,
    resolvers: &Resolvers<'_>,
) -> Option<MappingFault> {
    if let Some(words) = &mapping.routing.impossible_host {
        return Some(MappingFault::ImpossibleHost(words.clone()));
    }
    let balancer = mapping.routing.load_balancer.as_ref();
    match resolvers.of(mapping) {
        None => {
            return Some(MappingFault::ResolverUnknown(resolvers.name(mapping).to_owned()));
        }
        Some(ResolverKind::Consul(_)) if service.contains('.') => {
            return Some(MappingFault::ConsulServiceDotted);
        }
        Some(ResolverKind::Service) if balancer.is_some() => {
            return Some(MappingFault::LoadBalancerOfService);
        }
        Some(_) => {}
    }
    if mapping.routing.has_bad_breakers {
        return Some(MappingFault::CircuitBreakersInvalid);
    }
    balancer.is_some_and(|balancer| !balancer.valid).then_some(MappingFault::LoadBalancerInvalid)
}

/// What makes Python raise because of a Mapping although the schema lets it through: empty values vanish in Go.
pub(crate) fn crash(mapping: &Mapping, asked: &Asked) -> Option<Crash> {
    if mapping.service.is_none() {
        return Some(Crash::ServiceMissing(mapping.kind));
    }
    if let Err(Malformed::Crash(words)) = &asked.address {
        return Some(Crash::ServiceMalformed(words.clone()));
    }
    match mapping.kind {
        MappingKind::Mapping if mapping.routing.prefix.is_none() => Some(Crash::PrefixMissing),
        MappingKind::TcpMapping if mapping.routing.port.is_none() => Some(Crash::PortMissing),
        _ => None,
    }
}

/// Why a Mapping-like object of another kind has no cluster.
pub(crate) fn auxiliary_rejection(mapping: &Mapping, profile: Profile) -> Option<MappingFault> {
    let kind = mapping.kind;
    if mapping.service.is_none() {
        return Some(MappingFault::ServiceMissing(kind));
    }
    match kind {
        MappingKind::RateLimitService | MappingKind::LogService
            if version(mapping) == "v2" && profile.has(Behaviour::NeedsProtocolV3) =>
        {
            Some(unsupported_protocol(mapping))
        }
        MappingKind::LogService => log_headers_rejection(mapping),
        MappingKind::TracingService => {
            match mapping.driver.as_ref().map(|driver| driver.as_str()) {
                None => Some(MappingFault::DriverMissing),
                Some("lightstep") if profile.has(Behaviour::RejectsLightstep) => {
                    Some(MappingFault::DriverRemoved)
                }
                Some(_) => None,
            }
        }
        _ => None,
    }
}

/// Why a LogService is rejected for its `additional_log_headers` (`IRLogService.setup`, 1.14 to
/// 4.1).
fn log_headers_rejection(mapping: &Mapping) -> Option<MappingFault> {
    let is_http = mapping.driver.as_ref().is_some_and(|driver| driver.as_str() == "http");
    match mapping.log_headers {
        LogHeaders::NoConfig | LogHeaders::Absent => None,
        _ if !is_http => Some(MappingFault::LogHeadersOfTcp),
        LogHeaders::Nameless => Some(MappingFault::LogHeaderNameless),
        LogHeaders::Named => None,
    }
}

/// A service in gRPC that does not say `protocol_version: v3`.
fn unsupported_protocol(mapping: &Mapping) -> MappingFault {
    MappingFault::ProtocolVersion { kind: mapping.kind, version: version(mapping).to_owned() }
}

/// Why Emissary replaces the auth filter by one that answers with status 500. It does so for any
/// error of any AuthService (v3.0.0 `envoy/v3/v3httpfilter.py`, `V3HTTPFilter_authv1`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthFault {
    /// It uses gRPC without `protocol_version: v3`.
    Protocol,
    /// It has both `include_body` and `allow_request_body: true`.
    TwoBodies,
}

impl AuthFault {
    /// The fault of an AuthService (`ir/irauth.py`, `_load_auth`).
    pub(crate) fn of(mapping: &Mapping, profile: Profile) -> Option<Self> {
        if mapping.kind != MappingKind::AuthService || !profile.has(Behaviour::NeedsProtocolV3) {
            return None;
        }
        if mapping.routing.proto_is_grpc && version(mapping) != "v3" {
            return Some(Self::Protocol);
        }
        mapping.second_body.is_some().then_some(Self::TwoBodies)
    }

    /// Emissary's message.
    pub(crate) fn words(self, mapping: &Mapping) -> String {
        match self {
            Self::Protocol => unsupported_protocol(mapping).to_string(),
            Self::TwoBodies => {
                "AuthService ignoring allow_request_body since include_body is present".to_owned()
            }
        }
    }
}

fn version(mapping: &Mapping) -> &str {
    mapping.protocol_version.as_ref().map_or("v2", |version| version.as_str())
}
