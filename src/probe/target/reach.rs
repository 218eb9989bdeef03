//! How a target is reached: the interface between the probe and its transports.

use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};

use super::address::NoAddress;
use crate::world::DnsFamily;

/// A byte stream that TLS can run over.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// The endpoint of a target.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<'a> {
    /// The host of the service.
    pub host: &'a str,
    /// Its port.
    pub port: u16,
    /// The address family that Envoy would look up.
    pub family: DnsFamily,
}

/// The transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// A TCP connection to this address.
    Tcp(SocketAddr),
    /// Something else, by its name for users, such as `pod/web-0:8443`.
    Through(String),
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Through(words) => f.write_str(words),
        }
    }
}

/// Why there is no stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreached {
    /// The name has no address.
    NoAddress(NoAddress),
    /// The host refused the connection.
    Refused,
    /// There was no response in time.
    TimedOut,
    /// Another network error.
    Failed(String),
}

/// The result of connecting to an endpoint.
pub struct Reached {
    /// The stream, or why there is none.
    pub stream: Result<Box<dyn Stream>, Unreached>,
    /// The transport used, or tried last; `None` if there was no address to try.
    pub via: Option<Via>,
    /// Time to resolve the name; `None` if none was resolved.
    pub dns: Option<Duration>,
    /// Time to connect, which counts towards Envoy's `connect_timeout`; `None` if it failed.
    pub connect: Option<Duration>,
}

/// The future that [`Reach::open`] returns.
pub type Opening<'a> = Pin<Box<dyn Future<Output = Reached> + Send + 'a>>;

/// A way to reach endpoints: plain TCP, or a tunnel into a cluster.
pub trait Reach: fmt::Debug + Send + Sync {
    /// Opens a stream, with a time limit of `patience` each for resolving and connecting.
    fn open<'a>(&'a self, endpoint: Endpoint<'a>, patience: Duration) -> Opening<'a>;
}
