//! The address of the agent's HTTP API: `CONSUL_HTTP_ADDR` as Consul's own client reads it.

use std::fmt;
use std::path::PathBuf;

/// The address of an agent's HTTP API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A host and a port.
    Tcp {
        /// Whether it uses TLS.
        tls: bool,
        /// A host name or address, without brackets.
        host: String,
        /// The port.
        port: u16,
        /// A prefix for every path, for an agent behind a gateway; empty or `/…`.
        prefix: String,
    },
    /// A Unix socket.
    Unix(PathBuf),
}

impl Address {
    /// Parses `HOST:PORT`, `http://…`, `https://…` or `unix://PATH`.
    ///
    /// `tls` is `CONSUL_HTTP_SSL`; `http://` does not override it (Consul's `api/api.go`).
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence.
    pub fn read(text: &str, tls: bool) -> Result<Self, String> {
        let (tls, rest) = match text.split_once("://") {
            Some(("http", rest)) => (tls, rest),
            Some(("https", rest)) => (true, rest),
            Some(("unix", "")) => return Err("names no socket".to_owned()),
            Some(("unix", path)) => return Ok(Self::Unix(PathBuf::from(path))),
            Some((scheme, _)) => {
                return Err(format!("starts with `{scheme}://`, not with http, https or unix"));
            }
            None => (tls, text),
        };
        let (authority, prefix) = match rest.split_once('/') {
            Some((authority, "")) => (authority, String::new()),
            Some((authority, path)) => (authority, format!("/{}", path.trim_end_matches('/'))),
            None => (rest, String::new()),
        };
        if authority.contains('@') {
            return Err("holds a user; put it into CONSUL_HTTP_AUTH".to_owned());
        }
        let (host, port) = match authority.strip_prefix('[') {
            Some(rest) => {
                let (host, after) = rest.split_once(']').ok_or("has no closing bracket")?;
                (host, after.strip_prefix(':'))
            }
            None => match authority.rsplit_once(':') {
                Some((host, port)) if !host.contains(':') => (host, Some(port)),
                Some(_) => (authority, None),
                None => (authority, None),
            },
        };
        let usual = if tls { 443 } else { 80 };
        let port = match port {
            None => usual,
            Some(port) => port.parse().map_err(|_| format!("has an invalid port `{port}`"))?,
        };
        if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err("has no host".to_owned());
        }
        let clean = prefix.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'?');
        if !clean {
            return Err("has a path that cannot be sent".to_owned());
        }
        Ok(Self::Tcp { tls, host: host.to_owned(), port, prefix })
    }

    /// The prefix for every path.
    pub(crate) fn prefix(&self) -> &str {
        match self {
            Self::Tcp { prefix, .. } => prefix,
            Self::Unix(_) => "",
        }
    }

    /// The `Host` header of a request.
    pub(crate) fn authority(&self) -> String {
        match self {
            Self::Tcp { host, port, .. } if host.contains(':') => format!("[{host}]:{port}"),
            Self::Tcp { host, port, .. } => format!("{host}:{port}"),
            Self::Unix(_) => "localhost".to_owned(),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { tls, prefix, .. } => {
                let scheme = if *tls { "https" } else { "http" };
                write!(f, "{scheme}://{}{prefix}", self.authority())
            }
            Self::Unix(path) => write!(f, "unix://{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, tls: bool) -> String {
        Address::read(text, tls).map_or_else(|why| why, |address| address.to_string())
    }

    #[test]
    fn addresses_are_parsed_as_by_the_consul_client() {
        assert_eq!(read("127.0.0.1:8500", false), "http://127.0.0.1:8500");
        assert_eq!(read("127.0.0.1:8501", true), "https://127.0.0.1:8501");
        assert_eq!(read("http://consul:8501", true), "https://consul:8501");
        assert_eq!(read("https://consul", false), "https://consul:443");
        assert_eq!(read("consul", false), "http://consul:80");
        assert_eq!(read("https://gateway:443/consul/", false), "https://gateway:443/consul");
        assert_eq!(read("[::1]:8500", false), "http://[::1]:8500");
        assert_eq!(read("unix:///run/consul.sock", false), "unix:///run/consul.sock");
        for wrong in ["", "ftp://x", "unix://", "consul:http", "http://u:p@consul:1", ":8500"] {
            assert!(Address::read(wrong, false).is_err(), "{wrong}");
        }
    }
}
