//! `tls: true` or `false` in v3alpha1, whose schema wants a string.

use crate::diagnostic::Severity;
use crate::resource::RefusalReason;
use crate::world::World;

use super::{Findings, Rule};

pub(super) static RULE: Rule = Rule {
    id: "mapping-tls-boolean",
    severity: Severity::Error,
    summary: "`tls` is a boolean, which v3alpha1 does not allow",
    rows: &[7],
    explain: EXPLAIN,
    bad: include_str!("../../testdata/rule/mapping-tls-boolean/bad.yaml"),
    good: include_str!("../../testdata/rule/mapping-tls-boolean/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings<'_>) {
    for refusal in &world.resources.refusals {
        let RefusalReason::Schema(violations) = &refusal.reason else { continue };
        let booleans = violations.iter().filter(|violation| {
            violation.place.name() == "tls" && violation.message.ends_with("\"boolean\"")
        });
        for violation in booleans {
            found
                .at(&violation.place, "`tls` is a boolean, and v3alpha1 takes only the name of a TLSContext")
                .about_name(refusal.object.clone())
                .label("not a name")
                .note(format!("the whole {} is refused, so it has no route at all", refusal.object.kind))
                .help("for TLS without a client certificate write `https://` before the service, for none leave `tls` out");
        }
    }
}

const EXPLAIN: &str = "\
What it finds
`tls: true` or `tls: false` in an object of getambassador.io/v3alpha1. (v1 and v2 allow it.)

Why it matters
The API server refuses the object; in an annotation, Ambassador drops it. Either way there is no
route.

How to fix it
`tls: true` becomes a service that starts with `https://`. `tls: false` is left out. For a client
certificate, name a TLSContext.
";
