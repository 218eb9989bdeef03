//! For a gate: an upstream that gets no client certificate.

use crate::diagnostic::Severity;
use crate::world::{Effective, World};

use crate::rule::{Findings, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "upstream-not-mutual",
    severity: Severity::Error,
    tag: None,
    summary: "an upstream gets TLS without a client certificate",
    rows: &[],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/upstream-not-mutual/bad.yaml"),
    good: include_str!("../../../testdata/rule/upstream-not-mutual/good.yaml"),
    check,
};

fn check(world: &World, found: &mut Findings) {
    found.each_upstream(world, |upstream, found| {
        if !matches!(world.effective(upstream), Some(Effective::Tls(_))) {
            return;
        }
        let mapping = world.mapping(upstream);
        let Some(service) = &mapping.service else { return };
        found
            .at(service, format!("`{}` gets TLS without a client certificate", service.value))
            .about(&mapping.object)
            .label("not mutual")
            .help("name a TLSContext with a `secret` in `tls`");
    });
}

const EXPLAIN: &str = "\
What it finds
An upstream that Ambassador connects to in TLS without presenting a certificate. It runs with
`--preset strict`, or where it is selected by name.

Why it matters
The upstream cannot tell Ambassador from any other client.

How to fix it
Name a TLSContext with a client certificate and a `ca_secret` in `tls`.
";
