//! Cipher suites and groups by BoringSSL's names.

use rustls::SupportedCipherSuite;
use rustls::crypto::SupportedKxGroup;
use rustls::crypto::aws_lc_rs::{cipher_suite as suite, kx_group};

/// The meaning of a name in `cipher_suites` or `ecdh_curves`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Known<T> {
    /// Envoy and this probe can offer it.
    Offered(T),
    /// Envoy can offer it, but this probe cannot.
    Beyond,
}

/// TLS 1.3 suites in Envoy's order; they are not configurable.
pub(crate) const TLS13: [SupportedCipherSuite; 3] = [
    suite::TLS13_AES_128_GCM_SHA256,
    suite::TLS13_AES_256_GCM_SHA384,
    suite::TLS13_CHACHA20_POLY1305_SHA256,
];

/// TLS 1.2 suites of Envoy's defaults, in order.
pub(crate) const TLS12: [SupportedCipherSuite; 6] = [
    suite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    suite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    suite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    suite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    suite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    suite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
];

/// Groups in Envoy's default order.
pub(crate) const GROUPS: [&'static dyn SupportedKxGroup; 2] =
    [kx_group::X25519, kx_group::SECP256R1];

/// The hybrid group that Envoy offers since 1.40.
pub(crate) const POST_QUANTUM: &'static dyn SupportedKxGroup = kx_group::X25519MLKEM768;

/// The other groups that rustls supports.
pub(crate) const CLASSICAL: [&'static dyn SupportedKxGroup; 3] =
    [kx_group::X25519, kx_group::SECP256R1, kx_group::SECP384R1];

/// The suite with this BoringSSL name.
pub(crate) fn suite_named(name: &str) -> Known<SupportedCipherSuite> {
    Known::Offered(match name {
        "ECDHE-ECDSA-AES128-GCM-SHA256" => TLS12[0],
        "ECDHE-ECDSA-CHACHA20-POLY1305" => TLS12[1],
        "ECDHE-RSA-AES128-GCM-SHA256" => TLS12[2],
        "ECDHE-RSA-CHACHA20-POLY1305" => TLS12[3],
        "ECDHE-ECDSA-AES256-GCM-SHA384" => TLS12[4],
        "ECDHE-RSA-AES256-GCM-SHA384" => TLS12[5],
        // RSA key exchange, CBC, PSK: not supported by rustls.
        _ => return Known::Beyond,
    })
}

/// The group with this name, as spelt by [`crate::envoy::read_curves`].
pub(crate) fn group_named(name: &str) -> Known<&'static dyn SupportedKxGroup> {
    Known::Offered(match name {
        "X25519" => kx_group::X25519,
        "P-256" => kx_group::SECP256R1,
        "P-384" => kx_group::SECP384R1,
        "X25519MLKEM768" => POST_QUANTUM,
        _ => return Known::Beyond,
    })
}
