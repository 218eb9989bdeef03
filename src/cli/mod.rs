//! The command line; one file per subcommand.

mod bash;
pub mod completions;
mod config;
mod consul;
mod demo;
mod diff;
mod doctor;
mod explain;
mod graph;
pub mod help;
mod inspect;
mod lint;
mod other_words;
mod probe;
mod rehearse;
mod resolve;
mod running;
mod shared;
mod upgrade;
mod version;

use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::env::{self, CompleteEnv, Shells};
use time::OffsetDateTime;

use crate::cert::pem::holds_private_key;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use bash::Bash;
use config::with_settings;
use other_words::with_tip;
use shared::{ClosedPipe, GlobalArgs, tell, told};

/// Lint and diagnose mutual TLS between Ambassador / Emissary-ingress and its upstreams.
#[derive(Debug, Parser)]
#[command(name = "mtlsctl", version, max_term_width = 100, subcommand_required = true)]
pub struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Lint(lint::LintArgs),
    Probe(Box<probe::Args>),
    Running(Box<running::Args>),
    Resolve(resolve::ResolveArgs),
    Diff(Box<diff::Args>),
    Upgrade(Box<upgrade::UpgradeArgs>),
    Rehearse(Box<rehearse::RehearseArgs>),
    Graph(graph::GraphArgs),
    Inspect(Box<inspect::InspectArgs>),
    Explain(Box<explain::ExplainArgs>),
    Consul(consul::Args),
    Lsp(Box<lint::LspArgs>),
    Config(config::ConfigCommand),
    Demo(demo::DemoArgs),
    Doctor(doctor::DoctorArgs),
    Version(version::VersionArgs),
    Completions(completions::CompletionsArgs),
    Man(help::ManArgs),
}

/// The whole command line, for generated scripts and pages.
pub fn command() -> clap::Command {
    help::with_candidates(help::with_pages(diff::with_ranges(Cli::command())), command)
}

/// The same under the name it was invoked by: `kubectl-mtlsctl` is the kubectl plugin, invoked as
/// `kubectl mtlsctl` (kubectl turns dashes into underscores).
fn command_called(program: Option<&OsStr>) -> clap::Command {
    let stem = Path::new(program.unwrap_or_default()).file_stem().unwrap_or_default();
    let stem = stem.to_string_lossy();
    match stem.strip_prefix("kubectl-") {
        Some(plugin) => command().bin_name(format!("kubectl {}", plugin.replace('_', "-"))),
        None => command(),
    }
}

/// Parses the process's arguments, runs the command and returns its exit code.
pub fn main() -> ExitCode {
    let shells = Shells(&[&Bash, &env::Elvish, &env::Fish, &env::Powershell, &env::Zsh]);
    CompleteEnv::with_factory(command).shells(shells).complete();
    let called = command_called(std::env::args_os().next().as_deref());
    let parsed = called.try_get_matches();
    let parsed = parsed.and_then(|given| Ok((Cli::from_arg_matches(&given)?, given)));
    let (cli, given) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return refuse(&with_tip(error, &command())),
    };
    // The server reads on its own thread, so the streams must not be locked before.
    if let Command::Lsp(args) = &cli.command {
        return serve(args, &cli.global, &given);
    }
    let out_terminal = io::stdout().is_terminal();
    let err_terminal = io::stderr().is_terminal();
    let mut out = io::BufWriter::new(ClosedPipe(io::stdout().lock()));
    let mut err = ClosedPipe(io::stderr().lock());
    let mut input = io::stdin().lock();
    let mut console = Console {
        out: &mut out,
        err: &mut err,
        input: &mut input,
        out_color: cli.global.color.shows(out_terminal),
        links: cli.global.hyperlinks.links(out_terminal),
        out_is_terminal: out_terminal,
        err_is_terminal: err_terminal,
        unicode: shared::common::is_unicode_locale(),
        width: shared::common::terminal_width(),
        now: cli.global.at.unwrap_or_else(OffsetDateTime::now_utc),
    };
    run(cli, &given, &mut console).into()
}

/// Runs the language server; failures go to standard error, which editors show.
fn serve(args: &lint::LspArgs, global: &GlobalArgs, given: &ArgMatches) -> ExitCode {
    let given = given.subcommand().map_or(given, |(_, given)| given);
    match lint::serve(args, given, global.at) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            let _ = write!(io::stderr(), "{}", told(&failure));
            failure.exit().into()
        }
    }
}

/// Prints the usage error or the help; a key passed in place of its path is not repeated.
fn refuse(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    if holds_private_key(&text) {
        // Between the two, clap repeats the argument, possibly several times.
        let usage = text.rfind("\n\nUsage:").map_or("\n", |at| &text[at..]);
        let _ = write!(
            io::stderr(),
            "error: an argument is a private key; give the path of its file{usage}"
        );
    } else {
        let _ = error.print();
    }
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Runs one command against a console; failures go to its error stream.
///
/// `given` is what `cli` was parsed from: it distinguishes flags from variables and defaults.
pub fn run(cli: Cli, given: &ArgMatches, console: &mut Console<'_>) -> Exit {
    let result = dispatch(cli, given, console).and_then(|exit| {
        console.out.flush()?;
        Ok(exit)
    });
    match result {
        Ok(exit) => exit,
        Err(failure) => {
            tell(&failure, console);
            failure.exit()
        }
    }
}

fn dispatch(cli: Cli, given: &ArgMatches, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let given = given.subcommand().map_or(given, |(_, given)| given);
    if !matches!(cli.command, Command::Diff(_)) && diff::is_range(given, "at") {
        return Err(Failure::Usage {
            message: "--at accepts a range only in `mtlsctl diff`".to_owned(),
            hint: "give one time, such as 2027-01-01".to_owned(),
        });
    }
    match cli.command {
        Command::Lint(args) => lint::run(&args, given, &cli.global, console),
        Command::Probe(args) => with_settings(&*args, given, console, |settled, console| {
            probe::run(settled, given, cli.global.quiet, console)
        }),
        Command::Running(args) => with_settings(&*args, given, console, running::run),
        Command::Resolve(args) => with_settings(&args, given, console, |settled, console| {
            resolve::run(settled, cli.global.quiet, console)
        }),
        Command::Diff(args) => diff::run(&args, given, console),
        Command::Upgrade(args) => with_settings(&*args, given, console, upgrade::run),
        Command::Rehearse(args) => rehearse::run(&args, given, console),
        Command::Graph(args) => with_settings(&args, given, console, graph::run),
        Command::Inspect(args) => inspect::run(&args, given, console),
        Command::Config(args) => config::run(&args, console),
        Command::Explain(args) => explain::run(&args, given, console),
        // Not reached: `main` starts it before the streams are locked.
        Command::Lsp(args) => lint::serve(&args, given, cli.global.at),
        Command::Consul(args) => consul::run(&args, &cli.global, console),
        Command::Demo(args) => demo::run(&args, console),
        Command::Doctor(args) => doctor::run(&args, console),
        Command::Version(args) => version::run(&args, console),
        Command::Completions(args) => completions::run(&args, &command(), console),
        Command::Man(args) => help::run(&args, &command(), console),
    }
}
