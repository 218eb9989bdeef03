//! An ignore that covers no finding.

use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "ignore-unused",
    severity: Warning,
    tag: Unnecessary,
    summary: "an ignore covers nothing",
    finds: "An ignore of a rule that finds nothing there: a comment, an annotation, or an override \
            in `.mtlsctl.yaml` whose files or objects were read.",
    matters: "The problem it suppressed is gone. If it stays, it would hide the next mistake in \
              the same place.",
    remedy: "Remove the rule from it, or all of it.",
}

/// `lint` reports these findings itself, since they are known only after all other rules have run.
fn check(_: &World, _: &mut Findings) {}
