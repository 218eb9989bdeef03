//! Which address family Envoy resolves, and its connect timeout.

use crate::world::World;
use crate::world::upstream::Upstream;

/// Envoy's `dns_lookup_family`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DnsFamily {
    /// Only A records.
    #[default]
    V4Only,
    /// Only AAAA records.
    V6Only,
    /// AAAA records, or A records if there are none.
    Auto,
}

/// Emissary's default connect timeout (`ircluster.py`), in milliseconds.
pub const CONNECT_TIMEOUT_MS: u64 = 3000;

impl World {
    /// The address families that Envoy resolves for an upstream: `enable_ipv4` and `enable_ipv6` of
    /// the Mapping or TCPMapping, else of the Module, else only IPv4 (Emissary's `irambassador.py`,
    /// `irhttpmappinggroup.py`, `irtcpmappinggroup.py`, `ircluster.py`, `v3cluster.py`).
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

    /// The time limit for TCP and TLS together, in milliseconds: the Mapping's
    /// `connect_timeout_ms`, else 3000. It is always 3000 for TCPMappings and Ambassador's own
    /// services (`irtcpmappinggroup.py`, `irauth.py`, `irratelimit.py`, `irlogservice.py`,
    /// `irtracing.py` do not pass it on).
    ///
    /// # Errors
    /// Envoy's message for values that are not above 0, for which it rejects the whole
    /// configuration (`connect_timeout` in Envoy's `cluster.proto`).
    pub fn connect_timeout_ms(&self, upstream: &Upstream) -> Result<u64, String> {
        match self.mapping(upstream).connect_timeout_ms {
            None => Ok(CONNECT_TIMEOUT_MS),
            Some(own) if own > 0 => Ok(own.unsigned_abs()),
            Some(own) => Err(format!(
                "ConnectTimeout: value must be greater than 0s, and `connect_timeout_ms` is {own}"
            )),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::resource::{Ingest, relevance};
    use crate::source::Sources;
    use crate::world::World;
    use crate::world::premise::Settings;

    use super::*;

    /// The first upstream of a kind with these fields, with a Module that enables IPv6.
    fn upstream(kind: &str, fields: &str) -> (DnsFamily, Result<u64, String>) {
        let text = format!(
            "apiVersion: getambassador.io/v3alpha1\nkind: Module\nmetadata: {{name: ambassador}}\n\
             spec: {{config: {{enable_ipv6: true}}}}\n---\n\
             apiVersion: getambassador.io/v3alpha1\nkind: {kind}\nmetadata: {{name: a}}\n\
             spec: {{{fields}}}\n"
        );
        let mut sources = Sources::default();
        sources.add("a.yaml".to_owned(), text);
        // Emissary's own parser prunes no unknown fields.
        let settings = Settings { ingest: Ingest::Kubernetes, ..Settings::default() };
        let world = World::read(sources, settings, &relevance());
        let upstream = world.upstreams.first().unwrap();
        (world.dns_family(upstream), world.connect_timeout_ms(upstream))
    }

    const MAPPING: &str = "hostname: '*', prefix: /, service: web";

    #[test]
    fn a_mapping_overrides_the_module() {
        let mapping = |more: &str| upstream("Mapping", &format!("{MAPPING}{more}"));
        assert_eq!(mapping(""), (DnsFamily::Auto, Ok(3000)));
        assert_eq!(mapping(", enable_ipv6: false").0, DnsFamily::V4Only);
        assert_eq!(mapping(", enable_ipv4: false").0, DnsFamily::V6Only);
        assert_eq!(mapping(", enable_ipv4: false, enable_ipv6: false").0, DnsFamily::V4Only);
        assert_eq!(mapping(", connect_timeout_ms: 250").1, Ok(250));
        assert!(mapping(", connect_timeout_ms: 0").1.is_err());
        assert!(mapping(", connect_timeout_ms: -5").1.is_err());
    }

    #[test]
    fn a_tcp_mapping_sets_address_families_but_not_the_timeout() {
        let fields = "port: 8443, service: web, enable_ipv4: false, connect_timeout_ms: 250";
        assert_eq!(upstream("TCPMapping", fields), (DnsFamily::V6Only, Ok(3000)));
    }

    #[test]
    fn ambassadors_own_services_set_neither() {
        let fields = "auth_service: web, proto: grpc, protocol_version: v3, \
                      enable_ipv6: false, connect_timeout_ms: 250";
        assert_eq!(upstream("AuthService", fields), (DnsFamily::Auto, Ok(3000)));
    }
}
