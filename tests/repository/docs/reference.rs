//! The reference: each command's help, and the settings of the configuration; `UPDATE=1` rewrites it.

use std::fmt::Write;

use clap::Command as Clap;
use mtlsctl::cli::command;
use serde_json::Value;

use super::rules::escaped;
use super::sources;
use crate::support::golden::assert_golden;

/// Each command's words and itself.
fn commands() -> Vec<(Vec<String>, Clap)> {
    fn add(command: &Clap, words: &[String], found: &mut Vec<(Vec<String>, Clap)>) {
        for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
            let words: Vec<String> =
                words.iter().cloned().chain([below.get_name().to_owned()]).collect();
            found.push((words.clone(), below.clone()));
            add(below, &words, found);
        }
    }
    let mut root = command();
    root.build();
    let mut found = Vec::new();
    add(&root, &[], &mut found);
    found
}

#[test]
fn every_command_has_a_page() {
    let folder = sources().join("reference");
    let mut rows = String::new();
    for (words, command) in commands() {
        let (name, words) = (words.join("-"), words.join(" "));
        let about = command.get_about().unwrap().to_string();
        let help = command.clone().term_width(88).render_long_help().to_string();
        let help: String = help.lines().fold(String::new(), |mut all, line| {
            let _ = writeln!(all, "{}", line.trim_end());
            all
        });
        let text = format!("# mtlsctl {words}\n\n```text\n{}\n```\n", help.trim_end());
        assert_golden(&folder.join(format!("commands/{name}.md")), &text);
        let _ = writeln!(rows, "| [`mtlsctl {words}`](commands/{name}.md) | {} |", escaped(&about));
    }
    let text = format!(
        "# Commands\n\n`mtlsctl COMMAND -h` is one screen, `--help` is everything, and `mtlsctl man \
         COMMAND` opens the manual page.\n\n| command | what it does |\n| --- | --- |\n{rows}"
    );
    assert_golden(&folder.join("commands.md"), &text);
}

#[test]
fn every_variable_is_listed() {
    let mut variables: Vec<(String, String, Vec<String>)> = Vec::new();
    for (words, command) in commands() {
        for arg in command.get_arguments() {
            let (Some(variable), Some(option)) = (arg.get_env(), arg.get_long()) else { continue };
            let variable = variable.to_string_lossy().into_owned();
            let words = words.join(" ");
            match variables.iter_mut().find(|(name, ..)| *name == variable) {
                Some((.., commands)) => commands.push(words),
                None => variables.push((variable, option.to_owned(), vec![words])),
            }
        }
    }
    variables.sort();
    let all = commands().len();
    let rows = variables.into_iter().map(|(variable, option, commands)| {
        let commands = if commands.len() == all { "all".to_owned() } else { commands.join(", ") };
        format!("| `{variable}` | `--{option}` | {commands} |\n")
    });
    let text = format!(
        "# Environment\n\nFlags take precedence over variables, and variables over \
         [the configuration](configuration.md).\n\nIn addition to the variables in \
         the table, colour follows `NO_COLOR`, `FORCE_COLOR`, `CLICOLOR`,\n`CLICOLOR_FORCE` and \
         `TERM`; links follow `FORCE_HYPERLINK` and `CI`; the width is that of the\nterminal or \
         `COLUMNS`, and the locale (`LC_ALL`, `LC_CTYPE`, `LANG`) decides whether non-ASCII\n\
         characters are printed.\n\n\
         | variable | stands for | in the commands |\n| --- | --- | --- |\n{}",
        rows.collect::<String>()
    );
    assert_golden(&sources().join("reference/environment.md"), &text);
}

#[test]
fn every_setting_is_described() {
    let schema: Value = mtlsctl::lint::config_schema();
    let mut rows = String::new();
    for (key, value) in schema["properties"].as_object().unwrap() {
        let description = value["description"].as_str().unwrap_or_else(|| panic!("{key}: {value}"));
        let description = description.replace('\n', " ").replace('|', "\\|");
        let _ = writeln!(rows, "| `{key}` | {} |", escaped(&description));
    }
    let path = sources().join("reference/configuration.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (start, end) = ("<!-- settings: written by UPDATE=1 cargo test -->\n", "<!-- end -->");
    let (before, rest) = text.split_once(start).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let table = format!("| key | what it says |\n| --- | --- |\n{rows}");
    assert_golden(&path, &format!("{before}{start}{table}{end}{after}"));
}
