//! Reports, one file per command and format.

use crate::diagnostic::ObjectName;

pub(crate) mod diff;
pub(crate) mod explain;
mod form;
pub mod graph;
mod inspect;
mod lint;
pub mod probe;
mod rehearse;
mod resolve;
pub mod running;
mod schema;

pub use diff::{
    diff_json, diff_markdown, diff_sarif, diff_schema, diff_table, diff_text, upgrade_text,
};
pub use explain::{
    ExplainJson, explain_json, explain_line, explain_log, explain_log_json, explain_rule,
    explain_schema, explain_unknown, rule_list,
};
pub(crate) use form::wrap;
pub use form::{CheckItem, Look, checklist, one_line, safe_lines};
pub use inspect::{inspect_json, inspect_prom, inspect_schema, inspect_table, inspect_text};
pub use lint::{
    Arrangement, Checked, Differences, GroupBy, github_summary, lint_checkstyle, lint_concise,
    lint_concise_arranged, lint_diff, lint_github, lint_gitlab, lint_json, lint_jsonl, lint_junit,
    lint_rdjson, lint_sarif, lint_schema, lint_statistics, lint_tap, lint_text, lint_text_arranged,
    suppressed_concise, suppressed_text,
};
pub use rehearse::{rehearse_json, rehearse_schema, rehearse_text};
pub use resolve::{ModeCounts, resolve_json, resolve_schema, resolve_table, resolve_text};
pub use schema::schemas;

/// An object's name in tables: `shop/cart` for a Mapping, with the kind for everything else.
pub(crate) fn short_name(object: &ObjectName) -> String {
    match object.kind.as_str() {
        "Mapping" => format!("{}/{}", object.namespace, object.name),
        _ => object.to_string(),
    }
}

/// The address of a rule's page.
pub fn rule_url(rule: &str) -> String {
    format!("https://mtlsctl.github.io/mtlsctl/rules/{rule}.html")
}
