//! `mtlsctl lint`: all inputs of one call are one world, and every rule looks at it.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};

use crate::console::Console;
use crate::diagnostic::{Diagnostic, Severity};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{Tally, lint};
use crate::report::{Look, lint_concise, lint_json, lint_text};
use crate::world::World;

use super::common::{GlobalArgs, look};
use super::output::{Output, deliver};
use super::world_args::WorldArgs;

/// Find what is wrong with the mutual TLS of these manifests.
#[derive(Debug, Args)]
pub(crate) struct LintArgs {
    /// Manifests: files, folders, or - for standard input [default: .].
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The same, as in kubectl.
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    more_paths: Vec<PathBuf>,
    /// text, concise or json; with =PATH into a file; repeatable.
    #[arg(
        short,
        long = "output",
        visible_alias = "format",
        value_name = "FORMAT[=PATH]",
        default_value = "text",
        env = "MTLSCTL_OUTPUT"
    )]
    outputs: Vec<Output<Format>>,
    /// Fail from this severity on.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Threshold::Error,
          env = "MTLSCTL_FAIL_ON")]
    fail_on: Threshold,
    /// Show findings from this severity on.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Threshold::Note,
          env = "MTLSCTL_MIN_SEVERITY")]
    min_severity: Threshold,
    /// Succeed whatever is found; what could not be checked still fails.
    #[arg(long, env = "MTLSCTL_EXIT_ZERO")]
    exit_zero: bool,
    /// Succeed where the input holds nothing of Ambassador's.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    allow_empty: bool,
    #[command(flatten)]
    world: WorldArgs,
}

/// A severity, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Threshold {
    Note,
    Warning,
    Error,
    Never,
}

impl Threshold {
    fn reaches(self, severity: Severity) -> bool {
        match self {
            Self::Note => true,
            Self::Warning => severity >= Severity::Warning,
            Self::Error => severity >= Severity::Error,
            Self::Never => false,
        }
    }
}

/// Formats of `lint`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Concise,
    Json,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "concise" => Ok(Self::Concise),
            "json" => Ok(Self::Json),
            _ => Err(format!("`{text}` is not a format of this command: text, concise, json")),
        }
    }
}

/// Runs the command.
///
/// # Errors
/// Unreadable input, or a report that cannot be written.
pub(crate) fn run(
    args: &LintArgs,
    global: &GlobalArgs,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let paths: Vec<PathBuf> = args.paths.iter().chain(&args.more_paths).cloned().collect();
    let input = args.world.read_assuming_secrets(&paths, console)?;
    let world = &input.world;
    let mut findings = lint(world);
    let fails = findings.iter().any(|found| args.fail_on.reaches(found.severity));
    findings.retain(|found| args.min_severity.reaches(found.severity));
    for output in &args.outputs {
        let color = console.out_color && output.path.is_none();
        let report = render(world, &findings, output.format, look(console, color));
        deliver(output, &report, console)?;
    }
    // The summary comes after the findings, also where both streams are one terminal.
    console.out.flush()?;
    for sentence in &input.unreadable {
        writeln!(console.err, "warning: {sentence}")?;
    }
    let nothing = world.resources.ambassador_objects() == 0 && findings.is_empty();
    if !global.quiet {
        summary(world, &findings, nothing, console)?;
    }
    Ok(match (fails && !args.exit_zero, nothing && !args.allow_empty) {
        _ if !input.unreadable.is_empty() => Exit::Failed,
        (true, _) => Exit::Found,
        (false, true) => Exit::NothingToCheck,
        (false, false) => Exit::Clean,
    })
}

fn render(world: &World, findings: &[Diagnostic], format: Format, look: Look) -> String {
    match format {
        Format::Text => lint_text(world, findings, look),
        Format::Concise => lint_concise(world, findings),
        Format::Json => format!("{:#}\n", lint_json(world, findings)),
    }
}

fn summary(
    world: &World,
    findings: &[Diagnostic],
    nothing: bool,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let resources = &world.resources;
    let files = counted(world.sources.len(), "file");
    if nothing {
        let documents = counted(resources.documents, "document");
        writeln!(console.err, "nothing of Ambassador's in {files} ({documents})")?;
        return Ok(());
    }
    let upstreams = counted(world.upstreams.len(), "upstream");
    let tally = Tally::of(findings);
    let counts = [(tally.errors, "error"), (tally.warnings, "warning"), (tally.notes, "note")];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    let found = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
    writeln!(console.err, "{found} ({upstreams} in {files})")?;
    Ok(())
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
