//! Where the pair goes.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;

use crate::cli::output::Output;
use crate::consul::{Directory, SecretName, Sink, SinkError};
use crate::exit::Exit;
use crate::failure::Failure;

/// Flags about where the pair goes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct SinkArgs {
    /// manifest[=FILE] or json[=FILE] (a Secret, for kubectl apply), or dir=DIR (files that change
    /// together); repeatable.
    #[arg(
        short,
        long = "output",
        visible_alias = "format",
        value_name = "FORMAT[=PATH]",
        env = "MTLSCTL_OUTPUT"
    )]
    pub(super) outputs: Vec<Output<Format>>,
}

/// The forms in which a pair can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Manifest,
    Json,
    Directory,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "manifest" | "yaml" => Ok(Self::Manifest),
            "json" => Ok(Self::Json),
            "dir" => Ok(Self::Directory),
            _ => Err(format!("`{text}` is no form of this command: manifest, json, dir")),
        }
    }
}

/// Takes one output for this process; `None` where it is standard output.
///
/// # Errors
/// A place that cannot be written.
pub(super) fn sink(output: &Output<Format>, secret: &SecretName) -> Result<Option<Sink>, Failure> {
    let file = |path: &PathBuf, json| {
        Some(Sink::File { path: path.clone(), json, secret: secret.clone() })
    };
    Ok(match (output.format, &output.path) {
        (Format::Manifest, Some(path)) => file(path, false),
        (Format::Json, Some(path)) => file(path, true),
        (Format::Manifest | Format::Json, None) => None,
        (Format::Directory, Some(path)) => {
            let directory = Directory::take(path).map_err(SinkError::from)?;
            Some(Sink::Directory(directory))
        }
        (Format::Directory, None) => {
            return Err(Failure::Usage {
                message: "`dir` needs a folder".to_owned(),
                hint: "write -o dir=/etc/consul-certs".to_owned(),
            });
        }
    })
}

impl From<SinkError> for Failure {
    fn from(error: SinkError) -> Self {
        let exit = match error.kind {
            "unsound" => Exit::Found,
            _ if error.unreached => Exit::NotReached,
            _ => Exit::Failed,
        };
        Self::Remote { message: error.message, hint: error.hint, exit }
    }
}
