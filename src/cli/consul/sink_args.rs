//! Where the certificate and key are written.

use std::path::PathBuf;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::shared::{Formats, Output, candidates};
use crate::consul::{Directory, SecretName, SecretSink, Sink, SinkError};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::kubernetes::{Access, ClusterClient};

/// Flags for where the certificate and key are written.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct SinkArgs {
    /// manifest[=FILE] or json[=FILE] (a Secret, for kubectl apply), dir=DIR (files that change
    /// together), or kubernetes (the Secret itself); repeatable.
    #[arg(
        short,
        long = "output",
        alias = "format",
        value_name = "FORMAT[=PATH]",
        env = "MTLSCTL_OUTPUT",
        add = ArgValueCompleter::new(candidates::<Format>)
    )]
    pub(super) outputs: Vec<Output<Format>>,
    /// The kubeconfig for -o kubernetes [KUBECONFIG, ~/.kube/config, else the pod's account].
    #[arg(long, value_name = "FILE")]
    kubeconfig: Option<PathBuf>,
    /// The kubeconfig context [the current one].
    #[arg(long, value_name = "NAME", env = "MTLSCTL_CONTEXT")]
    context: Option<String>,
    /// Take ownership of Secret fields that another client wrote.
    #[arg(long, env = "MTLSCTL_FORCE_CONFLICTS")]
    force_conflicts: bool,
}

/// The forms in which a pair can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Manifest,
    Json,
    Directory,
    Kubernetes,
}

impl Formats for Format {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("manifest", Self::Manifest),
        ("yaml", Self::Manifest),
        ("json", Self::Json),
        ("dir", Self::Directory),
        ("kubernetes", Self::Kubernetes),
    ];
}

impl SinkArgs {
    /// Opens one output for this process; `None` for standard output.
    ///
    /// # Errors
    /// A path that cannot be written, or a cluster that cannot be reached.
    pub(super) async fn sink(
        &self,
        output: &Output<Format>,
        secret: &SecretName,
    ) -> Result<Option<Sink>, Failure> {
        let file = |path: &PathBuf, json| {
            Some(Sink::File { path: path.clone(), json, secret: secret.clone() })
        };
        let usage = |message: &str, hint: &str| Failure::Usage {
            message: message.to_owned(),
            hint: hint.to_owned(),
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
                return Err(usage("`dir` needs a folder", "write -o dir=/etc/consul-certs"));
            }
            (Format::Kubernetes, None) => {
                let access = Access {
                    kubeconfig: self.kubeconfig.clone(),
                    context: self.context.clone(),
                    cluster: None,
                };
                let cluster = ClusterClient::connect(&access).await.map_err(SinkError::from)?;
                let sink = SecretSink::new(cluster, secret, self.force_conflicts);
                Some(Sink::Secret(Box::new(sink)))
            }
            (Format::Kubernetes, Some(_)) => {
                return Err(usage(
                    "`kubernetes` takes no path",
                    "use --secret and --secret-namespace to name the Secret",
                ));
            }
        })
    }
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
