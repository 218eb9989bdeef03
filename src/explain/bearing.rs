//! Objects in manifests that a line names, and what rules report about them.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, ObjectName};
use crate::rule::ALL;
use crate::source::Span;
use crate::world::{ClusterId, ContextId, ContextState, Upstream, World};

use crate::explain::matching::said::Said;

/// An object of the manifests that a line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedObject {
    /// The name as written in the line.
    pub written: String,
    /// Which object it is.
    pub object: ObjectName,
    /// Where it is defined, if it is in the input.
    pub place: Option<Span>,
    /// Facts about it, as sentences without a full stop.
    pub facts: Vec<String>,
}

/// What manifests show about a line.
#[derive(Debug, Clone, Default)]
pub struct ManifestFacts {
    /// The objects that it names.
    pub named: Vec<NamedObject>,
    /// Sentences without a full stop about names that no object has.
    pub notes: Vec<String>,
    /// Findings of the rules for its causes, limited to these objects if there are any, the worst
    /// first.
    pub findings: Vec<Diagnostic>,
}

/// What the manifests of one environment show.
#[derive(Debug)]
pub struct EnvironmentFacts<'w> {
    /// The environment's name; empty if there is only one.
    pub environment: &'w str,
    /// Its world.
    pub world: &'w World,
    /// What it shows about the line.
    pub bearing: ManifestFacts,
}

/// Looks up a text in each environment. If there are several, only those with the named objects are
/// returned.
pub fn found<'w>(
    worlds: &'w [(String, World)],
    text: &str,
    causes: &[&Said],
) -> Vec<EnvironmentFacts<'w>> {
    let mut all: Vec<EnvironmentFacts<'w>> = worlds
        .iter()
        .map(|(environment, world)| EnvironmentFacts {
            environment,
            world,
            bearing: bearing(world, text, causes),
        })
        .collect();
    let mut keep = |holds: &dyn Fn(&EnvironmentFacts<'_>) -> bool| {
        if all.len() > 1 && all.iter().any(holds) {
            all.retain(holds);
        }
    };
    keep(&|found| !found.bearing.named.is_empty());
    // The line's namespace identifies its environment.
    let namespaces: Vec<&str> =
        causes.iter().filter_map(|said| said.names.get("namespace").map(String::as_str)).collect();
    keep(&|found| namespaces.iter().any(|name| found.world.namespaces().contains(name)));
    all
}

/// Looks up the names in a text and its causes, and runs the rules for the causes.
pub fn bearing(world: &World, text: &str, causes: &[&Said]) -> ManifestFacts {
    let mut named = Vec::new();
    let mut around = BTreeSet::new();
    let mut notes = Vec::new();
    for word in words(text, causes) {
        let before = named.len();
        clusters(world, &word, &mut named, &mut around);
        if before == named.len() && word.starts_with("cluster_") && word != "cluster_name" {
            notes.extend(nearest_cluster(world, &word));
        }
    }
    for said in causes {
        of_names(world, said, &mut named, &mut around);
    }
    if causes.is_empty() {
        for word in words(text, causes) {
            by_name(world, &word, &mut named, &mut around);
        }
    }
    let mut known = BTreeSet::new();
    named.retain(|one: &NamedObject| known.insert(one.object.clone()));
    around.extend(named.iter().map(|one| one.object.clone()));

    let wanted: BTreeSet<&str> =
        causes.iter().flat_map(|said| said.rules.iter().copied()).collect();
    // If only a name is given, all findings about it are relevant.
    let all = causes.is_empty() && !named.is_empty();
    let rules = ALL.iter().filter(|rule| all || wanted.contains(rule.id));
    let mut findings: Vec<Diagnostic> = rules.flat_map(|rule| rule.run(world)).collect();
    let bears =
        |found: &Diagnostic| found.object.as_ref().is_none_or(|object| around.contains(object));
    if !named.is_empty() {
        findings.retain(bears);
    }
    findings.sort_by(|one, other| {
        other
            .severity
            .cmp(&one.severity)
            .then(one.order(&world.sources).cmp(&other.order(&world.sources)))
    });
    findings.dedup();
    ManifestFacts { named, notes, findings }
}

/// The prefix of cluster names in statistics.
const STATISTIC: &str = "cluster.";

/// Words of a text that can be a cluster name or host, and the names in its causes.
fn words(text: &str, causes: &[&Said]) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = BTreeSet::new();
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let mut label = false;
    for word in text.split(ends).filter(|word| !word.is_empty()) {
        // `envoy_cluster_name="web"` of Prometheus, and `cluster.web.upstream_cx_total`.
        let counted = word.strip_prefix(STATISTIC).and_then(|rest| rest.split('.').next());
        words.extend(counted.or(label.then_some(word)).map(|name| format!("{STATISTIC}{name}")));
        label = word == "envoy_cluster_name";
        if !(3..256).contains(&word.len()) {
            continue;
        }
        let word = word.trim_matches('.');
        words.insert(word.to_owned());
        // In statistics a cluster name is between dots.
        words
            .extend(word.split('.').filter(|part| part.starts_with("cluster_")).map(str::to_owned));
    }
    words.extend(causes.iter().flat_map(|said| said.names.values().cloned()));
    words
}

