//! `mtlsctl graph`: how trust flows from certificates to routes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap_complete::engine::ArgValueCandidates;
use time::format_description::well_known::Rfc3339;

use crate::cert::ExpiryMargin;
use crate::console::Console;
use crate::diagnostic::Diagnostic;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::graph::{Graph, Results, WantedTrails, graph, probed};
use crate::lint::{ConfigFile, Policy, RuleSelection, Session};
use crate::report::graph as report;
use crate::source::reason;
use crate::world::{ActiveHost, Upstream, World};

use super::config::{Layers, Settle, Settled};
use crate::cli::shared::ConfigArgs;
use crate::cli::shared::candidates;
use crate::cli::shared::{Kept, Opened, WorldArgs, tell_division, warn_all};
use crate::cli::shared::{Output, OutputArgs, deliver, formats};
use crate::cli::shared::{below, beside_text, named, one_at_a_time};

/// Draw how trust flows from certificates through Secrets and contexts to routes.
#[derive(Debug, Clone, Args)]
pub(crate) struct GraphArgs {
    /// Only show what leads to these: a Mapping's or Host's name, NAMESPACE/NAME, a part of a name,
    /// or a service's host.
    #[arg(add = ArgValueCandidates::new(candidates::upstreams))]
    names: Vec<String>,
    /// Manifests: files, folders, or - for standard input [default: .].
    #[arg(short = 'f', long = "filename", value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputArgs<Format>,
    /// Results of `mtlsctl probe -o json` to show on the routes; a failed probe is an error.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_PROBE")]
    probe: Option<PathBuf>,
    /// Succeed if the input has no Ambassador resources.
    #[arg(long, env = "MTLSCTL_ALLOW_EMPTY")]
    allow_empty: bool,
    /// When a certificate counts as expiring soon, from the configuration.
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

/// A world to draw, and its lint findings.
struct Drawn {
    name: String,
    world: World,
    findings: Vec<Diagnostic>,
}

/// The worlds to draw, each separately.
fn drawn(
    args: &GraphArgs,
    opened: Opened,
    file: Option<&Arc<ConfigFile>>,
    console: &mut Console<'_>,
) -> Result<Vec<Drawn>, Failure> {
    let levels = file.map(|file| &file.config.rules);
    let policy = Policy {
        selection: RuleSelection::default().without_off(levels, &[]),
        honours_ignores: true,
        config: file.cloned(),
        ..Policy::default()
    };
    let session = Session::new(opened.documents, opened.settings, policy);
    let (parts, division) = args.world.one_of(session)?.apart();
    tell_division(parts.iter().map(|part| part.name.as_str()), division.as_ref(), console)?;
    let drawn = parts.into_iter().map(|part| {
        let name = part.name.clone();
        let judged = part.judge();
        Drawn { name, world: judged.world, findings: judged.outcome.findings }
    });
    Ok(drawn.collect())
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

/// Runs the command. Lint findings are shown, but do not make it fail.
///
/// # Errors
/// Unreadable input, or a name that matches nothing.
pub(crate) fn run(
    settled: &Settled<GraphArgs>,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let args = &settled.args;
    let margin = args.expires_in.unwrap_or_default();
    let opened = args.world.open_for_lint(&args.paths, Kept::InPart, margin, console)?;
    warn_all(&opened.unreadable, console)?;
    let drawn = drawn(args, opened, settled.file.as_ref(), console)?;
    let is_drawing = |format| matches!(format, Format::Mermaid | Format::Dot | Format::Html);
    if drawn.len() > 1 && args.output.outputs.iter().any(|output| is_drawing(output.format)) {
        let names: Vec<String> = drawn.into_iter().map(|one| one.name).collect();
        return Err(one_at_a_time(&names));
    }
    let hosts_named =
        |world: &World, name: &str| world.hosts.iter().any(|host| host_is(world, host, name));
    let (mut worlds, mut findings) = (Vec::new(), Vec::new());
    for one in drawn {
        worlds.push((one.name, one.world));
        findings.push(one.findings);
    }
    let mappings = named(&worlds, &args.names, hosts_named)?;
    let probed = args.probe.as_deref().map(results).transpose()?.unwrap_or_default();
    let all = args.names.is_empty();
    let mut graphs = Vec::new();
    for (((name, world), findings), mappings) in worlds.iter().zip(&findings).zip(&mappings) {
        let upstream = |upstream: &Upstream| all || mappings.contains(&upstream.mapping);
        let host =
            |host: &ActiveHost| all || args.names.iter().any(|name| host_is(world, host, name));
        // A report without worlds covers all of them, or the only one.
        let own = probed.iter().filter(|((world, _), _)| world.is_empty() || world == name);
        let probed = own.map(|((_, object), result)| (object.clone(), result.clone())).collect();
        let wanted = WantedTrails { upstream: &upstream, host: &host, unused: all, probed };
        graphs.push((name.as_str(), world, graph(world, findings, &wanted)));
    }
    for output in &args.output.outputs {
        let text = render(output, &graphs, console)?;
        deliver(output, &text, console)?;
    }
    let edges = graphs.iter().map(|(_, _, graph)| graph.edges.len()).max().unwrap_or_default();
    let is_mermaid = |output: &Output<Format>| output.format == Format::Mermaid;
    if args.output.outputs.iter().any(is_mermaid) && edges > report::MOST_EDGES {
        let most = report::MOST_EDGES;
        writeln!(
            console.err,
            "warning: {edges} edges, and GitHub's Mermaid draws at most {most}; select Mappings \
             to draw fewer, or use `-o html`"
        )?;
    }
    let empty = worlds.iter().all(|(_, world)| world.reads_nothing()) && !args.allow_empty;
    Ok(if empty { Exit::NothingToCheck } else { Exit::Clean })
}

/// Reads a report written by `probe`.
fn results(path: &Path) -> Result<Results, Failure> {
    let unreadable =
        |reason: String| Failure::Unreadable { path: path.display().to_string(), reason };
    let text = fs::read_to_string(path).map_err(|error| unreadable(reason(&error)))?;
    probed(&text).map_err(|error| unreadable(error.to_string()))
}

/// One report of all worlds; a drawing shows one.
fn render(
    output: &Output<Format>,
    graphs: &[(&str, &World, Graph<'_>)],
    console: &Console<'_>,
) -> Result<String, Failure> {
    let drawing = |draw: &dyn Fn(&World, &Graph<'_>) -> String| {
        graphs.first().map_or(String::new(), |(_, world, graph)| draw(world, graph))
    };
    Ok(match output.format {
        Format::Text => {
            let look = output.look(console);
            below(graphs.iter().map(|(name, _, graph)| (*name, report::text(graph, look))))
        }
        Format::Json => {
            let mut documents = Vec::new();
            for (name, world, graph) in graphs {
                documents.push((*name, report::json(world, graph).map_err(io::Error::from)?));
            }
            beside_text(documents)?
        }
        Format::Mermaid => drawing(&|_, graph| report::mermaid(graph)),
        Format::Dot => drawing(&|_, graph| report::dot(graph)),
        Format::Html => {
            let now = console.now.replace_nanosecond(0).unwrap_or(console.now);
            let as_of = now.format(&Rfc3339).unwrap_or_default();
            drawing(&|world, graph| report::html(world, graph, &as_of))
        }
    })
}

/// Whether a name refers to a Host: its own name, with or without the namespace, or its host name.
fn host_is(world: &World, host: &ActiveHost, wanted: &str) -> bool {
    let Some(index) = host.index else { return false };
    let object = &world.resources.hosts[index].object;
    let name = object.name.as_str();
    name == wanted || format!("{}/{name}", object.namespace()) == wanted || host.glob == wanted
}
