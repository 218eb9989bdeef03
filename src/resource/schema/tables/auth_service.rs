//! The spec of an `AuthService`.

use super::shared::*;
use crate::resource::schema::model::Fields;
use crate::resource::schema::model::Schema::{self, *};

pub(super) static V2: Schema = Joined(
    &[
        COMMON,
        &[
            ("ambassador_id", STRING_OR_STRINGS),
            ("tls", BOOLEAN_OR_STRING),
            ("v3CircuitBreakers", CIRCUIT_BREAKERS),
            ("v3StatsName", String),
        ],
    ],
    &["auth_service"],
);

pub(super) static V3ALPHA1: Schema = Joined(
    &[
        COMMON,
        &[
            ("ambassador_id", STRINGS),
            ("circuit_breakers", CIRCUIT_BREAKERS),
            ("stats_name", String),
            ("tls", String),
            ("v2ExplicitTLS", EXPLICIT_TLS),
        ],
    ],
    &["auth_service"],
);

const COMMON: Fields = &[
    ("add_auth_headers", STRING_MAP),
    ("add_linkerd_headers", Boolean),
    ("allow_request_body", Boolean),
    ("allowed_authorization_headers", STRINGS),
    ("allowed_request_headers", STRINGS),
    ("auth_service", String),
    ("failure_mode_allow", Boolean),
    (
        "include_body",
        Object(
            &[("allow_partial", Boolean), ("max_bytes", Integer)],
            &["allow_partial", "max_bytes"],
        ),
    ),
    ("path_prefix", String),
    ("proto", Choice(&["http", "grpc"])),
    ("protocol_version", PROTOCOL_VERSION),
    ("status_on_error", Object(&[("code", Integer)], &[])),
    ("timeout_ms", Integer),
];