fn clusters(
    world: &World,
    word: &str,
    named: &mut Vec<NamedObject>,
    around: &mut BTreeSet<ObjectName>,
) {
    let (word, found) = match word.strip_prefix(STATISTIC) {
        Some(name) => (name, world.clusters_counted_as(name)),
        None if word.contains('.') => (word, reached_at(world, word)),
        None => (word, world.clusters_named(word)),
    };
    for cluster in found.into_iter().map(|id| world.cluster(id)) {
        for upstream in cluster.upstreams.iter().filter_map(|at| world.upstreams.get(*at)) {
            named.push(of_upstream(world, word, upstream));
            if let Some(context) = cluster.context {
                of_context(world, context, around);
            }
        }
    }
}

/// The message for an unknown cluster name, with the most similar one.
fn nearest_cluster(world: &World, word: &str) -> Option<String> {
    let parts = |name: &str| -> BTreeSet<String> {
        name.split(['_', '-']).filter(|part| part.len() > 1).map(str::to_owned).collect()
    };
    let wanted = parts(word);
    let likeness = |name: &str| {
        let has = parts(name);
        wanted.intersection(&has).count() * 100 / wanted.union(&has).count().max(1)
    };
    let best = world.clusters.iter().map(|cluster| (likeness(&cluster.name), cluster)).max_by_key(
        // The first of equally similar ones.
        |(likeness, cluster)| (*likeness, std::cmp::Reverse(&cluster.name)),
    );
    let (likeness, cluster) = best?;
    let upstream = cluster.upstreams.first().and_then(|at| world.upstreams.get(*at))?;
    Some(match likeness {
        LEAST_LIKENESS.. => format!(
            "no cluster is called `{word}`; the most similar one is `{}`, of {}. Cluster names \
             differ between releases (choose one with `--emissary`)",
            cluster.name,
            world.mapping(upstream).object.identity()
        ),
        _ => format!("no cluster of these manifests is called `{word}`"),
    })
}

/// Clusters with a smaller percentage of common parts belong to different services.
const LEAST_LIKENESS: usize = 60;

/// The clusters that connect to a host. Sidecars log the full name of a Service, Mappings only its
/// beginning.
fn reached_at(world: &World, host: &str) -> Vec<ClusterId> {
    let service = |host: &str| -> String {
        let host = host.strip_suffix(".cluster.local").unwrap_or(host);
        host.strip_suffix(".svc").unwrap_or(host).to_owned()
    };
    let wanted = service(host);
    (0..world.clusters.len())
        .map(ClusterId)
        .filter(|id| world.cluster(*id).host.as_deref().is_some_and(|host| service(host) == wanted))
        .collect()
}

fn of_upstream(world: &World, written: &str, upstream: &Upstream) -> NamedObject {
    let object = &world.mapping(upstream).object;
    let mut facts = vec![format!("its service is `{}`", upstream.service)];
    match upstream.cluster.map(|id| world.cluster(id)).and_then(|cluster| cluster.context) {
        Some(id) => {
            let context = world.context(id);
            let state = match context.state {
                ContextState::Good if context.presents_certificate() => {
                    "which presents a client certificate"
                }
                ContextState::Good => "which presents no client certificate",
                ContextState::Gone | ContextState::Errored => "which Emissary discards",
            };
            facts.push(format!("its context is `{}`, {state}", context.name));
            facts.extend(
                context
                    .messages()
                    .iter()
                    .map(|words| format!("Emissary reports for the context: {words}")),
            );
        }
        None => facts.push("Ambassador sends plaintext to it".to_owned()),
    }
    facts.extend(upstream.messages.iter().map(|words| format!("Emissary reports for it: {words}")));
    NamedObject {
        written: written.to_owned(),
        object: object.identity(),
        place: Some(object.place()),
        facts,
    }
}

/// A Mapping or context with exactly that name.
fn by_name(
    world: &World,
    word: &str,
    named: &mut Vec<NamedObject>,
    around: &mut BTreeSet<ObjectName>,
) {
    for upstream in
        world.upstreams.iter().filter(|upstream| world.mapping(upstream).object.name.value == word)
    {
        named.push(of_upstream(world, word, upstream));
    }
    let hosts = world.resources.hosts.iter().map(|host| &host.object);
    let secrets = world.resources.secrets.iter().map(|secret| &secret.object);
    for object in hosts.chain(secrets).filter(|object| object.name.value == word) {
        named.push(NamedObject {
            written: word.to_owned(),
            object: object.identity(),
            place: Some(object.place()),
            facts: Vec::new(),
        });
    }
    for id in (0..world.contexts.len()).map(ContextId).filter(|id| world.context(*id).name == word)
    {
        of_context(world, id, around);
        let (object, place) = (world.context_object(id), world.context_place(id));
        named.push(NamedObject { written: word.to_owned(), object, place, facts: Vec::new() });
    }
}

