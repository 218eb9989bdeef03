//! Reads both sides, compares them, writes the report and returns the exit code.

use std::path::Path;

use crate::cli::config::Settled;
use crate::cli::shared::{ClusterArgs, Kept, deliver, warn_all};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::probe::Files;
use crate::report::running::{json, prom, sarif, table, text};
use crate::running::{Comparison, Held, compare, findings, wanted};
use crate::world::Profile;

use super::args::{Args, Format};
use super::source::answers;

/// Runs the command.
///
/// # Errors
/// Unreadable input, or an admin interface that does not answer.
pub(crate) fn run(settled: &Settled<Args>, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let args = &settled.args;
    let hashes = args.output.outputs.iter().any(|output| output.format == Format::Sarif);
    let kept = if hashes { Kept::Whole } else { Kept::InPart };
    let held = Held::read(&answers(args, console)?);
    let mut reading = args.world.clone();
    let mut notes = Vec::new();
    if let Some(release) = &held.emissary {
        notes.extend(judged_as(release, &mut reading.ambassador.emissary));
    }
    if args.in_pod.is_some() && !args.paths.is_empty() {
        // The manifests are the input; the cluster only has the pod.
        reading.cluster = ClusterArgs::default();
    }
    let input = reading.read(&args.paths, kept, console)?;
    warn_all(&input.unreadable, console)?;
    let world = &input.worlds.only()?;
    if world.resources.ambassador_objects() == 0 && !args.allow_empty {
        return Ok(Exit::NothingToCheck);
    }
    if held.clusters.is_empty() {
        return Err(Failure::Usage {
            message: "the responses have no cluster: /config_dump is missing or empty".to_owned(),
            hint: "save it as well: curl 127.0.0.1:8001/config_dump > config_dump.json".to_owned(),
        });
    }
    let files = Files { maps: args.maps.clone(), rootfs: args.world.rootfs().map(Path::to_owned) };
    let wanted = wanted(world, &|world, material| files.content(world, material));
    let margin = args.expires_in.unwrap_or_default();
    let mut comparison = compare(world, &wanted, &held, margin, console.now);
    comparison.notes.splice(..0, notes);
    for output in &args.output.outputs {
        let report = match output.format {
            Format::Text => text(world, &comparison, output.look(console)),
            Format::Table => table(world, &comparison),
            Format::Json => json(world, &comparison),
            Format::Prom => prom(&comparison, &held, console.now),
            Format::Sarif => sarif(world, &findings(world, &comparison)),
        };
        deliver(output, &report, console)?;
    }
    Ok(exit(&comparison, args))
}

/// Checks for the running release unless a flag sets another one; returns a note about it.
fn judged_as(release: &str, said: &mut Option<Profile>) -> Option<String> {
    let runs = Profile::of_tag(release);
    match (runs, *said) {
        (Some(runs), None) => {
            *said = Some(runs);
            None
        }
        (Some(runs), Some(said)) if is_same(runs, said) => None,
        (_, Some(said)) => Some(format!(
            "Emissary {release} is running, but it is judged as {said}, because of --emissary"
        )),
        (None, None) => {
            Some(format!("Emissary {release} is running, which this mtlsctl does not know"))
        }
    }
}

/// Whether two releases are the same; `4.1` matches any of its patches.
fn is_same(runs: Profile, said: Profile) -> bool {
    let (runs, said) = (runs.to_string(), said.to_string());
    runs == said || runs.starts_with(&format!("{said}."))
}

fn exit(comparison: &Comparison, args: &Args) -> Exit {
    let fails = comparison.divergences.iter().any(|one| args.fail_on.reaches(one.severity));
    if fails { Exit::Found } else { Exit::Clean }
}
