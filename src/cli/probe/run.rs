//! Running a probe: again and again if asked to, then the report and the exit code.

use std::time::Instant;

use crate::cli::common::look;
use crate::cli::output::deliver;
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::probe::{CheckResult, Conduct, Envoy, Outcome, Profile, Route, Target, probe_all};
use crate::report::probe::{json, table, text};

use super::args::{Args, FailOn, Format};
use super::targets::{Aimed, targets};

/// Runs the command.
///
/// # Errors
/// Unreadable input, or a target that fits nothing.
pub(crate) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let Aimed { targets, empty } = targets(args, console)?;
    if targets.is_empty() && empty {
        return Ok(Exit::NothingToCheck);
    }
    let conduct = conduct(args, console);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let give_up = args.conduct.wait.map(|wait| Instant::now() + wait);
    let outcomes = loop {
        let outcomes = runtime.block_on(once(&targets, &conduct, args, console));
        match give_up {
            Some(end) if exit(&outcomes, args.fail_on) != Exit::Clean && Instant::now() < end => {
                std::thread::sleep(args.conduct.interval);
            }
            _ => break outcomes,
        }
    };
    // A resolver that never answers must not keep the process from ending.
    runtime.shutdown_background();

    for output in &args.outputs {
        let report = report(&outcomes, output.format, output.path.is_some(), console)?;
        deliver(output, &report, console)?;
    }
    Ok(exit(&outcomes, args.fail_on))
}

async fn once(
    targets: &[Target],
    conduct: &Conduct,
    args: &Args,
    console: &mut Console<'_>,
) -> Vec<Outcome> {
    let total = targets.len();
    let shows = console.err_is_terminal && total > 1;
    let err = &mut console.err;
    let done = |count| {
        if shows {
            // Progress that cannot be shown is no failure.
            let _ = write!(err, "\rprobing {count}/{total}").and_then(|()| err.flush());
        }
    };
    let outcomes =
        probe_all(targets.to_vec(), conduct.clone(), args.conduct.concurrency, done).await;
    if shows {
        let _ = write!(console.err, "\r\x1b[K");
    }
    outcomes
}

fn report(
    outcomes: &[Outcome],
    format: Format,
    into_file: bool,
    console: &Console<'_>,
) -> Result<String, Failure> {
    let look = look(console, console.out_color && !into_file);
    Ok(match format {
        Format::Json => json(outcomes),
        Format::Table => table(outcomes),
        Format::Text | Format::Short => {
            let short = format == Format::Short;
            let stories: Vec<String> =
                outcomes.iter().map(|outcome| text(outcome, look, short)).collect();
            stories.join("\n")
        }
    })
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
            || (outcome.target.offer.profile == Profile::Envoy
                && matches!(outcome.envoy, Envoy::Unknown(_)))
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
