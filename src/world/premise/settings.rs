//! What the caller knows and manifests do not say.

use std::path::PathBuf;

use crate::envoy::EnvoyVersion;
use crate::resource::Ingest;
use crate::source::read_bytes;

use super::external::External;
use super::horizon::Horizon;
use super::profile::Profile;

/// How to build a world.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// `AMBASSADOR_ID`; by default that of the Ambassador Deployment in the input, else `default`.
    pub ambassador_id: Option<String>,
    /// Ambassador's namespace; by default that of its Deployment in the input, else `default`.
    pub ambassador_namespace: Option<String>,
    /// How manifests reach Ambassador.
    pub ingest: Ingest,
    /// Whether certificate files are checked for existence.
    pub files: FilePolicy,
    /// `AMBASSADOR_FORCE_SECRET_VALIDATION`; the Deployment's own value is also used.
    pub force_secret_validation: bool,
    /// Objects that exist outside the input.
    pub externals: Vec<External>,
    /// What the input is complete for. Objects that it may lack are assumed to exist, so that they
    /// do not hide other findings.
    pub horizon: Horizon,
    /// The release of Emissary that manifests are checked for.
    pub profile: Profile,
    /// Whether the caller named the release; otherwise the input may name another one.
    pub profile_is_given: bool,
    /// The Envoy to check for, if it is not the one that this Emissary ships. Since 4.0.1 Emissary
    /// ships an unmodified Envoy, which can be exchanged.
    pub envoy: Option<EnvoyVersion>,
    /// The time at which validity dates are checked; `None` disables these checks.
    pub now: Option<time::OffsetDateTime>,
    /// How long before its end a certificate is reported.
    pub expiry_margin: crate::cert::ExpiryMargin,
}

impl Settings {
    /// The Envoy to check for.
    pub fn envoy(&self) -> EnvoyVersion {
        self.envoy.unwrap_or_else(|| self.profile.envoy())
    }
}

/// What is known about the files in the Ambassador pod.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum FilePolicy {
    /// They exist.
    #[default]
    Assume,
    /// They are looked up below this folder, which corresponds to the pod's `/`.
    Check(PathBuf),
}

impl FilePolicy {
    /// Whether Emissary would find a regular file at this path.
    pub fn finds(&self, path: &str) -> bool {
        match self {
            Self::Assume => true,
            Self::Check(root) => root.join(path.trim_start_matches('/')).is_file(),
        }
    }

    /// The file's bytes, if files are looked up and it can be read.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        match self {
            Self::Assume => None,
            Self::Check(root) if self.finds(path) => {
                read_bytes(&root.join(path.trim_start_matches('/'))).ok()
            }
            Self::Check(_) => None,
        }
    }
}
