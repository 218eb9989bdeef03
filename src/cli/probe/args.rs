//! Arguments of `probe`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args as ClapArgs, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use crate::cli::config::{Layers, Settle, Shown, choice};
use crate::cli::consul::AgentArgs;
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::WorldArgs;
use crate::cli::shared::candidates;
use crate::cli::shared::duration;
use crate::cli::shared::{OutputArgs, formats};
use crate::envoy::EnvoyVersion;
use crate::lint::Threshold;
use crate::probe::{ConnectTo, Expected, Files, Proxy, Resolve, StartTls, TlsVersion};

/// Perform the handshake that Ambassador would perform, and report the result.
///
/// Each upstream gets one connection with the context's certificate and one without, each with one
/// request: `GET` of the Mapping's path, or a gRPC call without a message. If the first connection
/// fails, up to four more are made with other ClientHellos to find the cause.
///
/// Exit code 0: Envoy would succeed. 1: it would fail, the result is unknown, or `--require-mutual`
/// or `--expect-spiffe` is not met. 2: could not start. 4: the peer was not reached.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Args {
    /// A Mapping's name, or a bare host:port.
    ///
    /// Also a unique part of a name, NAMESPACE/NAME, a service's host, or a prefix. For a bare
    /// host:port, the flags below replace a TLSContext.
    #[arg(required_unless_present = "all", value_name = "TARGET",
          add = ArgValueCandidates::new(candidates::upstreams))]
    pub(super) targets: Vec<String>,
    /// Probe every upstream in the input.
    #[arg(long, conflicts_with = "targets")]
    pub(super) all: bool,
    /// Manifests: files, folders, or - for standard input [default: .].
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Use this Consul service's certificate and its mesh's roots, and check intentions; all from a
    /// Consul agent.
    #[arg(long, value_name = "SERVICE", conflicts_with_all = ["cert", "key", "ca", "crl"],
          env = "MTLSCTL_CONSUL")]
    pub(super) consul: Option<String>,
    #[command(flatten)]
    pub(super) output: OutputArgs<Format>,
    /// Exit with 1 on this result or worse.
    #[arg(long, value_enum, default_value_t, env = "MTLSCTL_FAIL_ON")]
    pub(super) fail_on: FailOn,
    #[command(flatten)]
    pub(super) context: ContextArgs,
    #[command(flatten)]
    pub(super) conduct: ConductArgs,
    #[command(flatten)]
    pub(super) world: WorldArgs,
    #[command(flatten)]
    pub(super) agent: AgentArgs,
}

/// Settings of a TLSContext.
#[derive(Debug, Clone, ClapArgs)]
#[command(next_help_heading = "As in a TLSContext")]
pub(super) struct ContextArgs {
    /// The client certificate chain (PEM, leaf first).
    #[arg(long, value_name = "FILE", requires = "key", env = "MTLSCTL_CERT")]
    pub(super) cert: Option<PathBuf>,
    /// The client's private key (PEM).
    #[arg(long, value_name = "FILE", requires = "cert", env = "MTLSCTL_KEY")]
    pub(super) key: Option<PathBuf>,
    /// The CA certificates to verify the server with (PEM).
    #[arg(long, value_name = "FILE", env = "MTLSCTL_CA")]
    pub(super) ca: Option<PathBuf>,
    /// Revocation lists (PEM).
    #[arg(long, value_name = "FILE", env = "MTLSCTL_CRL")]
    pub(super) crl: Option<PathBuf>,
    /// The SNI to send; Envoy sends none unless the context sets it.
    #[arg(long, visible_alias = "servername", value_name = "NAME", env = "MTLSCTL_SNI")]
    pub(super) sni: Option<String>,
    /// ALPN protocols to offer, separated by commas.
    #[arg(long, value_name = "NAMES", env = "MTLSCTL_ALPN")]
    pub(super) alpn: Option<String>,
    /// v1.0 to v1.3 [Envoy: v1.2].
    #[arg(long, value_name = "VERSION", value_parser = version, env = "MTLSCTL_MIN_TLS_VERSION")]
    pub(super) min_tls_version: Option<TlsVersion>,
    /// v1.0 to v1.3 [Envoy: v1.2].
    #[arg(long, value_name = "VERSION", value_parser = version, env = "MTLSCTL_MAX_TLS_VERSION")]
    pub(super) max_tls_version: Option<TlsVersion>,
    /// Cipher suites by their OpenSSL names, separated by commas.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', env = "MTLSCTL_CIPHER_SUITES")]
    pub(super) cipher_suites: Vec<String>,
    /// Key exchange groups, separated by commas.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', env = "MTLSCTL_ECDH_CURVES")]
    pub(super) ecdh_curves: Vec<String>,
    /// The Envoy version to check for [default: the one that --emissary ships].
    #[arg(long, value_name = "VERSION", env = "MTLSCTL_ENVOY")]
    pub(super) envoy: Option<EnvoyVersion>,
    /// Use HTTP/2, as for a gRPC Mapping.
    #[arg(long, conflicts_with = "tcp", env = "MTLSCTL_GRPC")]
    pub(super) grpc: bool,
    /// Send no request, as for a TCPMapping, and wait for the server's first bytes.
    #[arg(long, env = "MTLSCTL_TCP")]
    pub(super) tcp: bool,
    /// Start TLS as this protocol does, which Ambassador itself cannot: postgres, mysql, nats,
    /// smtp, imap or ldap.
    #[arg(long, value_name = "PROTOCOL", value_parser = starttls, conflicts_with = "grpc",
          env = "MTLSCTL_STARTTLS")]
    pub(super) starttls: Option<StartTls>,
    /// Host header of the request [the target's].
    #[arg(long, value_name = "NAME", env = "MTLSCTL_HOST")]
    pub(super) host: Option<String>,
    /// Path of the request [the Mapping's prefix, rewritten; else /].
    #[arg(long, value_name = "PATH", value_parser = path, env = "MTLSCTL_PATH")]
    pub(super) path: Option<String>,
}

