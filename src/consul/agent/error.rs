//! Errors of requests to an agent, with next steps.

/// Why a request to an agent failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AgentError {
    /// A local file is missing or invalid.
    #[error("{0}")]
    Setup(String),
    /// No response, or the connection broke.
    #[error("the Consul agent at {address} cannot be reached: {why}")]
    Unreachable { address: String, why: String },
    /// The TLS handshake with the agent failed.
    #[error("no TLS with the Consul agent at {address}: {why}")]
    Tls { address: String, why: String },
    /// The token does not allow it (403), or a different token is required (401).
    #[error("the Consul agent rejected the request: {message}")]
    Denied { message: String },
    /// A problem of the agent or of its servers (429, 5xx).
    #[error("the Consul agent has a problem ({status}): {message}")]
    Trouble { status: u16, message: String },
    /// Any other unexpected response.
    #[error("the Consul agent answered {status}: {message}")]
    Unexpected { status: u16, message: String },
    /// The response does not come from Consul.
    #[error("the answer of {address} is not from Consul: {why}")]
    Unreadable { address: String, why: String },
}

impl AgentError {
    /// The next step for the user.
    pub fn hint(&self) -> String {
        match self {
            Self::Setup(_) => "check the files that flags and CONSUL_* name".to_owned(),
            Self::Unreachable { .. } => "name the agent by --consul-addr, CONSUL_HTTP_ADDR, or \
                 _CONSUL_HOST and _CONSUL_PORT"
                .to_owned(),
            Self::Tls { .. } => "CONSUL_CACERT names the CA of the agent, CONSUL_CLIENT_CERT and \
                 CONSUL_CLIENT_KEY our pair, CONSUL_TLS_SERVER_NAME the agent's name"
                .to_owned(),
            Self::Denied { message } if message.contains("ACL not found") => {
                "the agent does not know this token; check CONSUL_HTTP_TOKEN or the token file"
                    .to_owned()
            }
            Self::Denied { .. } => {
                "give a token with `service \"NAME\" { policy = \"write\" }` by \
                 CONSUL_HTTP_TOKEN_FILE or CONSUL_HTTP_TOKEN"
                    .to_owned()
            }
            Self::Trouble { .. } => "read the agent's log; this is often temporary".to_owned(),
            Self::Unexpected { message, .. } if message.contains("HTTP request to an HTTPS") => {
                "this is the agent's HTTPS port: write https:// or set CONSUL_HTTP_SSL=true"
                    .to_owned()
            }
            Self::Unexpected { status: 404, .. } => {
                "is it Consul's HTTP API, with Connect turned on?".to_owned()
            }
            Self::Unexpected { .. } | Self::Unreadable { .. } => {
                "is it Consul's HTTP API? Its usual port is 8500, with TLS 8501".to_owned()
            }
        }
    }

    /// One word for metrics.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Setup(_) => "setup",
            Self::Unreachable { .. } => "unreachable",
            Self::Tls { .. } => "tls",
            Self::Denied { .. } => "denied",
            Self::Trouble { .. } => "trouble",
            Self::Unexpected { .. } => "unexpected",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    /// Whether an operator has to do something before it can succeed.
    pub fn needs_operator(&self) -> bool {
        matches!(self, Self::Setup(_) | Self::Denied { .. } | Self::Unexpected { .. })
    }
}
