//! Arguments of `inspect`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use crate::cert::ExpiryMargin;
use crate::cli::config::{Layers, Settle};
use crate::cli::consul::AgentArgs;
use crate::cli::shared::{ConfigArgs, OutputArgs, WorldArgs, candidates, formats};
use crate::envoy::EnvoyVersion;
use crate::lint::Threshold;

/// Show certificates, keys and CRLs, and whether Envoy would accept them.
#[derive(Debug, Clone, Args)]
pub(crate) struct InspectArgs {
    /// Files or folders (PEM, DER, manifests), secret/[NAMESPACE/]NAME, context/NAME, HOST:PORT,
    /// consul:SERVICE.
    ///
    /// Standard input is -. In a cluster, a Secret without a namespace is looked up in that of -n,
    /// else of the context. HOST:PORT shows what a server presents: it makes a handshake, with
    /// --server-name (else HOST) as SNI, but sends no request. consul:SERVICE shows what a Consul
    /// agent sends.
    #[arg(required = true, value_name = "TARGET",
          add = ArgValueCompleter::new(candidates::inspected_or_files))]
    pub(crate) targets: Vec<String>,
    /// Manifests with the Secrets and contexts: files, folders, or - [default: .].
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Check whether Envoy would accept each target as a server's chain, with this file as
    /// `trusted_ca`.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_CA")]
    pub(super) ca: Option<PathBuf>,
    /// The CRL file to use with --ca.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_CRL")]
    pub(super) crl: Option<PathBuf>,
    /// What --ca checks chains as: a server's, as Ambassador's Envoy does, or a client's, as an
    /// Envoy next to the upstream does (Istio, Consul) [default: what the extended key usage
    /// allows].
    #[arg(long = "as", value_enum, value_name = "ROLE", env = "MTLSCTL_AS")]
    pub(super) judged_as: Option<JudgedAs>,
    /// The private key of a certificate file: check whether Envoy would load the pair.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_KEY")]
    pub(super) key: Option<PathBuf>,
    /// The Envoy version to check for [default: the one that --emissary ships].
    #[arg(long, value_name = "VERSION", env = "MTLSCTL_ENVOY")]
    pub(super) envoy: Option<EnvoyVersion>,
    /// The highest TLS version that the context allows, as in a TLSContext.
    #[arg(long, value_name = "VERSION", value_parser = ["v1.0", "v1.1", "v1.2", "v1.3"],
          default_value = "v1.2", hide_possible_values = true, env = "MTLSCTL_MAX_TLS_VERSION")]
    pub(super) max_tls_version: String,
    /// The key exchange groups of the context, as in a TLSContext.
    #[arg(long, value_name = "CURVE", value_delimiter = ',', env = "MTLSCTL_ECDH_CURVES")]
    pub(super) ecdh_curves: Vec<String>,
    /// The name that a strict client would check; Envoy does not check names.
    #[arg(long, value_name = "NAME", env = "MTLSCTL_SERVER_NAME")]
    pub(super) server_name: Option<String>,
    /// Fail if anything expires within this time (30d, 12h) or share of its life (25%)
    /// [default: warn at 30 days or a third of its life, whichever is shorter].
    #[arg(long, value_name = "MARGIN", env = "MTLSCTL_EXPIRES_IN")]
    pub(super) expires_in: Option<ExpiryMargin>,
    #[command(flatten)]
    pub(super) output: OutputArgs<Format>,
    /// Fail on findings of at least this severity.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Threshold::Error,
          env = "MTLSCTL_FAIL_ON")]
    pub(super) fail_on: Threshold,
    /// Exit with 0 even if there are findings; input that cannot be checked still fails.
    #[arg(long, env = "MTLSCTL_EXIT_ZERO")]
    pub(super) exit_zero: bool,
    /// Succeed if there is nothing to inspect.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    pub(super) allow_empty: bool,
    #[command(flatten)]
    pub(crate) world: WorldArgs,
    #[command(flatten)]
    pub(crate) agent: AgentArgs,
}

/// Whether chains are checked as a server's or a client's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum JudgedAs {
    Server,
    Client,
}

formats! {
    /// Formats of `inspect`.
    pub(super) enum Format {
        Text = "text",
        Table = "table",
        Wide = "wide",
        Json = "json",
        Prom = "prom",
    }
}

impl Settle for InspectArgs {
    fn config_args(&self) -> &ConfigArgs {
        &self.world.config
    }

    fn inputs(&self) -> Vec<PathBuf> {
        let targets = self.targets.iter().map(PathBuf::from).filter(|target| target.exists());
        targets.chain(self.paths.clone()).collect()
    }

    fn settle(&mut self, layers: &mut Layers<'_>) {
        layers.settle("fail_on", &mut self.fail_on, |config| config.fail_on.clone());
        layers.expires_in(&mut self.expires_in);
        layers.note("exit_zero", &mut self.exit_zero);
        layers.note("allow_empty", &mut self.allow_empty);
        self.world.settle(layers);
        self.world.envoy = self.envoy;
    }
}
