//! Flag, environment, file, default: which of them sets each value.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;
use clap::parser::ValueSource;

use crate::cert::ExpiryMargin;
use crate::document::Located;
use crate::lint::{Config, ConfigFile};
use crate::source::relative;

use super::shown::{Shown, UNSET};

/// One effective setting.
#[derive(Debug)]
pub(crate) struct Setting {
    /// The flag's name without dashes.
    pub(super) name: String,
    /// Its value.
    pub(super) value: String,
    /// Where it comes from.
    pub(super) origin: String,
}

/// A command's arguments, with the configuration as fallback.
pub(crate) struct Layers<'c> {
    given: &'c ArgMatches,
    file: Option<&'c Arc<ConfigFile>>,
    here: PathBuf,
    pub(super) settings: Vec<Setting>,
}

impl<'c> Layers<'c> {
    pub(super) fn new(given: &'c ArgMatches, file: Option<&'c Arc<ConfigFile>>) -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        Self { given, file, here, settings: Vec::new() }
    }

    /// Gives an argument the configuration's value unless a flag or a variable sets it; `id` is the
    /// parser's name for it.
    pub(crate) fn settle<T: Shown>(
        &mut self,
        id: &'static str,
        value: &mut T,
        said: impl FnOnce(&Config) -> Option<Located<T>>,
    ) {
        let name = flag(id);
        let origin = match self.said_by(id) {
            Some(origin) => origin,
            None => match self.file.and_then(|file| Some((file, said(&file.config)?))) {
                Some((file, said)) => {
                    let place = file.place(said.key());
                    *value = said.value;
                    place
                }
                None => "default".to_owned(),
            },
        };
        self.settings.push(Setting { name, value: value.shown(), origin });
    }

    /// Resolves `--expires-in`, which several commands have.
    pub(crate) fn expires_in(&mut self, value: &mut Option<ExpiryMargin>) {
        self.settle("expires_in", value, |config| {
            Some(config.expires_in.clone()?.map(|margin| Some(margin.0)))
        });
    }

    /// The flag or variable that sets an argument, if one does.
    fn said_by(&self, id: &str) -> Option<String> {
        match self.given.value_source(id)? {
            ValueSource::CommandLine => Some("flag".to_owned()),
            ValueSource::EnvVariable => {
                Some(format!("MTLSCTL_{}", flag(id).replace('-', "_").to_uppercase()))
            }
            _ => None,
        }
    }

    /// Records an argument that all commands have, as written.
    pub(super) fn note_written(&mut self, id: &'static str) {
        let written = self.given.get_raw(id).into_iter().flatten();
        let written: Vec<_> = written.map(|value| value.to_string_lossy()).collect();
        let value = if written.is_empty() { UNSET.to_owned() } else { written.join(", ") };
        let origin = self.said_by(id).unwrap_or_else(|| "default".to_owned());
        self.settings.push(Setting { name: flag(id), value, origin });
    }

    /// Records an argument that no configuration sets.
    pub(crate) fn note<T: Shown>(&mut self, id: &'static str, value: &mut T) {
        self.settle(id, value, |_| None);
    }

    /// Records a setting that only a configuration has.
    pub(crate) fn add(&mut self, name: String, value: String, origin: String) {
        self.settings.push(Setting { name, value, origin });
    }

    /// Whether a flag or a variable sets it.
    pub(crate) fn given(&self, id: &str) -> bool {
        self.said_by(id).is_some()
    }

    /// The configuration, if there is one.
    pub(crate) fn file(&self) -> Option<&'c Arc<ConfigFile>> {
        self.file
    }

    /// A path of the configuration as seen from the working directory.
    pub(crate) fn seen_here(&self, path: &Path) -> PathBuf {
        match self.file {
            Some(file) => relative(&file.folder.join(path), &self.here),
            None => path.to_path_buf(),
        }
    }
}

/// The flag of an argument.
fn flag(id: &str) -> String {
    match id {
        "outputs" => "output".to_owned(),
        "maps" => "map".to_owned(),
        id => id.replace('_', "-"),
    }
}
