//! A TLSContext called `no-cert-upstream` becomes the context of everybody who has none.

use crate::diagnostic::Severity;
use crate::world::World;

use crate::rule::{Findings, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "context-name-reserved",
    severity: Severity::Error,
    tag: None,
    summary: "a TLSContext has the name that Ambassador reserves for TLS without a certificate",
    rows: &[13],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/context-name-reserved/bad.yaml"),
    good: include_str!("../../../testdata/rule/context-name-reserved/good.yaml"),
    check,
};

const RESERVED: &str = "no-cert-upstream";

fn check(world: &World, found: &mut Findings) {
    for (id, context, resource) in world.tls_contexts() {
        if context.name != RESERVED {
            continue;
        }
        let users = world.users(id).count();
        found
            .at(&resource.object.name, format!("`{RESERVED}` is the name that Ambassador reserves \
                 for TLS without a client certificate"))
            .about(&resource.object)
            .label("a reserved name")
            .note(format!("every `https://` upstream without a context, and every one whose context is undefined, presents this client certificate ({users} here)"))
            .help("rename the TLSContext");
    }
}

const EXPLAIN: &str = "\
What it finds
A TLSContext called `no-cert-upstream`.

Why it matters
Ambassador looks that name up for every upstream that uses TLS without a client certificate. With a
context of that name, all of them present its client certificate, whatever the upstream.

How to fix it
Rename the TLSContext.
";
