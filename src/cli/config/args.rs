//! `--config`, `--no-config`, `--show-settings`.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::failure::Failure;
use crate::lint::{ConfigFile, find_config};
use crate::source::{absolute, relative, shown};

/// Flags that say which configuration holds.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct ConfigArgs {
    /// The configuration [default: the nearest .mtlsctl.yaml above all inputs, up to the repository].
    #[arg(long, value_name = "FILE", env = "MTLSCTL_CONFIG")]
    config: Option<PathBuf>,
    /// Read no configuration.
    #[arg(long, visible_alias = "isolated", env = "MTLSCTL_NO_CONFIG", conflicts_with = "config")]
    no_config: bool,
    /// Show every setting that counts, and who says so.
    #[arg(long)]
    pub(super) show_settings: bool,
}

impl ConfigArgs {
    /// The configuration that is named.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// The configuration of a call that reads these inputs.
    ///
    /// # Errors
    /// A configuration that cannot be read or understood, or two in one folder.
    pub(super) fn load(&self, inputs: &[PathBuf]) -> Result<Option<ConfigFile>, Failure> {
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
                        message: format!("two configurations lie in `{}`", folder.display()),
                        hint: "keep either .mtlsctl.yaml or .mtlsctl.yml".to_owned(),
                    });
                }
            },
        };
        let name = shown(&relative(&path, &here));
        let text = fs::read(&path)
            .map_err(|error| error.kind())
            .and_then(|bytes| String::from_utf8(bytes).map_err(|_| ErrorKind::InvalidData));
        let text = text.map_err(|kind| Failure::Unreadable {
            path: name.clone(),
            reason: match kind {
                ErrorKind::NotFound => "there is no such configuration".to_owned(),
                ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
                ErrorKind::PermissionDenied => "permission denied".to_owned(),
                ErrorKind::IsADirectory => "it is a directory".to_owned(),
                kind => kind.to_string(),
            },
        })?;
        let folder = path.parent().unwrap_or(Path::new("/")).to_path_buf();
        let file = ConfigFile::parse(&name, text, folder);
        file.map(Some).map_err(|unfit| Failure::Configuration {
            place: unfit.place,
            reason: unfit.reason,
            hint: unfit.hint,
        })
    }
}
