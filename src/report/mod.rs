//! Floor 7: showing what was found, one file per audience.

mod cases;
mod checked;
mod excerpt;
mod explain;
pub mod graph;
mod inspect_json;
mod inspect_json_certificate;
mod inspect_prom;
mod inspect_table;
mod inspect_text;
mod inspect_text_certificate;
mod line_hash;
mod lint_checkstyle;
mod lint_concise;
mod lint_diff;
mod lint_github;
mod lint_gitlab;
mod lint_json;
mod lint_jsonl;
mod lint_junit;
mod lint_rdjson;
mod lint_sarif;
mod lint_suppressed;
mod lint_tap;
mod lint_text;
mod mount;
pub mod probe;
mod resolve_effective;
mod resolve_json;
mod resolve_text;
mod sarif_rule;
mod sarif_text;
mod style;
mod wrap;
mod xml;

pub use checked::Checked;
pub use explain::{explain_rule, rule_list};
pub use inspect_json::inspect_json;
pub use inspect_prom::inspect_prom;
pub use inspect_table::inspect_table;
pub use inspect_text::inspect_text;
pub use lint_checkstyle::lint_checkstyle;
pub use lint_concise::lint_concise;
pub use lint_diff::{Differences, lint_diff};
pub use lint_github::{github_summary, lint_github};
pub use lint_gitlab::lint_gitlab;
pub use lint_json::lint_json;
pub use lint_jsonl::lint_jsonl;
pub use lint_junit::lint_junit;
pub use lint_rdjson::lint_rdjson;
pub use lint_sarif::lint_sarif;
pub use lint_suppressed::{suppressed_concise, suppressed_text};
pub use lint_tap::lint_tap;
pub use lint_text::lint_text;
pub use resolve_json::resolve_json;
pub use resolve_text::resolve_text;
pub use style::Look;
pub use wrap::{one_line, safe_lines};

/// Where a rule is explained.
pub fn rule_url(rule: &str) -> String {
    format!("https://mtlsctl.github.io/mtlsctl/rules/{rule}.html")
}
