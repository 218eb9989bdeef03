//! Floor 5: one file per rule. This file is written by `UPDATE=1 cargo test --test index`.

mod consequence;
mod file_use;
mod findings;
mod fixable;
mod proposal;
mod rule;
mod secret_absence;

mod ambassador_id_string;
mod ambassador_id_unmatched;
mod annotation_ignored;
mod annotation_unreadable;
mod ca_does_not_cover_own_issuer;
mod ca_file_is_own_chain;
mod ca_secret_is_own_certificate;
mod canary_mixes_plaintext;
mod certificate_expired;
mod certificate_expires_soon;
mod certificate_usage_wrong;
mod cluster_shared;
mod configuration_crashes_ambassador;
mod consul_connector_host_default;
mod consul_connector_may_not_write;
mod consul_connector_namespace_unset;
mod consul_connector_replicas;
mod consul_connector_variable_ignored;
mod consul_resolver_by_default;
mod consul_secret_name;
mod consul_service_not_bare;
mod consul_service_with_dots;
mod consul_target_not_sidecar;
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
mod context_file_in_other_container;
mod context_file_is_folder;
mod context_file_missing;
mod context_file_not_mounted;
mod context_file_path_wrong;
mod context_files_not_reloaded;
mod context_hosts_on_upstream;
mod context_key_without_cert;
mod context_name_collision;
mod context_name_reserved;
mod context_redirect_conflict;
mod context_redirect_without_effect;
mod context_secret_and_file;
mod context_secret_lacks_entry;
mod context_sni_not_host_name;
mod context_sni_on_termination;
mod context_sni_too_long;
mod context_tls_too_old;
mod context_tls_version_spelling;
mod context_tls_versions_exclude;
mod context_unused;
mod context_used_both_ways;
mod context_without_certificate;
mod crl_expired;
mod document_after_end;
mod document_bare;
mod document_duplicate_key;
mod document_template;
mod document_unreadable;
mod field_unknown;
mod host_context_undefined;
mod host_names_mismatch;
mod host_secret_mismatch;
mod host_tls_camel_case;
mod host_tls_twice;
mod host_tls_without_secret;
mod ignore_expired;
mod ignore_invalid;
mod ignore_unused;
mod istio_alpn_missing;
mod istio_certs_namespace;
mod istio_certs_unpublished;
mod istio_citadel_secret;
mod istio_identity_of_other_account;
mod istio_mutual_disabled;
mod istio_output_certs_incomplete;
mod istio_port_implicit;
mod istio_secret_dir_empty;
mod istio_strict_plaintext;
mod mapping_context_of_other_ambassador;
mod mapping_context_undefined;
mod mapping_dropped;
mod mapping_grpc_without_alpn;
mod mapping_h2_without_grpc;
mod mapping_not_routed;
mod mapping_tls_boolean;
mod mapping_tls_boolean_in_quotes;
mod mapping_tls_false_ignored;
mod module_name_unknown;
mod module_tls_block;
mod module_tls_legacy;
mod module_tls_secret_unfetched;
mod mount_empty_dir_unfilled;
mod mount_shadowed;
mod mount_sub_path_wrong;
mod mount_volume_undefined;
mod object_api_version_outdated;
mod object_api_version_unknown;
mod object_defined_twice;
mod object_given_twice;
mod object_kind_case;
mod object_name_invalid;
mod object_name_not_text;
mod object_outside_watch;
mod object_refused_by_schema;
mod object_without_name;
mod patch_not_applied;
mod private_key_in_config_map;
mod private_key_shared;
mod resolver_unknown;
mod root_cert_rotates_alone;
mod secret_certificate_not_text;
mod secret_chain_order;
mod secret_entries_wrong;
mod secret_key_ec_parameters;
mod secret_key_encrypted;
mod secret_key_in_last_applied;
mod secret_key_mismatch;
mod secret_key_unusable;
mod secret_missing;
mod secret_mixed_up_by_cache;
mod secret_name_dotted;
mod secret_name_hashed;
mod secret_namespacing_off;
mod secret_namespacing_split;
mod secret_outside_watch;
mod secret_pem_invalid;
mod secret_reference_like_service;
mod secret_type_unknown;
mod secret_without_key;
mod service_malformed;
mod service_name_not_qualified;
mod service_path_ignored;
mod service_port_443_plaintext;
mod service_port_undefined;
mod service_scheme_contradicts_tls;
mod service_scheme_unknown;
mod service_tls_to_port_80;
mod tcp_mapping_scheme_ignored;
mod tls_on_kind_without_it;
mod upstream_unverified;
mod upstream_without_sni;
mod value_with_dollar;
mod volume_items_leave_out;
mod volume_key_missing;
mod volume_mode_unreadable;
mod volume_reads_config_map;
mod volume_secret_missing;

pub use findings::{Finding, Findings, Place};
pub use fixable::fixable;
pub use rule::Rule;

