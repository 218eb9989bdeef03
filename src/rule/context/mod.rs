//! Rules about TLSContexts.

pub(super) mod context_cert_required_upstream;
pub(super) mod context_cert_without_key;
pub(super) mod context_files_not_reloaded;
pub(super) mod context_hosts_on_upstream;
pub(super) mod context_key_without_cert;
pub(super) mod context_name_collision;
pub(super) mod context_name_reserved;
pub(super) mod context_redirect_conflict;
pub(super) mod context_redirect_without_effect;
pub(super) mod context_secret_and_file;
pub(super) mod context_secret_lacks_entry;
pub(super) mod context_unused;
pub(super) mod context_used_both_ways;
pub(super) mod context_without_certificate;
