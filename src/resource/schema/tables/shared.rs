//! Pieces that several kinds have in common.

use crate::resource::schema::model::Pattern;
use crate::resource::schema::model::Schema::{self, *};

/// A list of strings.
pub(super) const STRINGS: Schema = List(&String);

/// An object with strings as values.
pub(super) const STRING_MAP: Schema = Map(&String);

/// `ambassador_id` of v1 and v2, and other fields there that take one string or several.
pub(super) const STRING_OR_STRINGS: Schema = OneOf(&[String, STRINGS]);

/// `tls` of v1 and v2.
pub(super) const BOOLEAN_OR_STRING: Schema = OneOf(&[String, Boolean]);

/// Versions of Envoy's API.
pub(super) const PROTOCOL_VERSION: Schema = Choice(&["v2", "v3"]);

pub(super) const CIRCUIT_BREAKERS: Schema = List(&Object(
    &[
        ("max_connections", Integer),
        ("max_pending_requests", Integer),
        ("max_requests", Integer),
        ("max_retries", Integer),
        ("priority", Choice(&["default", "high"])),
    ],
    &[],
));

/// How a v2 object spelled its `tls`, kept for converting back.
pub(super) const EXPLICIT_TLS: Schema = Object(
    &[
        ("serviceScheme", Pattern(&SCHEME)),
        ("tls", Choice(&["", "null", "bool:true", "bool:false", "string"])),
    ],
    &[],
);

static SCHEME: Pattern = Pattern {
    text: "^([hH][tT][tT][pP][sS]?://)?$",
    matches: |text| matches!(text.to_ascii_lowercase().as_str(), "" | "http://" | "https://"),
};

/// Kubernetes' own label selector.
pub(super) const LABEL_SELECTOR: Schema = Object(
    &[
        (
            "matchExpressions",
            List(&Object(
                &[("key", String), ("operator", String), ("values", STRINGS)],
                &["key", "operator"],
            )),
        ),
        ("matchLabels", STRING_MAP),
    ],
    &[],
);

/// A reference by name alone.
pub(super) const NAMED: Schema = Object(&[("name", String)], &[]);
