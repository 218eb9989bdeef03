//! How to connect to an agent: what Consul's own client reads from flags and `CONSUL_*`.

use std::fs;
use std::path::PathBuf;

use super::address::Address;
use super::error::AgentError;
use super::sensitive::Sensitive;

/// An agent, and how to connect to it.
#[derive(Debug, Clone)]
pub struct Connection {
    /// The address of its API.
    pub address: Address,
    /// Our token.
    pub token: Token,
    /// User and password for a gateway in front of the agent (`CONSUL_HTTP_AUTH`).
    pub basic: Option<Sensitive>,
    /// Files for TLS.
    pub tls: TlsFiles,
    /// `ns` of every request (Enterprise).
    pub namespace: Option<String>,
    /// `partition` of every request (Enterprise).
    pub partition: Option<String>,
    /// `dc` of every request.
    pub datacenter: Option<String>,
}

impl Connection {
    /// A connection with default settings.
    pub fn to(address: Address) -> Self {
        Self {
            address,
            token: Token::None,
            basic: None,
            tls: TlsFiles::default(),
            namespace: None,
            partition: None,
            datacenter: None,
        }
    }
}

/// An ACL token, or its source.
#[derive(Debug, Clone, Default)]
pub enum Token {
    /// None: the agent's default token is used.
    #[default]
    None,
    /// The token itself.
    Value(Sensitive),
    /// A file, read for every request so that a new token takes effect immediately.
    File(PathBuf),
}

impl Token {
    /// The current token.
    ///
    /// # Errors
    /// The file cannot be read, or does not contain a token.
    pub(crate) fn read(&self) -> Result<Option<Sensitive>, AgentError> {
        match self {
            Self::None => Ok(None),
            Self::Value(token) => Ok(Some(token.clone())),
            Self::File(path) => {
                let setup = |why: String| AgentError::Setup(format!("the token file {why}"));
                let shown = path.display();
                let text = fs::read_to_string(path)
                    .map(Sensitive::new)
                    .map_err(|error| setup(format!("`{shown}` cannot be read: {error}")))?;
                let token = text.reveal().trim();
                if token.is_empty() {
                    return Err(setup(format!("`{shown}` is empty")));
                }
                Ok(Some(Sensitive::new(token.to_owned())))
            }
        }
    }
}

/// Files for TLS to the agent; all are read for every connection so that new ones take effect
/// immediately.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The CAs that verify the agent (`CONSUL_CACERT`); the system's if neither is given.
    pub ca_file: Option<PathBuf>,
    /// A folder of CAs (`CONSUL_CAPATH`).
    pub ca_path: Option<PathBuf>,
    /// Our certificate (`CONSUL_CLIENT_CERT`).
    pub client_cert: Option<PathBuf>,
    /// Its key (`CONSUL_CLIENT_KEY`).
    pub client_key: Option<PathBuf>,
    /// The name in the agent's certificate (`CONSUL_TLS_SERVER_NAME`); by default the host.
    pub server_name: Option<String>,
    /// Whether the agent's certificate is verified (`CONSUL_HTTP_SSL_VERIFY`).
    pub verify: bool,
}

impl Default for TlsFiles {
    fn default() -> Self {
        Self {
            ca_file: None,
            ca_path: None,
            client_cert: None,
            client_key: None,
            server_name: None,
            verify: true,
        }
    }
}
