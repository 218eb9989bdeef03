//! Several Ambassadors in one input, distinguished by id and namespace.

use std::sync::Arc;

use crate::world::{Settings, World};

use super::plan::WorldPlan;

/// A world for each Ambassador in this one that has something to read; `within` is the name of this
/// one, if it is one of several. `None` if there is only one Ambassador, or the caller chose one.
pub(super) fn divide(world: &World, within: &str) -> Option<Vec<WorldPlan>> {
    if world.settings.ambassador_id.is_some() || world.settings.ambassador_namespace.is_some() {
        return None;
    }
    let found = world.ambassadors();
    if found.len() < 2 {
        return None;
    }
    let plans = found.into_iter().map(|(namespace, id)| {
        let own = match &namespace {
            Some(namespace) => format!("Ambassador `{id}` in namespace `{namespace}`"),
            None => format!("Ambassador `{id}`"),
        };
        WorldPlan {
            aliases: aliases(namespace.as_deref(), &id, within),
            name: if within.is_empty() { own } else { format!("{within} ({own})") },
            texts: Arc::clone(&world.sources),
            settings: Settings {
                ambassador_id: Some(id),
                ambassador_namespace: namespace,
                ..world.settings.clone()
            },
        }
    });
    Some(plans.collect())
}

/// Aliases of an Ambassador: its id, its namespace, both, or its environment.
fn aliases(namespace: Option<&str>, id: &str, within: &str) -> Vec<String> {
    let both = namespace.map(|namespace| format!("{namespace}/{id}"));
    let own = namespace.map(str::to_owned).into_iter().chain(both).chain([id.to_owned()]);
    let environment = (!within.is_empty()).then(|| within.to_owned());
    own.chain(environment).collect()
}
