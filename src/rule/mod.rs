//! Floor 5: one file per rule. This file is written by `UPDATE=1 cargo test --test index`.

mod consequence;
mod findings;
mod rule;

mod ambassador_id_string;
mod ambassador_id_unmatched;
mod annotation_ignored;
mod annotation_unreadable;
mod consul_resolver_by_default;
mod consul_secret_name;
mod consul_service_not_bare;
mod consul_service_with_dots;
mod consul_target_not_sidecar;
mod document_after_end;
mod document_bare;
mod document_duplicate_key;
mod document_template;
mod document_unreadable;
mod host_context_undefined;
mod host_names_mismatch;
mod host_secret_mismatch;
mod host_tls_camel_case;
mod host_tls_twice;
mod host_tls_without_secret;
mod istio_alpn_missing;
mod istio_certs_namespace;
mod istio_certs_unpublished;
mod mapping_context_undefined;
mod mapping_not_routed;
mod module_name_unknown;
mod module_tls_block;
mod module_tls_legacy;
mod module_tls_secret_unfetched;
mod object_api_version_outdated;
mod object_api_version_unknown;
mod object_defined_twice;
mod object_given_twice;
mod object_kind_case;
mod object_name_not_text;
mod object_without_name;

pub use findings::{Finding, Findings, Place};
pub use rule::Rule;

/// All rules, by id.
#[rustfmt::skip]
pub static ALL: [&Rule; 36] = [
    &ambassador_id_string::RULE,
    &ambassador_id_unmatched::RULE,
    &annotation_ignored::RULE,
    &annotation_unreadable::RULE,
    &consul_resolver_by_default::RULE,
    &consul_secret_name::RULE,
    &consul_service_not_bare::RULE,
    &consul_service_with_dots::RULE,
    &consul_target_not_sidecar::RULE,
    &document_after_end::RULE,
    &document_bare::RULE,
    &document_duplicate_key::RULE,
    &document_template::RULE,
    &document_unreadable::RULE,
    &host_context_undefined::RULE,
    &host_names_mismatch::RULE,
    &host_secret_mismatch::RULE,
    &host_tls_camel_case::RULE,
    &host_tls_twice::RULE,
    &host_tls_without_secret::RULE,
    &istio_alpn_missing::RULE,
    &istio_certs_namespace::RULE,
    &istio_certs_unpublished::RULE,
    &mapping_context_undefined::RULE,
    &mapping_not_routed::RULE,
    &module_name_unknown::RULE,
    &module_tls_block::RULE,
    &module_tls_legacy::RULE,
    &module_tls_secret_unfetched::RULE,
    &object_api_version_outdated::RULE,
    &object_api_version_unknown::RULE,
    &object_defined_twice::RULE,
    &object_given_twice::RULE,
    &object_kind_case::RULE,
    &object_name_not_text::RULE,
    &object_without_name::RULE,
];
