//! `src/rule/mod.rs` lists the files beside it; `UPDATE=1` rewrites it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/golden.rs"]
mod golden;

use std::fs;
use std::path::Path;

/// Files of `src/rule` that are no rules.
const NOT_RULES: [&str; 8] =
    ["consequence", "file_use", "findings", "fixable", "mod", "proposal", "rule", "secret_absence"];

#[test]
fn the_index_of_rules_matches_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rule");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| !NOT_RULES.contains(&name.as_str()))
        .collect();
    names.sort();
    let modules: String = names.iter().map(|name| format!("mod {name};\n")).collect();
    let items: String = names.iter().map(|name| format!("    &{name}::RULE,\n")).collect();
    let count = names.len();
    let index = format!(
        "//! Floor 5: one file per rule. This file is written by `UPDATE=1 cargo test --test index`.

mod consequence;
mod file_use;
mod findings;
mod fixable;
mod proposal;
mod rule;
mod secret_absence;

{modules}
pub use findings::{{Finding, Findings, Place}};
pub use fixable::fixable;
pub use rule::Rule;

/// All rules, by id.
#[rustfmt::skip]
pub static ALL: [&Rule; {count}] = [
{items}];
"
    );
    golden::assert_golden(&folder.join("mod.rs"), &index);
}
