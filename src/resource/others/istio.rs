//! Istio's PeerAuthentication and DestinationRule: what an upstream's sidecar requires.

use crate::document::{Field, Located, Text};

use crate::resource::Object;
use crate::resource::core::string_map;

/// A PeerAuthentication: whether sidecars require mutual TLS.
#[derive(Debug, Clone)]
pub struct PeerAuthentication {
    /// Identity and origin.
    pub object: Object,
    /// `selector.matchLabels`; empty for the whole namespace.
    pub selector: Vec<(String, String)>,
    /// `mtls.mode`; `None` if it is inherited.
    pub mode: Option<Located<MutualMode>>,
    /// `portLevelMtls`: modes of individual workload ports.
    pub port_modes: Vec<(String, Located<MutualMode>)>,
}

/// A mode of a PeerAuthentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MutualMode {
    /// Mutual TLS only.
    Strict,
    /// Mutual TLS and plaintext.
    Permissive,
    /// Plaintext; any TLS is the application's.
    Disable,
}

/// A DestinationRule: how client sidecars connect to a host.
#[derive(Debug, Clone)]
pub struct DestinationRule {
    /// Identity and origin.
    pub object: Object,
    /// `host`, as written.
    pub host: Option<Located<Text>>,
    /// `trafficPolicy.tls.mode`.
    pub tls_mode: Option<Located<Text>>,
}

impl PeerAuthentication {
    pub(crate) fn read(object: Object, root: &Field<'_>) -> Self {
        let spec = root.set_at("spec");
        let at = |name: &str| spec.as_ref()?.set_at(name);
        let selector = at("selector").and_then(|selector| selector.set_at("matchLabels"));
        let ports = at("portLevelMtls").map(|ports| ports.entries()).unwrap_or_default();
        Self {
            object,
            selector: selector.map(|labels| string_map(&labels)).unwrap_or_default(),
            mode: at("mtls").and_then(|mtls| mode(&mtls)),
            port_modes: ports
                .iter()
                .filter_map(|port| Some((port.key.to_string(), mode(&port.value)?)))
                .collect(),
        }
    }
}

impl DestinationRule {
    pub(crate) fn read(object: Object, root: &Field<'_>) -> Self {
        let spec = root.set_at("spec");
        let at = |name: &str| spec.as_ref()?.set_at(name);
        let tls = at("trafficPolicy").and_then(|policy| policy.set_at("tls"));
        Self {
            object,
            host: at("host").and_then(|host| host.text()),
            tls_mode: tls.and_then(|tls| tls.set_at("mode")?.text()),
        }
    }
}

/// `UNSET` is inherited, like an absent mode.
fn mode(mtls: &Field<'_>) -> Option<Located<MutualMode>> {
    let mode = mtls.set_at("mode")?.text()?;
    let known = match mode.as_str() {
        "STRICT" => MutualMode::Strict,
        "PERMISSIVE" => MutualMode::Permissive,
        "DISABLE" => MutualMode::Disable,
        _ => return None,
    };
    Some(mode.map(|_| known))
}
