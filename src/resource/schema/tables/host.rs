//! The spec of a `Host`.

use super::shared::*;
use crate::resource::schema::model::Fields;
use crate::resource::schema::model::Schema::{self, *};

pub(super) static V2: Schema = Joined(
    &[
        COMMON,
        &[
            // jsonpb once wrote the name this way, so such Hosts exist.
            ("ambassadorId", STRING_OR_STRINGS),
            ("ambassador_id", STRING_OR_STRINGS),
            ("tls", Joined(&[TLS, &[("v3CRLSecret", String)]], &[])),
        ],
    ],
    &[],
);

pub(super) static V3ALPHA1: Schema = Joined(
    &[
        COMMON,
        &[
            ("ambassador_id", STRINGS),
            ("mappingSelector", LABEL_SELECTOR),
            (
                "tls",
                Joined(&[TLS, &[("crl_secret", String), ("signature_algorithms", STRINGS)]], &[]),
            ),
        ],
    ],
    &[],
);

const COMMON: Fields = &[
    (
        "acmeProvider",
        Object(
            &[
                ("authority", String),
                ("email", String),
                ("privateKeySecret", NAMED),
                ("registration", String),
            ],
            &[],
        ),
    ),
    ("hostname", String),
    ("previewUrl", Object(&[("enabled", Boolean), ("type", Choice(&["Path"]))], &[])),
    ("requestPolicy", Object(&[("insecure", INSECURE)], &[])),
    ("selector", LABEL_SELECTOR),
    ("tlsContext", NAMED),
    ("tlsSecret", Object(&[("name", String), ("namespace", String)], &[])),
];

const INSECURE: Schema = Object(
    &[("action", Choice(&["Redirect", "Reject", "Route"])), ("additionalPort", Integer)],
    &[],
);

/// Unlike a `TLSContext`, this has no secret of its own and takes any text as a TLS version.
const TLS: Fields = &[
    ("alpn_protocols", String),
    ("ca_secret", String),
    ("cacert_chain_file", String),
    ("cert_chain_file", String),
    ("cert_required", Boolean),
    ("cipher_suites", STRINGS),
    ("ecdh_curves", STRINGS),
    ("max_tls_version", String),
    ("min_tls_version", String),
    ("private_key_file", String),
    ("redirect_cleartext_from", Integer),
    ("sni", String),
];
