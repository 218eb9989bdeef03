//! Why Emissary drops a Mapping or one of its kin, by cause; `Display` gives the words that it logs.

use std::fmt;

use crate::resource::MappingKind;

/// What Emissary finds wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingFault {
    /// Its host name can match nothing; Emissary's words.
    ImpossibleHost(Box<str>),
    /// Its resolver, of this name, does not exist.
    ResolverUnknown(String),
    /// Consul is asked for a name with dots.
    ConsulServiceDotted,
    /// `load_balancer` with a resolver that leaves balancing to Kubernetes.
    LoadBalancerOfService,
    /// `load_balancer` cannot be read.
    LoadBalancerInvalid,
    /// `circuit_breakers` cannot be read.
    CircuitBreakersInvalid,
    /// It differs from the first Mapping of its route.
    Mismatch {
        /// Its name.
        name: String,
        /// In what they differ.
        fields: Vec<FieldMismatch>,
    },
    /// Up to the first dot, its name is that of a Mapping of the same route.
    NameTaken(String),
    /// Its route has a shadow already.
    SecondShadow(String),
    /// Its route redirects, and it does not.
    RedirectMissing(String),
    /// It has no service.
    ServiceMissing(MappingKind),
    /// A `protocol_version` that Envoy no longer speaks.
    ProtocolVersion {
        /// The kind of the service.
        kind: MappingKind,
        /// The version, given or by default.
        version: String,
    },
    /// `additional_log_headers` of a LogService that speaks TCP.
    LogHeadersOfTcp,
    /// One of the `additional_log_headers` has no name.
    LogHeaderNameless,
    /// A TracingService has no `driver`.
    DriverMissing,
    /// `driver: lightstep`, which newer releases do not have.
    DriverRemoved,
    /// There is more than one of a kind of which Emissary takes one.
    OnlyOneAllowed {
        /// The kind.
        kind: MappingKind,
        /// How many there are.
        count: usize,
    },
    /// Another LogService came first.
    LogServiceDuplicate {
        /// Sort key of the object that counts.
        kept: String,
    },
    /// The clusters of AuthServices differ.
    ClusterMismatch {
        /// The name of the later cluster.
        cluster: String,
        /// In what they differ.
        attributes: Vec<&'static str>,
    },
}

/// A field that two Mappings of a route have with other values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldMismatch {
    /// The field.
    pub field: &'static str,
    /// What the new Mapping has.
    pub new: String,
    /// What the first Mapping has.
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
