//! The specs of each kind, one file per kind or family, and the way to them.

mod auth_service;
mod dev_portal;
mod host;
mod listener;
mod log_service;
mod mapping;
mod mapping_parts;
mod module;
mod rate_limit_service;
mod resolvers;
mod shared;
mod tcp_mapping;
mod tls_context;
mod tracing_service;

use super::Version;
use super::model::Schema;

/// The schema of a kind's `spec`; `None` where that version does not have the kind.
///
/// Kinds are compared as they are written, as Kubernetes does.
pub fn spec_schema(version: Version, kind: &str) -> Option<&'static Schema> {
    let (v2, v3alpha1) = match kind {
        "AuthService" => (&auth_service::V2, &auth_service::V3ALPHA1),
        "ConsulResolver" => (&resolvers::CONSUL_V2, &resolvers::CONSUL_V3ALPHA1),
        "DevPortal" => (&dev_portal::V2, &dev_portal::V3ALPHA1),
        // Hosts are younger than v1, Listeners younger than v2.
        "Host" if version == Version::V1 => return None,
        "Host" => (&host::V2, &host::V3ALPHA1),
        "KubernetesEndpointResolver" | "KubernetesServiceResolver" => {
            (&resolvers::KUBERNETES_V2, &resolvers::KUBERNETES_V3ALPHA1)
        }
        "Listener" if version != Version::V3alpha1 => return None,
        "Listener" => return Some(&listener::V3ALPHA1),
        "LogService" => (&log_service::V2, &log_service::V3ALPHA1),
        "Mapping" => (&mapping::V2, &mapping::V3ALPHA1),
        "Module" => (&module::V2, &module::V3ALPHA1),
        "RateLimitService" => (&rate_limit_service::V2, &rate_limit_service::V3ALPHA1),
        "TCPMapping" => (&tcp_mapping::V2, &tcp_mapping::V3ALPHA1),
        "TLSContext" => (&tls_context::V2, &tls_context::V3ALPHA1),
        "TracingService" => (&tracing_service::V2, &tracing_service::V3ALPHA1),
        _ => return None,
    };
    match version {
        Version::V1 | Version::V2 => Some(v2),
        Version::V3alpha1 => Some(v3alpha1),
    }
}