/// A context with its Secrets and with the Mappings that use it.
fn of_context(world: &World, id: ContextId, around: &mut BTreeSet<ObjectName>) {
    around.insert(world.context_object(id));
    around.extend(world.users(id).map(|upstream| world.mapping(upstream).object.identity()));
    for one in &world.context(id).lookups {
        around.insert(secret(&one.reference.namespace, &one.reference.name));
    }
}

fn secret(namespace: &str, name: &str) -> ObjectName {
    ObjectName { kind: "Secret".to_owned(), namespace: namespace.to_owned(), name: name.to_owned() }
}

fn of_names(
    world: &World,
    said: &Said,
    named: &mut Vec<NamedObject>,
    around: &mut BTreeSet<ObjectName>,
) {
    let name = |role: &str| said.names.get(role).map(String::as_str);
    if let Some(written) = name("context") {
        let contexts = (0..world.contexts.len())
            .map(ContextId)
            .filter(|id| world.context(*id).name == written);
        for id in contexts {
            let context = world.context(id);
            of_context(world, id, around);
            let users: Vec<String> = world
                .users(id)
                .map(|upstream| world.mapping(upstream).object.identity().to_string())
                .collect();
            let mut facts = Vec::new();
            if !users.is_empty() {
                facts.push(format!("used by {}", users.join(", ")));
            }
            facts.extend(
                context.messages().iter().map(|words| format!("Emissary reports for it: {words}")),
            );
            let object = world.context_object(id);
            named.push(NamedObject {
                written: written.to_owned(),
                object,
                place: world.context_place(id),
                facts,
            });
        }
        for upstream in world.undefined(written) {
            let object = &world.mapping(upstream).object;
            let facts = vec![format!("its `tls:` names `{written}`, which is not defined")];
            named.push(NamedObject {
                written: written.to_owned(),
                object: object.identity(),
                place: Some(object.place()),
                facts,
            });
        }
    }
    for (role, kind) in [("host", "Host"), ("mapping", "Mapping")] {
        let Some(written) = name(role) else { continue };
        let objects: Vec<_> = match kind {
            "Host" => world.resources.hosts.iter().map(|host| &host.object).collect(),
            _ => world.upstreams.iter().map(|upstream| &world.mapping(upstream).object).collect(),
        };
        for object in objects.into_iter().filter(|object| object.name.value == written) {
            let (object, place) = (object.identity(), Some(object.place()));
            named.push(NamedObject {
                written: written.to_owned(),
                object,
                place,
                facts: Vec::new(),
            });
        }
    }
    if let (Some(written), namespace) = (name("secret"), name("namespace")) {
        // If the line has no namespace, it is that of the object named before the Secret.
        let own = named.iter().map(|one| one.object.namespace.clone()).next_back();
        let only = || {
            let mut all = world.resources.secrets.iter().map(|secret| &secret.object);
            all.find(|object| object.name.value == written)
                .map(|object| object.identity().namespace)
        };
        let own = own.or_else(only).unwrap_or_else(|| "default".to_owned());
        let (written_name, namespace) = match (namespace, written.rsplit_once('.')) {
            (Some(namespace), _) => (written, namespace),
            (None, _) if world.secret(&own, written).is_some() => (written, own.as_str()),
            (None, Some((name, namespace))) => (name, namespace),
            (None, None) => (written, own.as_str()),
        };
        let there = world.secret(namespace, written_name);
        let facts = match there {
            Some(_) => Vec::new(),
            None if world.is_promised(namespace, written_name) => {
                vec!["it is not in the input, but something in the input creates it".to_owned()]
            }
            None => vec!["it is not in the input".to_owned()],
        };
        let place = there.map(|secret| secret.object.place());
        named.push(NamedObject {
            written: written.to_owned(),
            object: secret(namespace, written_name),
            place,
            facts,
        });
    }
    if let Some(written) = name("resolver") {
        let users = world.upstreams.iter().map(|upstream| world.mapping(upstream));
        for mapping in users.filter(|mapping| world.resolver_name(mapping) == written) {
            let (object, place) = (mapping.object.identity(), Some(mapping.object.place()));
            let facts = vec![format!("its resolver is `{written}`")];
            named.push(NamedObject { written: written.to_owned(), object, place, facts });
        }
    }
    if let Some(file) = name("file") {
        for id in (0..world.contexts.len()).map(ContextId) {
            let settings = &world.context(id).settings;
            let files = [
                &settings.cert_chain_file,
                &settings.private_key_file,
                &settings.cacert_chain_file,
            ];
            if files.into_iter().flatten().any(|path| path.value == file) {
                of_context(world, id, around);
                let facts = vec![format!("it names `{file}`")];
                named.push(NamedObject {
                    written: file.to_owned(),
                    object: world.context_object(id),
                    place: world.context_place(id),
                    facts,
                });
            }
        }
    }
}
