//! The larger fields of a `Mapping`.

use super::shared::*;
use crate::resource::schema::model::Schema::{self, *};
use crate::resource::schema::model::{Fields, Pattern};

pub(super) const ADDED_HEADERS: Schema = Map(&Object(
    &[
        ("append", Boolean),
        ("v2Representation", Choice(&["", "string", "null"])),
        ("value", String),
    ],
    &[],
));

pub(super) const CORS_V2: Schema = Joined(
    &[
        CORS,
        &[
            ("exposed_headers", STRING_OR_STRINGS),
            ("headers", STRING_OR_STRINGS),
            ("methods", STRING_OR_STRINGS),
            ("origins", OneOf(&[String, List(&Any)])),
        ],
    ],
    &[],
);

pub(super) const CORS_V3ALPHA1: Schema = Joined(
    &[
        CORS,
        &[
            ("exposed_headers", STRINGS),
            ("headers", STRINGS),
            ("methods", STRINGS),
            ("origins", STRINGS),
            ("v2CommaSeparatedOrigins", Boolean),
        ],
    ],
    &[],
);

const CORS: Fields = &[("credentials", Boolean), ("max_age", String)];

pub(super) const DOCS: Schema = Object(
    &[
        ("display_name", String),
        ("ignored", Boolean),
        ("path", String),
        ("timeout_ms", Integer),
        ("url", String),
    ],
    &[],
);

pub(super) const ERROR_RESPONSE_OVERRIDES: Schema = NonEmptyList(&Object(
    &[
        (
            "body",
            Object(
                &[
                    ("content_type", String),
                    ("json_format", STRING_MAP),
                    ("text_format", String),
                    ("text_format_source", Object(&[("filename", String)], &[])),
                ],
                &[],
            ),
        ),
        ("on_status_code", Range(400, 599)),
    ],
    &["body", "on_status_code"],
));

pub(super) const HEALTH_CHECKS: Schema = NonEmptyList(&Object(
    &[
        ("health_check", Single(&Object(&[("grpc", GRPC_CHECK), ("http", HTTP_CHECK)], &[]))),
        ("healthy_threshold", Integer),
        ("interval", String),
        ("timeout", String),
        ("unhealthy_threshold", Integer),
    ],
    &["health_check"],
));

const GRPC_CHECK: Schema =
    Object(&[("authority", String), ("upstream_name", String)], &["upstream_name"]);

const HTTP_CHECK: Schema = Object(
    &[
        ("add_request_headers", ADDED_HEADERS),
        (
            "expected_statuses",
            List(&Object(&[("max", Range(100, 599)), ("min", Range(100, 599))], &["max", "min"])),
        ),
        ("hostname", String),
        ("path", String),
        ("remove_request_headers", STRINGS),
    ],
    &["path"],
);

/// Rate limit labels: by domain, lists of groups; a group is a name and a list of labels.
pub(super) const LABELS_V2: Schema = Map(&List(&Single(&Map(&List(&OneOf(&[String, AnyObject]))))));

pub(super) const LABELS_V3ALPHA1: Schema = Map(&List(&Single(&Map(&List(&Single(&LABEL))))));

const LABEL: Schema = Object(
    &[
        ("destination_cluster", Object(&[("key", Choice(&["destination_cluster"]))], &["key"])),
        (
            "generic_key",
            Object(&[("key", String), ("v2Shorthand", Boolean), ("value", String)], &["value"]),
        ),
        ("remote_address", Object(&[("key", Choice(&["remote_address"]))], &["key"])),
        (
            "request_headers",
            Object(
                &[("header_name", String), ("key", String), ("omit_if_not_present", Boolean)],
                &["header_name", "key"],
            ),
        ),
        ("source_cluster", Object(&[("key", Choice(&["source_cluster"]))], &["key"])),
    ],
    &[],
);

pub(super) const LOAD_BALANCER: Schema = Object(
    &[
        ("cookie", Object(&[("name", String), ("path", String), ("ttl", String)], &["name"])),
        ("header", String),
        ("policy", Choice(&["round_robin", "ring_hash", "maglev", "least_request"])),
        ("source_ip", Boolean),
    ],
    &["policy"],
);

pub(super) const RETRY_POLICY: Schema = Object(
    &[
        ("num_retries", Integer),
        ("per_try_timeout", String),
        (
            "retry_back_off",
            Object(
                &[("base_interval", Pattern(&SECONDS)), ("max_interval", Pattern(&SECONDS))],
                &["base_interval"],
            ),
        ),
        (
            "retry_on",
            Choice(&[
                "5xx",
                "gateway-error",
                "connect-failure",
                "retriable-4xx",
                "refused-stream",
                "retriable-status-codes",
            ]),
        ),
    ],
    &[],
);

static SECONDS: Pattern = Pattern {
    text: r"^[0-9]+(\.[0-9]{1,9})?s$",
    matches: |text| {
        let Some(number) = text.strip_suffix('s') else { return false };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        match number.split_once('.') {
            Some((whole, fraction)) => digits(whole) && digits(fraction) && fraction.len() <= 9,
            None => digits(number),
        }
    },
};

pub(super) const SUBSTITUTION: Schema =
    Object(&[("pattern", String), ("substitution", String)], &[]);
