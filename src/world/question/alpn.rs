//! The ALPN names that Envoy offers to an upstream.

use crate::resource::MappingKind;
use crate::world::{Behaviour, Effective, Upstream, World};

impl World {
    /// The ALPN names of the ClientHello, in order; empty if the extension is not sent or there is
    /// no TLS.
    ///
    /// `alpn_protocols` overrides everything. Without it, Envoy 1.16 and later offer the protocol
    /// of the connection pool (`h2` for `grpc: true` and gRPC services, else `http/1.1`; the
    /// runtime guard `http_default_alpn` was removed in 1.19). The TCP proxy offers nothing.
    pub fn alpn(&self, upstream: &Upstream) -> Vec<String> {
        let context = match self.effective(upstream) {
            None | Some(Effective::Plaintext) => return Vec::new(),
            Some(Effective::Mutual(id) | Effective::Tls(Some(id))) => Some(self.context(id)),
            Some(Effective::Tls(None)) => None,
        };
        let written = context.and_then(|context| context.settings.alpn_protocols.as_ref());
        if let Some(written) = written.filter(|written| !written.is_empty()) {
            // Envoy splits at commas and does not trim.
            let names = written.split(',').filter(|name| !name.is_empty());
            return names.map(str::to_owned).collect();
        }
        let raw = self.mapping(upstream).kind == MappingKind::TcpMapping;
        if raw || !self.settings.profile.has(Behaviour::EnvoyOffersAlpn) {
            return Vec::new();
        }
        let http2 = upstream.cluster.is_some_and(|id| self.cluster(id).http2);
        vec![if http2 { "h2" } else { "http/1.1" }.to_owned()]
    }
}
