//! How a target is reached: the seam between the probe and whatever carries its bytes.

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

/// Where a target wants to be reached.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<'a> {
    /// The host of the service.
    pub host: &'a str,
    /// Its port.
    pub port: u16,
    /// The addresses that Envoy would ask DNS for.
    pub family: DnsFamily,
}

/// What carries the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// A TCP connection to this address.
    Tcp(SocketAddr),
    /// Something else, as people name it, such as `pod/web-0:8443`.
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
    /// The name led to no address.
    NoAddress(NoAddress),
    /// The host said no.
    Refused,
    /// Nothing came back in time.
    TimedOut,
    /// The network said no.
    Failed(String),
}

/// What came of trying to reach an endpoint.
pub struct Reached {
    /// The stream, or why there is none.
    pub stream: Result<Box<dyn Stream>, Unreached>,
    /// What carries it, or was tried last; absent where there was no address to try.
    pub via: Option<Via>,
    /// Name to address; absent where no name was looked up.
    pub dns: Option<Duration>,
    /// Address to stream; counts towards Envoy's `connect_timeout`. Absent where there is no stream.
    pub connect: Option<Duration>,
}

/// The future that [`Reach::open`] returns.
pub type Opening<'a> = Pin<Box<dyn Future<Output = Reached> + Send + 'a>>;

/// A way to endpoints: plain TCP, or a tunnel into a cluster.
pub trait Reach: fmt::Debug + Send + Sync {
    /// Opens a stream, and gives up after `patience`, once for the name and once for the connection.
    fn open<'a>(&'a self, endpoint: Endpoint<'a>, patience: Duration) -> Opening<'a>;
}
