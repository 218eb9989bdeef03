//! Which addresses Envoy asks for, and how long it waits for a connection.

use super::upstream::Upstream;
use super::world::World;

/// Envoy's `dns_lookup_family`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DnsFamily {
    /// A records alone.
    #[default]
    V4Only,
    /// AAAA records alone.
    V6Only,
    /// AAAA records, and A records where there are none.
    Auto,
}

/// What Emissary sets where a Mapping does not (`ircluster.py`), in milliseconds.
const CONNECT_TIMEOUT_MS: u64 = 3000;

impl World {
    /// What Emissary asks Envoy to look up for an upstream: the Mapping's `enable_ipv4` and
    /// `enable_ipv6`, else the Module's, else IPv4 alone (`ircluster.py`, `v3cluster.py`).
    pub fn dns_family(&self, upstream: &Upstream) -> DnsFamily {
        let own = self.mapping(upstream).ip_families;
        let common = self.module().map(|module| module.ip_families).unwrap_or_default();
        let v4 = own.v4.or(common.v4).unwrap_or(true);
        match own.v6.or(common.v6).unwrap_or(false) {
            false => DnsFamily::V4Only,
            true if v4 => DnsFamily::Auto,
            true => DnsFamily::V6Only,
        }
    }

    /// For TCP and TLS together, in milliseconds: the Mapping's `connect_timeout_ms`, else 3000.
    pub fn connect_timeout_ms(&self, upstream: &Upstream) -> u64 {
        let own = self.mapping(upstream).connect_timeout_ms;
        own.and_then(|own| u64::try_from(own).ok())
            .filter(|own| *own > 0)
            .unwrap_or(CONNECT_TIMEOUT_MS)
    }
}
