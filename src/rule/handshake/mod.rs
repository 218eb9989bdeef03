//! Rules about what a TLSContext offers in a handshake: versions, ciphers, curves, SNI and ALPN.

pub(super) mod context_alpn_list;
pub(super) mod context_alpn_malformed;
pub(super) mod context_cipher_suite_unknown;
pub(super) mod context_curve_unknown;
pub(super) mod context_sni_not_host_name;
pub(super) mod context_sni_on_termination;
pub(super) mod context_sni_too_long;
pub(super) mod context_tls_too_old;
pub(super) mod context_tls_version_spelling;
pub(super) mod context_tls_versions_exclude;
