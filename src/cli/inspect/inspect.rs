//! `mtlsctl inspect`: certificates in files, Secrets and contexts, and what Envoy says to them.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use crate::cert::ExpiryMargin;
use crate::console::Console;
use crate::envoy::Purpose;
use crate::envoy::{EnvoyVersion, OfferedTls};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::inspect::{Question, Subject, survey};
use crate::lint::Threshold;
use crate::report::{inspect_json, inspect_prom, inspect_table, inspect_text};
use crate::source::read_bytes;

use super::inspect_consul::remark;
use super::inspect_targets::Targets;
use crate::cli::config::{ConfigArgs, Layers, Settle, settle_or_show};
use crate::cli::consul::AgentArgs;
use crate::cli::shared::WorldArgs;
use crate::cli::shared::candidates;
use crate::cli::shared::{Formats, OutputArgs, deliver};

/// Look at certificates, keys and CRLs, and ask what Envoy would say to them.
#[derive(Debug, Clone, Args)]
pub(crate) struct InspectArgs {
    /// Files (PEM, DER, manifests), secret/NAMESPACE/NAME, context/NAME, consul:SERVICE.
    ///
    /// Standard input is -; consul:SERVICE is what a Consul agent sends.
    #[arg(required = true, value_name = "TARGET",
          add = ArgValueCompleter::new(candidates::inspected_or_files))]
    pub(crate) targets: Vec<String>,
    /// Manifests that hold the Secrets and contexts: files, folders, or - [default: .].
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Ask what Envoy would say to each target as a server's chain, with this as `trusted_ca`.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_CA")]
    ca: Option<PathBuf>,
    /// The CRL file that goes with --ca.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_CRL")]
    crl: Option<PathBuf>,
    /// Whose chain --ca judges: a server's, as Ambassador's Envoy does, or a client's, as an Envoy
    /// beside the upstream does (Istio, Consul).
    #[arg(long = "as", value_enum, value_name = "ROLE", default_value_t, env = "MTLSCTL_AS")]
    judged_as: JudgedAs,
    /// The private key of a certificate file: asks whether Envoy would load the pair.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_KEY")]
    key: Option<PathBuf>,
    /// The Envoy version to speak for [default: the one that --emissary ships, if that is said; else
    /// 1.38].
    #[arg(long, value_name = "VERSION", env = "MTLSCTL_ENVOY")]
    envoy: Option<EnvoyVersion>,
    /// The highest TLS version that the context allows, as in a TLSContext.
    #[arg(long, value_name = "VERSION", value_parser = ["v1.0", "v1.1", "v1.2", "v1.3"],
          default_value = "v1.2", hide_possible_values = true, env = "MTLSCTL_MAX_TLS_VERSION")]
    max_tls_version: String,
    /// The key agreement groups of the context, as in a TLSContext.
    #[arg(long, value_name = "CURVE", value_delimiter = ',', env = "MTLSCTL_ECDH_CURVES")]
    ecdh_curves: Vec<String>,
    /// The name that a strict client would ask for; Envoy looks at no names.
    #[arg(long, value_name = "NAME", env = "MTLSCTL_SERVER_NAME")]
    server_name: Option<String>,
    /// Fail if anything expires within this time (30d, 12h) or share of its life (25%)
    /// [default: warn at 30 days or a third of its life, whichever is shorter].
    #[arg(long, value_name = "MARGIN", env = "MTLSCTL_EXPIRES_IN")]
    expires_in: Option<ExpiryMargin>,
    #[command(flatten)]
    output: OutputArgs<Format>,
    /// Fail from this severity on.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Threshold::Error,
          env = "MTLSCTL_FAIL_ON")]
    fail_on: Threshold,
    /// Succeed whatever is found; what could not be checked still fails.
    #[arg(long, env = "MTLSCTL_EXIT_ZERO")]
    exit_zero: bool,
    /// Succeed where there is nothing to look at.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    allow_empty: bool,
    #[command(flatten)]
    pub(crate) world: WorldArgs,
    #[command(flatten)]
    pub(crate) agent: AgentArgs,
}

