//! What a line names, found in manifests: the objects behind its names, and what rules say of them.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, ObjectName};
use crate::rule::ALL;
use crate::source::Span;
use crate::world::{ContextId, ContextState, Upstream, World};

use crate::explain::matching::said::Said;

/// An object of the manifests that a line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As the line writes it.
    pub written: String,
    /// Which object it is.
    pub object: ObjectName,
    /// Where it is defined, if it is in the input.
    pub place: Option<Span>,
    /// What there is to know about it; sentences without their full stops.
    pub facts: Vec<String>,
}

/// What manifests tell about a line.
#[derive(Debug, Clone, Default)]
pub struct Bearing {
    /// The objects that it names.
    pub named: Vec<Named>,
    /// What the rules find that bear on its causes, of these objects if there are any, the worst first.
    pub findings: Vec<Diagnostic>,
}

/// Looks up what a text and its causes name, and runs the rules that bear on the causes.
pub fn bearing(world: &World, text: &str, causes: &[&Said]) -> Bearing {
    let mut named = Vec::new();
    let mut around = BTreeSet::new();
    for word in words(text, causes) {
        clusters(world, &word, &mut named, &mut around);
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
    named.retain(|one: &Named| known.insert(one.object.clone()));
    around.extend(named.iter().map(|one| one.object.clone()));

    let wanted: BTreeSet<&str> =
        causes.iter().flat_map(|said| said.rules.iter().copied()).collect();
    // Where nothing but a name is given, everything about it bears on it.
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
    Bearing { named, findings }
}

/// The words of a text that can be a cluster's name or a host, and the names of its causes.
fn words(text: &str, causes: &[&Said]) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = BTreeSet::new();
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    for word in text.split(ends).filter(|word| (3..256).contains(&word.len())) {
        let word = word.trim_matches('.');
        words.insert(word.to_owned());
        // In statistics a cluster's name stands between dots.
        words
            .extend(word.split('.').filter(|part| part.starts_with("cluster_")).map(str::to_owned));
    }
    words.extend(causes.iter().flat_map(|said| said.names.values().cloned()));
    words
}

/// Emissary cuts names of clusters longer than this, and puts a hyphen and a number behind.
const LONGEST_CLUSTER_NAME: usize = 60;

fn clusters(world: &World, word: &str, named: &mut Vec<Named>, around: &mut BTreeSet<ObjectName>) {
    for cluster in &world.clusters {
        let is_cut = cluster.name.len() > LONGEST_CLUSTER_NAME
            && word
                .rsplit_once('-')
                .is_some_and(|(begin, _)| begin.len() > 40 && cluster.name.starts_with(begin));
        let is_host = word.contains('.') && cluster.host.as_deref() == Some(word);
        if !(cluster.name == word || is_cut || is_host) {
            continue;
        }
        for upstream in cluster.upstreams.iter().filter_map(|at| world.upstreams.get(*at)) {
            named.push(of_upstream(world, word, upstream));
            if let Some(context) = cluster.context {
                of_context(world, context, around);
            }
        }
    }
}

fn of_upstream(world: &World, written: &str, upstream: &Upstream) -> Named {
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
    Named {
        written: written.to_owned(),
        object: object.identity(),
        place: Some(object.place()),
        facts,
    }
}

/// A Mapping or context of that very name.
fn by_name(world: &World, word: &str, named: &mut Vec<Named>, around: &mut BTreeSet<ObjectName>) {
    for upstream in
        world.upstreams.iter().filter(|upstream| world.mapping(upstream).object.name.value == word)
    {
        named.push(of_upstream(world, word, upstream));
    }
    for id in (0..world.contexts.len()).map(ContextId).filter(|id| world.context(*id).name == word)
    {
        of_context(world, id, around);
        let (object, place) = (world.context_object(id), world.context_place(id));
        named.push(Named { written: word.to_owned(), object, place, facts: Vec::new() });
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

fn of_names(world: &World, said: &Said, named: &mut Vec<Named>, around: &mut BTreeSet<ObjectName>) {
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
            named.push(Named {
                written: written.to_owned(),
                object,
                place: world.context_place(id),
                facts,
            });
        }
        for upstream in world.undefined(written) {
            let object = &world.mapping(upstream).object;
            let facts = vec![format!("it names `{written}` in `tls:`, which is not defined")];
            named.push(Named {
                written: written.to_owned(),
                object: object.identity(),
                place: Some(object.place()),
                facts,
            });
        }
    }
    if let (Some(written), namespace) = (name("secret"), name("namespace")) {
        let (written_name, namespace) = match (namespace, written.rsplit_once('.')) {
            (Some(namespace), _) => (written, namespace),
            (None, Some((name, namespace))) => (name, namespace),
            (None, None) => (written, "default"),
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
        named.push(Named {
            written: written.to_owned(),
            object: secret(namespace, written_name),
            place,
            facts,
        });
    }
    for (role, kind) in [("host", "Host"), ("mapping", "Mapping")] {
        let Some(written) = name(role) else { continue };
        let objects: Vec<_> = match kind {
            "Host" => world.resources.hosts.iter().map(|host| &host.object).collect(),
            _ => world.upstreams.iter().map(|upstream| &world.mapping(upstream).object).collect(),
        };
        for object in objects.into_iter().filter(|object| object.name.value == written) {
            let (object, place) = (object.identity(), Some(object.place()));
            named.push(Named { written: written.to_owned(), object, place, facts: Vec::new() });
        }
    }
    if let Some(written) = name("resolver") {
        let users = world.upstreams.iter().map(|upstream| world.mapping(upstream));
        for mapping in users.filter(|mapping| world.resolver_name(mapping) == written) {
            let (object, place) = (mapping.object.identity(), Some(mapping.object.place()));
            let facts = vec![format!("its resolver is `{written}`")];
            named.push(Named { written: written.to_owned(), object, place, facts });
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
                named.push(Named {
                    written: file.to_owned(),
                    object: world.context_object(id),
                    place: world.context_place(id),
                    facts,
                });
            }
        }
    }
}
