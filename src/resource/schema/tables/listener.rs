//! The spec of a `Listener`, which only v3alpha1 has.

use super::shared::*;
use crate::resource::schema::model::Schema::{self, *};

pub(super) static V3ALPHA1: Schema = Object(
    &[
        ("ambassador_id", STRINGS),
        ("hostBinding", Object(&[("namespace", NAMESPACE), ("selector", LABEL_SELECTOR)], &[])),
        ("l7Depth", Integer),
        ("port", Range(1, 65535)),
        ("protocol", Choice(&["HTTP", "HTTPS", "HTTPPROXY", "HTTPSPROXY", "TCP", "TLS", "UDP"])),
        ("protocolStack", List(&Choice(&["HTTP", "PROXY", "TLS", "TCP", "UDP"]))),
        ("securityModel", Choice(&["XFP", "SECURE", "INSECURE"])),
        ("statsPrefix", String),
    ],
    &["hostBinding", "port", "securityModel"],
);

const NAMESPACE: Schema = Object(&[("from", Choice(&["SELF", "ALL", "SELECTOR"]))], &[]);
