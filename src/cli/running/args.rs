//! Arguments of `running`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::cert::ExpiryMargin;
use crate::cli::config::{Layers, Settle};
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::{OutputArgs, WorldArgs, formats};
use crate::lint::Threshold;
use crate::probe::Files;

/// Compare a running Envoy with what the manifests ask for.
///
/// Reads Envoy's admin interface and reports for each upstream: stale certificates, configuration
/// that was not applied, different TLS settings, failed handshakes, and certificates that expire
/// soon. Nothing is changed.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Args {
    /// Envoy's admin interface as HOST:PORT, or its saved responses: files, or a folder of them.
    ///
    /// Ambassador's is 127.0.0.1:8001 in its pod. Saved responses may have any name; their content
    /// shows which they are: /config_dump, /certs, /stats, /server_info or /clusters?format=json,
    /// or /ambassador/v0/diag/?json=true of Ambassador's diagnostics on port 8877.
    #[arg(value_name = "ADMIN", required_unless_present = "in_pod")]
    pub(super) admin: Vec<String>,
    /// Ambassador's diagnostics as HOST:PORT, from which its release is read [with --in:
    /// 127.0.0.1:8877].
    #[arg(long, value_name = "HOST:PORT", env = "MTLSCTL_DIAGNOSTICS")]
    pub(super) diagnostics: Option<String>,
    /// Connect from inside this pod, through a relay: deploy/NAME, ds/NAME, pod/NAME, or auto.
    #[arg(long = "in", value_name = "POD")]
    pub(super) in_pod: Option<String>,
    /// Manifests: files, folders, or - for standard input [default: .].
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Where files of the Ambassador pod are locally: /etc/istiocerts=./certs; repeatable.
    #[arg(long = "map", value_name = "POD=HERE", value_parser = Files::read_map, env = "MTLSCTL_MAP")]
    pub(super) maps: Vec<(String, PathBuf)>,
    /// Report loaded certificates that expire within this time (30d, 12h) or share of its life
    /// (25%) [default: 30 days or a third of its life, whichever is shorter].
    #[arg(long, value_name = "MARGIN", env = "MTLSCTL_EXPIRES_IN")]
    pub(super) expires_in: Option<ExpiryMargin>,
    #[command(flatten)]
    pub(super) output: OutputArgs<Format>,
    /// Fail on findings of at least this severity.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Threshold::Error,
          env = "MTLSCTL_FAIL_ON")]
    pub(super) fail_on: Threshold,
    /// Succeed if the input has no Ambassador resources.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    pub(super) allow_empty: bool,
    #[command(flatten)]
    pub(super) world: WorldArgs,
}

formats! {
    /// Formats of `running`.
    pub(super) enum Format {
        Text = "text",
        Table = "table",
        Json = "json",
        Prom = "prom",
        Sarif = "sarif",
    }
}

impl Settle for Args {
    fn config_args(&self) -> &ConfigArgs {
        &self.world.config
    }

    fn inputs(&self) -> Vec<PathBuf> {
        self.paths.clone()
    }

    fn settle(&mut self, layers: &mut Layers<'_>) {
        layers.settle("fail_on", &mut self.fail_on, |config| config.fail_on.clone());
        layers.expires_in(&mut self.expires_in);
        let maps = layers.file().and_then(|file| file.config.map.clone());
        let maps = maps.map(|maps| {
            let here = |(pod, path): (String, PathBuf)| (pod, layers.seen_here(&path));
            maps.map(|maps| maps.into_iter().map(here).collect())
        });
        layers.settle("maps", &mut self.maps, |_| maps);
        layers.note("diagnostics", &mut self.diagnostics);
        layers.note("allow_empty", &mut self.allow_empty);
        self.world.settle(layers);
    }
}
