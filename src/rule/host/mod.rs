//! Rules about Hosts.

pub(super) mod host_context_undefined;
pub(super) mod host_hostname_taken;
pub(super) mod host_names_mismatch;
pub(super) mod host_secret_mismatch;
pub(super) mod host_secret_unusable;
pub(super) mod host_tls_camel_case;
pub(super) mod host_tls_twice;
pub(super) mod host_tls_without_secret;
