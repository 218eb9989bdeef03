//! `mtlsctl man`: manual pages, generated from the same definitions as `--help`.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::Command as Process;

use clap::{Args, Command};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_mangen::Man;
use roff::{Roff, bold, italic, roman};

use crate::console::Console;
use crate::diagnostic::nearest;
use crate::exit::Exit;
use crate::failure::Failure;

use super::page::{Page, page};
use super::{CONFIGURATION, SITE, VARIABLES};

/// Show a manual page.
///
/// On a terminal the page is opened with `man`; otherwise its source (roff) is printed.
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The command, such as `lint` or `consul export` [default: mtlsctl itself].
    command: Vec<String>,
    /// Write all pages into this folder, for packaging.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    all: Option<PathBuf>,
}

/// Lets the shell complete command names from the whole command line.
pub(crate) fn with_candidates(command: Command, whole: fn() -> Command) -> Command {
    command.mut_subcommand("man", move |man| {
        man.mut_arg("command", move |arg| arg.add(ArgValueCandidates::new(move || names(&whole()))))
    })
}

fn names(command: &Command) -> Vec<CompletionCandidate> {
    let names = command.get_subcommands().map(|subcommand| {
        CompletionCandidate::new(subcommand.get_name()).help(subcommand.get_about().cloned())
    });
    names.collect()
}

/// Runs the command.
///
/// # Errors
/// A command that does not exist, or a folder that cannot be written.
pub(crate) fn run(
    args: &ManArgs,
    command: &Command,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let pages = man_pages(command)?;
    if let Some(folder) = &args.all {
        let unwritable =
            |source| Failure::Unwritable { path: folder.display().to_string(), source };
        fs::create_dir_all(folder).map_err(unwritable)?;
        for (name, page) in pages {
            fs::write(folder.join(name), page).map_err(unwritable)?;
        }
        return Ok(Exit::Clean);
    }
    let mut wanted = args.command.iter().map(String::as_str).peekable();
    wanted.next_if_eq(&"mtlsctl");
    let wanted: String = wanted.map(|word| format!("-{word}")).collect();
    let Some((name, page)) = pages.iter().find(|(name, _)| *name == format!("mtlsctl{wanted}.1"))
    else {
        return Err(unknown(&args.command.join(" "), &pages));
    };
    if !console.out_is_terminal || !opened(name, page) {
        console.out.write_all(page.as_bytes())?;
    }
    Ok(Exit::Clean)
}

fn unknown(wanted: &str, pages: &[(String, String)]) -> Failure {
    let called = |(name, _): &(String, String)| {
        let words = name.strip_suffix(".1")?.strip_prefix("mtlsctl-")?.replace('-', " ");
        Some(words)
    };
    let names: Vec<String> = pages.iter().filter_map(called).collect();
    let hint = match nearest(wanted, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `mtlsctl man {near}`?"),
        None => {
            "`mtlsctl --help` lists the commands; a rule's page is `mtlsctl explain RULE`".into()
        }
    };
    Failure::Usage { message: format!("there is no manual page for `{wanted}`"), hint }
}

/// Opens a page with the system's `man`; false if that is not possible.
fn opened(name: &str, page: &str) -> bool {
    let open = || -> io::Result<bool> {
        let folder = tempfile::tempdir()?;
        // man-db, mandoc and macOS all treat an argument with a slash as a file.
        let path = folder.path().join(name);
        fs::File::create(&path)?.write_all(page.as_bytes())?;
        Ok(Process::new("man").arg(&path).status()?.success())
    };
    open().unwrap_or(false)
}

/// All man pages: file name and text, the main page first.
///
/// # Errors
/// None in practice; the generator writes into memory.
pub fn man_pages(command: &Command) -> io::Result<Vec<(String, String)>> {
    let mut command = command.clone();
    command.build();
    let mut pages = Vec::new();
    add(&command, "mtlsctl", &mut pages)?;
    Ok(pages)
}

/// The page of a command, then those of its subcommands.
fn add(command: &Command, path: &str, pages: &mut Vec<(String, String)>) -> io::Result<()> {
    let name = path.replace(' ', "-");
    let mut text = Vec::new();
    // A date would change the pages every day.
    let man = Man::new(command.clone()).title(name.to_uppercase()).date("");
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    synopsis(command).to_writer(&mut text)?;
    man.render_description_section(&mut text)?;
    if command.get_arguments().next().is_some() {
        man.render_options_section(&mut text)?;
    }
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    if let Some(page) = page(path) {
        sections(command, page).to_writer(&mut text)?;
    }
    pages.push((format!("{name}.1"), String::from_utf8_lossy(&text).into_owned()));
    for subcommand in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        add(subcommand, &format!("{path} {}", subcommand.get_name()), pages)?;
    }
    Ok(())
}

/// The usage line; listing all options would be longer than the rest of the page.
fn synopsis(command: &Command) -> Roff {
    let usage = command.clone().render_usage().to_string();
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    roff.text([roman(usage.trim_start_matches("Usage: ").trim())]);
    roff
}

fn sections(command: &Command, page: &Page) -> Roff {
    let mut roff = Roff::new();
    let entry = |roff: &mut Roff, term: &str, text: &str| {
        roff.control("TP", []).text([bold(term)]).text([roman(text)]);
    };
    roff.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in page.exits {
        entry(&mut roff, &code.to_string(), meaning);
    }
    roff.control("SH", ["ENVIRONMENT"]);
    for arg in command.get_arguments() {
        let (Some(variable), Some(option)) = (arg.get_env(), arg.get_long()) else { continue };
        entry(&mut roff, &variable.to_string_lossy(), &format!("as --{option}"));
    }
    for (variables, what) in VARIABLES {
        entry(&mut roff, variables, what);
    }
    if page.reads_configuration {
        roff.control("SH", ["FILES"]);
        let (file, what) = CONFIGURATION;
        entry(&mut roff, file, what);
    }
    roff.control("SH", ["EXAMPLES"]);
    for (line, what) in page.examples {
        entry(&mut roff, line, what);
    }
    roff.control("SH", ["SEE ALSO"]);
    let mut related = Vec::new();
    for name in page.related {
        related.extend([bold(format!("mtlsctl-{}", name.replace(' ', "-"))), roman("(1), ")]);
    }
    related.push(italic(SITE));
    roff.text(related);
    roff
}
