//! What a release of Emissary and its CRDs do with documents before objects are read.

use crate::resource::schema::SchemaVersion;

/// The facts about a release that reading depends on; filled in from `world`'s table of behaviours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReleaseFacts {
    /// Whether `getambassador.io/v1` is served.
    pub serves_v1: bool,
    /// Whether `getambassador.io/v2` is served.
    pub serves_v2: bool,
    /// Whether `getambassador.io/v3alpha1` is served.
    pub serves_v3alpha1: bool,
    /// Whether v1 and v2 are converted to v3alpha1 before Emissary reads them.
    pub converts: bool,
    /// Whether a label group of a Mapping must have exactly one entry.
    pub one_label_in_group: bool,
    /// Whether Go unfolds annotations like CRDs. Earlier, Python did, with its own schemas.
    pub go_reads_annotations: bool,
    /// Whether files may use the API version `ambassador/v1`.
    pub files_take_ambassador_group: bool,
    /// Whether `crl_secret` is read.
    pub revocation_lists: bool,
    /// Whether `tlsSecret.namespace` of a Host is read.
    pub host_secret_namespace: bool,
    /// Whether TracingServices may use `opentelemetry`.
    pub open_telemetry: bool,
    /// Whether the `tls` block of Module `ambassador` creates contexts.
    pub ambassador_module_tls: bool,
}

impl Default for ReleaseFacts {
    /// The newest release.
    fn default() -> Self {
        Self {
            serves_v1: true,
            serves_v2: true,
            serves_v3alpha1: true,
            converts: true,
            one_label_in_group: true,
            go_reads_annotations: true,
            files_take_ambassador_group: false,
            revocation_lists: true,
            host_secret_namespace: true,
            open_telemetry: true,
            ambassador_module_tls: false,
        }
    }
}

impl ReleaseFacts {
    /// Whether the API server accepts objects of a version.
    pub(crate) fn serves(self, version: SchemaVersion) -> bool {
        match version {
            SchemaVersion::V1 => self.serves_v1,
            SchemaVersion::V2 => self.serves_v2,
            SchemaVersion::V3alpha1 => self.serves_v3alpha1,
        }
    }
}
