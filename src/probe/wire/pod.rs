//! A transport through a container in the cluster, with its DNS, network policies and sidecar.

use std::fmt;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::time::{Instant, timeout};

use super::relay::{Relay, said};
use crate::kubernetes::{ClusterClient, Pod, relay_command};
use crate::probe::target::{Endpoint, NoAddress, Opening, Reach, Reached, Stream, Unreached, Via};
use crate::source::first_line;
use crate::world::DnsFamily;

/// The time limit for the API server and kubelet to start a command in the container.
const STARTING: Duration = Duration::from_secs(20);

/// The longest first line of the relay, in bytes.
const LONGEST_LINE: usize = 1024;

/// Connects to endpoints from inside a container.
#[derive(Clone)]
pub struct InPod {
    /// The cluster.
    pub cluster: ClusterClient,
    /// The container.
    pub pod: Pod,
}

impl fmt::Debug for InPod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InPod({})", self.pod)
    }
}

/// The relay's first line: whether it is connected, and to what.
enum First {
    Connected {
        address: String,
        after: Duration,
    },
    /// A tool that does not report that.
    Started(String),
    Failed(Unreached),
}

impl InPod {
    /// Opens a stream to an endpoint as the container sees it.
    ///
    /// # Errors
    /// Why it failed, as a sentence.
    pub async fn stream(&self, host: &str, port: u16) -> Result<Box<dyn Stream>, String> {
        let endpoint = Endpoint { host, port, family: DnsFamily::V4Only };
        let reached = self.reach(endpoint, Duration::from_secs(10)).await;
        reached.stream.map_err(|unreached| match unreached {
            Unreached::Refused => format!("{host}:{port} refuses connections in {}", self.pod),
            Unreached::TimedOut => format!("{host}:{port} does not answer in {}", self.pod),
            Unreached::NoAddress(_) => format!("{host} is not known in {}", self.pod),
            Unreached::Failed(why) => why,
        })
    }

    async fn reach(&self, endpoint: Endpoint<'_>, patience: Duration) -> Reached {
        let through = |words: String| Some(Via::Through(words));
        let in_pod = format!("{}:{} in {}", endpoint.host, endpoint.port, self.pod);
        let failed = |why: Unreached| Reached {
            stream: Err(why),
            via: through(in_pod.clone()),
            dns: None,
            connect: None,
        };
        let family = match endpoint.family {
            DnsFamily::V4Only => "4",
            DnsFamily::V6Only => "6",
            _ => "any",
        };
        let command = relay_command(endpoint.host, endpoint.port, patience, family);
        let start = Instant::now();
        let opened = timeout(STARTING, self.cluster.exec(&self.pod, &command)).await;
        let mut process = match opened {
            Ok(Ok(process)) => process,
            Ok(Err(error)) => {
                return failed(Unreached::Failed(format!("{error}; {}", error.hint())));
            }
            Err(_) => {
                let why = format!("no command ran in {} within 20 s", self.pod);
                return failed(Unreached::Failed(why));
            }
        };
        let said = said(process.stderr);
        let line = timeout(STARTING + patience, first(&mut process.stdout)).await;
        let line = match line {
            Ok(Some(line)) => line,
            // The container has no suitable tool, or the tool ended.
            _ => {
                let why = match first_line(&said.await) {
                    why if why.is_empty() => "the relay did not start".to_owned(),
                    why => why,
                };
                return failed(Unreached::Failed(format!("{}: {why}", self.pod)));
            }
        };
        let (via, connect) = match read(&line) {
            First::Connected { address, after } => (format!("{address} from {}", self.pod), after),
            First::Started(tool) => (format!("{in_pod}, by {tool}"), start.elapsed()),
            First::Failed(why) => return failed(why),
        };
        // A tool that does not report when it is connected must not use up the handshake's time.
        let connect = connect.min(patience / 2);
        let stream = Relay::new(process.stdout, process.stdin, said, process.keep);
        Reached {
            stream: Ok(Box::new(stream)),
            via: through(via),
            dns: None,
            connect: Some(connect),
        }
    }
}

impl Reach for InPod {
    fn open<'a>(&'a self, endpoint: Endpoint<'a>, patience: Duration) -> Opening<'a> {
        Box::pin(self.reach(endpoint, patience))
    }
}

/// Reads the first line byte by byte: what follows comes from the server.
async fn first(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut line = Vec::new();
    while line.len() < LONGEST_LINE {
        match stream.read_u8().await.ok()? {
            b'\n' => return String::from_utf8(line).ok(),
            byte => line.push(byte),
        }
    }
    None
}

fn read(line: &str) -> First {
    let words: Vec<&str> = line.splitn(4, ' ').collect();
    match words[..] {
        ["mtlsctl", "connected", address, milliseconds] => First::Connected {
            address: first_line(address),
            after: Duration::from_millis(milliseconds.parse().unwrap_or_default()),
        },
        ["mtlsctl", "started", tool] => First::Started(first_line(tool)),
        ["mtlsctl", "refused"] => First::Failed(Unreached::Refused),
        ["mtlsctl", "timeout"] => First::Failed(Unreached::TimedOut),
        ["mtlsctl", "no-address", ..] => {
            let why = words.get(2..).unwrap_or_default().join(" ");
            First::Failed(Unreached::NoAddress(NoAddress::Unknown(first_line(&why))))
        }
        ["mtlsctl", "failed", ..] => {
            let why = words.get(2..).unwrap_or_default().join(" ");
            First::Failed(Unreached::Failed(first_line(&why)))
        }
        _ => First::Failed(Unreached::Failed(format!("the relay reports `{}`", first_line(line)))),
    }
}
