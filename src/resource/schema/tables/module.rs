//! The spec of a `Module`; what stands in its `config` no schema knows.

use super::shared::*;
use crate::resource::schema::model::Schema::{self, *};

pub(super) static V2: Schema =
    Object(&[("ambassador_id", STRING_OR_STRINGS), ("config", AnyObject)], &[]);

pub(super) static V3ALPHA1: Schema =
    Object(&[("ambassador_id", STRINGS), ("config", AnyObject)], &["config"]);
