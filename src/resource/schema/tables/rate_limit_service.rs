//! The spec of a `RateLimitService`.

use super::shared::*;
use crate::resource::schema::model::Fields;
use crate::resource::schema::model::Schema::{self, *};

pub(super) static V2: Schema = Joined(
    &[
        COMMON,
        &[
            ("ambassador_id", STRING_OR_STRINGS),
            ("tls", BOOLEAN_OR_STRING),
            ("v3GRPC", GRPC),
            ("v3StatsName", String),
        ],
    ],
    &["service"],
);

pub(super) static V3ALPHA1: Schema = Joined(
    &[
        COMMON,
        &[
            ("ambassador_id", STRINGS),
            ("grpc", GRPC),
            ("stats_name", String),
            ("tls", String),
            ("v2ExplicitTLS", EXPLICIT_TLS),
        ],
    ],
    &["service"],
);

const COMMON: Fields = &[
    ("domain", String),
    ("failure_mode_deny", Boolean),
    ("protocol_version", PROTOCOL_VERSION),
    ("service", String),
    ("timeout_ms", Integer),
];

const GRPC: Schema = Object(&[("use_resource_exhausted_code", Boolean)], &[]);
