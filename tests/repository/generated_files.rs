//! Generated files in the repository are up to date.

use crate::support::golden;
use std::path::Path;

use clap::ValueEnum;
use mtlsctl::cli::command;
use mtlsctl::cli::completions::ShellName;

#[test]
fn completions_match_the_command_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    let command = command();
    for shell in ShellName::value_variants() {
        golden::assert_golden(&folder.join(shell.file_name()), &shell.script(&command));
    }
}

#[test]
fn the_schema_of_the_configuration_matches_its_types() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join("mtlsctl.schema.json");
    golden::assert_golden(&path, &format!("{:#}\n", mtlsctl::lint::config_schema()));
}

#[test]
fn the_schemas_of_reports_match_their_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    for (command, schema) in mtlsctl::report::schemas() {
        let path = folder.join(format!("{command}.schema.json"));
        golden::assert_golden(&path, &format!("{schema:#}\n"));
    }
}
