//! Renames a thing everywhere at once, or explains why it cannot.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use ls_types::{Position, PrepareRenameResponse, TextEdit, Uri, WorkspaceEdit};

use crate::document::{Change, ProblemKind, Reviser};
use crate::resource::{Mapping, Object, TlsReference};
use crate::source::{Source, SourceId, Span};
use crate::world::{ContextOrigin, World};

use super::names::{Site, Thing, site_at, sites_of, worlds};
use super::navigate::named_places;
use super::view::View;

/// Whether the thing at a position can be renamed, and the range of its name.
pub(super) fn prepare(
    view: &View<'_>,
    id: SourceId,
    at: Position,
) -> Result<Option<PrepareRenameResponse>, String> {
    let Some(byte) = view.counted_byte(id, at) else { return Ok(None) };
    let found = worlds(view.judged, id).find_map(|world| Some((world, site_at(world, id, byte)?)));
    let Some((world, site)) = found else { return Ok(None) };
    renamable(world, site.thing)?;
    let range = view.range(site.span);
    let placeholder = site.thing.called(world).1;
    Ok(range.map(|range| PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }))
}

/// The edits that rename the thing at a position.
pub(super) fn rename(
    view: &View<'_>,
    id: SourceId,
    at: Position,
    name: &str,
) -> Result<Option<WorkspaceEdit>, String> {
    if !Object::is_allowed_name(name) {
        return Err(format!(
            "`{}` is not a valid Kubernetes name: use lower-case letters, digits, `-` and `.`",
            crate::report::one_line(name)
        ));
    }
    let Some(byte) = view.counted_byte(id, at) else { return Ok(None) };
    let mut wanted: BTreeMap<Span, String> = BTreeMap::new();
    for world in worlds(view.judged, id) {
        let Some(site) = site_at(world, id, byte) else { continue };
        add(world, site.thing, name, &mut wanted)?;
    }
    if wanted.is_empty() {
        return Ok(None);
    }
    // A location shared by several worlds includes all of them.
    loop {
        let before = wanted.len();
        for world in view.judged.each() {
            for span in wanted.keys().copied().collect::<Vec<_>>() {
                if let Some(site) = site_at(world, span.source, span.start)
                    && site.span == span
                {
                    add(world, site.thing, name, &mut wanted)?;
                }
            }
        }
        if wanted.len() == before {
            break;
        }
    }
    unseen(view, &wanted)?;
    edit(view, &wanted).map(Some)
}

/// Collects all locations of a thing.
fn add(
    world: &World,
    thing: Thing<'_>,
    name: &str,
    wanted: &mut BTreeMap<Span, String>,
) -> Result<(), String> {
    renamable(world, thing)?;
    let (kind, old) = thing.called(world);
    let is_taken = match thing {
        Thing::Context(_) => world.context_named(name).is_some(),
        Thing::Secret(namespace, _) => {
            world.secret(namespace, name).is_some() || world.is_promised(namespace, name)
        }
        Thing::Upstream(at) => {
            let own = world.mapping(&world.upstreams[at]);
            let is_other = |one: &Arc<Mapping>| {
                one.kind == own.kind && is_called(&one.object, own.object.namespace(), name)
            };
            world.resources.mappings.iter().any(is_other)
        }
        Thing::Host(at) => {
            let namespace = world.resources.hosts[at].object.namespace();
            world.resources.hosts.iter().any(|one| is_called(&one.object, namespace, name))
        }
        _ => sites_of(world, with_name(thing, name)).iter().any(|site| site.defines),
    };
    if is_taken && old != name {
        return Err(format!("a {kind} `{name}` already exists"));
    }
    for site in sites_of(world, thing) {
        wanted.insert(site.span, written(&site, &old, name, world)?);
    }
    Ok(())
}

fn is_called(object: &Object, namespace: &str, name: &str) -> bool {
    object.namespace() == namespace && *object.name == name
}

