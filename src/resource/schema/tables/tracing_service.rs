//! The spec of a `TracingService`, which has no `tls`.

use super::shared::*;
use crate::resource::schema::model::Fields;
use crate::resource::schema::model::Schema::{self, *};

pub(super) static V2: Schema = Joined(
    &[
        COMMON,
        &[
            ("ambassador_id", STRING_OR_STRINGS),
            ("config", Joined(&[CONFIG, &[("v3PropagationModes", PROPAGATION_MODES)]], &[])),
            ("v3CustomTags", CUSTOM_TAGS),
            ("v3StatsName", String),
        ],
    ],
    &["driver", "service"],
);

pub(super) static V3ALPHA1: Schema = Joined(
    &[
        COMMON,
        &[
            ("ambassador_id", STRINGS),
            ("config", Joined(&[CONFIG, &[("propagation_modes", PROPAGATION_MODES)]], &[])),
            ("custom_tags", CUSTOM_TAGS),
            ("stats_name", String),
        ],
    ],
    &["driver", "service"],
);

const COMMON: Fields = &[
    ("driver", Choice(&["lightstep", "zipkin", "datadog", "opentelemetry"])),
    ("sampling", Object(&[("client", Integer), ("overall", Integer), ("random", Integer)], &[])),
    ("service", String),
    ("tag_headers", STRINGS),
];

const CONFIG: Fields = &[
    ("access_token_file", String),
    ("collector_cluster", String),
    ("collector_endpoint", String),
    ("collector_endpoint_version", Choice(&["HTTP_JSON_V1", "HTTP_JSON", "HTTP_PROTO"])),
    ("collector_hostname", String),
    ("service_name", String),
    ("shared_span_context", Boolean),
    ("trace_id_128bit", Boolean),
];

const PROPAGATION_MODES: Schema = List(&Choice(&["ENVOY", "LIGHTSTEP", "B3", "TRACE_CONTEXT"]));

const CUSTOM_TAGS: Schema = List(&Object(
    &[
        ("environment", DEFAULTED),
        ("literal", Object(&[("value", String)], &["value"])),
        ("request_header", DEFAULTED),
        ("tag", String),
    ],
    &["tag"],
));

const DEFAULTED: Schema = Object(&[("default_value", String), ("name", String)], &["name"]);
