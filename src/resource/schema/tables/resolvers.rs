//! The specs of the resolvers; both Kubernetes resolvers have the same.

use super::shared::*;
use crate::resource::schema::model::Schema::{self, *};

pub(super) static CONSUL_V2: Schema = Object(
    &[("address", String), ("ambassador_id", STRING_OR_STRINGS), ("datacenter", String)],
    &[],
);

pub(super) static CONSUL_V3ALPHA1: Schema =
    Object(&[("address", String), ("ambassador_id", STRINGS), ("datacenter", String)], &[]);

pub(super) static KUBERNETES_V2: Schema = Object(&[("ambassador_id", STRING_OR_STRINGS)], &[]);

pub(super) static KUBERNETES_V3ALPHA1: Schema = Object(&[("ambassador_id", STRINGS)], &[]);
