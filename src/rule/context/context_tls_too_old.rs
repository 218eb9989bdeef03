//! `max_tls_version` of 1.1 or less.

use crate::diagnostic::Severity;
use crate::world::World;

use crate::rule::{Findings, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "context-tls-too-old",
    severity: Severity::Warning,
    summary: "a context allows only TLS versions that are broken",
    rows: &[32],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/context-tls-too-old/bad.yaml"),
    good: include_str!("../../../testdata/rule/context-tls-too-old/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings<'_>) {
    for (_, context, resource) in world.tls_contexts() {
        let Some(field) = &resource.settings.max_tls_version else { continue };
        if matches!(context.max_version(), Some("v1.0" | "v1.1")) {
            found
                .at(field, format!("TLSContext `{}` goes no further than TLS {}", context.name, field.trim_start_matches('v')))
                .about(&resource.object)
                .label("deprecated since 2021")
                .note("servers of today refuse it, and Envoy offers 1.2 at least unless `min_tls_version` says less")
                .help("remove `max_tls_version`, or raise it to `v1.2` or `v1.3`");
        }
    }
}

const EXPLAIN: &str = "\
What it finds
A `max_tls_version` of `v1.0` or `v1.1`.

Why it matters
Both versions are deprecated (RFC 8996). Most servers refuse them, so connections fail; where they
succeed, they are weak.

How to fix it
Remove the field, or raise it.
";
