//! `mtlsctl probe`: shake hands as Ambassador would, and tell both sides of the story.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args as ClapArgs, ValueEnum};

use crate::cert::{EnvoyVersion, PemSource};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::probe::{
    CheckResult, Codec, Conduct, ConnectTo, Envoy, Expected, Identity, Misfit, NotLoaded, Offer,
    Outcome, Profile, Resolve, Route, Target, Trust, Version, probe_all,
};
use crate::report::probe::{Manner, Marks, json, text};

/// Perform the handshake Ambassador would perform, and say what came of it.
///
/// Exit code 0: Envoy would get through. 1: it would not, or it cannot be told, or `--require-mutual`
/// or `--expect-spiffe` is not met. 2: could not start. 4: the peer was not reached.
#[derive(Debug, ClapArgs)]
pub(crate) struct Args {
    /// host:port, [::1]:port or https://host:port.
    #[arg(required = true, value_name = "TARGET")]
    targets: Vec<String>,
    #[command(flatten)]
    context: ContextArgs,
    #[command(flatten)]
    conduct: ConductArgs,
    /// How to report.
    #[arg(
        short,
        long,
        visible_alias = "format",
        value_enum,
        default_value_t,
        env = "MTLSCTL_OUTPUT"
    )]
    output: Format,
    /// The least result that makes the exit code 1.
    #[arg(long, value_enum, default_value_t, env = "MTLSCTL_FAIL_ON")]
    fail_on: FailOn,
}

/// What a TLSContext would say.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "As in a TLSContext")]
struct ContextArgs {
    /// The client's certificate chain, PEM, leaf first.
    #[arg(long, value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,
    /// The client's private key, PEM.
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
    /// The authorities the server is judged by, PEM.
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Revocation lists, PEM.
    #[arg(long, value_name = "FILE")]
    crl: Option<PathBuf>,
    /// The name to send; Envoy sends none unless the context says so.
    #[arg(long, visible_alias = "servername", value_name = "NAME")]
    sni: Option<String>,
    /// Protocols to offer, by comma.
    #[arg(long, value_name = "NAMES")]
    alpn: Option<String>,
    /// v1.0 to v1.3 [Envoy: v1.2].
    #[arg(long, value_name = "VERSION", value_parser = version)]
    min_tls_version: Option<Version>,
    /// v1.0 to v1.3 [Envoy: v1.2].
    #[arg(long, value_name = "VERSION", value_parser = version)]
    max_tls_version: Option<Version>,
    /// Suites by their OpenSSL names, by comma.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    cipher_suites: Vec<String>,
    /// Groups, by comma.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    ecdh_curves: Vec<String>,
    /// Which Envoy to speak for.
    #[arg(long, value_name = "VERSION", default_value_t, env = "MTLSCTL_ENVOY")]
    envoy: EnvoyVersion,
    /// Speak HTTP/2, as for a gRPC Mapping.
    #[arg(long, conflicts_with = "tcp")]
    grpc: bool,
    /// Send nothing of our own, as for a TCPMapping.
    #[arg(long)]
    tcp: bool,
    /// Host of the request [the target's].
    #[arg(long, value_name = "NAME")]
    host: Option<String>,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "How to go about it")]
