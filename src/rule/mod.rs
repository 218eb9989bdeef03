//! Floor 5: one file per rule. This file is written by `UPDATE=1 cargo test --test index`.

mod consequence;
mod findings;
mod rule;

mod mapping_context_undefined;

pub use findings::{Finding, Findings, Place};
pub use rule::Rule;

/// All rules, by id.
#[rustfmt::skip]
pub static ALL: [&Rule; 1] = [
    &mapping_context_undefined::RULE,
];
