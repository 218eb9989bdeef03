//! Resolves host and port to addresses, with curl's two options to override that.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::net::lookup_host;
use tokio::time::timeout;

use crate::world::DnsFamily;

use crate::world::is_same_host;

/// `--connect-to HOST:PORT:ADDR:PORT`: connects to another address. On the left an empty part
/// matches anything; on the right it keeps the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectTo {
    written: String,
    host: String,
    port: Option<u16>,
    to_host: String,
    to_port: Option<u16>,
}

/// `--resolve HOST:PORT:ADDR[,ADDR]…`: the addresses of a name, instead of DNS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolve {
    written: String,
    host: String,
    port: Option<u16>,
    addresses: Vec<IpAddr>,
}

/// How names are resolved.
#[derive(Debug, Clone, Default)]
pub struct AddressRules {
    /// First match wins.
    pub connect_to: Vec<ConnectTo>,
    /// First match wins, after `connect_to`.
    pub resolve: Vec<Resolve>,
}

/// Why a name has no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoAddress {
    /// The resolver returned an error.
    Unknown(String),
    /// There are only IPv6 addresses, which Envoy does not look up.
    OnlyIpv6,
    /// There are only IPv4 addresses, which Envoy does not look up.
    OnlyIpv4,
    /// The resolver did not respond in time.
    TimedOut,
}

impl ConnectTo {
    /// Parses curl's syntax; IPv6 addresses are in brackets.
    ///
    /// # Errors
    /// A description of the syntax.
    pub fn read(text: &str) -> Result<Self, String> {
        match split(text).as_slice() {
            [host, port, to_host, to_port] => Ok(Self {
                written: text.to_owned(),
                host: host.clone(),
                port: self::port(port)?,
                to_host: to_host.clone(),
                to_port: self::port(to_port)?,
            }),
            _ => Err("write HOST:PORT:ADDR:PORT; any part may be empty".to_owned()),
        }
    }
}

impl Resolve {
    /// Parses curl's syntax; `*` as host or port matches any.
    ///
    /// # Errors
    /// A description of the syntax.
    pub fn read(text: &str) -> Result<Self, String> {
        let usage = || "write HOST:PORT:ADDR[,ADDR]".to_owned();
        let parts = split(text);
        let [host, port, addresses @ ..] = parts.as_slice() else {
            return Err(usage());
        };
        let addresses = addresses
            .join(":")
            .split(',')
            .map(|address| address.trim_matches(['[', ']']).parse::<IpAddr>())
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| usage())?;
        Ok(Self {
            written: text.to_owned(),
            host: if host == "*" { String::new() } else { host.clone() },
            port: if port == "*" { None } else { self::port(port)? },
            addresses,
        })
    }
}

impl AddressRules {
    /// The host and port to connect to instead.
    fn moved<'r>(&'r self, host: &'r str, port: u16) -> (&'r str, u16) {
        let mut rules = self.connect_to.iter();
        match rules.find(|rule| matches(&rule.host, rule.port, host, port)) {
            Some(rule) if rule.to_host.is_empty() => (host, rule.to_port.unwrap_or(port)),
            Some(rule) => (rule.to_host.as_str(), rule.to_port.unwrap_or(port)),
            None => (host, port),
        }
    }

    /// The flags, as written, that match none of these hosts and ports.
    pub fn unmatched(&self, places: &[(&str, u16)]) -> Vec<String> {
        let meets = |host: &str, port: Option<u16>, moved: bool| {
            places.iter().any(|&(own, at)| {
                let (own, at) = if moved { self.moved(own, at) } else { (own, at) };
                matches(host, port, own, at)
            })
        };
        let connect = self.connect_to.iter().filter(|rule| !meets(&rule.host, rule.port, false));
        let resolve = self.resolve.iter().filter(|rule| !meets(&rule.host, rule.port, true));
        let connect = connect.map(|rule| format!("--connect-to {}", rule.written));
        connect.chain(resolve.map(|rule| format!("--resolve {}", rule.written))).collect()
    }

    /// The addresses to try for `host:port`, in the resolver's order.
    ///
    /// # Errors
    /// There is none.
    pub async fn addresses(
        &self,
        host: &str,
        port: u16,
        family: DnsFamily,
        patience: Duration,
    ) -> Result<Vec<SocketAddr>, NoAddress> {
        let (host, port) = self.moved(host, port);
        let pinned = self.resolve.iter().find(|rule| matches(&rule.host, rule.port, host, port));
        if let Some(rule) = pinned {
            return Ok(rule.addresses.iter().map(|ip| SocketAddr::new(*ip, port)).collect());
        }
        if let Ok(ip) = host.trim_matches(['[', ']']).parse::<IpAddr>() {
            return Ok(vec![SocketAddr::new(ip, port)]);
        }
        let found: Vec<SocketAddr> = timeout(patience, lookup_host((host, port)))
            .await
            .map_err(|_| NoAddress::TimedOut)?
            .map_err(|error| NoAddress::Unknown(error.to_string()))?
            .collect();
        of_family(distinct(&found), family)
    }
}