/// All rules, by id.
#[rustfmt::skip]
pub static ALL: [&Rule; 151] = [
    &ambassador_id_string::RULE,
    &ambassador_id_unmatched::RULE,
    &annotation_ignored::RULE,
    &annotation_unreadable::RULE,
    &ca_does_not_cover_own_issuer::RULE,
    &ca_file_is_own_chain::RULE,
    &ca_secret_is_own_certificate::RULE,
    &canary_mixes_plaintext::RULE,
    &certificate_expired::RULE,
    &certificate_expires_soon::RULE,
    &certificate_usage_wrong::RULE,
    &cluster_shared::RULE,
    &configuration_crashes_ambassador::RULE,
    &consul_connector_host_default::RULE,
    &consul_connector_may_not_write::RULE,
    &consul_connector_namespace_unset::RULE,
    &consul_connector_replicas::RULE,
    &consul_connector_variable_ignored::RULE,
    &consul_resolver_by_default::RULE,
    &consul_secret_name::RULE,
    &consul_service_not_bare::RULE,
    &consul_service_with_dots::RULE,
    &consul_target_not_sidecar::RULE,
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
    &context_file_in_other_container::RULE,
    &context_file_is_folder::RULE,
    &context_file_missing::RULE,
    &context_file_not_mounted::RULE,
    &context_file_path_wrong::RULE,
    &context_files_not_reloaded::RULE,
    &context_hosts_on_upstream::RULE,
    &context_key_without_cert::RULE,
    &context_name_collision::RULE,
    &context_name_reserved::RULE,
    &context_redirect_conflict::RULE,
    &context_redirect_without_effect::RULE,
    &context_secret_and_file::RULE,
    &context_secret_lacks_entry::RULE,
    &context_sni_not_host_name::RULE,
    &context_sni_on_termination::RULE,
    &context_sni_too_long::RULE,
    &context_tls_too_old::RULE,
    &context_tls_version_spelling::RULE,
    &context_tls_versions_exclude::RULE,
    &context_unused::RULE,
    &context_used_both_ways::RULE,
    &context_without_certificate::RULE,
    &crl_expired::RULE,
    &document_after_end::RULE,
    &document_bare::RULE,
    &document_duplicate_key::RULE,
    &document_template::RULE,
    &document_unreadable::RULE,
    &field_unknown::RULE,
    &host_context_undefined::RULE,
    &host_names_mismatch::RULE,
    &host_secret_mismatch::RULE,
    &host_tls_camel_case::RULE,
    &host_tls_twice::RULE,
    &host_tls_without_secret::RULE,
    &ignore_expired::RULE,
    &ignore_invalid::RULE,
    &ignore_unused::RULE,
    &istio_alpn_missing::RULE,
    &istio_certs_namespace::RULE,
    &istio_certs_unpublished::RULE,
    &istio_citadel_secret::RULE,
    &istio_identity_of_other_account::RULE,
    &istio_mutual_disabled::RULE,
    &istio_output_certs_incomplete::RULE,
    &istio_port_implicit::RULE,
    &istio_secret_dir_empty::RULE,
    &istio_strict_plaintext::RULE,
    &mapping_context_of_other_ambassador::RULE,
    &mapping_context_undefined::RULE,
    &mapping_dropped::RULE,
    &mapping_grpc_without_alpn::RULE,
    &mapping_h2_without_grpc::RULE,
    &mapping_not_routed::RULE,
    &mapping_tls_boolean::RULE,
    &mapping_tls_boolean_in_quotes::RULE,
    &mapping_tls_false_ignored::RULE,
    &module_name_unknown::RULE,
    &module_tls_block::RULE,
    &module_tls_legacy::RULE,
    &module_tls_secret_unfetched::RULE,
    &mount_empty_dir_unfilled::RULE,
    &mount_shadowed::RULE,
    &mount_sub_path_wrong::RULE,
    &mount_volume_undefined::RULE,
    &object_api_version_outdated::RULE,
    &object_api_version_unknown::RULE,
    &object_defined_twice::RULE,
    &object_given_twice::RULE,
    &object_kind_case::RULE,
    &object_name_invalid::RULE,
    &object_name_not_text::RULE,
    &object_outside_watch::RULE,
    &object_refused_by_schema::RULE,
    &object_without_name::RULE,
    &patch_not_applied::RULE,
    &private_key_in_config_map::RULE,
    &private_key_shared::RULE,
    &resolver_unknown::RULE,
    &root_cert_rotates_alone::RULE,
    &secret_certificate_not_text::RULE,
    &secret_chain_order::RULE,
    &secret_entries_wrong::RULE,
    &secret_key_ec_parameters::RULE,
    &secret_key_encrypted::RULE,
    &secret_key_in_last_applied::RULE,
    &secret_key_mismatch::RULE,
    &secret_key_unusable::RULE,
    &secret_missing::RULE,
    &secret_mixed_up_by_cache::RULE,
    &secret_name_dotted::RULE,
    &secret_name_hashed::RULE,
    &secret_namespacing_off::RULE,
    &secret_namespacing_split::RULE,
    &secret_outside_watch::RULE,
    &secret_pem_invalid::RULE,
    &secret_reference_like_service::RULE,
    &secret_type_unknown::RULE,
    &secret_without_key::RULE,
    &service_malformed::RULE,
    &service_name_not_qualified::RULE,
    &service_path_ignored::RULE,
    &service_port_443_plaintext::RULE,
    &service_port_undefined::RULE,
    &service_scheme_contradicts_tls::RULE,
    &service_scheme_unknown::RULE,
    &service_tls_to_port_80::RULE,
    &tcp_mapping_scheme_ignored::RULE,
    &tls_on_kind_without_it::RULE,
    &upstream_unverified::RULE,
    &upstream_without_sni::RULE,
    &value_with_dollar::RULE,
    &volume_items_leave_out::RULE,
    &volume_key_missing::RULE,
    &volume_mode_unreadable::RULE,
    &volume_reads_config_map::RULE,
    &volume_secret_missing::RULE,
];
