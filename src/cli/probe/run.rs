//! Runs a probe, repeatedly if requested, then writes the report and returns the exit code.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::ArgMatches;

use crate::cli::config::Settled;
use crate::cli::shared::{ClusterArgs, Output, Worlds, deliver};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::probe::{
    AddressRules, CheckResult, Conduct, Direct, EnvoyOutcome, HelloAs, Reach, Story, Target,
    findings, probe_all,
};
use crate::report::probe::{github, json, sarif, table, texts};

use super::args::{Args, FailOn, Format};
use super::job::as_job;
use super::mesh::Mesh;
use super::targets::{Aimed, targets};

/// Runs the command.
///
/// # Errors
/// Unreadable input, or a target that matches nothing.
pub(crate) fn run(
    settled: &Settled<Args>,
    given: &ArgMatches,
    quiet: bool,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let args = &settled.args;
    if let Some(how) = args.conduct.as_job {
        return as_job(how, args, given, console);
    }
    let mut aiming = args.clone();
    if args.conduct.in_pod.is_some() && !args.paths.is_empty() {
        // The manifests are the input; the cluster only has the pod.
        aiming.world.cluster = ClusterArgs::default();
    }
    let Aimed { mut targets, worlds } = targets(&aiming, console)?;
    let empty = worlds.as_ref().is_some_and(Worlds::hold_nothing);
    if targets.is_empty() && empty {
        return Ok(Exit::NothingToCheck);
    }
    let wants_lines =
        args.output.outputs.iter().any(|o| matches!(o.format, Format::Sarif | Format::Github));
    if wants_lines && worlds.is_none() {
        return Err(no_lines());
    }
    let route = route(args);
    tell_unmatched(&route, &targets, console)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let reach = runtime.block_on(reach(args, route))?;
    let conduct = conduct(args, reach, console);
    let mesh = Mesh::fetch(args, &runtime, console)?;
    for target in &mut targets {
        if let Some(mesh) = &mesh {
            mesh.overlay(target);
        }
    }
    let give_up = args.conduct.wait.map(|wait| Instant::now() + wait);
    let (outcomes, interrupted) = loop {
        let mut outcomes = runtime.block_on(once(&targets, &conduct, args, quiet, console));
        let interrupted = outcomes.len() < targets.len();
        if let Some(mesh) = mesh.as_ref().filter(|_| !interrupted) {
            runtime.block_on(mesh.ask(&mut outcomes));
        }
        match give_up.filter(|_| !interrupted) {
            Some(end) if exit(&outcomes, args.fail_on) != Exit::Clean && Instant::now() < end => {
                std::thread::sleep(args.conduct.interval);
            }
            _ => break (outcomes, interrupted),
        }
    };
    // A DNS lookup that never returns must not keep the process from exiting.
    runtime.shutdown_background();

    for output in &args.output.outputs {
        let report = report(&outcomes, worlds.as_ref(), output, console)?;
        deliver(output, &report, console)?;
    }
    console.out.flush()?;
    if interrupted {
        let (known, all) = (outcomes.len(), targets.len());
        writeln!(console.err, "interrupted after {known} of {all} probes")?;
    }
    if outcomes.len() > 1 && !quiet {
        writeln!(console.err, "{}", summary(&outcomes))?;
    }
    Ok(if interrupted { Exit::Interrupted } else { exit(&outcomes, args.fail_on) })
}

/// The number of each outcome, on one line.
fn summary(outcomes: &[Story]) -> String {
    let count = |fits: &dyn Fn(&Story) -> bool| outcomes.iter().filter(|told| fits(told)).count();
    let reached = |told: &Story| told.reached();
    let parts = [
        (
            count(&|told| {
                reached(told)
                    && matches!(told.envoy, EnvoyOutcome::Accepted | EnvoyOutcome::PassedOn(_))
            }),
            "would succeed",
        ),
        (
            count(&|told| {
                reached(told)
                    && matches!(
                        told.envoy,
                        EnvoyOutcome::Refused(_) | EnvoyOutcome::ConfigRejected(_)
                    )
            }),
            "would fail",
        ),
        (count(&|told| reached(told) && matches!(told.envoy, EnvoyOutcome::Unknown(_))), "unknown"),
        (count(&|told| !reached(told)), "not reached"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, what)| format!("{count} {what}")).collect();
    format!("{} probed: {}", outcomes.len(), parts.join(", "))
}