struct ConductArgs {
    /// For TCP and TLS together, and again at most for an answer.
    #[arg(long, value_name = "TIME", default_value = "3s", value_parser = duration, env = "MTLSCTL_TIMEOUT")]
    timeout: Duration,
    /// Connect to another place instead, as in curl; may be repeated.
    #[arg(long, value_name = "HOST:PORT:ADDR:PORT", value_parser = ConnectTo::read)]
    connect_to: Vec<ConnectTo>,
    /// What a name stands for, as in curl; may be repeated.
    #[arg(long, value_name = "HOST:PORT:ADDR", value_parser = Resolve::read)]
    resolve: Vec<Resolve>,
    /// Ask DNS for IPv6 addresses too, as with Ambassador's `enable_ipv6`.
    #[arg(long)]
    ipv6: bool,
    /// Whose hello to send.
    #[arg(long, value_enum, default_value_t)]
    profile: ProfileArg,
    /// Send no request; say goodbye after the handshake.
    #[arg(long)]
    no_request: bool,
    /// Do not connect a second time without a certificate.
    #[arg(long)]
    no_negative: bool,
    /// Fail if the server does not insist on a client certificate.
    #[arg(long)]
    require_mutual: bool,
    /// Fail unless the server has this identity, one below it (`…/*`), or one of this trust domain.
    #[arg(long, value_name = "ID", value_parser = Expected::read)]
    expect_spiffe: Option<Expected>,
    /// Work out the mesh's mode by seven more connections.
    #[arg(long)]
    matrix: bool,
    /// Try again until all is well, so long at most.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    wait: Option<Duration>,
    /// Between two tries.
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = duration)]
    interval: Duration,
    /// Targets at a time.
    #[arg(long, value_name = "N", default_value_t = 16, env = "MTLSCTL_CONCURRENCY")]
    concurrency: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    /// Only what is not well.
    Short,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum FailOn {
    #[default]
    Error,
    Warning,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum ProfileArg {
    #[default]
    Envoy,
    Strict,
}

pub(crate) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let targets =
        args.targets.iter().map(|written| bare(written, args)).collect::<Result<Vec<_>, _>>()?;
    let conduct = conduct(args, console);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let give_up = args.conduct.wait.map(|wait| Instant::now() + wait);
    let outcomes = loop {
        let work = probe_all(targets.clone(), conduct.clone(), args.conduct.concurrency, |_| {});
        let outcomes = runtime.block_on(work);
        match give_up {
            Some(end) if exit(&outcomes, args.fail_on) != Exit::Clean && Instant::now() < end => {
                std::thread::sleep(args.conduct.interval);
            }
            _ => break outcomes,
        }
    };
    // A resolver that never answers must not keep the process from ending.
    runtime.shutdown_background();

    report(&outcomes, args, console)?;
    Ok(exit(&outcomes, args.fail_on))
}

fn report(outcomes: &[Outcome], args: &Args, console: &mut Console<'_>) -> Result<(), Failure> {
    if args.output == Format::Json {
        let report =
            serde_json::to_string_pretty(&json(outcomes)).map_err(std::io::Error::other)?;
        writeln!(console.out, "{report}")?;
        return Ok(());
    }
    let manner = Manner {
        marks: if utf8_locale() { Marks::Signs } else { Marks::Words },
        color: console.out_color,
        width: console.width,
        short: args.output == Format::Short,
    };
    for (at, outcome) in outcomes.iter().enumerate() {
        if at > 0 {
            writeln!(console.out)?;
        }
        write!(console.out, "{}", text(outcome, manner))?;
    }
    Ok(())
}

/// The worst that happened; a finding says more than a peer out of reach.
fn exit(outcomes: &[Outcome], fail_on: FailOn) -> Exit {
    let bad = |outcome: &Outcome| {
        // What cannot be told must not pass a gate.
        let least = match fail_on {
            FailOn::Error => CheckResult::Error,
            FailOn::Warning => CheckResult::Warning,
        };
        outcome.checks.iter().any(|check| check.result >= least)
            || matches!(outcome.envoy, Envoy::Unknown(_))
    };
    let (reached, not_reached): (Vec<_>, Vec<_>) =
        outcomes.iter().partition(|outcome| outcome.reached());
    if reached.into_iter().any(bad) {
        Exit::Found
    } else if !not_reached.is_empty() {
        Exit::NotReached
    } else {
        Exit::Clean
    }
}

fn conduct(args: &Args, console: &Console<'_>) -> Conduct {
    let conduct = &args.conduct;
    Conduct {
        timeout: conduct.timeout,
        request: !conduct.no_request,
        negative: !conduct.no_negative,
        matrix: conduct.matrix,
        route: Route {
            connect_to: conduct.connect_to.clone(),
            resolve: conduct.resolve.clone(),
            ipv6: conduct.ipv6,
        },
        require_mutual: conduct.require_mutual,
        now: console.now,
    }
}

