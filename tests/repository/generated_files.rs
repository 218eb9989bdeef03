//! What is generated and committed is what the code would generate now.

use crate::support::golden;
use std::fs;
use std::path::Path;

use clap::ValueEnum;
use mtlsctl::cli::command;
use mtlsctl::cli::completions::ShellName;
use mtlsctl::rule::ALL;

#[test]
fn the_readme_lists_all_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (start, end) =
        ("<!-- rules: written by UPDATE=1 cargo test -->\n", "<!-- end of rules -->");
    let (before, rest) = readme.split_once(start).expect("README.md has no place for the rules");
    let (_, after) = rest.split_once(end).expect("README.md has no end of the rules");
    let rows: String = ALL
        .iter()
        .map(|rule| {
            let id = rule.id;
            format!("| <a id=\"{id}\"></a>`{id}` | {} | {} |\n", rule.severity, rule.summary)
        })
        .collect();
    let table = format!("| rule | severity | what is wrong |\n| --- | --- | --- |\n{rows}");
    golden::assert_golden(&path, &format!("{before}{start}{table}{end}{after}"));
}

#[test]
fn completions_are_those_of_the_command_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    let command = command();
    for shell in ShellName::value_variants() {
        golden::assert_golden(&folder.join(shell.file_name()), &shell.script(&command));
    }
}

#[test]
fn the_schema_of_the_configuration_is_that_of_its_types() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join("mtlsctl.schema.json");
    golden::assert_golden(&path, &format!("{:#}\n", mtlsctl::lint::config_schema()));
}