/// Whose chain is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum JudgedAs {
    #[default]
    Server,
    Client,
}

/// Formats of `inspect`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Table,
    Wide,
    Json,
    Prom,
}

impl Formats for Format {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("text", Self::Text),
        ("table", Self::Table),
        ("wide", Self::Wide),
        ("json", Self::Json),
        ("prom", Self::Prom),
    ];
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
        layers.settle("expires_in", &mut self.expires_in, |config| {
            Some(config.expires_in.clone()?.map(|margin| Some(margin.0)))
        });
        layers.note("exit_zero", &mut self.exit_zero);
        layers.note("allow_empty", &mut self.allow_empty);
        self.world.settle(layers);
        // Certificates are looked at without an Ambassador, too; then the newest Envoy speaks.
        let in_file = layers.file().is_some_and(|file| file.config.emissary.is_some());
        if self.envoy.is_none() && (layers.given("emissary") || in_file) {
            self.envoy = Some(self.world.envoy());
        }
        self.world.envoy = self.envoy;
    }
}

/// Runs the command.
///
/// # Errors
/// Unreadable input, or a target that names nothing.
pub(crate) fn run(
    args: &InspectArgs,
    given: &ArgMatches,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    // A margin that a flag or a variable gives is a demand; one in the configuration is a wish.
    let near_is_error = args.expires_in.is_some();
    let Some(settled) = settle_or_show(args, given, console)? else {
        return Ok(Exit::Clean);
    };
    let args = &settled.args;
    let envoy = args.envoy.unwrap_or_default();
    let question = Question {
        now: console.now,
        version: envoy,
        purpose: match args.judged_as {
            JudgedAs::Server => Purpose::Server,
            JudgedAs::Client => Purpose::Client,
        },
        tls: OfferedTls { tls13: args.max_tls_version == "v1.3", ..OfferedTls::default() }
            .with_curves(args.ecdh_curves.iter().map(String::as_str)),
        margin: args.expires_in.unwrap_or_default(),
        near_is_error,
        ca: named_file(args.ca.as_deref())?,
        crl: named_file(args.crl.as_deref())?,
        key: named_file(args.key.as_deref())?,
        server_name: args.server_name.clone(),
    };
    let (mut subjects, unsound) =
        Targets { args, worlds: None, unsound: Vec::new() }.read(console)?;
    for subject in &mut subjects {
        survey(subject, &question);
    }
    for (position, why) in &unsound {
        subjects[*position].remarks.insert(0, remark(why));
    }
    for output in &args.output.outputs {
        let look = output.look(console);
        let now = question.now;
        let report = match output.format {
            Format::Text => inspect_text(&subjects, now, envoy, look),
            Format::Table => inspect_table(&subjects, now, false),
            Format::Wide => inspect_table(&subjects, now, true),
            Format::Json => inspect_json(&subjects, now),
            Format::Prom => inspect_prom(&subjects, now),
        };
        deliver(output, &report, console)?;
    }
    if subjects.is_empty() {
        // Named targets have said for themselves why there is nothing.
        let why = ": no Secret of the input holds a certificate";
        let why = if args.targets.is_empty() { why } else { "" };
        writeln!(console.err, "nothing to look at{why}")?;
    }
    let worst = subjects.iter().filter_map(Subject::worst).max();
    let fails = worst.is_some_and(|worst| args.fail_on.reaches(worst));
    Ok(match (fails && !args.exit_zero, subjects.is_empty() && !args.allow_empty) {
        (true, _) => Exit::Found,
        (false, true) => Exit::NothingToCheck,
        (false, false) => Exit::Clean,
    })
}

fn named_file(path: Option<&Path>) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let Some(path) = path else { return Ok(None) };
    Ok(Some((path.display().to_string(), file(path)?)))
}

/// The bytes of a file.
pub(crate) fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |reason| Failure::Unreadable { path: path.display().to_string(), reason };
    read_bytes(path).map_err(unreadable)
}
