//! `mtlsctl lint`: all inputs of one call are one world, and every rule looks at it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::console::Console;
use crate::diagnostic::{Severity, counted};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{Outcome, RuleSelection, Scope, Tally, check};
use crate::report::{Checked, github_summary, one_line, rule_list};
use crate::source::{path_in_repository, repository_root};
use crate::world::World;

use super::baseline::BaselineArgs;
use super::common::{GlobalArgs, look};
use super::lint_format::Format;
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
    /// text, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or tap; with
    /// =PATH into a file; repeatable.
    #[arg(
        short,
        long = "output",
        visible_alias = "format",
        value_name = "FORMAT[=PATH]",
        default_value = "text",
        env = "MTLSCTL_OUTPUT"
    )]
    outputs: Vec<Output<Format>>,
    /// Run only rules whose ids match one of these globs; repeatable.
    #[arg(long, value_name = "RULE", env = "MTLSCTL_SELECT", value_delimiter = ',')]
    select: Vec<String>,
    /// Leave out rules whose ids match one of these globs; repeatable.
    #[arg(long, value_name = "RULE", env = "MTLSCTL_IGNORE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Report also what comments and annotations ask to ignore.
    #[arg(long, env = "MTLSCTL_NO_IGNORES")]
    no_ignores: bool,
    /// Show suppressed findings in JSON, too, with the reason; SARIF always holds them.
    #[arg(long, env = "MTLSCTL_SHOW_SUPPRESSED")]
    show_suppressed: bool,
    #[command(flatten)]
    baseline: BaselineArgs,
    /// List the rules that would run.
    #[arg(long)]
    list_rules: bool,
    /// List the files that would be read.
    #[arg(long)]
    show_files: bool,
    /// Which findings count: all, or those with a place in the files given; then all files of
    /// --root are read, since what a file refers to may lie in another one.
    #[arg(long, value_enum, value_name = "SCOPE", default_value_t, env = "MTLSCTL_REPORT_SCOPE")]
    report_scope: ReportScope,
    /// The folder whose files are all read with --report-scope=files [default: the repository, else
    /// the working directory].
    #[arg(long, value_name = "DIR", env = "MTLSCTL_ROOT")]
    root: Option<PathBuf>,
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

/// Which findings count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum ReportScope {
    /// All of them.
    #[default]
    All,
    /// Those with a place in one of the files given.
    Files,
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
    /// The mildest severity that it lets through; `None` for none at all.
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }

    fn reaches(self, severity: Severity) -> bool {
        self.severity().is_some_and(|from| severity >= from)
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
    let selection = RuleSelection::of(&args.select, &args.ignore).map_err(|unknown| {
        let hint = match unknown.near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`mtlsctl lint --list-rules` lists all rules".to_owned(),
        };
        Failure::Usage { message: unknown.to_string(), hint }
    })?;
    if args.list_rules {
        let list = rule_list(selection.rules(), look(console, console.out_color));
        console.out.write_all(list.as_bytes())?;
        return Ok(Exit::Clean);
    }
    let scope =
        (args.report_scope == ReportScope::Files && !paths.is_empty()).then(|| Scope::of(&paths));
    let mut wanted = paths;
    if scope.is_some() {
        wanted.push(context_root(args.root.as_deref()));
    }
    let input = args.world.read_assuming_secrets(&wanted, console)?;
    let world = &input.world;
    if args.show_files {
        for source in world.sources.iter() {
            writeln!(console.out, "{}", one_line(&source.name))?;
        }
        return Ok(if world.sources.is_empty() { Exit::NothingToCheck } else { Exit::Clean });
    }
    let mut outcome = check(world, &selection, !args.no_ignores);
    args.baseline.apply(&mut outcome, &world.sources, console)?;
    if let Some(scope) = &scope {
        outcome.findings.retain(|found| scope.holds(found, &world.sources));
        outcome.suppressed.retain(|one| scope.holds(&one.finding, &world.sources));
    }
    let fails = outcome.findings.iter().any(|found| args.fail_on.reaches(found.severity));
    outcome.findings.retain(|found| args.min_severity.reaches(found.severity));
    let prefix = std::env::current_dir().map(|here| path_in_repository(&here)).unwrap_or_default();
    let checked = Checked {
        world,
        outcome: &outcome,
        show_suppressed: args.show_suppressed,
        fails_from: args.fail_on.severity(),
        prefix: &prefix,
    };
    for output in &args.outputs {
        let color = console.out_color && output.path.is_none();
        let report = output.format.render(&checked, look(console, color));
        deliver(output, &report, console)?;
    }
    if args.outputs.iter().any(|output| output.format == Format::Github) {
        tell_job_summary(&checked)?;
    }
    // The summary comes after the findings, also where both streams are one terminal.
    console.out.flush()?;
    for sentence in &input.unreadable {
        writeln!(console.err, "warning: {sentence}")?;
    }
    let nothing = world.has_nothing_of_ours();
    if !global.quiet {
        summary(world, &outcome, nothing, console)?;
    }
    Ok(match (fails && !args.exit_zero, nothing && !args.allow_empty) {
        _ if !input.unreadable.is_empty() => Exit::Failed,
        (true, _) => Exit::Found,
        (false, true) => Exit::NothingToCheck,
        (false, false) => Exit::Clean,
    })
}

/// The folder that gives the files of a call their context, relative to the working directory
/// where it can be.
fn context_root(given: Option<&Path>) -> PathBuf {
    if let Some(root) = given {
        return root.to_path_buf();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let root = repository_root(&here).unwrap_or_else(|| here.clone());
    let steps = here.strip_prefix(&root).map_or(0, |below| below.components().count());
    if steps == 0 { PathBuf::from(".") } else { PathBuf::from(vec![".."; steps].join("/")) }
}

/// Adds the table of findings to the job's summary, where GitHub asks for one.
fn tell_job_summary(checked: &Checked<'_>) -> Result<(), Failure> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let path = Path::new(&path);
    let add = || {
        let mut file = fs::OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(github_summary(checked).as_bytes())
    };
    add().map_err(|source| Failure::Unwritable { path: path.display().to_string(), source })
}

fn summary(
    world: &World,
    outcome: &Outcome,
    nothing: bool,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let resources = &world.resources;
    let files = counted(world.sources.len(), "file");
    if nothing {
        let documents = counted(resources.documents, "document");
        writeln!(console.err, "nothing of this Ambassador's in {files} ({documents})")?;
        return Ok(());
    }
    let upstreams = counted(world.upstreams.len(), "upstream");
    let tally = Tally::of(&outcome.findings);
    let counts = [(tally.errors, "error"), (tally.warnings, "warning"), (tally.notes, "note")];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    let suppressed = outcome.suppressed.len();
    let found = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
    let aside = if suppressed > 0 { format!(", {suppressed} suppressed") } else { String::new() };
    writeln!(console.err, "{found}{aside} ({upstreams} in {files})")?;
    Ok(())
}
