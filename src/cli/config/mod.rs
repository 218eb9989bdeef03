//! `.mtlsctl.yaml` as fallback for flags: how it is found, what it sets, and where each value comes
//! from.

mod layers;
mod rbac;
mod schema;
mod settled;
mod shown;
mod world;

pub(crate) use layers::Layers;
pub(crate) use schema::{ConfigCommand, run};
pub(crate) use settled::{Settle, Settled, settle, settle_or_show, with_settings};
pub(crate) use shown::{Shown, choice};
