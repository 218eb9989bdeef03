//! Inlay hints and code lenses.

use ls_types::{CodeLens, Command, InlayHint, InlayHintKind, InlayHintLabel, Range};
use serde_json::json;

use crate::cert::Chain;
use crate::diagnostic::counted;
use crate::source::{SourceId, Span};
use crate::world::{CredentialRole, TlsMode, World};

use super::client::Client;
use super::hover::days;
use super::names::{Thing, visit, worlds};
use super::view::View;

/// The command of a lens that shows locations; the client runs it.
const SHOW: &str = "mtlsctl.showReferences";

/// The command of a lens that probes an upstream; the client runs it, in a terminal.
const PROBE: &str = "mtlsctl.probe";

/// Hints for a range: how each upstream is protected, and when certificates expire.
pub(super) fn hints(view: &View<'_>, id: SourceId, within: Range) -> Vec<InlayHint> {
    let mut hints: Vec<(Span, String)> = Vec::new();
    for world in worlds(view.judged, id) {
        for upstream in &world.upstreams {
            let mapping = world.mapping(upstream);
            let Some(place) = mapping.service.as_ref().map(|service| service.span) else {
                continue;
            };
            if place.source != id || upstream.cluster.is_none() {
                continue;
            }
            let mode = world.tls(upstream).map(|tls| match tls.mode {
                TlsMode::Mutual => "mutual",
                TlsMode::Tls => "TLS",
                TlsMode::Plaintext => "plaintext!",
            });
            hints.extend(mode.map(|mode| (place, mode.to_owned())));
        }
        for (context, _, object) in world.tls_contexts() {
            let Some(secret) = object.settings.secret.as_ref().map(|name| name.span) else {
                continue;
            };
            if secret.source == id
                && let Some(credential) = world.credential(context, CredentialRole::Certificate)
            {
                hints.extend(end(&credential.chain, world).map(|text| (secret, text)));
            }
        }
        for secret in world.resources.secrets.iter().filter(|one| one.object.place().source == id) {
            for entry in &secret.entries {
                let chain = entry.bytes().map(|bytes| Chain::from_pem(&bytes)).unwrap_or_default();
                hints.extend(end(&chain, world).map(|text| (entry.key.span, text)));
            }
        }
    }
    hints.sort();
    hints.dedup();
    let hint = |(span, text): (Span, String)| {
        let position = view.range(span)?.end;
        (within.start <= position && position <= within.end).then(|| InlayHint {
            position,
            label: InlayHintLabel::String(text),
            kind: Some(InlayHintKind::TYPE),
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: None,
        })
    };
    hints.into_iter().filter_map(hint).collect()
}

/// When the first certificate of a chain expires.
fn end(chain: &Chain, world: &World) -> Option<String> {
    let now = world.settings.now?;
    let ends = chain.certificates().iter().filter_map(|one| one.validity.as_ref());
    let left = ends.map(|validity| validity.days_left(now)).min()?;
    let verb = if left < 0 { "ended" } else { "ends" };
    Some(format!("{verb} {}", days(left)))
}

/// Lenses: how many Mappings depend on a context or Secret, and a probe of an upstream.
pub(super) fn lenses(view: &View<'_>, id: SourceId, client: &Client) -> Vec<CodeLens> {
    let mut lenses: Vec<(Span, Lens)> = Vec::new();
    for world in worlds(view.judged, id) {
        visit(world, &mut |site| {
            if site.span.source != id || !site.defines {
                return;
            }
            let lens = match site.thing {
                Thing::Context(_) | Thing::Secret(..) => Lens::Users(users(world, site.thing)),
                Thing::Upstream(at) => {
                    let object = &world.mapping(&world.upstreams[at]).object;
                    Lens::Probe(format!("{}/{}", object.namespace(), *object.name))
                }
                _ => return,
            };
            lenses.push((site.span, lens));
        });
    }
    // Worlds that share a file may use its objects differently.
    lenses.sort_by_key(|(span, _)| *span);
    let mut shown: Vec<CodeLens> = Vec::new();
    let mut at = 0;
    while let Some((span, first)) = lenses.get(at) {
        let same = lenses[at..].iter().take_while(|(other, _)| other == span).count();
        let range = view.range(*span);
        let command = match first {
            Lens::Probe(name) if client.runs(PROBE) => Some(Command {
                title: "probe".to_owned(),
                command: PROBE.to_owned(),
                arguments: Some(vec![json!(name), json!(view.folder)]),
            }),
            Lens::Probe(_) => None,
            Lens::Users(_) => {
                let users = lenses[at..at + same].iter().filter_map(|(_, lens)| match lens {
                    Lens::Users(users) => Some(users),
                    Lens::Probe(_) => None,
                });
                let mut users: Vec<Span> = users.flatten().copied().collect();
                users.sort_unstable();
                users.dedup();
                let title = format!("used by {}", counted(users.len(), "Mapping"));
                let runs = client.runs(SHOW);
                let places: Vec<_> = users.iter().filter_map(|span| view.location(*span)).collect();
                let arguments =
                    range.map(|range| vec![json!(view.uri(id)), json!(range.start), json!(places)]);
                Some(Command {
                    title,
                    command: if runs { SHOW.to_owned() } else { String::new() },
                    arguments: arguments.filter(|_| runs),
                })
            }
        };
        if let (Some(range), Some(command)) = (range, command) {
            shown.push(CodeLens { range, command: Some(command), data: None });
        }
        at += same;
    }
    shown
}

enum Lens {
    Users(Vec<Span>),
    Probe(String),
}

/// The locations of the Mappings that depend on a context or Secret.
fn users(world: &World, thing: Thing<'_>) -> Vec<Span> {
    let contexts: Vec<_> = match thing {
        Thing::Context(id) => vec![id],
        Thing::Secret(namespace, name) => {
            let contexts = world.contexts.iter().enumerate().filter(|(_, context)| {
                context.lookups.iter().any(|lookup| {
                    lookup.reference.namespace == namespace && lookup.reference.name == name
                })
            });
            contexts.map(|(at, _)| crate::world::ContextId(at)).collect()
        }
        _ => Vec::new(),
    };
    let users = contexts.into_iter().flat_map(|id| world.users(id));
    users.map(|upstream| world.mapping(upstream).object.name.span).collect()
}
