//! The names and addresses of a certificate (subjectAltName).

use std::net::{Ipv4Addr, Ipv6Addr};

use x509_parser::prelude::GeneralName;

use super::name::is_unshowable;

/// The subject's alternative names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlternativeNames {
    pub dns: Vec<String>,
    pub ip: Vec<String>,
    pub uri: Vec<String>,
    pub email: Vec<String>,
}

impl AlternativeNames {
    pub(super) fn add(&mut self, name: &GeneralName<'_>, broken: &mut Vec<String>) {
        match name {
            GeneralName::DNSName(name) => self.add_dns(name),
            GeneralName::URI(uri) => self.add_uri(uri),
            GeneralName::RFC822Name(address) => self.add_email(address),
            GeneralName::IPAddress(bytes) => self.add_ip(bytes, broken),
            GeneralName::Invalid(..) => {
                broken.push("subjectAltName holds a name that cannot be read".to_owned());
            }
            _ => {}
        }
    }

    pub(super) fn add_dns(&mut self, name: &str) {
        self.dns.push(clean(name));
    }

    pub(super) fn add_uri(&mut self, uri: &str) {
        self.uri.push(clean(uri));
    }

    pub(super) fn add_email(&mut self, address: &str) {
        self.email.push(clean(address));
    }

    pub(super) fn add_ip(&mut self, bytes: &[u8], broken: &mut Vec<String>) {
        match address(bytes) {
            Some(address) => self.ip.push(address),
            None => broken.push("subjectAltName holds an IP address of invalid length".to_owned()),
        }
    }

    /// Whether there are no names of these kinds.
    pub fn is_empty(&self) -> bool {
        self.dns.is_empty() && self.ip.is_empty() && self.uri.is_empty() && self.email.is_empty()
    }

    /// All names, with a prefix for the kind unless it is plain: `DNS:a`, `IP:10.0.0.1`.
    pub fn all(&self) -> impl Iterator<Item = String> {
        let dns = self.dns.iter().map(|name| format!("DNS:{name}"));
        let ip = self.ip.iter().map(|address| format!("IP:{address}"));
        let uri = self.uri.iter().map(|uri| format!("URI:{uri}"));
        let email = self.email.iter().map(|address| format!("email:{address}"));
        dns.chain(ip).chain(uri).chain(email)
    }
}

/// Names are untrusted text and must not control the terminal.
fn clean(text: &str) -> String {
    if text.chars().any(is_unshowable) { text.escape_debug().to_string() } else { text.to_owned() }
}

fn address(bytes: &[u8]) -> Option<String> {
    if let Ok(bytes) = <[u8; 4]>::try_from(bytes) {
        return Some(Ipv4Addr::from(bytes).to_string());
    }
    <[u8; 16]>::try_from(bytes).ok().map(|bytes| Ipv6Addr::from(bytes).to_string())
}
