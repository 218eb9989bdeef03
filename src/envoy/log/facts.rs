//! Facts that `probe`, `lint` and `explain` share: what Envoy offers, and who rejects without an
//! alert.

/// What Envoy offers as a client if the TLSContext sets nothing (1.14 to 1.40; 1.40 adds
/// X25519MLKEM768 with TLS 1.3).
macro_rules! offers {
    () => {
        "ECDHE with AES-GCM or ChaCha20, X25519 and P-256, and no Ed25519 or P-384 keys"
    };
}
pub(super) use offers;

/// [`offers`] as a constant.
pub(crate) const OFFERS: &str = offers!();

/// Servers that close the connection because of a client certificate instead of sending an alert
/// (measured).
macro_rules! silent {
    () => {
        "asyncio (uvicorn, Hypercorn, aiohttp), gRPC, Node, puma, Bun, OpenLDAP, nginx `stream` and haproxy's `reject`"
    };
}
pub(super) use silent;

/// [`silent`] as a constant.
pub(crate) const SILENT: &str = silent!();

/// Servers that close the connection on a ClientHello instead of answering it.
macro_rules! closes_on_hello {
    () => {
        "a server that does not speak TLS, one that requires SNI (Envoy `filter_chain_match`, nginx `ssl_preread`) or \
         the PROXY protocol first, a load balancer without a backend, or an Istio sidecar in PERMISSIVE mode that has no \
         chain for our ALPN"
    };
}
pub(super) use closes_on_hello;

/// [`closes_on_hello`] as a constant.
pub(crate) const CLOSES_ON_HELLO: &str = closes_on_hello!();

/// The fact with this name, which `explain`'s dictionary writes in braces.
pub(crate) fn fact(name: &str) -> Option<&'static str> {
    match name {
        "envoys-offer" => Some(OFFERS),
        "silent-servers" => Some(SILENT),
        "closes-on-hello" => Some(CLOSES_ON_HELLO),
        _ => None,
    }
}
