//! What the caller knows that no manifest says.

use std::path::PathBuf;

use crate::envoy::EnvoyVersion;
use crate::resource::Ingest;
use crate::source::read_bytes;

use super::external::External;
use super::horizon::Horizon;
use super::profile::Profile;

/// How the world is to be built.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// `AMBASSADOR_ID`; else from the Ambassador Deployment in the input, else `default`.
    pub ambassador_id: Option<String>,
    /// Ambassador's namespace; else from its Deployment in the input, else `default`.
    pub ambassador_namespace: Option<String>,
    /// How manifests reach Ambassador.
    pub ingest: Ingest,
    /// Whether certificate files are looked for.
    pub files: FilePolicy,
    /// `AMBASSADOR_FORCE_SECRET_VALIDATION`; the Deployment's own value counts too.
    pub force_secret_validation: bool,
    /// Objects that live elsewhere.
    pub externals: Vec<External>,
    /// What the input is complete about. What it is not complete about counts as being there: what
    /// else is wrong should not be hidden by that.
    pub horizon: Horizon,
    /// The release of Emissary that manifests are judged for.
    pub profile: Profile,
    /// Whether the caller named the release; else the input may name another one.
    pub profile_is_said: bool,
    /// The Envoy we speak for, if it is not the one that this Emissary ships: since 4.0.1 it is Envoy's own
    /// build, and can be exchanged.
    pub envoy: Option<EnvoyVersion>,
    /// The moment at which dates are judged; where there is none, they are not.
    pub now: Option<time::OffsetDateTime>,
    /// When the end of a certificate is near.
    pub expiry_margin: crate::cert::ExpiryMargin,
}

impl Settings {
    /// The Envoy we speak for.
    pub fn envoy(&self) -> EnvoyVersion {
        self.envoy.unwrap_or_else(|| self.profile.envoy())
    }
}

/// What is known about files in the Ambassador pod.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum FilePolicy {
    /// They are there.
    #[default]
    Assume,
    /// They are looked for below this folder, which stands for the pod's `/`.
    Check(PathBuf),
}

impl FilePolicy {
    /// Whether Emissary would find a regular file of that path.
    pub fn finds(&self, path: &str) -> bool {
        match self {
            Self::Assume => true,
            Self::Check(root) => root.join(path.trim_start_matches('/')).is_file(),
        }
    }

    /// The file's bytes, where files are looked for and this one can be read.
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
