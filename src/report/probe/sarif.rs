//! Findings of a probe as SARIF 2.1.0, on the lines of the manifests that name the upstream.

use crate::diagnostic::Diagnostic;
use crate::report::form::sarif::{Descriptor, live_sarif};
use crate::source::Sources;

/// One run, in its own category next to lint's.
pub fn sarif(sources: &Sources, findings: &[Diagnostic]) -> String {
    live_sarif(sources, findings, ("probe", "probe/"), described)
}

fn described(rule: &str) -> Descriptor {
    let words = rule.replace('-', " ");
    let title = format!("Live probe: {words}");
    let meaning = format!(
        "mtlsctl performed the handshake that Ambassador would perform for this upstream, and the \
         check \"{words}\" failed."
    );
    let help = "Run `mtlsctl probe` on the upstream to see all checks.";
    Descriptor::observed(&format!("probe/{rule}"), (&title, &meaning), help)
}
