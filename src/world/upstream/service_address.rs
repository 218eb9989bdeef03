//! `service` as Emissary parses it: Python's URL parser and Emissary's code around it.

use std::borrow::Cow;
use std::net::Ipv6Addr;

use crate::document::Text;

/// The parts of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceAddress {
    /// The scheme in lower case, if there is one.
    pub scheme: Option<Cow<'static, str>>,
    /// Host name or address, lower case, without brackets.
    pub host: Text,
    /// The port, unless absent or 0.
    pub port: Option<u16>,
    /// Whether a path, query, fragment or user info is dropped.
    pub has_extra_parts: bool,
}

/// Why a service cannot be parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// Unbalanced brackets, or brackets without an IPv6 address: Emissary's Python code raises an
    /// exception, and the whole configuration is lost.
    Crash(String),
    /// No host, an invalid port or an invalid escape, with Python's message.
    Bad(String),
}

impl Malformed {
    /// Python's message.
    pub fn reason(&self) -> &str {
        match self {
            Self::Crash(reason) | Self::Bad(reason) => reason,
        }
    }
}

/// The parts of a URL after its scheme, as `urllib.parse` gives them.
pub(crate) struct Authority<'t> {
    pub(crate) host: Option<String>,
    pub(crate) port: Result<Option<u16>, String>,
    /// Whether a path, query or fragment follows.
    pub(crate) tail: &'t str,
    pub(crate) has_user_info: bool,
}

/// Whether a service starts with `scheme://` (`would_confuse_urlparse`, negated).
pub fn has_scheme(service: &str) -> bool {
    let is_scheme_char = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    service.find(':').is_some_and(|at| at > 0)
        && service.trim_start_matches(is_scheme_char).starts_with("://")
}

impl ServiceAddress {
    /// Reads a service as `normalize_service_name` does.
    ///
    /// # Errors
    /// Why it is malformed.
    pub fn parse(service: &str) -> Result<Self, Malformed> {
        let mut address = Self::parse_as_written(service)?;
        if address.host.contains('%') {
            address.host = unescape(&address.host).map_err(Malformed::Bad)?.into();
        }
        Ok(address)
    }

    /// Reads a service as releases before 2.3.1 do: percent escapes stay.
    ///
    /// # Errors
    /// Why it is malformed.
    pub fn parse_as_written(service: &str) -> Result<Self, Malformed> {
        let (scheme, rest) = match service.split_once("://") {
            Some((scheme, rest)) if has_scheme(service) => {
                if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    return Err(Malformed::Bad("No hostname".to_owned()));
                }
                (Some(lower_scheme(scheme)), rest)
            }
            _ => (None, service.strip_prefix("//").unwrap_or(service)),
        };
        let authority = authority(rest).map_err(Malformed::Crash)?;
        let Some(host) = authority.host else {
            return Err(Malformed::Bad("No hostname".to_owned()));
        };
        let port = authority.port.map_err(Malformed::Bad)?;
        Ok(Self {
            scheme,
            host: host.into(),
            port: port.filter(|port| *port != 0),
            has_extra_parts: !authority.tail.is_empty() || authority.has_user_info,
        })
    }

    /// Whether the host is complete, so that no namespace is appended.
    pub fn is_qualified(&self) -> bool {
        self.host.contains(['.', ':']) || self.host == "localhost"
    }

    /// The service as Emissary rewrites it, with a namespace appended if one is needed.
    pub fn normalized(&self, namespace: Option<&str>) -> String {
        let mut host = quote(&self.qualified(namespace));
        if host.contains(':') {
            host = format!("[{host}]");
        }
        self.around(host)
    }

    /// The service as releases before 2.3.1 rewrite it: without escapes, and without the brackets
    /// that an IPv6 address needs.
    pub fn rebuilt(&self, namespace: Option<&str>) -> String {
        self.around(self.qualified(namespace))
    }

    fn qualified(&self, namespace: Option<&str>) -> String {
        match namespace {
            Some(namespace) => format!("{}.{namespace}", self.host),
            None => self.host.to_string(),
        }
    }

    fn around(&self, mut service: String) -> String {
        if let Some(scheme) = &self.scheme {
            service = format!("{scheme}://{service}");
        }
        if let Some(port) = self.port {
            service.push_str(&format!(":{port}"));
        }
        service
    }
}

/// A scheme in lower case; the two common ones are not allocated.
fn lower_scheme(scheme: &str) -> Cow<'static, str> {
    let common = ["https", "http"].into_iter().find(|common| scheme.eq_ignore_ascii_case(common));
    common.map_or_else(|| Cow::Owned(scheme.to_ascii_lowercase()), Cow::Borrowed)
}

