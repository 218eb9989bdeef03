//! The spec of a `TLSContext`.

use super::shared::*;
use crate::resource::schema::model::Fields;
use crate::resource::schema::model::Schema::{self, *};

pub(super) static V2: Schema =
    Joined(&[COMMON, &[("ambassador_id", STRING_OR_STRINGS), ("v3CRLSecret", String)]], &[]);

pub(super) static V3ALPHA1: Schema = Joined(
    &[
        COMMON,
        &[
            ("ambassador_id", STRINGS),
            ("crl_secret", String),
            // Not in a release yet: 4.1 and before prune it.
            ("signature_algorithms", STRINGS),
        ],
    ],
    &[],
);

const COMMON: Fields = &[
    ("alpn_protocols", String),
    ("ca_secret", String),
    ("cacert_chain_file", String),
    ("cert_chain_file", String),
    ("cert_required", Boolean),
    ("cipher_suites", STRINGS),
    ("ecdh_curves", STRINGS),
    ("hosts", STRINGS),
    ("max_tls_version", TLS_VERSION),
    ("min_tls_version", TLS_VERSION),
    ("private_key_file", String),
    ("redirect_cleartext_from", Integer),
    ("secret", String),
    ("secret_namespacing", Boolean),
    ("sni", String),
];

const TLS_VERSION: Schema = Choice(&["v1.0", "v1.1", "v1.2", "v1.3"]);
