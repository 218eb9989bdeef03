//! What a rule is, and where its check reports findings.

mod findings;
mod memory;
mod proposal;
mod rule;
mod walk;

pub use findings::{Finding, Findings, Place};
pub use memory::RuleFindings;
pub use rule::{Rule, Tag};
pub(crate) use rule::{example, rule};
