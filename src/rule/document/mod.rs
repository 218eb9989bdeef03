//! Rules about YAML documents and `mtlsctl` comments.

pub(super) mod document_after_end;
pub(super) mod document_bare;
pub(super) mod document_duplicate_key;
pub(super) mod document_template;
pub(super) mod document_unreadable;
pub(super) mod ignore_expired;
pub(super) mod ignore_invalid;
pub(super) mod ignore_unused;
