//! Floor 8: words typed become library calls; one file per subcommand.

mod closed_pipe;
mod common;
pub mod completions;
mod explain;
mod graph;
mod inspect;
mod lint;
mod output;
mod probe;
mod resolve;
mod threshold;
mod upstream_name;
mod world_args;

use std::io::{self, IsTerminal, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use time::OffsetDateTime;

use crate::cert::pem::{holds_private_key, without_private_keys};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use closed_pipe::ClosedPipe;
use common::GlobalArgs;

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
    Resolve(resolve::ResolveArgs),
    Graph(graph::GraphArgs),
    Inspect(Box<inspect::InspectArgs>),
    Explain(explain::ExplainArgs),
    Completions(completions::CompletionsArgs),
    /// Print the man page.
    Man,
}

/// The whole command line, for scripts and pages that are generated from it.
pub fn command() -> clap::Command {
    use clap::CommandFactory;
    Cli::command()
}

/// Parses the process's arguments, runs the command and says how it ended.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
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
        unicode: common::is_unicode_locale(),
        width: common::terminal_width(),
        now: cli.global.at.unwrap_or_else(OffsetDateTime::now_utc),
    };
    run(cli, &mut console).into()
}

/// Says what is wrong with the arguments, or helps; a key that was given for its path is not repeated.
fn refuse(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    if holds_private_key(&text) {
        let _ = write!(io::stderr(), "{}", without_private_keys(&text));
    } else {
        let _ = error.print();
    }
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Runs one command against a console; failures are told on its error stream.
pub fn run(cli: Cli, console: &mut Console<'_>) -> Exit {
    let result = dispatch(cli, console).and_then(|exit| {
        console.out.flush()?;
        Ok(exit)
    });
    match result {
        Ok(exit) => exit,
        Err(failure) => {
            let failure_text = failure.to_string();
            let _ = writeln!(console.err, "error: {}", without_private_keys(&failure_text));
            if let Some(hint) = failure.hint() {
                let _ = writeln!(console.err, "  help: {}", without_private_keys(&hint));
            }
            Exit::Failed
        }
    }
}

fn dispatch(cli: Cli, console: &mut Console<'_>) -> Result<Exit, Failure> {
    match cli.command {
        Command::Lint(args) => lint::run(&args, &cli.global, console),
        Command::Probe(args) => probe::run(&args, console),
        Command::Resolve(args) => resolve::run(&args, console),
        Command::Graph(args) => graph::run(&args, console),
        Command::Inspect(args) => inspect::run(&args, console),
        Command::Explain(args) => explain::run(&args, console),
        Command::Completions(args) => completions::run(&args, &command(), console),
        Command::Man => completions::run_man(&command(), console),
    }
}
