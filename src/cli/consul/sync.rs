//! `mtlsctl consul sync`: keeps the certificate current until it is stopped.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::signal::unix::{SignalKind, signal};

use crate::cli::shared::GlobalArgs;
use crate::cli::shared::duration;
use crate::console::Console;
use crate::consul::{Agent, Clock, HealthEndpoint, LogLevel, Pace, SyncPlan, sync};
use crate::exit::Exit;
use crate::failure::Failure;

use super::agent_args::AgentArgs;
use super::environment::Environment;
use super::secret_args::SecretArgs;
use super::sink_args::SinkArgs;

/// Keep the certificate and the roots up to date until SIGTERM.
///
/// Watches both with blocking queries, and writes whenever something changed and everything
/// verifies.
#[derive(Debug, Args)]
pub(crate) struct SyncArgs {
    #[command(flatten)]
    secret: SecretArgs,
    #[command(flatten)]
    sinks: SinkArgs,
    #[command(flatten)]
    agent: AgentArgs,
    #[command(flatten)]
    conduct: ConductArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Behaviour")]
struct ConductArgs {
    /// Serve /healthz, /readyz and /metrics on this address.
    #[arg(long, value_name = "ADDR:PORT", env = "MTLSCTL_LISTEN")]
    listen: Option<SocketAddr>,
    /// /readyz fails if the stored certificate expires within this time.
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = duration::read,
          env = "MTLSCTL_READY_MARGIN")]
    ready_margin: Duration,
    /// How long a blocking query may take (10m at most).
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = duration::read,
          env = "MTLSCTL_MAX_WAIT")]
    max_wait: Duration,
    /// The longest pause after failures.
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = duration::read,
          env = "MTLSCTL_MAX_PAUSE")]
    max_pause: Duration,
    /// How often to check an output even if nothing changed.
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = duration::read,
          env = "MTLSCTL_LOOK")]
    look: Duration,
}

/// Runs the command.
///
/// # Errors
/// See [`super::run`]. A refusal by the agent or the cluster is retried instead.
pub(super) fn run(
    args: &SyncArgs,
    environment: &Environment<'_>,
    global: &GlobalArgs,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let service = args.secret.service(environment)?;
    let secret = args.secret.secret(environment, &service)?;
    let agent = Agent::new(args.agent.connection(environment)?);
    let conduct = &args.conduct;
    let at = global.at;
    let clock: Clock = Arc::new(move || at.unwrap_or_else(OffsetDateTime::now_utc));
    let plan = SyncPlan {
        service,
        form: args.secret.form(),
        pace: Pace {
            wait: conduct.max_wait.min(Duration::from_secs(600)),
            cap: conduct.max_pause,
            ..Pace::default()
        },
        look: conduct.look,
        margin: time::Duration::try_from(conduct.ready_margin).unwrap_or(time::Duration::MAX),
    };
    if args.sinks.outputs.is_empty() {
        return Err(no_place("no output to write to"));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(async {
        let mut sinks = Vec::new();
        for output in &args.sinks.outputs {
            let taken = args.sinks.sink(output, &secret).await?;
            sinks.push(taken.ok_or_else(|| no_place("standard output cannot be kept up to date"))?);
        }
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let endpoint = match conduct.listen {
            Some(address) => Some(HealthEndpoint::listen(address).await.map_err(|error| {
                let (message, hint) =
                    (format!("cannot listen on {address}: {error}"), "choose another port");
                Failure::Usage { message, hint: hint.to_owned() }
            })?),
            None => None,
        };
        let err = &mut console.err;
        let told = Arc::clone(&clock);
        let mut say = |level: LogLevel, text: &str| {
            if level == LogLevel::Info && global.quiet {
                return;
            }
            let word = if level == LogLevel::Info { "info" } else { "warning" };
            let now = told().replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
            // A closed log is no reason to stop.
            let _ = writeln!(err, "{} {word}: {text}", now.format(&Rfc3339).unwrap_or_default());
        };
        if let Some(address) = endpoint.as_ref().and_then(|endpoint| endpoint.address().ok()) {
            say(LogLevel::Info, &format!("listening on {address}"));
        }
        tokio::select! {
            biased;
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            () = sync(agent, plan, sinks, endpoint, Arc::clone(&clock), &mut say) => {}
        }
        Ok(Exit::Clean)
    });
    // A pending DNS lookup must not keep the process from exiting.
    runtime.shutdown_background();
    result
}

fn no_place(message: &str) -> Failure {
    Failure::Usage {
        message: message.to_owned(),
        hint: "write -o kubernetes, -o dir=DIR or -o manifest=FILE".to_owned(),
    }
}
