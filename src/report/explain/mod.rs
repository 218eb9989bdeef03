//! Pages of `explain`: rules and error codes.

mod code;
mod rule;

pub(crate) use code::{explain_code, explain_rejection, explain_symptom};
pub(crate) use rule::example_lines;
pub use rule::{explain_rule, rule_list};
