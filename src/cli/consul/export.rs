//! `mtlsctl consul export`: fetches the certificate once.

use std::time::{Duration, Instant};

use clap::Args;
use time::OffsetDateTime;

use crate::cli::shared::GlobalArgs;
use crate::cli::shared::Output;
use crate::cli::shared::duration;
use crate::console::Console;
use crate::consul::{Agent, Deployment, Placed, as_json, as_yaml};
use crate::exit::Exit;
use crate::failure::Failure;

use super::agent_args::AgentArgs;
use super::environment::Environment;
use super::fetch::fetch;
use super::secret_args::SecretArgs;
use super::sink_args::{Format, SinkArgs};

/// Fetch the certificate and the roots once, and write them.
///
/// Nothing is written unless it verifies. Exit code 0: written, or already up to date. 1: the
/// agent's answer is inconsistent. 2: rejected, or could not be written. 4: the agent was not
/// reached.
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// Retry until it succeeds, for at most this long; for agents that are still starting.
    #[arg(long, value_name = "TIME", value_parser = duration::read, env = "MTLSCTL_WAIT")]
    wait: Option<Duration>,
    /// Instead of a certificate, print the TLSContext for it and a Deployment that keeps it
    /// current, with a minimal Role. The agent is not contacted.
    #[arg(long, conflicts_with_all = ["outputs", "wait"])]
    manifests: bool,
    /// The image for the Deployment of --manifests; it must contain mtlsctl.
    #[arg(long, value_name = "IMAGE", requires = "manifests",
          default_value = concat!("ghcr.io/mtlsctl/mtlsctl:", env!("CARGO_PKG_VERSION")), env = "MTLSCTL_IMAGE")]
    image: String,
    #[command(flatten)]
    secret: SecretArgs,
    #[command(flatten)]
    sinks: SinkArgs,
    #[command(flatten)]
    agent: AgentArgs,
}

/// Runs the command.
///
/// # Errors
/// See [`super::run`].
pub(super) fn run(
    args: &ExportArgs,
    environment: &Environment<'_>,
    global: &GlobalArgs,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let service = args.secret.service(environment)?;
    let secret = args.secret.secret(environment, &service)?;
    if args.manifests {
        let deployment = Deployment {
            secret: secret.name,
            // The namespace in Ambassador's own manifests.
            namespace: secret.namespace.unwrap_or_else(|| "ambassador".to_owned()),
            ambassador_id: args.secret.id(environment),
            service: args.secret.service.clone(),
            image: args.image.clone(),
            compat: args.secret.compat,
        };
        console.out.write_all(deployment.manifests().as_bytes())?;
        return Ok(Exit::Clean);
    }
    let form = args.secret.form();
    let agent = Agent::new(args.agent.connection(environment)?);
    let to_stdout = [Output { format: Format::Manifest, path: None }];
    let outputs = match args.sinks.outputs.as_slice() {
        [] => &to_stdout,
        outputs => outputs,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut sinks = Vec::new();
    for output in outputs {
        sinks.push((output.format, runtime.block_on(args.sinks.sink(output, &secret))?));
    }
    let give_up = args.wait.map(|wait| Instant::now() + wait);
    // A certificate that the agent issues while we wait is not valid before that time.
    let now = || global.at.unwrap_or_else(OffsetDateTime::now_utc);
    let waits = || give_up.is_some_and(|end| Instant::now() < end);
    let pair = loop {
        match runtime.block_on(fetch(&agent, &service, now())) {
            Err(_) if waits() => {
                std::thread::sleep(Duration::from_secs(1));
            }
            fetched => break fetched?,
        }
    };
    for (format, sink) in &mut sinks {
        let Some(sink) = sink else {
            let text = match format {
                Format::Json => as_json(&pair, form, &secret)?,
                _ => as_yaml(&pair, form, &secret)?,
            };
            console.out.write_all(text.reveal().as_bytes())?;
            continue;
        };
        let placed = loop {
            match runtime.block_on(sink.put(&pair, form, now())) {
                // Another writer was faster, or the API server is busy.
                Err(error) if !error.needs_operator && waits() => {
                    std::thread::sleep(error.retry_after.unwrap_or(Duration::from_secs(1)));
                }
                placed => break placed?,
            }
        };
        if !global.quiet {
            let what = match placed {
                Placed::Written => "written".to_owned(),
                Placed::Unchanged => "already up to date".to_owned(),
                Placed::Kept { why, .. } => format!("left unchanged: {why}"),
            };
            writeln!(console.err, "{sink}: {what}")?;
        }
    }
    // A DNS lookup that never returns must not keep the process from exiting.
    runtime.shutdown_background();
    if !global.quiet {
        writeln!(console.err, "{}, valid until {}", pair.facts.uri, pair.facts.end())?;
    }
    Ok(Exit::Clean)
}
