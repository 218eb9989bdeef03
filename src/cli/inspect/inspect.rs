//! `mtlsctl inspect`: certificates in files, Secrets and contexts, and whether Envoy accepts them.

use std::path::Path;

use clap::ArgMatches;

use crate::cli::config::settle_or_show;
use crate::cli::shared::deliver;
use crate::console::Console;
use crate::envoy::{OfferedTls, Purpose};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::inspect::{Question, Subject, survey};
use crate::report::{inspect_json, inspect_prom, inspect_table, inspect_text};

use super::args::{Format, InspectArgs, JudgedAs};
use super::inspect_consul::remark;
use super::inspect_targets::{Targets, file};

/// Runs the command.
///
/// # Errors
/// Unreadable input, or a target that matches nothing.
pub(crate) fn run(
    args: &InspectArgs,
    given: &ArgMatches,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    // A margin from a flag or a variable makes the command fail; one in the configuration only
    // warns.
    let near_is_error = args.expires_in.is_some();
    let Some(settled) = settle_or_show(args, given, console)? else {
        return Ok(Exit::Clean);
    };
    let args = &settled.args;
    let envoy = args.world.envoy();
    let question = Question {
        now: console.now,
        version: envoy,
        purpose: args.judged_as.map(|role| match role {
            JudgedAs::Server => Purpose::Server,
            JudgedAs::Client => Purpose::Client,
        }),
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
        // Named targets have already reported why there is nothing.
        let why = ": no Secret in the input has a certificate";
        let why = if args.targets.is_empty() { why } else { "" };
        writeln!(console.err, "nothing to inspect{why}")?;
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
