//! Why Emissary drops a Mapping or a related object; `Display` gives its log message.

use std::fmt;

use crate::resource::MappingKind;

/// Why Emissary drops an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingFault {
    /// Its host name cannot match anything; Emissary's message.
    ImpossibleHost(Box<str>),
    /// The resolver with this name does not exist.
    ResolverUnknown(String),
    /// The name for Consul contains dots.
    ConsulServiceDotted,
    /// `load_balancer` with a resolver for which Kubernetes balances the load.
    LoadBalancerOfService,
    /// `load_balancer` is invalid.
    LoadBalancerInvalid,
    /// `circuit_breakers` is invalid.
    CircuitBreakersInvalid,
    /// It differs from the first Mapping of its route.
    Mismatch {
        /// Its name.
        name: String,
        /// The differences.
        fields: Vec<FieldMismatch>,
    },
    /// Up to the first dot, it has the name of another Mapping of the route.
    NameTaken(String),
    /// Its route already has a shadow.
    SecondShadow(String),
    /// Its route redirects, but it does not.
    RedirectMissing(String),
    /// It has no service.
    ServiceMissing(MappingKind),
    /// A `protocol_version` that Envoy no longer supports.
    ProtocolVersion {
        /// The kind of the service.
        kind: MappingKind,
        /// The version, explicit or by default.
        version: String,
    },
    /// `additional_log_headers` of a LogService in TCP mode.
    LogHeadersOfTcp,
    /// One of the `additional_log_headers` has no name.
    LogHeaderNameless,
    /// A TracingService has no `driver`.
    DriverMissing,
    /// `driver: lightstep`, which newer releases do not support.
    DriverRemoved,
    /// There are several objects of a kind that Emissary supports only once.
    OnlyOneAllowed {
        /// The kind.
        kind: MappingKind,
        /// Their number.
        count: usize,
    },
    /// Another LogService came first.
    LogServiceDuplicate {
        /// Sort key of the object that is used.
        kept: String,
    },
    /// The clusters of AuthServices differ.
    ClusterMismatch {
        /// The name of the later cluster.
        cluster: String,
        /// The differences.
        attributes: Vec<&'static str>,
    },
}

/// A field with different values in two Mappings of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldMismatch {
    /// The field.
    pub field: &'static str,
    /// The new Mapping's value.
    pub new: String,
    /// The first Mapping's value.
    pub first: String,
}

impl fmt::Display for FieldMismatch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {} != {}", self.field, self.new, self.first)
    }
}

impl fmt::Display for MappingFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ImpossibleHost(words) => out.write_str(words),
            Self::ResolverUnknown(name) => write!(out, "resolver {name} is unknown!"),
            Self::ConsulServiceDotted => {
                out.write_str("The Consul resolver does not allow dots in service names")
            }
            Self::LoadBalancerOfService => out.write_str(
                "No load_balancer setting is allowed with the KubernetesServiceResolver",
            ),
            Self::LoadBalancerInvalid => {
                out.write_str("Invalid load_balancer specified, invalidating mapping")
            }
            Self::CircuitBreakersInvalid => {
                out.write_str("Invalid circuit_breakers specified, invalidating mapping")
            }
            Self::Mismatch { name, fields } => {
                let fields: Vec<String> = fields.iter().map(ToString::to_string).collect();
                let fields = fields.join(", ");
                write!(out, "cannot accept new mapping {name} with mismatched {fields}")
            }
            Self::NameTaken(name) => {
                write!(out, "{name} is taken for a Mapping that is already in its group")
            }
            Self::SecondShadow(name) => write!(out, "cannot accept {name} as second shadow"),
            Self::RedirectMissing(name) => {
                write!(out, "cannot accept {name} without host_redirect")
            }
            Self::ServiceMissing(kind) => {
                write!(out, "{} is required in {}", kind.service_field(), kind.name())
            }
            Self::ProtocolVersion { kind, version } => write!(
                out,
                "{}: protocol_version {version} is unsupported, protocol_version must be \"v3\"",
                kind.name()
            ),
            Self::LogHeadersOfTcp => {
                out.write_str("additional_log_headers are not supported in tcp mode")
            }
            Self::LogHeaderNameless => {
                out.write_str("Please provide a header name for every additional log header!")
            }
            Self::DriverMissing => out.write_str("driver field is required in TracingService"),
            Self::DriverRemoved => out.write_str("the 'lightstep' driver is no longer supported"),
            Self::OnlyOneAllowed { kind, count } => {
                write!(out, "only one {} is supported, got {count}", kind.name())
            }
            Self::LogServiceDuplicate { kept } => {
                write!(out, "Duplicate LogService logservice; keeping definition from {kept}")
            }
            Self::ClusterMismatch { cluster, attributes } => write!(
                out,
                "cannot merge cluster {cluster}: mismatched attributes {}",
                attributes.join(", ")
            ),
        }
    }
}
