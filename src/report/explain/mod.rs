//! Reports of `explain`: rules, lines and logs.

mod json;
mod rule;
mod text;

pub use json::{ExplainJson, explain_json, explain_log_json, explain_schema};
pub use rule::{explain_rule, rule_list};
pub use text::{explain_line, explain_log, explain_unknown};
