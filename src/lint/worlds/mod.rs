//! Splits an input into worlds: environments, and several Ambassadors.
//!
//! Each is checked separately, with the files that all of them share.

mod ambassadors;
mod environments;
mod merge;
mod plan;
mod said;

use crate::resource::Documents;
use crate::world::World;

use super::config::ConfigFile;

pub(super) use merge::merge;
pub use plan::{Division, Planned, WorldPlan};

/// Why an input is a single world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum One {
    /// No two folders define the same object.
    ByNames,
    /// Some do, but none of these objects are relevant for Ambassador, or a single world was
    /// requested.
    ByConcern,
}

/// The worlds of an input and why there are several, or why there is only one.
///
/// An Ambassador without objects, and an environment without Ambassador objects, is not a world.
pub(super) fn divide(
    documents: &Documents,
    whole: &World,
    config: Option<&ConfigFile>,
) -> Result<(Vec<Planned>, Division), One> {
    let (plans, division) = plans(documents, whole, config)?;
    let ambassadors =
        |planned: Planned| match ambassadors::divide(&planned.world, &planned.plan.name) {
            Some(plans) => plans.into_iter().map(|plan| plan.build(documents)).collect(),
            None => vec![planned],
        };
    let mut each: Vec<Planned> = match division {
        Division::Ambassadors => plans.into_iter().map(|plan| plan.build(documents)).collect(),
        _ => {
            let built = plans.into_iter().map(|mut plan| {
                plan.settings.horizon = plan.settings.horizon.of_part(&whole.resources);
                plan.build(documents)
            });
            built.flat_map(ambassadors).collect()
        }
    };
    let busy = |planned: &Planned| !planned.world.reads_nothing();
    match each.iter().any(busy) {
        true => each.retain(busy),
        // Without Ambassador objects, environments do not matter.
        false if matches!(division, Division::Folders(_) | Division::Builds) => {
            return Err(One::ByConcern);
        }
        false => {}
    }
    Ok((each, division))
}

/// The possible worlds of an input, and why.
fn plans(
    documents: &Documents,
    whole: &World,
    config: Option<&ConfigFile>,
) -> Result<(Vec<WorldPlan>, Division), One> {
    let said = said::divide(whole, config).map(|plans| (plans, Division::Said));
    let builds = || Some((environments::builds(documents, whole)?, Division::Builds));
    if let Some(plans) = said.or_else(builds) {
        return Ok(plans);
    }
    let (folders, have_rivals) = environments::folders(whole);
    let ambassadors = || Some((ambassadors::divide(whole, "")?, Division::Ambassadors));
    let says_worlds = config.is_some_and(|file| !file.config.worlds.is_empty());
    let may_change = have_rivals || says_worlds || whole.resources.is_kustomized;
    let one = if may_change { One::ByConcern } else { One::ByNames };
    folders.or_else(ambassadors).ok_or(one)
}
