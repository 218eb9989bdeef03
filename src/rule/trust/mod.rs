//! Rules about trust anchors and revocation lists.

pub(super) mod ca_does_not_cover_own_issuer;
pub(super) mod ca_file_is_own_chain;
pub(super) mod ca_renewed;
pub(super) mod ca_secret_is_own_certificate;
pub(super) mod context_ca_overridden;
pub(super) mod context_ca_without_certificate;
pub(super) mod context_crl_dropped;
pub(super) mod context_crl_without_ca;
pub(super) mod crl_expired;
pub(super) mod crl_incomplete;
