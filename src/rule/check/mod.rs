//! What a rule is, and what its check writes into.

mod findings;
mod proposal;
mod rule;
mod walk;

pub use findings::{Finding, Findings, Place};
pub use rule::{Rule, Tag};
pub use walk::Found;
