//! Plain TCP from this machine: resolves the name and uses the first address that responds.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

use crate::probe::target::{
    AddressRules, Endpoint, Opening, Reach, Reached, Stream, Unreached, Via,
};

/// Reaches endpoints by TCP, along [`AddressRules`].
#[derive(Debug, Clone, Default)]
pub struct Direct {
    /// How names are resolved.
    pub route: AddressRules,
}

impl Reach for Direct {
    fn open<'a>(&'a self, endpoint: Endpoint<'a>, patience: Duration) -> Opening<'a> {
        Box::pin(self.reach(endpoint, patience))
    }
}

impl Direct {
    async fn reach(&self, endpoint: Endpoint<'_>, patience: Duration) -> Reached {
        let Endpoint { host, port, family } = endpoint;
        let start = Instant::now();
        let found = self.route.addresses(host, port, family, patience).await;
        let dns = Some(start.elapsed());
        let addresses = match found {
            Ok(addresses) => addresses,
            Err(reason) => {
                let stream = Err(Unreached::NoAddress(reason));
                return Reached { stream, via: None, dns, connect: None };
            }
        };
        let start = Instant::now();
        let (stream, via) = connect(&addresses, start + patience).await;
        let connect = stream.is_ok().then(|| start.elapsed());
        Reached { stream, via, dns, connect }
    }
}

async fn connect(
    addresses: &[SocketAddr],
    deadline: Instant,
) -> (Result<Box<dyn Stream>, Unreached>, Option<Via>) {
    let (mut last, mut via) = (Unreached::TimedOut, None);
    for address in addresses {
        via = Some(Via::Tcp(*address));
        match timeout_at(deadline, TcpStream::connect(address)).await {
            Err(_) => return (Err(Unreached::TimedOut), via),
            Ok(Ok(tcp)) => {
                // The request must not wait for the acknowledgement of our Finished.
                let _ = tcp.set_nodelay(true);
                return (Ok(Box::new(tcp)), via);
            }
            Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => {
                last = Unreached::Refused;
            }
            Ok(Err(error)) if error.kind() == io::ErrorKind::TimedOut => {
                last = Unreached::TimedOut;
            }
            Ok(Err(error)) => last = Unreached::Failed(error.to_string()),
        }
    }
    (Err(last), via)
}
