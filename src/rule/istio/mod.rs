//! Rules about Istio's policies and its certificates.

pub(super) mod istio_alpn_missing;
pub(super) mod istio_certs_namespace;
pub(super) mod istio_certs_unpublished;
pub(super) mod istio_citadel_secret;
pub(super) mod istio_identity_of_other_account;
pub(super) mod istio_mutual_disabled;
pub(super) mod istio_output_certs_incomplete;
pub(super) mod istio_port_implicit;
pub(super) mod istio_secret_dir_empty;
pub(super) mod istio_strict_plaintext;
