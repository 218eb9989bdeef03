//! `probe --as-job`: the same probe as a Job next to the pod, printed or run.

use clap::parser::ValueSource;
use clap::{ArgAction, ArgMatches, Args as _, Command};

use crate::cli::config::Shown as _;
use crate::cli::shared::cluster_args::lacking;
use crate::cli::shared::{Formats as _, GlobalArgs, deliver};
use crate::console::Console;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::kubernetes::{ClusterClient, Ended, JobPlan};
use crate::probe::place;
use crate::report::one_line;

use super::args::{Args, AsJob, Format};

/// Arguments not passed to the Job: they concern this machine, or reach the Job in another way.
const LOCAL: [&str; 15] = [
    "as_job",
    "image",
    "in_pod",
    "targets",
    "outputs",
    "context",
    "cluster",
    "kubeconfig",
    "namespace",
    "all_namespaces",
    "config",
    "no_config",
    "show_settings",
    "color",
    "hyperlinks",
];

/// Arguments that a configuration may set; their effective values are passed.
const SETTLED: [&str; 5] =
    ["fail_on", "ambassador_id", "ambassador_namespace", "emissary", "external"];

/// Prints the Job, or runs it.
///
/// # Errors
/// A target that needs manifests while no part of the cluster is selected, or a cluster that
/// refuses something.
pub(super) fn as_job(
    how: AsJob,
    args: &Args,
    given: &ArgMatches,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let output = match args.output.outputs.as_slice() {
        [one] if !matches!(one.format, Format::Sarif | Format::Github) => one,
        _ => {
            return Err(Failure::Usage {
                message: "a Job writes a single report: text, short, table or json".to_owned(),
                hint: "pass a single -o".to_owned(),
            });
        }
    };
    let is_place = |written: &String| place(written).is_some();
    if !args.world.cluster.is_given() && (args.all || !args.targets.iter().all(is_place)) {
        return Err(Failure::Usage {
            message: "a Job reads the cluster, not the files here".to_owned(),
            hint: "select what it reads with -A or -n NAMESPACE, or give HOST:PORT".to_owned(),
        });
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let reading = &args.world.cluster;
    let named = args.conduct.in_pod.as_deref().unwrap_or_default();
    let found = runtime.block_on(async {
        let cluster = ClusterClient::connect(&reading.access()).await?;
        let plan = cluster.job_beside(named, reading.namespace(), &args.conduct.image).await?;
        Ok((cluster, plan))
    });
    let (cluster, mut plan) = found.map_err(|error| lacking(error, "--job"))?;
    plan.arguments = arguments(args, given, cluster.namespace(), output.format);
    let exit = match how {
        AsJob::Print => {
            deliver(output, &plan.manifest(), console)?;
            Exit::Clean
        }
        AsJob::Run => match runtime.block_on(run(&cluster, &plan, console))? {
            None => Exit::Interrupted,
            Some(Ended { code, log }) => {
                deliver(output, &log, console)?;
                exit_of(code)
            }
        },
    };
    runtime.shutdown_background();
    Ok(exit)
}

/// Creates the Job, waits for it, and deletes it in any case; `None` if Ctrl-C was pressed first.
async fn run(
    cluster: &ClusterClient,
    plan: &JobPlan,
    console: &mut Console<'_>,
) -> Result<Option<Ended>, Failure> {
    let may = |error| lacking(error, "--job");
    let name = cluster.create_job(plan).await.map_err(may)?;
    let namespace = &plan.pod.namespace;
    writeln!(console.err, "waiting for Job {namespace}/{name}, which is deleted afterwards")?;
    let ended = tokio::select! {
        ended = cluster.job_end(plan, &name) => ended.map(Some),
        Ok(()) = tokio::signal::ctrl_c() => Ok(None),
    };
    if let Err(error) = cluster.delete_job(plan, &name).await {
        writeln!(console.err, "warning: {}", one_line(&error.message))?;
    }
    ended.map_err(may)
}

/// The exit code: that of the Job's container.
fn exit_of(code: i64) -> Exit {
    let known = [Exit::Clean, Exit::Found, Exit::NothingToCheck, Exit::NotReached];
    known.into_iter().find(|exit| *exit as i64 == code).unwrap_or(Exit::Failed)
}

/// The command line for the Job: all arguments that do not concern this machine.
fn arguments(args: &Args, given: &ArgMatches, namespace: &str, format: Format) -> Vec<String> {
    let mut words = vec!["probe".to_owned()];
    words.extend(args.targets.iter().cloned());
    if args.world.cluster.is_given() {
        words.extend(args.world.cluster.part(namespace));
    }
    let known = GlobalArgs::augment_args(Args::augment_args(Command::new("probe")));
    for argument in known.get_arguments() {
        let id = argument.get_id().as_str();
        let said = given.value_source(id);
        let is_said = matches!(said, Some(ValueSource::CommandLine | ValueSource::EnvVariable));
        let (Some(long), true) = (argument.get_long(), is_said) else { continue };
        if LOCAL.contains(&id) || SETTLED.contains(&id) {
            continue;
        }
        match argument.get_action() {
            ArgAction::SetTrue if given.get_flag(id) => words.push(format!("--{long}")),
            ArgAction::Count => {
                words.extend((0..given.get_count(id)).map(|_| format!("--{long}")));
            }
            ArgAction::Set | ArgAction::Append => {
                let values = given.get_raw(id).into_iter().flatten();
                words.extend(values.map(|value| format!("--{long}={}", value.to_string_lossy())));
            }
            _ => {}
        }
    }
    words.extend(settled(args));
    words.push(format!("--output={}", format.name()));
    words.push("--no-config".to_owned());
    words
}

/// The effective value from flags, variables and the configuration.
fn settled(args: &Args) -> Vec<String> {
    let ambassador = &args.world.ambassador;
    let mut words = vec![format!("--fail-on={}", args.fail_on.shown())];
    let texts = [
        ("ambassador-id", ambassador.ambassador_id.clone()),
        ("ambassador-namespace", ambassador.ambassador_namespace.clone()),
        ("emissary", ambassador.emissary.map(|release| release.to_string())),
    ];
    let said = texts.into_iter().filter_map(|(name, value)| Some((name, value?)));
    words.extend(said.map(|(name, value)| format!("--{name}={value}")));
    words.extend(ambassador.external.iter().map(|object| format!("--external={object}")));
    words
}
