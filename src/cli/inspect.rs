//! `mtlsctl inspect`: certificates in files, Secrets and contexts, and what Envoy says to them.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;

use crate::cert::{EnvoyVersion, ExpiryMargin, TlsSettings};
use crate::console::Console;
use crate::diagnostic::nearest;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::inspect::{
    Origin, Question, Subject, all_secrets, context, from_bytes, looks_like_manifest, secret,
    survey,
};
use crate::lint::Threshold;
use crate::report::{inspect_json, inspect_prom, inspect_table, inspect_text};
use crate::source::{read_bytes, read_stream};
use crate::world::{ContextId, World};

use super::output::{Output, deliver};
use super::world_args::WorldArgs;

/// Look at certificates, keys and CRLs, and ask what Envoy would say to them.
#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// PEM or DER files, - for standard input, secret/NAMESPACE/NAME, context/NAME, or manifests.
    #[arg(required = true, value_name = "TARGET")]
    targets: Vec<String>,
    /// Manifests that hold the Secrets and contexts: files, folders, or - [default: .].
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Ask what Envoy would say to each target as a server's chain, with this as `trusted_ca`.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_CA")]
    ca: Option<PathBuf>,
    /// The CRL file that goes with --ca.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_CRL")]
    crl: Option<PathBuf>,
    /// The private key of a certificate file: asks whether Envoy would load the pair.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_KEY")]
    key: Option<PathBuf>,
    /// The Envoy version to speak for [default: 1.38].
    #[arg(
        long,
        value_name = "VERSION",
        default_value_t,
        env = "MTLSCTL_ENVOY",
        hide_default_value = true
    )]
    envoy: EnvoyVersion,
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
    /// text, table, wide, json or prom; with =PATH into a file; repeatable.
    #[arg(
        short,
        long = "output",
        visible_alias = "format",
        value_name = "FORMAT[=PATH]",
        default_value = "text",
        env = "MTLSCTL_OUTPUT"
    )]
    outputs: Vec<Output<Format>>,
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
    world: WorldArgs,
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

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "text" => Self::Text,
            "table" => Self::Table,
            "wide" => Self::Wide,
            "json" => Self::Json,
            "prom" => Self::Prom,
            _ => {
                return Err(format!(
                    "`{text}` is not a format of this command: text, table, wide, json, prom"
                ));
            }
        })
    }
}

/// Runs the command.
///
/// # Errors
/// Unreadable input, or a target that names nothing.
pub(crate) fn run(args: &InspectArgs, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let question = Question {
        now: console.now,
        version: args.envoy,
        tls: TlsSettings { tls13: args.max_tls_version == "v1.3", ..TlsSettings::default() }
            .with_curves(args.ecdh_curves.iter().map(String::as_str)),
        margin: args.expires_in.unwrap_or_default(),
        near_is_error: args.expires_in.is_some(),
        ca: named_file(args.ca.as_deref())?,
        crl: named_file(args.crl.as_deref())?,
        key: named_file(args.key.as_deref())?,
        server_name: args.server_name.clone(),
    };
    let mut subjects = Targets { args, world: None }.read(console)?;
    for subject in &mut subjects {
        survey(subject, &question);
    }
    for output in &args.outputs {
        let look = output.look(console);
        let now = question.now;
        let report = match output.format {
            Format::Text => inspect_text(&subjects, now, args.envoy, look),
            Format::Table => inspect_table(&subjects, now, false),
            Format::Wide => inspect_table(&subjects, now, true),
            Format::Json => inspect_json(&subjects, now),
            Format::Prom => inspect_prom(&subjects, now),
        };
        deliver(output, &report, console)?;
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

fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |reason| Failure::Unreadable { path: path.display().to_string(), reason };
    read_bytes(path).map_err(unreadable)
}

/// Targets on their way to subjects; the manifests are read once, and only if one is needed.
struct Targets<'a> {
    args: &'a InspectArgs,
    world: Option<World>,
}

