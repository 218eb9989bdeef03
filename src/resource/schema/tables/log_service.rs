//! The spec of a `LogService`.

use super::shared::*;
use crate::resource::schema::model::Fields;
use crate::resource::schema::model::Schema::{self, *};

pub(super) static V2: Schema = Joined(
    &[
        COMMON,
        &[
            ("ambassador_id", STRING_OR_STRINGS),
            ("v3ProtocolVersion", PROTOCOL_VERSION),
            ("v3StatsName", String),
        ],
    ],
    &[],
);

pub(super) static V3ALPHA1: Schema = Joined(
    &[
        COMMON,
        &[
            ("ambassador_id", STRINGS),
            ("protocol_version", PROTOCOL_VERSION),
            ("stats_name", String),
        ],
    ],
    &[],
);

const COMMON: Fields = &[
    ("driver", Choice(&["tcp", "http"])),
    ("driver_config", Object(&[("additional_log_headers", LOG_HEADERS)], &[])),
    ("flush_interval_byte_size", Integer),
    ("flush_interval_time", Integer),
    ("grpc", Boolean),
    ("service", String),
];

const LOG_HEADERS: Schema = List(&Object(
    &[
        ("during_request", Boolean),
        ("during_response", Boolean),
        ("during_trailer", Boolean),
        ("header_name", String),
    ],
    &[],
));
