//! An input without objects of the Ambassador that is checked.

use std::collections::BTreeSet;

use crate::resource::{AmbassadorId, Object};
use crate::world::World;

use crate::rule::shared::filings;
use crate::rule::{Findings, rule};

rule! {
    id: "ambassador-id-unmatched",
    severity: Warning,
    summary: "all objects have the `ambassador_id` of another Ambassador",
    finds: "An input in which every object has an `ambassador_id` other than the one that is \
            checked: that of the Ambassador Deployment in the input, or `--ambassador-id`, or \
            `default`.",
    matters: "An Ambassador ignores the objects of another one. So nothing was checked, and \
              without this note an empty report would look like approval.",
    remedy: "Choose whose objects to check: `--ambassador-id NAME`.",
}

fn check(world: &World, found: &mut Findings) {
    let mut foreign: Vec<&Object> = Vec::new();
    for (filing, object) in filings(world) {
        if !filing.stored.is_empty() || !filing.unwatched.is_empty() {
            return;
        }
        foreign.extend(filing.foreign.iter().map(|&index| object(index)));
    }
    foreign.sort_by_key(|object| world.sources.order(object.place()));
    let Some(first) = foreign.first() else { return };
    let mut ids = BTreeSet::new();
    for object in &foreign {
        match object.ambassador_id.as_ref().map(|id| &id.value) {
            Some(AmbassadorId::One(one)) => {
                ids.insert(one.as_str());
            }
            Some(AmbassadorId::Many(many)) => ids.extend(many.iter().map(String::as_str)),
            None => {
                ids.insert("default");
            }
        }
    }
    let ours = &world.installation.id;
    let place = first.ambassador_id.as_ref().map_or(first.place(), |id| id.span);
    let finding = found
        .at(
            place,
            format!("no object of this input belongs to the Ambassador with the id `{ours}`"),
        )
        .about(first)
        .label("the first one")
        .also_maybe(world.installation.id_place, "the id that was expected")
        .note(match foreign.len() {
            1 => "the only object is skipped, so nothing was checked".to_owned(),
            count => format!("all {count} objects are skipped, so nothing was checked"),
        });
    match ids.first() {
        Some(id) if id.contains(['(', ')', '{', '}', '$']) => finding.help(
            "it looks like a template: render it first, or choose whose objects to check with \
             `--ambassador-id`",
        ),
        Some(id) if id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) => {
            finding.help(format!("choose whose objects to check: `--ambassador-id {id}`"))
        }
        Some(id) => {
            let quoted = id.replace('\'', "'\\''");
            finding.help(format!("choose whose objects to check: `--ambassador-id '{quoted}'`"))
        }
        None => finding.help("name at least one id in `ambassador_id`"),
    };
}
