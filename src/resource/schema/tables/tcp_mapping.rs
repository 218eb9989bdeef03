//! The spec of a `TCPMapping`.

use super::shared::*;
use crate::resource::schema::model::Fields;
use crate::resource::schema::model::Schema::{self, *};

pub(super) static V2: Schema = Joined(
    &[
        COMMON,
        &[
            ("ambassador_id", STRING_OR_STRINGS),
            ("tls", BOOLEAN_OR_STRING),
            ("v3StatsName", String),
        ],
    ],
    &["port", "service"],
);

pub(super) static V3ALPHA1: Schema = Joined(
    &[
        COMMON,
        &[
            ("ambassador_id", STRINGS),
            ("stats_name", String),
            ("tls", String),
            ("v2ExplicitTLS", EXPLICIT_TLS),
        ],
    ],
    &["port", "service"],
);

const COMMON: Fields = &[
    ("address", String),
    ("circuit_breakers", CIRCUIT_BREAKERS),
    ("cluster_tag", String),
    ("enable_ipv4", Boolean),
    ("enable_ipv6", Boolean),
    ("host", String),
    // A string here, a number in a Mapping.
    ("idle_timeout_ms", String),
    ("port", Integer),
    ("resolver", String),
    ("service", String),
    ("weight", Integer),
];