async fn once(
    targets: &[Target],
    conduct: &Conduct,
    args: &Args,
    quiet: bool,
    console: &mut Console<'_>,
) -> Vec<Story> {
    let total = targets.len();
    let shows = console.err_is_terminal && total > 1 && !quiet;
    let err = &mut console.err;
    let mut done = |count| {
        if shows {
            // Failing to show progress is not an error.
            let _ = write!(err, "\rprobing {count}/{total}").and_then(|()| err.flush());
        }
    };
    done(0);
    // If Ctrl-C cannot be handled, it ends the process as usual.
    let stop = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let at_once = args.conduct.concurrency;
    let outcomes = probe_all(targets.to_vec(), conduct.clone(), at_once, done, stop).await;
    if shows {
        let _ = write!(console.err, "\r\x1b[K");
    }
    outcomes
}

fn report(
    outcomes: &[Story],
    worlds: Option<&Worlds>,
    output: &Output<Format>,
    console: &Console<'_>,
) -> Result<String, Failure> {
    let look = output.look(console);
    Ok(match output.format {
        Format::Sarif | Format::Github => {
            let sources = &worlds.ok_or_else(no_lines)?.sources;
            let mut found: Vec<_> = outcomes.iter().flat_map(findings).collect();
            found.sort_by(|one, other| one.order(sources).cmp(&other.order(sources)));
            match output.format {
                Format::Sarif => sarif(sources, &found),
                _ => github(sources, &found),
            }
        }
        Format::Json => json(outcomes, console.now).map_err(io::Error::from)?,
        Format::Table => table(outcomes, output.fit(console), console.unicode),
        Format::Text => texts(outcomes, look, false),
        Format::Short => texts(outcomes, look, true),
    })
}

/// Warns about flags that match no target, and lists the targets.
fn tell_unmatched(
    route: &AddressRules,
    targets: &[Target],
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    const SHOWN: usize = 4;
    let places: Vec<(&str, u16)> =
        targets.iter().map(|target| (target.host.as_str(), target.port)).collect();
    for flag in route.unmatched(&places) {
        let shown = places.iter().take(SHOWN).map(|(host, port)| format!("{host}:{port}"));
        let more = if places.len() > SHOWN { ", …" } else { "" };
        writeln!(
            console.err,
            "warning: `{flag}` matches no target; there are {}{more}",
            shown.collect::<Vec<_>>().join(", ")
        )?;
    }
    Ok(())
}

fn no_lines() -> Failure {
    Failure::Usage {
        message: "this format needs manifests: findings without them have no location".to_owned(),
        hint: "add manifests with -f, or use json".to_owned(),
    }
}

/// The worst outcome; a finding takes precedence over an unreachable peer.
fn exit(outcomes: &[Story], fail_on: FailOn) -> Exit {
    let bad = |outcome: &Story| {
        // An unknown result must not pass a gate.
        let least = match fail_on {
            FailOn::Error => CheckResult::Error,
            FailOn::Warning => CheckResult::Warning,
        };
        outcome.checks.iter().any(|check| check.result >= least)
            || (outcome.target.offer.profile == HelloAs::Envoy
                && matches!(outcome.envoy, EnvoyOutcome::Unknown(_)))
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

fn route(args: &Args) -> AddressRules {
    let conduct = &args.conduct;
    AddressRules { connect_to: conduct.connect_to.clone(), resolve: conduct.resolve.clone() }
}

/// How to reach the targets.
///
/// # Errors
/// A pod that cannot be found.
async fn reach(args: &Args, route: AddressRules) -> Result<Arc<dyn Reach>, Failure> {
    if let Some(proxy) = &args.conduct.via {
        return Ok(Arc::new(proxy.clone()));
    }
    let Some(named) = &args.conduct.in_pod else {
        return Ok(Arc::new(Direct { route }));
    };
    Ok(Arc::new(args.world.cluster.in_pod(named).await?))
}

fn conduct(args: &Args, reach: Arc<dyn Reach>, console: &Console<'_>) -> Conduct {
    let conduct = &args.conduct;
    // A command does not report when it is connected, and connecting may take long.
    let patience = conduct.via.is_some().then_some(Duration::from_secs(20));
    Conduct {
        timeout: conduct.timeout.or(patience),
        request: !conduct.no_request,
        negative: !conduct.no_negative,
        matrix: conduct.matrix,
        reach,
        require_mutual: conduct.require_mutual,
        now: console.now,
    }
}