impl Targets<'_> {
    fn read(mut self, console: &mut Console<'_>) -> Result<Vec<Subject>, Failure> {
        let mut subjects = Vec::new();
        let mut manifests = Vec::new();
        for target in &self.args.targets {
            if let Some(rest) = target.strip_prefix("secret/") {
                subjects.extend(self.secret(rest, console)?);
            } else if let Some(name) = target.strip_prefix("context/") {
                subjects.extend(self.context(name, console)?);
            } else if target == "-" {
                let unreadable =
                    |reason| Failure::Unreadable { path: "<stdin>".to_owned(), reason };
                let bytes = read_stream(&mut *console.input).map_err(unreadable)?;
                if looks_like_manifest(target, &bytes) {
                    let mut again = Console {
                        out: &mut *console.out,
                        err: &mut *console.err,
                        input: &mut bytes.as_slice(),
                        ..*console
                    };
                    let input = self.args.world.read(&[PathBuf::from("-")], &mut again)?;
                    subjects.extend(all_secrets(&input.world));
                } else {
                    subjects.push(from_bytes(Origin::File("<stdin>".to_owned()), &bytes));
                }
            } else if Path::new(target).is_dir() {
                manifests.push(PathBuf::from(target));
            } else {
                let path = Path::new(target);
                let bytes = file(path)?;
                if looks_like_manifest(target, &bytes) {
                    manifests.push(path.to_owned());
                } else {
                    subjects.push(from_bytes(Origin::File(target.clone()), &bytes));
                }
            }
        }
        if !manifests.is_empty() {
            // Contexts of other files decide who depends on these Secrets.
            let paths: Vec<PathBuf> =
                manifests.into_iter().chain(self.args.paths.clone()).collect();
            let input = self.args.world.read(&paths, console)?;
            for sentence in &input.unreadable {
                writeln!(console.err, "warning: {sentence}")?;
            }
            subjects.extend(all_secrets(&input.world));
        }
        Ok(subjects)
    }

    fn world(&mut self, console: &mut Console<'_>) -> Result<&World, Failure> {
        let world = match self.world.take() {
            Some(world) => world,
            None => {
                let input = self.args.world.read(&self.args.paths, console)?;
                for sentence in &input.unreadable {
                    writeln!(console.err, "warning: {sentence}")?;
                }
                input.world
            }
        };
        Ok(self.world.insert(world))
    }

    fn secret(&mut self, target: &str, console: &mut Console<'_>) -> Result<Vec<Subject>, Failure> {
        let world = self.world(console)?;
        let (namespace, name) = target.split_once('/').unwrap_or(("default", target));
        if let Some(subjects) = secret(world, namespace, name) {
            return Ok(subjects);
        }
        let known = world.resources.secrets.iter();
        let known: Vec<String> = known
            .map(|secret| format!("{}/{}", secret.object.namespace(), *secret.object.name))
            .collect();
        Err(missing(&format!("Secret is called `{namespace}/{name}`"), target, &known))
    }

    fn context(&mut self, name: &str, console: &mut Console<'_>) -> Result<Vec<Subject>, Failure> {
        let world = self.world(console)?;
        // One that Ambassador throws away is worth a look all the more.
        let thrown_away = || world.contexts.iter().position(|context| context.name == name);
        let id = world.context_named(name).or_else(|| thrown_away().map(ContextId));
        if let Some(id) = id {
            return Ok(context(world, id));
        }
        let known: Vec<String> =
            world.contexts.iter().map(|context| context.name.clone()).collect();
        Err(missing(&format!("context is called `{name}`"), name, &known))
    }
}

fn missing(what: &str, wanted: &str, known: &[String]) -> Failure {
    let hint = match nearest(wanted, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "name the manifests with -f".to_owned(),
        None => format!("the manifests have: {}", known.join(", ")),
    };
    Failure::Usage { message: format!("no {what} in the manifests"), hint }
}
