//! Floor 5: one file per rule. This file is written by `UPDATE=1 cargo test --test index`.

mod consequence;
mod findings;
mod rule;

mod ca_does_not_cover_own_issuer;
mod ca_secret_is_own_certificate;
mod certificate_expired;
mod certificate_expires_soon;
mod certificate_usage_wrong;
mod configuration_crashes_ambassador;
mod context_alpn_list;
mod context_alpn_malformed;
mod context_ca_overridden;
mod context_ca_without_certificate;
mod context_cert_required_upstream;
mod context_cert_without_key;
mod context_cipher_suite_unknown;
mod context_crl_dropped;
mod context_crl_without_ca;
mod context_curve_unknown;
mod context_file_missing;
mod context_files_not_reloaded;
mod context_hosts_on_upstream;
mod context_key_without_cert;
mod context_name_collision;
mod context_name_reserved;
mod context_redirect_conflict;
mod context_redirect_without_effect;
mod context_secret_and_file;
mod context_secret_lacks_entry;
mod context_sni_on_termination;
mod context_sni_too_long;
mod context_tls_too_old;
mod context_tls_version_spelling;
mod context_tls_versions_exclude;
mod context_unused;
mod context_used_both_ways;
mod context_without_certificate;
mod crl_expired;
mod field_unknown;
mod ignore_expired;
mod ignore_invalid;
mod ignore_unused;
mod mapping_context_of_other_ambassador;
mod mapping_context_undefined;
mod mapping_grpc_without_alpn;
mod mapping_h2_without_grpc;
mod mapping_tls_boolean;
mod mapping_tls_boolean_in_quotes;
mod mapping_tls_false_ignored;
mod object_refused_by_schema;
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
mod service_scheme_contradicts_tls;
mod tls_on_kind_without_it;
mod upstream_unverified;
mod upstream_without_sni;
mod value_with_dollar;

pub use findings::{Finding, Findings, Place};
pub use rule::Rule;

/// All rules, by id.
#[rustfmt::skip]
pub static ALL: [&Rule; 62] = [
    &ca_does_not_cover_own_issuer::RULE,
    &ca_secret_is_own_certificate::RULE,
    &certificate_expired::RULE,
    &certificate_expires_soon::RULE,
    &certificate_usage_wrong::RULE,
    &configuration_crashes_ambassador::RULE,
    &context_alpn_list::RULE,
    &context_alpn_malformed::RULE,
    &context_ca_overridden::RULE,
    &context_ca_without_certificate::RULE,
    &context_cert_required_upstream::RULE,
    &context_cert_without_key::RULE,
    &context_cipher_suite_unknown::RULE,
    &context_crl_dropped::RULE,
    &context_crl_without_ca::RULE,
    &context_curve_unknown::RULE,
    &context_file_missing::RULE,
    &context_files_not_reloaded::RULE,
    &context_hosts_on_upstream::RULE,
    &context_key_without_cert::RULE,
    &context_name_collision::RULE,
    &context_name_reserved::RULE,
    &context_redirect_conflict::RULE,
    &context_redirect_without_effect::RULE,
    &context_secret_and_file::RULE,
    &context_secret_lacks_entry::RULE,
    &context_sni_on_termination::RULE,
    &context_sni_too_long::RULE,
    &context_tls_too_old::RULE,
    &context_tls_version_spelling::RULE,
    &context_tls_versions_exclude::RULE,
    &context_unused::RULE,
    &context_used_both_ways::RULE,
    &context_without_certificate::RULE,
    &crl_expired::RULE,
    &field_unknown::RULE,
    &ignore_expired::RULE,
    &ignore_invalid::RULE,
    &ignore_unused::RULE,
    &mapping_context_of_other_ambassador::RULE,
    &mapping_context_undefined::RULE,
    &mapping_grpc_without_alpn::RULE,
    &mapping_h2_without_grpc::RULE,
    &mapping_tls_boolean::RULE,
    &mapping_tls_boolean_in_quotes::RULE,
    &mapping_tls_false_ignored::RULE,
    &object_refused_by_schema::RULE,
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
    &service_scheme_contradicts_tls::RULE,
    &tls_on_kind_without_it::RULE,
    &upstream_unverified::RULE,
    &upstream_without_sni::RULE,
    &value_with_dollar::RULE,
];
