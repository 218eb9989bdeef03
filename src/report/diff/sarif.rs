//! `diff -o sarif`: differences and new findings on the lines of the side after.

use std::io::Write;

use serde_json::{Value, json};

use crate::diff::ANNOTATIONS;
use crate::report::form::pascal_case;
use crate::report::lint::{Checked, sarif_in};

/// One run, in a category of its own beside lint's.
///
/// # Errors
/// What the writer says.
pub fn diff_sarif(checked: &Checked<'_>, out: &mut dyn Write) -> serde_json::Result<()> {
    let described =
        ANNOTATIONS.iter().map(|(rule, level, meaning)| described(rule, level, meaning));
    sarif_in("diff", described.collect(), checked, out)
}

fn described(rule: &str, level: &str, meaning: &str) -> Value {
    json!({
        "id": rule,
        "name": pascal_case(rule),
        "shortDescription": { "text": format!("{}.", rule.replace("tls", "TLS").replace('-', " ")) },
        "fullDescription": { "text": meaning },
        "help": { "text": "Run `mtlsctl diff` to see all differences." },
        "helpUri": env!("CARGO_PKG_REPOSITORY"),
        "defaultConfiguration": { "level": level },
        "properties": { "precision": "high", "tags": ["security", "mtls"] },
    })
}
