//! The kinds of Ambassador's own objects.

/// Ambassador's kinds, including those that are known but not read.
const AMBASSADOR_KINDS: [&str; 15] = [
    "TLSContext",
    "Host",
    "Module",
    "Mapping",
    "TCPMapping",
    "AuthService",
    "RateLimitService",
    "LogService",
    "TracingService",
    "ConsulResolver",
    "KubernetesEndpointResolver",
    "KubernetesServiceResolver",
    "Listener",
    "DevPortal",
    "Ingress",
];

/// The kinds that name an upstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MappingKind {
    /// HTTP routes.
    Mapping,
    /// TCP forwarding.
    TcpMapping,
    /// External authorisation.
    AuthService,
    /// Rate limiting.
    RateLimitService,
    /// Access logs.
    LogService,
    /// Tracing.
    TracingService,
}

impl MappingKind {
    /// In the order in which Emissary creates their clusters.
    pub(crate) const IN_CLUSTER_ORDER: [Self; 6] = [
        Self::TracingService,
        Self::RateLimitService,
        Self::LogService,
        Self::AuthService,
        Self::Mapping,
        Self::TcpMapping,
    ];

    /// The kind with this name; case-sensitive, as in the API server.
    pub fn parse(kind: &str) -> Option<Self> {
        Some(match kind {
            "Mapping" => Self::Mapping,
            "TCPMapping" => Self::TcpMapping,
            "AuthService" => Self::AuthService,
            "RateLimitService" => Self::RateLimitService,
            "LogService" => Self::LogService,
            "TracingService" => Self::TracingService,
            _ => return None,
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mapping => "Mapping",
            Self::TcpMapping => "TCPMapping",
            Self::AuthService => "AuthService",
            Self::RateLimitService => "RateLimitService",
            Self::LogService => "LogService",
            Self::TracingService => "TracingService",
        }
    }

    /// The field that names the service.
    pub fn service_field(self) -> &'static str {
        if self == Self::AuthService { "auth_service" } else { "service" }
    }

    /// Whether the kind has a `tls` field at all.
    pub fn has_tls(self) -> bool {
        !matches!(self, Self::LogService | Self::TracingService)
    }

    /// Whether the object's own namespace is appended to short service names.
    pub fn qualifies_service(self) -> bool {
        matches!(self, Self::Mapping | Self::TcpMapping)
    }
}

/// The kind as Ambassador spells it, if only the case differs.
pub(crate) fn wrong_case(kind: &str) -> Option<&'static str> {
    let known = AMBASSADOR_KINDS.iter().find(|known| known.eq_ignore_ascii_case(kind))?;
    (*known != kind).then_some(known)
}

/// Whether Ambassador has a kind with this name; case-sensitive.
pub(crate) fn is_ambassador_kind(kind: &str) -> bool {
    AMBASSADOR_KINDS.contains(&kind)
}
