//! The spec of a `DevPortal`.

use super::shared::*;
use crate::resource::schema::model::Fields;
use crate::resource::schema::model::Schema::{self, *};

pub(super) static V2: Schema = Joined(&[COMMON, &[("ambassador_id", STRING_OR_STRINGS)]], &[]);

pub(super) static V3ALPHA1: Schema = Joined(&[COMMON, &[("ambassador_id", STRINGS)]], &[]);

const COMMON: Fields = &[
    ("content", Object(&[("branch", String), ("dir", String), ("url", String)], &[])),
    ("default", Boolean),
    ("docs", List(&Object(&[("service", String), ("timeout_ms", Integer), ("url", String)], &[]))),
    ("naming_scheme", Choice(&["namespace.name", "name.prefix"])),
    ("preserve_servers", Boolean),
    (
        "search",
        Object(&[("enabled", Boolean), ("type", Choice(&["title-only", "all-content"]))], &[]),
    ),
    ("selector", Object(&[("matchLabels", STRING_MAP), ("matchNamespaces", STRINGS)], &[])),
];
