//! The settings in a configuration file; keys have the names of the flags.

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

/// Settings of mtlsctl for a repository. Flags take precedence over environment variables, and
/// those over this file. Paths and globs are relative to this file's folder, or to the working
/// directory if the file is given with `--config`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    default,
    rename_all = "kebab-case",
    expecting = "settings, each with its name"
)]
#[schemars(title = "mtlsctl")]
pub struct Config {
    /// Files and folders to read if none are given.
    pub manifests: Option<Located<Vec<PathBuf>>>,
    /// Paths to exclude in folders, as in a `.gitignore`.
    pub exclude: Option<Located<Vec<Text<PathGlob>>>>,
    /// Whether to also read files that `.gitignore` excludes.
    pub no_ignore_vcs: Option<Located<bool>>,
    /// Whether to also report invalid YAML in irrelevant documents.
    pub check_yaml: Option<Located<bool>>,
    /// How manifests reach Ambassador.
    pub ingest: Option<Located<IngestChoice>>,
    /// `AMBASSADOR_ID`, if the Deployment in the manifests does not set it.
    pub ambassador_id: Option<Located<String>>,
    /// Ambassador's namespace, if the Deployment in the manifests does not set it.
    pub ambassador_namespace: Option<Located<String>>,
    /// The Emissary version to check for.
    pub emissary: Option<Located<Text<Profile>>>,
    /// Objects that are defined elsewhere: `KIND/NAMESPACE/NAME`, `*` for anything.
    pub external: Option<Located<Vec<Text<External>>>>,
    /// Whether certificate files in the Ambassador pod are assumed to exist, or checked.
    pub files: Option<Located<FileChoice>>,
    /// The folder used as the Ambassador pod's `/`.
    pub rootfs: Option<Located<PathBuf>>,
    /// Where files of the Ambassador pod are locally, for `probe`: maps a folder in the pod to a
    /// local one.
    pub map: Option<Located<BTreeMap<String, PathBuf>>>,
    /// Whether `AMBASSADOR_FORCE_SECRET_VALIDATION` is assumed to be set.
    pub force_secret_validation: Option<Located<bool>>,
    /// When a certificate counts as expiring soon: a time (`30d`, `12h`) or a share of its life
    /// (`25%`).
    pub expires_in: Option<Located<Text<ExpiryMargin>>>,
    /// Environments that are deployed separately: each is checked on its own, together with the
    /// files that belong to none of them.
    pub worlds: Vec<Located<WorldSaid>>,
    /// Rules that run, as globs [default: all].
    pub select: Option<Located<Vec<Located<RuleGlob>>>>,
    /// Rules that do not run, as globs.
    pub ignore: Option<Located<Vec<Located<RuleGlob>>>>,
    /// Severity of findings: maps a rule, or a glob over rules, to a level. An exact name takes
    /// precedence over a glob, and a longer glob over a shorter one.
    pub rules: Levels,
    /// Levels for certain files or objects, with a reason; the last match wins.
    pub overrides: Vec<Located<Override>>,
    /// Known findings: a file that `lint --update-baseline` writes.
    pub baseline: Option<Located<PathBuf>>,
    /// The lowest severity that makes the command fail.
    pub fail_on: Option<Located<Threshold>>,
    /// The lowest severity that is shown.
    pub min_severity: Option<Located<Threshold>>,
}

/// One of several worlds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", expecting = "`name` and `paths`")]
pub struct WorldSaid {
    /// Its name in reports.
    pub name: Located<String>,
    /// Its files, as globs; a file may belong to several worlds.
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
    /// Applied to a cluster: validated, pruned and converted, with annotations expanded.
    Snapshot,
    /// Kubernetes objects read directly by Emissary's own parser.
    K8s,
    /// Bare documents, as in the old file-system configuration.
    Fs,
}

/// What is known about certificate files in the Ambassador pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FileChoice {
    /// They are assumed to exist.
    Assume,
    /// They are checked below `rootfs`.
    Check,
}
