//! ConfigMap: entries by key, treated like those of a Secret.

use crate::document::Field;

use super::secret::SecretEntry;
use crate::resource::Object;

/// A ConfigMap.
#[derive(Debug, Clone)]
pub struct ConfigMap {
    /// Identity and origin.
    pub object: Object,
    /// `data` and `binaryData`. They may hold private keys, so no contents are shown.
    pub entries: Vec<SecretEntry>,
}

impl ConfigMap {
    pub(crate) fn read(object: Object, root: &Field<'_>) -> Self {
        Self { object, entries: SecretEntry::read(root, [("binaryData", true), ("data", false)]) }
    }
}
