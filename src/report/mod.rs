//! Showing what was found, one file per audience.

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

pub use diff::{diff_json, diff_markdown, diff_schema, diff_table, diff_text, upgrade_text};
pub use explain::{
    ExplainJson, explain_json, explain_line, explain_log, explain_log_json, explain_rule,
    explain_schema, explain_unknown, rule_list,
};
pub use form::{Look, one_line, safe_lines};
pub use inspect::{inspect_json, inspect_prom, inspect_schema, inspect_table, inspect_text};
pub use lint::{
    Checked, Differences, github_summary, lint_checkstyle, lint_concise, lint_diff, lint_github,
    lint_gitlab, lint_json, lint_jsonl, lint_junit, lint_rdjson, lint_sarif, lint_schema, lint_tap,
    lint_text, suppressed_concise, suppressed_text,
};
pub use rehearse::{rehearse_json, rehearse_schema, rehearse_text};
pub use resolve::{resolve_json, resolve_schema, resolve_text};

/// The JSON Schemas of what commands write with `-o json`, each with the command's name.
pub fn schemas() -> Vec<(&'static str, serde_json::Value)> {
    vec![
        ("diff", diff_schema()),
        ("explain", explain_schema()),
        ("inspect", inspect_schema()),
        ("lint", lint_schema()),
        ("rehearse", rehearse_schema()),
        ("resolve", resolve_schema()),
        ("running", running::schema()),
    ]
}

/// Where a rule is explained.
pub fn rule_url(rule: &str) -> String {
    format!("https://mtlsctl.github.io/mtlsctl/rules/{rule}.html")
}
