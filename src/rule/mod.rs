//! Floor 5: one file per rule. This file is written by `UPDATE=1 cargo test --test index`.

mod consequence;
mod findings;
mod rule;

mod ca_does_not_cover_own_issuer;
mod ca_secret_is_own_certificate;
mod certificate_expired;
mod certificate_expires_soon;
mod certificate_usage_wrong;
mod crl_expired;
mod mapping_context_undefined;
mod private_key_shared;
mod root_cert_rotates_alone;
mod secret_certificate_not_text;
mod secret_chain_order;
mod secret_key_ec_parameters;
mod secret_key_encrypted;
mod secret_key_in_last_applied;
mod secret_key_mismatch;
mod secret_key_unusable;
mod secret_pem_invalid;

pub use findings::{Finding, Findings, Place};
pub use rule::Rule;

/// All rules, by id.
#[rustfmt::skip]
pub static ALL: [&Rule; 17] = [
    &ca_does_not_cover_own_issuer::RULE,
    &ca_secret_is_own_certificate::RULE,
    &certificate_expired::RULE,
    &certificate_expires_soon::RULE,
    &certificate_usage_wrong::RULE,
    &crl_expired::RULE,
    &mapping_context_undefined::RULE,
    &private_key_shared::RULE,
    &root_cert_rotates_alone::RULE,
    &secret_certificate_not_text::RULE,
    &secret_chain_order::RULE,
    &secret_key_ec_parameters::RULE,
    &secret_key_encrypted::RULE,
    &secret_key_in_last_applied::RULE,
    &secret_key_mismatch::RULE,
    &secret_key_unusable::RULE,
    &secret_pem_invalid::RULE,
];
