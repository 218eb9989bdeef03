//! The Ambassadors of the input.

use crate::resource::Workload;
use crate::world::World;
use crate::world::installation::runs_ambassador;

impl World {
    /// The Ambassadors that run in the input, by namespace and id; without those whose id is not in
    /// the input.
    pub fn ambassadors(&self) -> Vec<(Option<String>, String)> {
        let workloads = self.resources.workloads.iter().filter(|one| !one.is_owned);
        let mut found: Vec<_> = workloads
            .filter(|workload| runs_ambassador(workload))
            .filter_map(|workload| {
                let id = match workload.variable("AMBASSADOR_ID") {
                    Some(variable) => variable.literal()?,
                    None => "default",
                };
                let namespace = workload.object.namespace.as_ref();
                Some((namespace.map(|namespace| namespace.value.to_string()), id.to_owned()))
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// The workload that runs Ambassador, if it is in the input.
    pub fn ambassador(&self) -> Option<&Workload> {
        self.installation.workload.map(|index| &*self.resources.workloads[index])
    }
}
