//! An ignore that is invalid as written.

use crate::diagnostic::nearest;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "ignore-invalid",
    severity: Warning,
    summary: "an ignore is misspelled, or gives no reason",
    finds: "A comment `# mtlsctl: ignore[RULE] REASON` or an annotation `mtlsctl.dev/ignore` that \
            names no rule or one that does not exist, gives no reason, or has an `until=` without \
            a date; or an override in `.mtlsctl.yaml` of a rule that does not exist.",
    matters: "It ignores nothing, although it looks as if it did.",
    remedy: "Write `# mtlsctl: ignore[RULE] REASON, until=2027-12-31` on the line or above it, \
             with the rule's id as reports show it; `until=` is optional.",
}

fn check(world: &World, found: &mut Findings) {
    for ignore in &world.resources.ignores {
        if let Some(fault) = &ignore.fault {
            found
                .at(ignore.place, format!("this ignore is invalid: {fault}"))
                .label("ignores nothing")
                .help(
                    "write `# mtlsctl: ignore[RULE] REASON`, or `[RULE] REASON` in the annotation",
                );
        }
        for rule in &ignore.rules {
            if crate::rule::ALL.iter().any(|known| known.id == rule) {
                continue;
            }
            let finding = found
                .at(ignore.place, format!("no rule is called `{rule}`, so this ignores nothing"))
                .label("ignores nothing");
            match nearest(rule, crate::rule::ALL.iter().map(|rule| rule.id)) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("`mtlsctl explain` lists all rules"),
            };
        }
    }
}