fn with_name<'n>(thing: Thing<'n>, name: &'n str) -> Thing<'n> {
    match thing {
        Thing::Resolver(_) => Thing::Resolver(name),
        Thing::Volume(at, _) => Thing::Volume(at, name),
        Thing::ConfigMap(namespace, _) => Thing::ConfigMap(namespace, name),
        other => other,
    }
}

/// The text at a location after the rename.
fn written(site: &Site<'_>, old: &str, new: &str, world: &World) -> Result<String, String> {
    match site.written.strip_prefix(old) {
        Some("") => Ok(new.to_owned()),
        // A Secret of another namespace: `name.namespace`.
        Some(rest) if rest.starts_with('.') && matches!(site.thing, Thing::Secret(..)) => {
            Ok(format!("{new}{rest}"))
        }
        _ => Err(format!(
            "{} refers to it as `{}`, which cannot be rewritten",
            place(world, site.span),
            crate::report::one_line(site.written)
        )),
    }
}

/// Checks that all uses of a thing are visible.
fn renamable(world: &World, thing: Thing<'_>) -> Result<(), String> {
    let (kind, name) = thing.called(world);
    match thing {
        Thing::Context(id) => match world.context(id).origin {
            ContextOrigin::TlsContext(at) if *world.resources.contexts[at].object.name == name => {
                Ok(())
            }
            ContextOrigin::TlsContext(_) => {
                Err(format!("two contexts have this name, so this one is called `{name}`"))
            }
            _ => Err(format!("context `{name}` is created by Ambassador, not by a TLSContext")),
        },
        Thing::Secret(..) | Thing::ConfigMap(..) | Thing::Resolver(_) | Thing::Volume(..) => {
            match sites_of(world, thing).iter().any(|site| site.defines) {
                true => Ok(()),
                false => Err(format!(
                    "{kind} `{name}` is not defined in these files, so its definition would keep the old name"
                )),
            }
        }
        Thing::Undefined(_) => {
            Err(format!("these files have no {kind} `{name}`, so its uses cannot be found"))
        }
        // Nothing refers to a Mapping by name.
        Thing::Upstream(_) => Ok(()),
        Thing::Host(at) => {
            let host = &world.resources.hosts[at];
            match tls_by_name(world, &host.context_name()) {
                true => Err(format!(
                    "Ambassador derives the TLS context `{}` from this name, and it is in use",
                    host.context_name()
                )),
                false => Ok(()),
            }
        }
        Thing::Service(..) => Err(format!(
            "the {kind} `{name}` is also a DNS name, which programs outside the manifests may use"
        )),
    }
}

/// Whether a TLSContext has a name, or anything in the input refers to it.
fn tls_by_name(world: &World, name: &str) -> bool {
    let is_meant = |reference: &TlsReference| matches!(reference, TlsReference::Named(written) if written.value == name);
    let all = &world.resources;
    all.contexts.iter().any(|context| *context.object.name == name)
        || all.mappings.iter().any(|mapping| is_meant(&mapping.tls))
        || all
            .hosts
            .iter()
            .any(|host| host.tls_context.as_ref().is_some_and(|written| written.value == name))
}

