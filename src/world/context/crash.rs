//! Exceptions in Emissary's Python code, by cause; `Display` gives the logged exception.

use std::fmt;

use crate::resource::MappingKind;

/// An exception raised before there is a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Crash {
    /// An annotation is not YAML. While Python read annotations, this stopped the whole update.
    AnnotationUnreadable,
    /// The Module's default resolver with this name does not exist.
    ResolverUnknown(String),
    /// A Mapping or a TCPMapping has no `service`.
    ServiceMissing(MappingKind),
    /// A service with unbalanced brackets, or without an IPv6 address in them; Python's message.
    ServiceMalformed(String),
    /// A Mapping has no `prefix`.
    PrefixMissing,
    /// A TCPMapping has no `port`.
    PortMissing,
    /// A LogService has no `driver_config`.
    DriverConfigMissing,
    /// The only LogService has headers that Emissary rejects.
    LogServiceWithoutCluster,
    /// AuthServices whose clusters cannot be merged.
    AuthFilterWithoutCluster,
}

impl fmt::Display for Crash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnnotationUnreadable => {
                out.write_str("could not reconfigure: the annotation is not YAML")
            }
            Self::ResolverUnknown(name) => {
                write!(out, "AssertionError: resolver {name} is unknown")
            }
            Self::ServiceMissing(kind) => {
                let class = match kind {
                    MappingKind::Mapping => "IRHTTPMapping",
                    _ => "IRTCPMapping",
                };
                write!(
                    out,
                    "TypeError: {class}.__init__() missing 1 required positional argument: 'service'"
                )
            }
            Self::ServiceMalformed(words) => write!(out, "ValueError: {words}"),
            Self::PrefixMissing => out.write_str("AttributeError: prefix"),
            Self::PortMissing => out.write_str("AttributeError: port"),
            Self::DriverConfigMissing => {
                out.write_str("TypeError: argument of type 'NoneType' is not iterable")
            }
            Self::LogServiceWithoutCluster => {
                out.write_str("AssertionError: the log service has no cluster")
            }
            Self::AuthFilterWithoutCluster => {
                out.write_str("AssertionError: the auth filter has no cluster")
            }
        }
    }
}
