//! `mtlsctl lsp`: the language server, which checks a folder exactly as `lint` would from there.

use std::io;
use std::path::PathBuf;

use clap::{ArgMatches, Args};
use time::OffsetDateTime;

use crate::cli::config::{Layers, Settle, settle, settle_or_show};
use crate::cli::shared::{ConfigArgs, Kept, WorldArgs};
use crate::console::{Console, Links};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{Baseline, Policy, Session};
use crate::lsp::{Opened, Place, run};
use crate::resource::Reading;

use super::baseline::BaselineArgs;
use super::rules::RuleArgs;

/// Run the language server: findings as you type, hover, completion, rename, fixes.
///
/// Uses the Language Server Protocol over standard input and output. Each workspace folder is checked as
/// `mtlsctl lint` would check it from there, with its own .mtlsctl.yaml.
#[derive(Debug, Clone, Args)]
pub(crate) struct LspArgs {
    /// Use standard input and output. This is the default; some editors pass the flag.
    #[arg(long)]
    stdio: bool,
    #[command(flatten)]
    rules: RuleArgs,
    /// Suppress the findings recorded in this file, by rule, object and field.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_BASELINE")]
    baseline: Option<PathBuf>,
    #[command(flatten)]
    world: WorldArgs,
}

impl Settle for LspArgs {
    fn config_args(&self) -> &ConfigArgs {
        &self.world.config
    }

    fn inputs(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    fn settle(&mut self, layers: &mut Layers<'_>) {
        self.rules.settle(layers);
        let mut baseline = BaselineArgs::of(self.baseline.take());
        baseline.settle(layers);
        self.baseline = baseline.baseline;
        self.world.settle(layers);
    }
}

/// Runs the command; `at` is the time to check against, by default always the current time.
///
/// # Errors
/// An output that cannot be written. Problems with a folder are reported to the editor.
pub(crate) fn serve(
    args: &LspArgs,
    given: &ArgMatches,
    at: Option<OffsetDateTime>,
) -> Result<Exit, Failure> {
    if args.world.config.show_settings {
        let mut out = io::stdout().lock();
        with_console(&mut out, at, |console| settle_or_show(args, given, console).map(drop))?;
        return Ok(Exit::Clean);
    }
    run(&|place| with_console(&mut io::sink(), at, |console| open(args, given, at, place, console)))
}

/// A console for reading files and clusters; the real streams belong to the editor.
fn with_console<T>(
    out: &mut dyn io::Write,
    at: Option<OffsetDateTime>,
    work: impl FnOnce(&mut Console<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    work(&mut Console {
        out,
        err: &mut io::sink(),
        input: &mut io::empty(),
        out_color: false,
        links: Links::Hidden,
        out_is_terminal: false,
        err_is_terminal: false,
        unicode: true,
        width: 80,
        now: at.unwrap_or_else(OffsetDateTime::now_utc),
    })
}

/// Reads the working directory, or one file, with its configuration.
fn open(
    args: &LspArgs,
    given: &ArgMatches,
    at: Option<OffsetDateTime>,
    place: &Place,
    console: &mut Console<'_>,
) -> Result<Opened, Failure> {
    let settled = settle(args, given)?;
    let args = &settled.args;
    let config = settled.file.as_deref();
    let paths: Vec<PathBuf> = match place {
        Place::Folder => Vec::new(),
        Place::File(path) => vec![path.clone()],
    };
    let margin = args.rules.expires_in.unwrap_or_default();
    let opened = args.world.open_for_lint(&paths, Kept::Whole, margin, console)?;
    let selected = match paths.is_empty() && args.world.cluster.is_given() {
        true => Vec::new(),
        false => args.world.paths_or_default(&paths),
    };
    let is_everything = paths.is_empty()
        && config.is_some_and(|file| {
            let is_here = std::env::current_dir().is_ok_and(|here| here == file.folder);
            is_here || !args.world.manifests.is_empty()
        });
    let policy = Policy {
        selection: args.rules.selection(config.map(|file| &file.config.rules))?,
        honours_ignores: !args.rules.no_ignores,
        config: settled.file.clone(),
        is_everything,
        baseline: BaselineArgs::of(args.baseline.clone()).read()?,
        scope: None,
    };
    let reading = Reading {
        ingest: opened.settings.ingest,
        relevance: args.world.relevance(),
        is_whole: true,
        passes_over: Baseline::is_one,
        before: None,
    };
    Ok(Opened {
        session: Session::new(opened.documents, opened.settings, policy),
        selection: args.world.selection(selected),
        reading,
        shows: args.rules.min_severity,
        clock: at.is_none().then_some(OffsetDateTime::now_utc as fn() -> OffsetDateTime),
        unreadable: opened.unreadable,
    })
}
