//! The settings that a configuration file can hold; a key is named as the flag is.

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::cert::ExpiryMargin;
use crate::document::Located;
use crate::world::{External, Profile};

use super::overrides::Override;
use super::text::{PathGlob, Text};
use crate::lint::levels::{Levels, RuleGlob};
use crate::lint::threshold::Threshold;

/// Settings of mtlsctl for a repository. A flag wins over an environment variable, and that over
/// this file; paths and globs are relative to this file's folder, and to the working directory if
/// `--config` names it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    default,
    rename_all = "kebab-case",
    expecting = "settings, each with its name"
)]
#[schemars(title = "mtlsctl")]
pub struct Config {
    /// Files and folders that are read where a call names none.
    pub manifests: Option<Located<Vec<PathBuf>>>,
    /// Paths that folders leave out, as in a `.gitignore`.
    pub exclude: Option<Located<Vec<Text<PathGlob>>>>,
    /// Whether files that `.gitignore` leaves out are read, too.
    pub no_ignore_vcs: Option<Located<bool>>,
    /// Whether broken YAML is reported in documents that cannot matter.
    pub check_yaml: Option<Located<bool>>,
    /// How manifests reach Ambassador.
    pub ingest: Option<Located<IngestChoice>>,
    /// `AMBASSADOR_ID`, where the Deployment in the manifests does not say it.
    pub ambassador_id: Option<Located<String>>,
    /// Ambassador's namespace, where the Deployment in the manifests does not say it.
    pub ambassador_namespace: Option<Located<String>>,
    /// The Emissary version that is spoken for.
    pub emissary: Option<Located<Text<Profile>>>,
    /// Objects that live elsewhere: `KIND/NAMESPACE/NAME`, `*` for anything.
    pub external: Option<Located<Vec<Text<External>>>>,
    /// Whether certificate files in the Ambassador pod are taken to be there, or looked for.
    pub files: Option<Located<FileChoice>>,
    /// The folder that stands for the Ambassador pod's `/`.
    pub rootfs: Option<Located<PathBuf>>,
    /// Where files of the Ambassador pod are here, for `probe`: a folder of the pod to one here.
    pub map: Option<Located<BTreeMap<String, PathBuf>>>,
    /// Whether `AMBASSADOR_FORCE_SECRET_VALIDATION` is taken as set.
    pub force_secret_validation: Option<Located<bool>>,
    /// When the end of a certificate is near: a time (`30d`, `12h`) or a share of its life (`25%`).
    pub expires_in: Option<Located<Text<ExpiryMargin>>>,
    /// Environments that are deployed apart from each other: each is judged by itself, with the
    /// files that none of them names.
    pub worlds: Vec<Located<WorldSaid>>,
    /// Rules that run, as globs; all of them, unless this is said.
    pub select: Option<Located<Vec<Located<RuleGlob>>>>,
    /// Rules that do not run, as globs.
    pub ignore: Option<Located<Vec<Located<RuleGlob>>>>,
    /// How bad findings of a rule are: a rule, or a glob over rules, to a level. An exact name goes
    /// before a glob, and a longer glob before a shorter one.
    pub rules: Levels,
    /// Levels that hold for some files or objects only, with a reason; the last that fits counts.
    pub overrides: Vec<Located<Override>>,
    /// Findings that are known: a file that `lint --update-baseline` writes.
    pub baseline: Option<Located<PathBuf>>,
    /// From which severity on a call fails.
    pub fail_on: Option<Located<Threshold>>,
    /// From which severity on findings are shown.
    pub min_severity: Option<Located<Threshold>>,
}

/// One of several worlds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", expecting = "`name` and `paths`")]
pub struct WorldSaid {
    /// How reports call it.
    pub name: Located<String>,
    /// Its files, as globs; those that several worlds name belong to each of them.
    pub paths: Located<Vec<Text<PathGlob>>>,
    /// `AMBASSADOR_ID` of the Ambassador that reads it.
    #[serde(default)]
    pub ambassador_id: Option<Located<String>>,
    /// The namespace of the Ambassador that reads it.
    #[serde(default)]
    pub ambassador_namespace: Option<Located<String>>,
}

/// How manifests reach Ambassador.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IngestChoice {
    /// Applied to a cluster: validated, pruned, converted; annotations unfolded.
    Snapshot,
    /// Kubernetes objects read straight by Emissary's own parser.
    K8s,
    /// Bare documents of the old file-system configuration.
    Fs,
}

/// What is known about certificate files in the Ambassador pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FileChoice {
    /// They are there.
    Assume,
    /// They are looked for below `rootfs`.
    Check,
}
