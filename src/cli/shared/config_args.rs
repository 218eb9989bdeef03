//! `--config`, `--no-config`, `--show-settings`.

use std::env;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::failure::Failure;
use crate::lint::{ConfigFile, find_config};
use crate::source::{absolute, read_file, relative, shown};

/// Flags that select the configuration.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct ConfigArgs {
    /// The configuration file; its paths are then relative to the working directory [default: the
    /// closest .mtlsctl.yaml above all inputs, up to the repository].
    #[arg(long, value_name = "FILE", env = "MTLSCTL_CONFIG")]
    config: Option<PathBuf>,
    /// Read no configuration.
    #[arg(long, visible_alias = "isolated", env = "MTLSCTL_NO_CONFIG", conflicts_with = "config")]
    no_config: bool,
    /// Show every effective setting and where it comes from.
    #[arg(long)]
    pub(crate) show_settings: bool,
}

impl ConfigArgs {
    /// The given configuration.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// The configuration for these inputs.
    ///
    /// # Errors
    /// An unreadable or invalid configuration, or two in one folder.
    pub(crate) fn load(&self, inputs: &[PathBuf]) -> Result<Option<ConfigFile>, Failure> {
        if self.no_config {
            return Ok(None);
        }
        let here = env::current_dir()?;
        let path = match &self.config {
            Some(path) => absolute(path),
            None => match find_config(inputs, &here) {
                Ok(Some(path)) => path,
                Ok(None) => return Ok(None),
                Err(two) => {
                    let folder = relative(&two.folder, &here);
                    return Err(Failure::Usage {
                        message: format!("two configurations in `{}`", folder.display()),
                        hint: "keep either .mtlsctl.yaml or .mtlsctl.yml".to_owned(),
                    });
                }
            },
        };
        let name = shown(&relative(&path, &here));
        let text = read_file(&path)
            .map_err(|reason| Failure::Unreadable { path: name.clone(), reason })?;
        // A given configuration may be anywhere, so its paths are relative to the working
        // directory.
        let folder = match (&self.config, path.parent()) {
            (None, Some(folder)) => folder.to_path_buf(),
            _ => here,
        };
        let file = ConfigFile::parse(&name, text, folder);
        file.map(Some).map_err(|unfit| Failure::Configuration {
            place: unfit.place,
            reason: unfit.reason,
            hint: unfit.hint,
        })
    }
}