/// A target that no manifest describes: the flags say what a context would.
fn bare(written: &str, args: &Args) -> Result<Target, Failure> {
    let (host, port) = place(written)?;
    let context = &args.context;
    let mut misfit = None;
    let identity = match pair(context)? {
        None => None,
        Some(Ok(identity)) => Some(identity),
        Some(Err(why)) => {
            misfit = Some(why);
            None
        }
    };
    let trust = match trust(context)? {
        Ok(trust) => trust,
        Err(words) => {
            misfit = misfit.or(Some(Misfit::ConfigRejected(words)));
            nothing(context.envoy)?
        }
    };
    Ok(Target {
        name: written.to_owned(),
        plaintext: false,
        frozen: Vec::new(),
        origin: None,
        authority: context.host.clone().unwrap_or_else(|| host.clone()),
        offer: Offer {
            profile: match args.conduct.profile {
                ProfileArg::Envoy => Profile::Envoy,
                ProfileArg::Strict => Profile::Strict,
            },
            sni: context.sni.clone(),
            alpn: context.alpn.clone(),
            min: context.min_tls_version,
            max: context.max_tls_version,
            cipher_suites: context.cipher_suites.clone(),
            ecdh_curves: context.ecdh_curves.clone(),
            codec: match (context.grpc, context.tcp) {
                (true, _) => Codec::Http2,
                (_, true) => Codec::Raw,
                _ => Codec::Http1,
            },
        },
        identity,
        misfit,
        trust,
        expect_spiffe: args.conduct.expect_spiffe.clone(),
        host,
        port,
    })
}

/// The pair, or why it cannot be used; absent where none is named.
fn pair(context: &ContextArgs) -> Result<Option<Result<Identity, Misfit>>, Failure> {
    let (Some(cert), Some(key)) = (&context.cert, &context.key) else {
        return Ok(None);
    };
    let (cert_text, key_text) = (read(cert)?, read(key)?);
    let (cert, key) = (cert.display().to_string(), key.display().to_string());
    let loaded = Identity::load(
        PemSource::new(&cert, &cert_text),
        PemSource::new(&key, &key_text),
        context.envoy,
    );
    Ok(Some(loaded.map_err(|why| match why {
        NotLoaded::Rejected(words) => Misfit::ConfigRejected(words),
        NotLoaded::Beyond(why) => Misfit::Beyond(why),
    })))
}

fn trust(context: &ContextArgs) -> Result<Result<Trust, String>, Failure> {
    let text = |path: &Option<PathBuf>| path.as_deref().map(read).transpose();
    let (ca_text, crl_text) = (text(&context.ca)?, text(&context.crl)?);
    let name = |path: &Option<PathBuf>| {
        path.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
    };
    let (ca_name, crl_name) = (name(&context.ca), name(&context.crl));
    let ca = ca_text.as_ref().map(|text| PemSource::new(&ca_name, text));
    let crl = crl_text.as_ref().map(|text| PemSource::new(&crl_name, text));
    Ok(Trust::load(ca, crl, context.envoy))
}

/// Trust that verifies nothing, for a target that will not be tried.
fn nothing(version: EnvoyVersion) -> Result<Trust, Failure> {
    Trust::load(None, None, version).map_err(|message| Failure::Usage {
        message,
        hint: "this is a bug in mtlsctl; please report it".to_owned(),
    })
}

fn place(written: &str) -> Result<(String, u16), Failure> {
    let bare = written.strip_prefix("https://").unwrap_or(written);
    let bare = bare.strip_suffix('/').unwrap_or(bare);
    let split = match bare.strip_prefix('[') {
        Some(rest) => rest.split_once("]:"),
        None => bare.rsplit_once(':'),
    };
    split
        .and_then(|(host, port)| Some((host.to_owned(), port.parse().ok()?)))
        .filter(|(host, _)| !host.is_empty())
        .ok_or_else(|| Failure::Usage {
            message: format!("`{written}` is not a place to connect to"),
            hint: "write host:port, such as productpage.default:9080".to_owned(),
        })
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::Unreadable {
        path: path.display().to_string(),
        reason: error.to_string(),
    })
}

fn version(text: &str) -> Result<Version, String> {
    Version::read(text).ok_or_else(|| "write v1.0, v1.1, v1.2 or v1.3".to_owned())
}

/// Reads `3s`, `500ms`, `2m`, or a bare number of seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let usage = || format!("`{text}` is not a time like 3s, 500ms or 2m");
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let number: f64 = digits.parse().map_err(|_| usage())?;
    let seconds = match &text[digits.len()..] {
        "ms" => number / 1000.0,
        "" | "s" => number,
        "m" => number * 60.0,
        "h" => number * 3600.0,
        _ => return Err(usage()),
    };
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|time| !time.is_zero() && *time < Duration::from_secs(86_400))
        .ok_or_else(usage)
}

/// Whether the locale can show signs beyond ASCII, in the order the C library asks.
fn utf8_locale() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default()
        .to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}