/// Refuses if something that mtlsctl does not understand may use the name.
fn unseen(view: &View<'_>, wanted: &BTreeMap<Span, String>) -> Result<(), String> {
    let whole = &view.judged.world;
    let files: BTreeSet<SourceId> = wanted.keys().map(|span| span.source).collect();
    for id in &files {
        let source = whole.sources.get(*id);
        if view.texts.standing.contains_key(id) {
            return Err(format!("`{}` is currently not fully readable", source.name));
        }
        let renames = |world: &World| {
            world
                .resources
                .renamings
                .iter()
                .any(|one| !one.may_be_followed && one.covers(&source.path_in_tree()))
        };
        if view.judged.each().any(renames) {
            return Err(format!("a kustomization renames the objects of `{}`", source.name));
        }
    }
    let Some((kind, old)) = view.judged.each().find_map(|world| {
        let span = wanted.keys().next()?;
        Some(site_at(world, span.source, span.start)?.thing.called(world))
    }) else {
        return Ok(());
    };
    let mut known: Vec<Span> = view.judged.each().flat_map(named_places).collect();
    known.sort_unstable();
    let is_known = |span: Span| known.binary_search_by(|one| compare(*one, span)).is_ok();
    let unread: BTreeSet<SourceId> = {
        let problems = whole.resources.problems.iter();
        let problems = problems.filter(|one| !matches!(one.kind, ProblemKind::AfterEnd));
        let refusals = whole.resources.refusals.iter().map(|one| one.place.source);
        problems.map(|one| one.span.source).chain(refusals).collect()
    };
    // Any object may use these, and patches name their targets.
    let is_patched = || view.judged.each().any(|one| !one.resources.unapplied_patches.is_empty());
    let is_read_by_all = matches!(kind, "Secret" | "ConfigMap") || is_patched();
    for source in whole.sources.iter() {
        let is_suspect = is_read_by_all || unread.contains(&source.id);
        if !is_suspect || kind == "volume" && !files.contains(&source.id) {
            continue;
        }
        if let Some(at) = uses(source, &old).find(|span| !is_known(*span)) {
            return Err(format!(
                "`{old}` in {} may refer to this {kind}, and mtlsctl does not understand that location",
                place(whole, at)
            ));
        }
    }
    Ok(())
}

/// Equal if two locations overlap.
fn compare(one: Span, other: Span) -> std::cmp::Ordering {
    let touch = one.source == other.source && one.start <= other.end && other.start <= one.end;
    if touch { std::cmp::Ordering::Equal } else { one.cmp(&other) }
}

/// Values of a text that are a name, or begin with it and a dot, except in comments.
fn uses<'s>(source: &'s Source, name: &'s str) -> impl Iterator<Item = Span> + 's {
    let text = source.text.as_str();
    memchr::memmem::find_iter(text.as_bytes(), name.as_bytes()).filter_map(move |at| {
        let end = at + name.len();
        let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let before = text[line..at].trim_end_matches(['"', '\'', ' ']);
        let after = text[end..].trim_start_matches(['"', '\'']);
        let begins = before.is_empty() || before.ends_with([':', '-', ',', '[', '{']);
        let ends = after.is_empty() || after.starts_with(['\n', '\r', ' ', ',', '}', ']', '.']);
        let is_comment = text[line..at].trim_start().starts_with('#');
        let is_whole = text[..at].ends_with([' ', '"', '\'', '\n', '[', '{', ',', '-']);
        (begins && ends && is_whole && !is_comment)
            .then(|| Span::new(source.id, at as u32, end as u32))
    })
}

fn edit(view: &View<'_>, wanted: &BTreeMap<Span, String>) -> Result<WorkspaceEdit, String> {
    let sources = &view.judged.world.sources;
    let mut by_source: BTreeMap<SourceId, Vec<Change>> = BTreeMap::new();
    for (span, text) in wanted {
        let changes = by_source.entry(span.source).or_default();
        // A key is replaced as a whole.
        changes.push(Change::set(*span, text.clone()));
    }
    // Editors compare URIs as text, which never changes.
    #[allow(clippy::mutable_key_type)]
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for (id, wanted) in by_source {
        let source = sources.get(id);
        let revision = Reviser::new(source).revise(&[wanted]).pop().flatten();
        let revision = revision
            .ok_or_else(|| format!("a location in `{}` cannot be rewritten safely", source.name))?;
        let uri = view.uri(id).ok_or_else(|| format!("`{}` is not a file", source.name))?;
        let edits = revision.edits.into_iter().filter_map(|edit| {
            Some(TextEdit { range: view.range(edit.span)?, new_text: edit.replacement })
        });
        changes.insert(uri, edits.collect());
    }
    Ok(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
}

fn place(world: &World, span: Span) -> String {
    let source = world.sources.get(span.source);
    format!("`{}:{}`", source.name, source.line(span.start))
}