/// Splits the part after `//` (`urlsplit`, `_hostinfo`); an error is an exception in Python.
pub(crate) fn authority(text: &str) -> Result<Authority<'_>, String> {
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let (net, tail) = text.split_at(end);
    if net.contains('[') != net.contains(']') {
        return Err("Invalid IPv6 URL".to_owned());
    }
    let info = net.rsplit_once('@').map_or(net, |(_, info)| info);
    let (host, port) = match info.split_once('[') {
        Some((_, bracketed)) => {
            let (host, after) = bracketed.split_once(']').unwrap_or((bracketed, ""));
            let address = host.split('%').next().unwrap_or_default();
            if address.parse::<Ipv6Addr>().is_err() {
                return Err(format!("'{host}' does not appear to be an IPv4 or IPv6 address"));
            }
            (host, after.split_once(':').map_or("", |(_, port)| port))
        }
        None => info.split_once(':').unwrap_or((info, "")),
    };
    let port = match port {
        "" => Ok(None),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse::<u16>().map(Some).map_err(|_| "Port out of range 0-65535".to_owned())
        }
        other => Err(format!("Port could not be cast to integer value as '{other}'")),
    };
    let host = (!host.is_empty()).then(|| host.to_lowercase());
    Ok(Authority { host, port, tail, has_user_info: net.contains('@') })
}

/// Decodes percent escapes strictly.
fn unescape(host: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(host.len());
    let mut rest = host;
    while let Some(at) = rest.find('%') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let escape: String = rest[at..].chars().take(3).collect();
        let value = escape.get(1..3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let Some(value) = value.filter(|_| escape.len() == 3) else {
            return Err(format!("Invalid percent-escape in hostname: {escape}"));
        };
        bytes.push(value);
        rest = &rest[at + 3..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Python's `quote` with the safe characters that Emissary names.
fn quote(host: &str) -> String {
    let mut quoted = String::with_capacity(host.len());
    for byte in host.bytes() {
        let safe = byte.is_ascii_alphanumeric() || b"_.-~!$&'()*+,;=:[]<>\"".contains(&byte);
        if safe {
            quoted.push(char::from(byte));
        } else {
            quoted.push_str(&format!("%{byte:02X}"));
        }
    }
    quoted
}

/// Whether a host is an IP address, which needs no resolver.
pub(crate) fn is_address(host: &str) -> bool {
    host.parse::<std::net::IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(service: &str) -> (Option<Cow<'static, str>>, String, Option<u16>) {
        let address = ServiceAddress::parse(service).unwrap();
        (address.scheme, address.host.to_string(), address.port)
    }

    #[test]
    fn schemes_hosts_and_ports_are_split_as_python_does() {
        assert_eq!(parts("svc"), (None, "svc".into(), None));
        assert_eq!(parts("HttpS://Svc:8443"), (Some("https".into()), "svc".into(), Some(8443)));
        assert_eq!(parts("svc:0"), (None, "svc".into(), None));
        assert_eq!(parts("https://h:"), (Some("https".into()), "h".into(), None));
        assert_eq!(parts("https://user@svc/path?x#y").1, "svc");
        assert_eq!(parts("[::1]:8443"), (None, "::1".into(), Some(8443)));
        let words = "Port could not be cast to integer value as 'svc'";
        assert_eq!(ServiceAddress::parse("https:svc"), Err(Malformed::Bad(words.into())));
    }

    #[test]
    fn malformed_services_give_pythons_messages() {
        let reason = |service| ServiceAddress::parse(service).unwrap_err();
        assert_eq!(reason("f:99999"), Malformed::Bad("Port out of range 0-65535".into()));
        assert_eq!(reason("https://[::1"), Malformed::Crash("Invalid IPv6 URL".into()));
        assert_eq!(reason("::1"), Malformed::Bad("No hostname".into()));
        let words = "Port could not be cast to integer value as 'abc'";
        assert_eq!(reason("g:abc"), Malformed::Bad(words.into()));
        assert!(matches!(reason("a%zz"), Malformed::Bad(_)));
    }

    #[test]
    fn a_namespace_goes_between_host_and_port() {
        let address = ServiceAddress::parse("https://short:81").unwrap();
        assert_eq!(address.normalized(Some("app")), "https://short.app:81");
        assert_eq!(ServiceAddress::parse("[::1]:1").unwrap().normalized(None), "[::1]:1");
    }
}
