//! Rules about Secrets and the certificates and keys in them.

pub(super) mod certificate_expired;
pub(super) mod certificate_expires_soon;
pub(super) mod certificate_usage_wrong;
pub(super) mod private_key_shared;
pub(super) mod root_cert_rotates_alone;
pub(super) mod secret_certificate_not_text;
pub(super) mod secret_chain_order;
pub(super) mod secret_chain_without_leaf;
pub(super) mod secret_entries_wrong;
pub(super) mod secret_key_ec_parameters;
pub(super) mod secret_key_encrypted;
pub(super) mod secret_key_in_last_applied;
pub(super) mod secret_key_mismatch;
pub(super) mod secret_key_unusable;
pub(super) mod secret_missing;
pub(super) mod secret_mixed_up_by_cache;
pub(super) mod secret_name_dotted;
pub(super) mod secret_name_hashed;
pub(super) mod secret_namespacing_off;
pub(super) mod secret_namespacing_split;
pub(super) mod secret_outside_watch;
pub(super) mod secret_pem_invalid;
pub(super) mod secret_reference_like_service;
pub(super) mod secret_type_unknown;
pub(super) mod secret_withheld_by_validation;
pub(super) mod secret_without_key;
