//! An ignore whose last day has passed.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "ignore-expired",
    severity: Warning,
    summary: "an ignore has expired",
    finds: "An ignore whose `until=` is in the past, or an override in `.mtlsctl.yaml` past its \
            `until`.",
    matters: "It was meant to be temporary; what it ignored is reported again.",
    remedy: "Fix what it ignored and remove it, or give it a later date.",
}

fn check(world: &World, found: &mut Findings) {
    let Some(now) = world.settings.now else { return };
    for ignore in world.resources.ignores.iter().filter(|ignore| ignore.fault.is_none()) {
        if let Some(until) = ignore.until.filter(|until| now.date() > *until) {
            found
                .at(ignore.place, format!("this ignore expired on {until}"))
                .label("no longer ignores anything")
                .help("fix what it ignored, or give it a later date and a reason");
        }
    }
}
