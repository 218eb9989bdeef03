//! The worlds that an input falls into: environments side by side, and several Ambassadors.
//!
//! Each is judged by itself, with what all of them share.

mod ambassadors;
mod environments;
mod merge;
mod plan;
mod said;

use std::sync::Arc;

use crate::resource::Documents;
use crate::world::World;

use super::config::ConfigFile;

pub(super) use merge::merge;
pub use plan::{Division, Plan};

/// The worlds of an input, and why they are several; `None` where it is one.
pub(super) fn divide(
    documents: &Documents,
    whole: &World,
    config: Option<&ConfigFile>,
) -> Option<(Vec<Plan>, Division)> {
    let divided = said::divide(whole, config)
        .map(|plans| (plans, Division::Said))
        .or_else(|| Some((environments::builds(documents, whole)?, Division::Builds)))
        .or_else(|| environments::folders(whole));
    let Some((plans, division)) = divided else {
        let plans = ambassadors::divide(whole, "")?;
        return Some((plans, Division::Ambassadors));
    };
    let each = plans.into_iter().flat_map(|mut plan| {
        plan.settings.horizon = plan.settings.horizon.of_part(&whole.resources);
        let world = World::of(documents, Arc::clone(&plan.texts), plan.settings.clone());
        ambassadors::divide(&world, &plan.name).unwrap_or_else(|| vec![plan])
    });
    Some((each.collect(), division))
}
