//! Rules about the ambassador Module.

pub(super) mod module_name_unknown;
pub(super) mod module_tls_block;
pub(super) mod module_tls_legacy;
pub(super) mod module_tls_secret_unfetched;
