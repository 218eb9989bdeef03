//! `mtlsctl demo`: from a typo to mutual TLS with a real server, in a few seconds.

use std::sync::Arc;

use clap::Args;
use time::OffsetDateTime;

use crate::console::{Console, Links};
use crate::demo::{Scene, Unplayable};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::lint::{RuleSelection, check};
use crate::probe::{Aim, Conduct, Direct, Files, Story, probe};
use crate::report::probe::text;
use crate::report::{Look, lint_text, resolve_table};
use crate::world::World;

use super::shared::look;

/// Run mtlsctl on a small example: find a fault, see its effect on the wire, fix it.
///
/// It creates a CA, a server on loopback that requires client certificates, and manifests for it,
/// then lints and probes them. Everything stays in memory: no file is written, and no cluster is
/// contacted.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {}

/// The mistyped name of the context.
const MISTYPED: &str = "order-upstream";

/// Runs the command. Certificates are checked against the machine's clock, as the server does.
///
/// # Errors
/// A machine without a free port on loopback.
pub(crate) fn run(_: &DemoArgs, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let now = OffsetDateTime::now_utc();
    let look = Look { links: Links::Hidden, ..look(console) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let scene = Scene::new(now).map_err(unplayable)?;
    let (port, _server) = runtime.block_on(scene.start()).map_err(unplayable)?;
    let (broken, right) = (scene.world(port, MISTYPED), scene.world(port, Scene::CONTEXT));
    let file = Scene::FILE;
    let out = &mut console.out;

    writeln!(
        out,
        "A server on 127.0.0.1:{port} requires client certificates. A Mapping in {file}\n\
         sends requests to it. In a cluster, kubectl would show it as Running.\n"
    )?;
    writeln!(out, "$ mtlsctl lint {file}")?;
    let lint = |world: &World| check(world, &RuleSelection::default(), true).findings;
    let findings = lint(&broken);
    out.write_all(lint_text(&broken, &findings, look).as_bytes())?;
    writeln!(out, "$ mtlsctl probe orders -f {file} -o short")?;
    let before = runtime.block_on(ask(&broken, now))?;
    writeln!(out, "{}", text(&before, look, true))?;

    writeln!(out, "$ vi {file}")?;
    writeln!(out, "-  tls: {MISTYPED}\n+  tls: {}\n", Scene::CONTEXT)?;
    writeln!(out, "$ mtlsctl lint {file}\nno findings\n")?;
    writeln!(out, "$ mtlsctl resolve -f {file} -o table")?;
    writeln!(out, "{}", resolve_table(&right, |_| true, Some(console.width), console.unicode))?;
    writeln!(out, "$ mtlsctl probe orders -f {file}")?;
    let after = runtime.block_on(ask(&right, now))?;
    writeln!(out, "{}", text(&after, look, false))?;
    writeln!(
        out,
        "The server and its keys are gone; nothing was written. Next, try your own:\n  \
         mtlsctl lint FOLDER     or, for a cluster, mtlsctl lint -A"
    )?;
    // On an unusual machine the demo must not claim success.
    let is_shown = !findings.is_empty() && lint(&right).is_empty();
    let is_shown = is_shown && !is_through(&before) && is_through(&after);
    Ok(if is_shown { Exit::Clean } else { Exit::Failed })
}

fn is_through(told: &Story) -> bool {
    matches!(told.envoy, crate::probe::EnvoyOutcome::Accepted)
}

async fn ask(world: &World, now: OffsetDateTime) -> Result<Story, Failure> {
    let conduct = Conduct {
        timeout: None,
        request: true,
        negative: true,
        matrix: false,
        reach: Arc::new(Direct::default()),
        require_mutual: false,
        now,
    };
    let mut aim = Aim::new(world, Files::default(), world.settings.envoy());
    let bug = |message: &str| Failure::Usage {
        message: message.to_owned(),
        hint: "please report this".to_owned(),
    };
    let upstream = world.upstreams.first().ok_or_else(|| bug("the demo has no upstream"))?;
    let target = aim.at(upstream).map_err(|message| bug(&message))?;
    Ok(probe(target, &conduct).await)
}

fn unplayable(why: Unplayable) -> Failure {
    Failure::Usage {
        message: format!("the demo cannot run here: {why}"),
        hint: "allow programs to listen on 127.0.0.1".to_owned(),
    }
}
