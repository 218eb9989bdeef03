//! Words by which documents are known that can matter.

use crate::document::Relevance;

/// Words of which one stands in every document that this floor reads, or that anybody needs.
const WORDS: &[&str] = &[
    "mtlsctl:",
    "ambassador",
    "Secret",
    "Service",
    // A ConfigMap matters where it holds certificates.
    "-----BEGIN",
    "Certificate",
    "OnePasswordItem",
    "trust.cert-manager.io",
    "PeerAuthentication",
    "DestinationRule",
    "authentication.istio.io",
    "rbac.authorization.k8s.io",
    "TLSContext",
    "Mapping",
    "Module",
    // With `ambassador`, what Ambassador's own workload and its connector are known by
    // (`world::Installation`), and what shows the age of Istio (`World::istio_era`).
    "AMBASSADOR_",
    "emissary",
    "edge-stack",
    "aes",
    "consul_connect",
    "sync",
    "proxyv2",
    "proxy.istio.io",
];

/// Other workloads matter where a policy selects pods by their labels.
const WORKLOADS: [&str; 5] = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod"];
const POLICIES: [&str; 3] = ["PeerAuthentication", "DestinationRule", "authentication.istio.io"];

/// Which documents must be parsed to read all resources.
pub fn relevance() -> Relevance {
    Relevance::of(WORDS, &WORKLOADS, &POLICIES)
}