#[derive(Debug, Clone, ClapArgs)]
#[command(next_help_heading = "Behaviour")]
pub(super) struct ConductArgs {
    /// Time limit for connect plus handshake, and again for the response [default: the Mapping's
    /// `connect_timeout_ms`, else 3s].
    #[arg(long, value_name = "TIME", value_parser = duration::read, env = "MTLSCTL_TIMEOUT")]
    pub(super) timeout: Option<Duration>,
    /// Reach targets through this command's standard input and output, like ssh's ProxyCommand;
    /// {host} and {port} are replaced.
    #[arg(long, value_name = "COMMAND", value_parser = Proxy::read, env = "MTLSCTL_VIA",
          conflicts_with_all = ["in_pod", "connect_to", "resolve"])]
    pub(super) via: Option<Proxy>,
    /// Reach targets from inside this pod, as Ambassador's Envoy does: deploy/NAME, ds/NAME,
    /// pod/NAME, or auto.
    ///
    /// It runs a relay there through the API's exec, with python3, socat, nc, bash or curl,
    /// whichever the container has. With -f, the cluster flags (--context, -n, …) only locate the
    /// pod; the cluster is not read.
    #[arg(long = "in", value_name = "POD", conflicts_with_all = ["connect_to", "resolve"])]
    pub(super) in_pod: Option<String>,
    /// Probe from a Job next to that pod instead, for containers with none of these tools: print
    /// its manifest, or run it.
    ///
    /// The Job runs mtlsctl as the pod's ServiceAccount and reads the cluster itself. By default its
    /// manifest is printed; `run` creates it, waits, prints its log, deletes it, and exits with its exit
    /// code.
    #[arg(long, value_enum, value_name = "print|run", num_args = 0..=1, require_equals = true,
          default_missing_value = "print", requires = "in_pod",
          conflicts_with_all = ["paths", "cert", "key", "ca", "crl", "consul", "via", "maps",
                                "kustomize", "helm", "rootfs"])]
    pub(super) as_job: Option<AsJob>,
    /// The image for the Job; it must contain mtlsctl.
    #[arg(long, value_name = "IMAGE", env = "MTLSCTL_IMAGE",
          default_value = concat!("ghcr.io/mtlsctl/mtlsctl:", env!("CARGO_PKG_VERSION")))]
    pub(super) image: String,
    /// Connect to another address, as in curl; repeatable.
    #[arg(long, value_name = "HOST:PORT:ADDR:PORT", value_parser = ConnectTo::read, env = "MTLSCTL_CONNECT_TO")]
    pub(super) connect_to: Vec<ConnectTo>,
    /// Use this address for a name, as in curl; repeatable.
    #[arg(long, value_name = "HOST:PORT:ADDR", value_parser = Resolve::read, env = "MTLSCTL_RESOLVE")]
    pub(super) resolve: Vec<Resolve>,
    /// Where files of the Ambassador pod are locally: /etc/istiocerts=./certs; repeatable.
    #[arg(long = "map", value_name = "POD=HERE", value_parser = Files::read_map, env = "MTLSCTL_MAP")]
    pub(super) maps: Vec<(String, PathBuf)>,
    /// Also look up IPv6 addresses, as if `enable_ipv6` were set in the Mapping or the Module.
    #[arg(long, env = "MTLSCTL_IPV6")]
    pub(super) ipv6: bool,
    /// Which ClientHello to send: Envoy's, or that of a strict TLS client.
    #[arg(long, value_enum, default_value_t, env = "MTLSCTL_PROFILE")]
    pub(super) profile: ProfileArg,
    /// Send no request; close the connection after the handshake.
    #[arg(long, env = "MTLSCTL_NO_REQUEST")]
    pub(super) no_request: bool,
    /// Do not connect a second time without a certificate.
    #[arg(long, env = "MTLSCTL_NO_NEGATIVE")]
    pub(super) no_negative: bool,
    /// Fail if the server does not require a client certificate.
    #[arg(long, env = "MTLSCTL_REQUIRE_MUTUAL")]
    pub(super) require_mutual: bool,
    /// Fail unless the server has this identity, one below it (`…/*`), or one in this trust domain.
    #[arg(long, value_name = "ID", value_parser = Expected::read, env = "MTLSCTL_EXPECT_SPIFFE")]
    pub(super) expect_spiffe: Option<Expected>,
    /// Detect the mesh's mTLS mode (seven extra connections).
    #[arg(long, env = "MTLSCTL_MATRIX")]
    pub(super) matrix: bool,
    /// Retry until every probe passes, for at most this long.
    #[arg(long, value_name = "TIME", value_parser = duration::read, env = "MTLSCTL_WAIT")]
    pub(super) wait: Option<Duration>,
    /// The pause between two attempts.
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = duration::read, env = "MTLSCTL_INTERVAL")]
    pub(super) interval: Duration,
    /// How many targets are probed at the same time.
    #[arg(long, value_name = "N", default_value_t = 16, env = "MTLSCTL_CONCURRENCY")]
    pub(super) concurrency: usize,
}

