//! Help in addition to options: a short `-h`, examples, exit codes, variables, files and related
//! commands.

mod man;
mod page;

pub use man::man_pages;
pub(crate) use man::{ManArgs, run, with_candidates};

use clap::{Arg, Command};

use page::{Page, page};

/// The site, for `--help` and the man pages.
const SITE: &str = "https://mtlsctl.github.io/mtlsctl/";

/// How many examples `-h` has room for.
const SHORT_EXAMPLES: usize = 3;

/// Adds the help pages to a command and its subcommands; `-h` becomes one screen.
pub(super) fn with_pages(command: Command) -> Command {
    add(command, "")
}

fn add(command: Command, parents: &str) -> Command {
    let path = format!("{parents} {}", command.get_name());
    let path = path.trim_start().to_owned();
    let command = command.mut_args(|arg| arg.hide_env(true));
    let command = match page(&path) {
        None => command,
        Some(page) => described(command, page),
    };
    command.mut_subcommands(|subcommand| add(subcommand, &path))
}

fn described(command: Command, page: &Page) -> Command {
    let is_first = |arg: &Arg| arg.is_positional() || page.first.contains(&arg.get_id().as_str());
    let command = command.mut_args(|arg| match is_first(&arg) {
        true => arg.help_heading(None),
        false => arg.hide_short_help(true),
    });
    let short = examples(page, SHORT_EXAMPLES);
    let long = [examples(page, usize::MAX), exits(page), variables(), files(page), see_also(page)];
    command
        .after_help(short.trim_end().to_owned())
        .after_long_help(long.join("\n").trim_end().to_owned())
}

fn examples(page: &Page, most: usize) -> String {
    let shown = page.examples.iter().take(most);
    let width = shown.clone().map(|(line, _)| line.chars().count()).max().unwrap_or_default();
    let lines = shown.map(|(line, what)| format!("  {line:width$}  # {what}\n"));
    format!("Examples:\n{}", lines.collect::<String>())
}

fn exits(page: &Page) -> String {
    let lines = page.exits.iter().map(|(code, meaning)| format!("  {code}  {meaning}\n"));
    format!("Exit status:\n{}", lines.collect::<String>())
}

/// The variables that do not set an option.
const VARIABLES: [(&str, &str); 3] = [
    ("NO_COLOR, FORCE_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM", "whether `--color auto` uses colour"),
    ("FORCE_HYPERLINK, CI", "whether `--hyperlinks auto` writes links"),
    (
        "COLUMNS, LC_ALL, LC_CTYPE, LANG",
        "the width of the output, and whether it uses non-ASCII characters",
    ),
];

fn variables() -> String {
    // clap rewraps this on narrow terminals, so it is one line.
    let rule = "Most options can also be set with a variable: MTLSCTL_ and the option's name in \
                capitals, for example MTLSCTL_FAIL_ON=warning. Flags take precedence over \
                variables, and variables over the configuration file. The manual page lists all \
                variables.";
    format!("Environment:\n  {rule}\n")
}

/// The files that every command with manifests looks for.
const CONFIGURATION: (&str, &str) =
    (".mtlsctl.yaml", "settings of a repository: the closest file above all inputs");

fn files(page: &Page) -> String {
    if !page.reads_configuration {
        return String::new();
    }
    let (file, what) = CONFIGURATION;
    format!("Files:\n  {file}  {what}\n")
}

fn see_also(page: &Page) -> String {
    let related = page.related.iter().map(|name| format!("mtlsctl {name}, "));
    format!("See also:\n  {}{SITE}\n", related.collect::<String>())
}
