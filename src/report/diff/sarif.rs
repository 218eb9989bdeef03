//! `diff -o sarif`: differences and new findings on the lines of the after side.

use std::io::Write;

use crate::diff::ANNOTATIONS;
use crate::report::form::sarif::Descriptor;
use crate::report::lint::{Checked, sarif_in};

/// One run, in its own category next to lint's.
///
/// # Errors
/// The writer's errors.
pub fn diff_sarif(checked: &Checked<'_>, out: &mut dyn Write) -> serde_json::Result<()> {
    let described = ANNOTATIONS.iter().map(|(rule, level, meaning)| {
        let title = format!("{}.", rule.replace("tls", "TLS").replace('-', " "));
        let help = "Run `mtlsctl diff` to see all differences.";
        Descriptor::of((rule, level), (&title, meaning), help)
    });
    sarif_in("diff", described.collect(), checked, out)
}
