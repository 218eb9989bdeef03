//! `mtlsctl graph`: how trust passes from certificates to routes.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;
use time::format_description::well_known::Rfc3339;

use crate::cert::ExpiryMargin;
use crate::console::Console;
use crate::diagnostic::{Diagnostic, ObjectName};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::graph::{Graph, Probed, WantedTrails, graph, probed};
use crate::lint::{ConfigFile, Policy, RuleSelection, Session};
use crate::report::graph as report;
use crate::source::reason;
use crate::world::{ActiveHost, Upstream, World};

use super::config::{Layers, Settle, Settled};
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::candidates;
use crate::cli::shared::upstreams;
use crate::cli::shared::{Kept, Opened, WorldArgs, tell_division, warn_all};
use crate::cli::shared::{Output, OutputArgs, deliver, formats};

/// Draw how trust flows from certificates through Secrets and contexts to routes.
#[derive(Debug, Clone, Args)]
pub(crate) struct GraphArgs {
    /// Only what leads to these: a Mapping's or Host's name, NAMESPACE/NAME, a part of a name, or a
    /// service's host.
    #[arg(add = ArgValueCandidates::new(candidates::upstreams))]
    names: Vec<String>,
    /// Manifests: files, folders, or - for standard input [default: .].
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputArgs<Format>,
    /// Results of `mtlsctl probe -o json`, shown with the routes; a failed probe is an error.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_PROBE")]
    probe: Option<PathBuf>,
    /// Succeed if the input has no Ambassador resources.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    allow_empty: bool,
    /// When the end of a certificate is near, as the configuration says it.
    #[arg(skip)]
    expires_in: Option<ExpiryMargin>,
    #[command(flatten)]
    world: WorldArgs,
}

impl Settle for GraphArgs {
    fn config_args(&self) -> &ConfigArgs {
        &self.world.config
    }

    fn inputs(&self) -> Vec<PathBuf> {
        self.paths.clone()
    }

    fn settle(&mut self, layers: &mut Layers<'_>) {
        layers.note("allow_empty", &mut self.allow_empty);
        if let Some(file) = layers.file() {
            self.expires_in = file.config.expires_in.as_ref().map(|margin| margin.value.0);
        }
        self.world.settle(layers);
    }
}

/// The world that is drawn, which is that of `resolve`, and what lint finds with this configuration.
fn world_and_findings(
    opened: Opened,
    file: Option<&Arc<ConfigFile>>,
    console: &mut Console<'_>,
) -> Result<(World, Vec<Diagnostic>), Failure> {
    let levels = file.map(|file| &file.config.rules);
    let policy = Policy {
        selection: RuleSelection::default().without_off(levels, &[]),
        honours_ignores: true,
        config: file.cloned(),
        ..Policy::default()
    };
    let judged = Session::new(opened.documents, opened.settings, policy).judge();
    if let Some(division) = &judged.division {
        tell_division(judged.worlds.iter().map(|(name, _)| name.as_str()), division, console)?;
    }
    Ok((judged.world, judged.outcome.findings))
}

formats! {
    /// Formats of `graph`.
    enum Format {
        Text = "text",
        Mermaid = "mermaid",
        Dot = "dot",
        Json = "json",
        Html = "html",
    }
}

/// Runs the command. What lint finds is shown, but does not make it fail.
///
/// # Errors
/// Unreadable input, or a name that fits nothing.
pub(crate) fn run(
    settled: &Settled<GraphArgs>,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let args = &settled.args;
    let margin = args.expires_in.unwrap_or_default();
    let opened = args.world.open_for_lint(&args.paths, Kept::InPart, margin, console)?;
    warn_all(&opened.unreadable, console)?;
    let (world, findings) = world_and_findings(opened, settled.file.as_ref(), console)?;
    let world = &world;
    let (mut mappings, mut hosts) = (HashSet::new(), Vec::new());
    for name in &args.names {
        let named: Vec<&ActiveHost> =
            world.hosts.iter().filter(|host| host_is(world, host, name)).collect();
        match upstreams(world, name) {
            Ok(found) => mappings.extend(found.into_iter().map(|upstream| upstream.mapping)),
            Err(failure) if named.is_empty() => return Err(failure),
            Err(_) => {}
        }
        hosts.extend(named);
    }
    let all = args.names.is_empty();
    let upstream = |upstream: &Upstream| all || mappings.contains(&upstream.mapping);
    let host = |host: &ActiveHost| all || hosts.iter().any(|named| std::ptr::eq(*named, host));
    let probed = args.probe.as_deref().map(results).transpose()?.unwrap_or_default();
    let wanted = WantedTrails { upstream: &upstream, host: &host, unused: all, probed };
    let graph = graph(world, &findings, &wanted);
    for output in &args.output.outputs {
        let text = render(output, world, &graph, console);
        deliver(output, &text, console)?;
    }
    if args.output.outputs.iter().any(|output| output.format == Format::Mermaid)
        && graph.edges.len() > report::MOST_EDGES
    {
        let (edges, most) = (graph.edges.len(), report::MOST_EDGES);
        writeln!(
            console.err,
            "warning: {edges} edges, and GitHub's Mermaid draws at most {most}; name Mappings to \
             draw fewer, or use `-o html`"
        )?;
    }
    let empty = world.has_nothing_of_ours() && !args.allow_empty;
    Ok(if empty { Exit::NothingToCheck } else { Exit::Clean })
}

/// Reads what `probe` has written.
fn results(path: &Path) -> Result<HashMap<ObjectName, Probed>, Failure> {
    let unreadable =
        |reason: String| Failure::Unreadable { path: path.display().to_string(), reason };
    let text = fs::read_to_string(path).map_err(|error| unreadable(reason(&error)))?;
    probed(&text).map_err(|error| unreadable(error.to_string()))
}

fn render(
    output: &Output<Format>,
    world: &World,
    graph: &Graph<'_>,
    console: &Console<'_>,
) -> String {
    match output.format {
        Format::Text => report::text(graph, output.look(console)),
        Format::Mermaid => report::mermaid(graph),
        Format::Dot => report::dot(graph),
        Format::Json => format!("{:#}\n", report::json(world, graph)),
        Format::Html => {
            let now = console.now.replace_nanosecond(0).unwrap_or(console.now);
            let as_of = now.format(&Rfc3339).unwrap_or_default();
            report::html(world, graph, &as_of)
        }
    }
}

/// Whether a Host is meant by a name: its own, with or without the namespace, or its host name.
fn host_is(world: &World, host: &ActiveHost, wanted: &str) -> bool {
    let Some(index) = host.index else { return false };
    let object = &world.resources.hosts[index].object;
    let name = object.name.as_str();
    name == wanted || format!("{}/{name}", object.namespace()) == wanted || host.glob == wanted
}
