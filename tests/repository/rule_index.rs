//! `src/rule/mod.rs` and its folders list their files; `UPDATE=1` rewrites them.

use std::fs;
use std::path::Path;

use crate::support::golden;

/// Folders of `src/rule` with code that rules share.
const NOT_SUBJECTS: [&str; 2] = ["check", "shared"];

/// The names of files or subfolders, without extensions, sorted; without `mod.rs`.
fn names(folder: &Path, folders: bool) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() == folders)
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    names
}

#[test]
fn the_index_of_rules_matches_the_folders() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rule");
    let mut rules = Vec::new();
    let subjects = names(&folder, true);
    for subject in &subjects {
        if NOT_SUBJECTS.contains(&subject.as_str()) {
            continue;
        }
        let index = folder.join(subject).join("mod.rs");
        let sentence = fs::read_to_string(&index).unwrap().lines().next().unwrap().to_owned();
        let files = names(&folder.join(subject), false);
        let modules: String =
            files.iter().map(|name| format!("pub(super) mod {name};\n")).collect();
        golden::assert_golden(&index, &format!("{sentence}\n\n{modules}"));
        rules.extend(files.into_iter().map(|name| (name, subject.clone())));
    }
    rules.sort();
    let mut modules = [subjects, names(&folder, false)].concat();
    modules.sort();
    let modules: String = modules.iter().map(|name| format!("mod {name};\n")).collect();
    let items: String =
        rules.iter().map(|(name, subject)| format!("    &{subject}::{name}::RULE,\n")).collect();
    let count = rules.len();
    let index = format!(
        "//! One file per rule, in folders by subject. This file is written by `UPDATE=1 cargo test`.

{modules}
pub use certainty::certainty;
pub use check::{{Finding, Findings, Place, Rule, RuleFindings, Tag}};
pub(crate) use check::{{example, rule}};
pub use fixable::fixable;

/// All rules, by id.
#[rustfmt::skip]
pub static ALL: [&Rule; {count}] = [
{items}];
"
    );
    golden::assert_golden(&folder.join("mod.rs"), &index);
}
