//! What Envoy would have made of a connection, as a value.

/// What Envoy would have made of the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvoyOutcome {
    /// The request went through.
    Accepted,
    /// It went through, and Envoy passes on an answer with this status, which says that it was not
    /// served.
    PassedOn(u16),
    /// The request failed on the wire.
    Refused(RequestRefusal),
    /// Envoy rejects the whole configuration, with these words.
    ConfigRejected(String),
    /// Cannot be told, because of this.
    Unknown(String),
}

/// A request that failed on the wire, in the words users find in their logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRefusal {
    /// `%RESPONSE_FLAGS%`; empty where Envoy passes the server's own answer on.
    pub flags: &'static str,
    /// Envoy's short name for it.
    pub reason: String,
    /// `%UPSTREAM_TRANSPORT_FAILURE_REASON%`, where Envoy has one.
    pub log: Option<String>,
    /// The statistic that counts it, below `cluster.<name>.`.
    pub stat: &'static str,
}
