//! A command's arguments with the configuration as fallback, and the table of settings and their
//! origins.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::ArgMatches;

use crate::cert::pem::without_private_keys;
use crate::cli::shared::ConfigArgs;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::ConfigFile;

use super::layers::{Layers, Setting};

/// Arguments that a configuration can fill.
pub(crate) trait Settle: Clone {
    /// The flags that select the configuration.
    fn config_args(&self) -> &ConfigArgs;

    /// What is read; the configuration is in a folder above it.
    fn inputs(&self) -> Vec<PathBuf>;

    /// Fills in what no flag or variable sets, and records all effective settings.
    fn settle(&mut self, layers: &mut Layers<'_>);
}

/// The effective arguments.
#[derive(Debug)]
pub(crate) struct Settled<A> {
    /// The arguments.
    pub(crate) args: A,
    /// The configuration, if there is one.
    pub(crate) file: Option<Arc<ConfigFile>>,
    settings: Vec<Setting>,
}

/// As [`settle`]; with `--show-settings`, shows the settings and returns `None`.
///
/// # Errors
/// A configuration that cannot be read or understood, or a closed output.
pub(crate) fn settle_or_show<A: Settle>(
    args: &A,
    given: &ArgMatches,
    console: &mut Console<'_>,
) -> Result<Option<Settled<A>>, Failure> {
    let settled = settle(args, given)?;
    if args.config_args().show_settings {
        settled.show(console)?;
        return Ok(None);
    }
    Ok(Some(settled))
}

/// Runs a command with settled arguments; with `--show-settings`, shows them instead.
///
/// # Errors
/// As [`settle_or_show`], and those of the command.
pub(crate) fn with_settings<A: Settle>(
    args: &A,
    given: &ArgMatches,
    console: &mut Console<'_>,
    run: impl FnOnce(&Settled<A>, &mut Console<'_>) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    match settle_or_show(args, given, console)? {
        Some(settled) => run(&settled, console),
        None => Ok(Exit::Clean),
    }
}

/// Finds the configuration of a command and applies it to its arguments.
///
/// # Errors
/// A configuration that cannot be read or understood.
pub(crate) fn settle<A: Settle>(args: &A, given: &ArgMatches) -> Result<Settled<A>, Failure> {
    let file = args.config_args().load(&args.inputs())?.map(Arc::new);
    let mut args = args.clone();
    let mut layers = Layers::new(given, file.as_ref());
    args.settle(&mut layers);
    for id in ["color", "hyperlinks", "at", "quiet", "verbose"] {
        layers.note_written(id);
    }
    let settings = layers.settings;
    Ok(Settled { args, file, settings })
}

impl<A> Settled<A> {
    /// Shows which configuration applies, and every setting with its origin.
    ///
    /// # Errors
    /// A closed output.
    fn show(&self, console: &mut Console<'_>) -> Result<(), Failure> {
        let mut text = String::new();
        let source = self.file.as_deref().and_then(ConfigFile::source);
        let name = source.map_or("none", |source| source.name.as_str());
        let _ = writeln!(text, "configuration: {name}\n");
        let width = |part: fn(&Setting) -> &str| {
            let widths = self.settings.iter().map(|setting| part(setting).chars().count());
            widths.max().unwrap_or_default().min(WIDEST)
        };
        let (names, values) = (width(|one| &one.name), width(|one| &one.value));
        for Setting { name, value, origin } in &self.settings {
            let _ = writeln!(text, "{name:<names$}  {value:<values$}  {origin}");
        }
        // A key may have been passed in place of its path.
        console.out.write_all(without_private_keys(&text).as_bytes())?;
        Ok(())
    }
}

/// The maximum width of a column, even for a long value.
const WIDEST: usize = 40;
