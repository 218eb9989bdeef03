//! Levels for certain files or objects, each with a reason; unused ones are reported.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::Diagnostic;
use crate::document::Located;

use super::text::{Day, ObjectGlob, PathGlob, Reason, Text};
use crate::lint::levels::Levels;

/// Levels for certain files or objects.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    rename_all = "kebab-case",
    expecting = "`paths` or `objects`, `rules` and `reason`"
)]
#[schemars(extend("anyOf" = [{ "required": ["paths"] }, { "required": ["objects"] }]))]
pub struct Override {
    /// The files, as globs; all by default.
    pub paths: Option<Located<Vec<Text<PathGlob>>>>,
    /// The objects, as `KIND/NAMESPACE/NAME` with `*` for anything; all by default.
    pub objects: Option<Located<Vec<Text<ObjectGlob>>>>,
    /// Maps rules, or globs over rules, to a level; `off` ignores their findings.
    pub rules: Levels,
    /// The reason.
    pub reason: Text<Reason>,
    /// The last day on which it applies.
    pub until: Option<Located<Text<Day>>>,
}

impl Override {
    /// Whether a finding's object matches.
    pub fn covers_object(&self, found: &Diagnostic) -> bool {
        self.objects.as_ref().is_none_or(|globs| {
            let object = found.object.as_ref();
            object.is_some_and(|object| globs.iter().any(|glob| glob.covers(object)))
        })
    }
}
