//! Levels for some files or objects only; each says why, and the linter says when it is idle.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::document::Located;

use super::text::{Day, ObjectGlob, PathGlob, Reason, Text};
use crate::lint::levels::Levels;

/// Levels that hold for some files or objects only.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    rename_all = "kebab-case",
    expecting = "`paths` or `objects`, `rules` and `reason`"
)]
#[schemars(extend("anyOf" = [{ "required": ["paths"] }, { "required": ["objects"] }]))]
pub struct Override {
    /// The files, as globs; all, unless this is said.
    pub paths: Option<Located<Vec<Text<PathGlob>>>>,
    /// The objects, as `KIND/NAMESPACE/NAME` with `*` for anything; all, unless this is said.
    pub objects: Option<Located<Vec<Text<ObjectGlob>>>>,
    /// Rules, or globs over rules, to a level; `off` ignores what they find.
    pub rules: Levels,
    /// Why.
    pub reason: Text<Reason>,
    /// The last day on which it holds.
    pub until: Option<Located<Text<Day>>>,
}

impl Override {
    /// Whether a finding's object is one of those meant.
    pub fn covers_object(&self, found: &Diagnostic) -> bool {
        self.objects.as_ref().is_none_or(|globs| {
            let object = found.object.as_ref();
            object.is_some_and(|object| globs.iter().any(|glob| glob.covers(object)))
        })
    }
}