/// The addresses that Envoy would use.
fn of_family(found: Vec<SocketAddr>, family: DnsFamily) -> Result<Vec<SocketAddr>, NoAddress> {
    let (v4, v6): (Vec<_>, Vec<_>) = found.into_iter().partition(SocketAddr::is_ipv4);
    let (kept, others) = match family {
        DnsFamily::V4Only => (v4, v6),
        DnsFamily::Auto if v6.is_empty() => (v4, v6),
        DnsFamily::Auto | DnsFamily::V6Only => (v6, v4),
    };
    match (others.is_empty(), family) {
        _ if !kept.is_empty() => Ok(kept),
        (true, _) => Err(NoAddress::Unknown("no record".to_owned())),
        (false, DnsFamily::V6Only) => Err(NoAddress::OnlyIpv4),
        (false, _) => Err(NoAddress::OnlyIpv6),
    }
}

fn distinct(found: &[SocketAddr]) -> Vec<SocketAddr> {
    let mut kept: Vec<SocketAddr> = Vec::new();
    for address in found {
        if !kept.contains(address) {
            kept.push(*address);
        }
    }
    kept
}

/// Whether the host and port of a flag match; empty parts match anything.
fn matches(pattern: &str, wanted: Option<u16>, host: &str, port: u16) -> bool {
    (pattern.is_empty() || is_same_host(pattern, host)) && wanted.is_none_or(|own| own == port)
}

fn port(text: &str) -> Result<Option<u16>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| format!("`{text}` is not a port"))
}

/// Splits at colons outside brackets, and removes the brackets.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            '[' => inside = true,
            ']' => inside = false,
            ':' if !inside => parts.push(String::new()),
            _ => {
                if let Some(part) = parts.last_mut() {
                    part.push(letter);
                }
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connect_to_is_parsed_as_in_curl() {
        let rule = ConnectTo::read("productpage:9080:[::1]:8443").expect("well formed");
        assert_eq!((rule.to_host.as_str(), rule.to_port), ("::1", Some(8443)));
        assert_eq!(ConnectTo::read("::127.0.0.1:").expect("empty parts").port, None);
        assert!(ConnectTo::read("a:1:b").is_err());
        assert!(ConnectTo::read("a:x:b:1").is_err());
    }

    #[test]
    fn resolve_is_parsed_as_in_curl() {
        let rule = Resolve::read("*:443:127.0.0.1,[::1]").expect("well formed");
        assert_eq!(rule.addresses.len(), 2);
        assert!(Resolve::read("a:443:not-an-address").is_err());
        assert!(Resolve::read("a:443").is_err());
    }

    #[test]
    fn flags_that_match_no_target_are_reported() {
        let rule = |text| ConnectTo::read(text).expect("well formed");
        let route = AddressRules {
            connect_to: vec![
                rule("web.shop.svc:8443:127.0.0.1:1"),
                rule("web:8443:127.0.0.1:1"),
                rule("::127.0.0.1:"),
            ],
            resolve: vec![Resolve::read("web.shop:8443:127.0.0.1").expect("well formed")],
        };
        let unmatched = route.unmatched(&[("web.shop", 8443)]);
        // The host is replaced before it is resolved.
        let expected = ["--connect-to web:8443:127.0.0.1:1", "--resolve web.shop:8443:127.0.0.1"];
        assert_eq!(unmatched, expected);
    }

    #[test]
    fn only_addresses_that_envoy_would_use_are_returned() {
        let v4: SocketAddr = "127.0.0.1:1".parse().expect("an address");
        let v6: SocketAddr = "[::1]:1".parse().expect("an address");
        for (found, family, expected) in [
            (vec![v4, v6], DnsFamily::V4Only, Ok(vec![v4])),
            (vec![v4, v6], DnsFamily::V6Only, Ok(vec![v6])),
            (vec![v4, v6], DnsFamily::Auto, Ok(vec![v6])),
            (vec![v4], DnsFamily::Auto, Ok(vec![v4])),
            (vec![v6], DnsFamily::V4Only, Err(NoAddress::OnlyIpv6)),
            (vec![v4], DnsFamily::V6Only, Err(NoAddress::OnlyIpv4)),
        ] {
            assert_eq!(of_family(found, family), expected);
        }
    }
}
