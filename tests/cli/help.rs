//! Help for people: `-h` fits on one screen, every example is a valid command line, man pages are
//! well-formed.

use std::fs;
use std::path::Path;
use std::process::Command;

use clap::Command as Clap;
use mtlsctl::cli::command;

use crate::support::installed::{self, succeed};

/// Rows and columns of the smallest common terminal.
const SCREEN: (usize, &str) = (24, "80");

fn mtlsctl(words: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mtlsctl"));
    succeed(command.args(words).env("COLUMNS", SCREEN.1).env("NO_COLOR", "1"))
}

/// All commands, each as its words.
fn commands() -> Vec<Vec<String>> {
    fn add(command: &Clap, words: &[String], found: &mut Vec<Vec<String>>) {
        found.push(words.to_vec());
        for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
            let words: Vec<String> =
                words.iter().cloned().chain([below.get_name().to_owned()]).collect();
            add(below, &words, found);
        }
    }
    let mut found = Vec::new();
    add(&command(), &[], &mut found);
    found
}

/// The command lines in a help text, without their descriptions.
fn examples(help: &str) -> Vec<&str> {
    let lines = help.lines().skip_while(|line| *line != "Examples:").skip(1);
    let lines = lines.take_while(|line| line.starts_with("  "));
    lines.filter_map(|line| Some(line.split_once(" # ")?.0.trim())).collect()
}

#[test]
fn short_help_is_one_screen_with_three_examples() {
    for words in commands() {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let help = mtlsctl(&[&words[..], &["-h"]].concat());
        assert_eq!(
            examples(&help).len(),
            3,
            "{words:?}: add a page in src/cli/help/page.rs\n{help}"
        );
        // The list of all commands grows.
        let rows = if words.is_empty() { 2 * SCREEN.0 } else { SCREEN.0 };
        assert!(help.lines().count() <= rows, "{words:?}: {} lines\n{help}", help.lines().count());
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{words:?}\n{help}");
    }
}

#[test]
fn long_help_describes_exit_codes_and_variables() {
    for words in commands() {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let help = mtlsctl(&[&words[..], &["--help"]].concat());
        let at = |title: &str| help.find(&format!("\n{title}:\n"));
        let titles =
            ["Options", "Global options", "Examples", "Exit status", "Environment", "See also"];
        let places: Vec<_> = titles.into_iter().map(at).collect();
        assert!(places.iter().all(Option::is_some), "{words:?}: {places:?}\n{help}");
        assert!(places.is_sorted(), "{words:?}: {places:?}\n{help}");
        assert!(!help.contains("[env:"), "{words:?}\n{help}");
    }
}

#[test]
fn every_example_in_the_help_is_a_command_line() {
    let mut seen = 0;
    for words in commands() {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let help = mtlsctl(&[&words[..], &["--help"]].concat());
        for example in examples(&help) {
            for call in example.split(['|', '(', ')']).map(str::trim) {
                let Some(call) = call.find("mtlsctl").map(|at| &call[at..]) else { continue };
                let call = call.split('>').next().unwrap();
                let call = call.split_whitespace().map(|word| word.trim_matches('\''));
                seen += 1;
                if let Err(error) = command().try_get_matches_from(call) {
                    // `mtlsctl` alone, as in `COMPLETE=bash mtlsctl`, is called by a shell.
                    assert!(example.contains("COMPLETE="), "{example}: {error}");
                }
            }
        }
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn man_pages_are_complete_and_well_formed() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("man1");
    let _ = fs::remove_dir_all(&folder);
    mtlsctl(&["man", "--all", folder.to_str().unwrap()]);
    let pages = commands().into_iter().map(|words| {
        let name: String = words.iter().map(|word| format!("-{word}")).collect();
        folder.join(format!("mtlsctl{name}.1"))
    });
    let pages: Vec<_> = pages.collect();
    assert_eq!(fs::read_dir(&folder).unwrap().count(), pages.len());
    let mandoc = || installed::command("shells/usr/bin/mandoc");
    // Dates are omitted so that pages do not change every day; that is a warning.
    succeed(mandoc().args(["-T", "lint", "-W", "error"]).args(&pages));
    for page in &pages {
        let text = succeed(mandoc().args(["-T", "ascii", "-O", "width=80"]).arg(page));
        // Terminals show bold letters as overstruck letters.
        let struck = text.chars().collect::<Vec<_>>();
        let plain: String = struck
            .iter()
            .enumerate()
            .filter(|(at, c)| **c != '\u{8}' && struck.get(at + 1) != Some(&'\u{8}'))
            .map(|(_, c)| *c)
            .collect();
        for title in ["SYNOPSIS", "EXIT STATUS", "ENVIRONMENT", "EXAMPLES", "SEE ALSO"] {
            assert!(
                plain.contains(&format!("\n{title}\n")),
                "{}: {title}\n{plain}",
                page.display()
            );
        }
    }
}

#[test]
fn a_man_page_is_found_by_the_words_of_its_command() {
    let page = mtlsctl(&["man", "consul", "export"]);
    assert!(page.contains(".TH MTLSCTL-CONSUL-EXPORT 1"), "{page}");
    assert_eq!(mtlsctl(&["man"]), mtlsctl(&["man", "mtlsctl"]));
    let lint = mtlsctl(&["man", "lint"]);
    assert!(lint.contains("MTLSCTL_FAIL_ON") && lint.contains("as \\-\\-fail\\-on"), "{lint}");
    let unknown =
        Command::new(env!("CARGO_BIN_EXE_mtlsctl")).args(["man", "lnt"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8(unknown.stderr).unwrap();
    assert!(said.contains("did you mean `mtlsctl man lint`?"), "{said}");
}
