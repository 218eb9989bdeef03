//! TLSContext: certificate, key and trust anchors under one name.

use std::sync::Arc;

use super::tls_settings::TlsSettings;
use crate::resource::Object;

/// A TLSContext of any version.
#[derive(Debug, Clone)]
pub struct TlsContext {
    /// Identity and origin.
    pub object: Object,
    /// Its fields.
    pub settings: Arc<TlsSettings>,
}
