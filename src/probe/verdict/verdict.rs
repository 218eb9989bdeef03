//! Envoy's result for a connection.

/// Envoy's result for a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvoyOutcome {
    /// The request succeeded.
    Accepted,
    /// The connection succeeded, and Envoy passes on a response with this status, which means that
    /// the request was not served.
    PassedOn(u16),
    /// The request failed.
    Refused(RequestRefusal),
    /// Envoy rejects the whole configuration, with this message.
    ConfigRejected(String),
    /// Unknown, for this reason.
    Unknown(String),
}

/// A failed request, as it appears in users' logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRefusal {
    /// `%RESPONSE_FLAGS%`; empty if Envoy passes on the server's own response.
    pub flags: &'static str,
    /// Envoy's short name for the failure.
    pub reason: String,
    /// `%UPSTREAM_TRANSPORT_FAILURE_REASON%`, if Envoy sets one.
    pub log: Option<String>,
    /// The statistic that counts it, below `cluster.<name>.`.
    pub stat: &'static str,
}