formats! {
    /// Formats of `probe`.
    pub(super) enum Format {
        Text = "text",
        Short = "short" ("problems only"),
        Table = "table",
        Json = "json",
        Sarif = "sarif",
        Github = "github",
    }
}

/// What to do with the Job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AsJob {
    /// Its manifest is printed.
    Print,
    /// It is created, awaited and deleted.
    Run,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum FailOn {
    #[default]
    Error,
    Warning,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum ProfileArg {
    #[default]
    Envoy,
    Strict,
}

fn starttls(text: &str) -> Result<StartTls, String> {
    let mut all = StartTls::ALL.into_iter();
    all.find(|kind| kind.flag() == text).ok_or_else(|| {
        let flags: Vec<&str> = StartTls::ALL.into_iter().map(StartTls::flag).collect();
        format!("write one of {}", flags.join(", "))
    })
}

fn path(text: &str) -> Result<String, String> {
    let sendable = |letter: char| letter.is_ascii_graphic();
    match text.starts_with('/') && text.chars().all(sendable) {
        true => Ok(text.to_owned()),
        false => Err("a path starts with / and has no spaces; write them as %20".to_owned()),
    }
}

fn version(text: &str) -> Result<TlsVersion, String> {
    TlsVersion::read(text).ok_or_else(|| "write v1.0, v1.1, v1.2 or v1.3".to_owned())
}

impl Shown for FailOn {
    fn shown(&self) -> String {
        choice(self)
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
        layers.settle("fail_on", &mut self.fail_on, |config| {
            Some(config.fail_on.clone()?.map(|from| match from {
                Threshold::Note | Threshold::Warning => FailOn::Warning,
                // A failed connection fails a probe, regardless of lint's `fail-on`.
                Threshold::Error | Threshold::Never => FailOn::Error,
            }))
        });
        let maps = layers.file().and_then(|file| file.config.map.clone());
        let maps = maps.map(|maps| {
            let here = |(pod, path): (String, PathBuf)| (pod, layers.seen_here(&path));
            maps.map(|maps| maps.into_iter().map(here).collect())
        });
        layers.settle("maps", &mut self.conduct.maps, |_| maps);
        layers.note("timeout", &mut self.conduct.timeout);
        layers.note("require_mutual", &mut self.conduct.require_mutual);
        layers.note("concurrency", &mut self.conduct.concurrency);
        self.world.settle(layers);
        self.world.envoy = self.context.envoy;
    }
}
