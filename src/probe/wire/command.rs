//! A transport through any command, like ssh's `ProxyCommand`: its output is what the server sends.

use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::Instant;

use super::relay::{Relay, said};
use crate::probe::target::{Endpoint, Opening, Reach, Reached, Stream, Unreached, Via};

/// A command with `{host}` and `{port}` in its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy {
    words: Vec<String>,
}

impl Proxy {
    /// Splits a command like a shell. It is not run by a shell, so a host name cannot inject
    /// anything.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let words = shlex::split(text).ok_or("unclosed quote")?;
        if words.is_empty() {
            return Err("write a command, such as `ssh bastion -W {host}:{port}`".to_owned());
        }
        for field in ["{host}", "{port}"] {
            if !words.iter().any(|word| word.contains(field)) {
                return Err(format!("the command has no {field}"));
            }
        }
        Ok(Self { words })
    }

    fn words(&self, endpoint: Endpoint<'_>) -> Vec<String> {
        let port = endpoint.port.to_string();
        let fill = |word: &String| word.replace("{port}", &port).replace("{host}", endpoint.host);
        self.words.iter().map(fill).collect()
    }

    fn start(&self, endpoint: Endpoint<'_>) -> Result<Box<dyn Stream>, Unreached> {
        let words = self.words(endpoint);
        let failed = |error: std::io::Error| {
            Unreached::Failed(format!("`{}` cannot be started: {error}", words[0]))
        };
        let mut child = Command::new(&words[0])
            .args(&words[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        match (child.stdout.take(), child.stdin.take(), child.stderr.take()) {
            (Some(out), Some(input), Some(err)) => {
                Ok(Box::new(Relay::new(out, input, said(err), child)))
            }
            _ => Err(Unreached::Failed(format!("`{}` has no streams", words[0]))),
        }
    }
}

impl Reach for Proxy {
    fn open<'a>(&'a self, endpoint: Endpoint<'a>, _patience: Duration) -> Opening<'a> {
        Box::pin(async move {
            let start = Instant::now();
            let stream = self.start(endpoint);
            let via = Some(Via::Through(self.words(endpoint).join(" ")));
            let connect = stream.is_ok().then(|| start.elapsed());
            Reached { stream, via, dns: None, connect }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Proxy;
    use crate::probe::target::Endpoint;
    use crate::world::DnsFamily;

    #[test]
    fn a_host_stays_a_single_word() {
        let proxy = Proxy::read("ssh 'my bastion' -W {host}:{port}").unwrap();
        let host = "a; rm -rf / {port}";
        let family = DnsFamily::V4Only;
        let words = proxy.words(Endpoint { host, port: 443, family });
        assert_eq!(words, ["ssh", "my bastion", "-W", "a; rm -rf / {port}:443"]);
        for bad in ["", "nc {host}", "nc {port}", "nc '{host} {port}"] {
            assert!(Proxy::read(bad).is_err(), "{bad}");
        }
    }
}
