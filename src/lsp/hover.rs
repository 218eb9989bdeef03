//! Hover text in Markdown.

use std::fmt::Write;
use std::ops::Range as Bytes;

use ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position, Range};
use time::OffsetDateTime;

use crate::cert::pem::scan;
use crate::cert::{Certificate, Chain, Crl, PrivateKey};
use crate::console::Links;
use crate::diagnostic::counted;
use crate::document::{Located, Text};
use crate::report::{Look, resolve_text};
use crate::resource::SecretEntry;
use crate::source::{SourceId, Span};
use crate::world::{ContextId, ContextState, CredentialRole, World};

use super::cursor::Cursor;
use super::field_words::{described, in_spec, schema_at};
use super::names::{Thing, site_at, worlds};
use super::view::View;

/// How many names are listed; beyond that, only the number is shown.
const FEW: usize = 5;

/// The hover text at a position.
pub(super) fn hover(view: &View<'_>, id: SourceId, at: Position) -> Option<Hover> {
    let counted = view.counted_byte(id, at);
    let mut texts: Vec<String> = Vec::new();
    let mut range = None;
    for world in worlds(view.judged, id) {
        let Some(byte) = counted else { break };
        if let Some(site) = site_at(world, id, byte) {
            range = view.range(site.span);
            add(&mut texts, of_thing(world, site.thing));
        } else if let Some((entry, place)) = entry_at(world, id, byte) {
            range = view.range(entry.key.span);
            add(&mut texts, Some(of_entry(world, entry, &place)));
        } else if let Some(at) = service_at(world, id, byte) {
            range = world
                .mapping(&world.upstreams[at])
                .service
                .as_ref()
                .and_then(|service| view.range(service.span));
            add(&mut texts, of_thing(world, Thing::Upstream(at)));
        } else if let Some(file) = file_at(world, id, byte) {
            range = view.range(file.span);
            add(&mut texts, Some(of_file(world, file)));
        }
    }
    if texts.is_empty() {
        let (text, bytes) = of_field(view, id, at)?;
        return Some(shown(text, Some(view.range_of(id, bytes))));
    }
    Some(shown(texts.join("\n\n---\n\n"), range))
}

/// Worlds often agree.
fn add(texts: &mut Vec<String>, text: Option<String>) {
    if let Some(text) = text.filter(|text| !texts.contains(text)) {
        texts.push(text);
    }
}

fn shown(value: String, range: Option<Range>) -> Hover {
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Hover { contents, range }
}

fn service_at(world: &World, id: SourceId, byte: u32) -> Option<usize> {
    world.upstreams.iter().position(|upstream| {
        let service = world.mapping(upstream).service.as_ref();
        service.is_some_and(|service| {
            let span = service.span;
            span.source == id && span.start <= byte && byte <= span.end
        })
    })
}

/// The path of a file in the pod at a byte.
pub(super) fn file_at(world: &World, id: SourceId, byte: u32) -> Option<&Located<Text>> {
    let holds = |span: Span| span.source == id && span.start <= byte && byte <= span.end;
    let mut files = world.contexts.iter().flat_map(|context| context.settings.files());
    files.find(|(_, file)| holds(file.span)).map(|(_, file)| file)
}

/// The entry of a Secret at a byte, and its name.
fn entry_at(world: &World, id: SourceId, byte: u32) -> Option<(&SecretEntry, String)> {
    world.resources.secrets.iter().find_map(|secret| {
        let holds = |span: Span| span.source == id && span.start <= byte && byte <= span.end;
        let mut entries = secret.entries.iter();
        let entry = entries.find(|entry| holds(entry.key.span) || holds(entry.hidden))?;
        let name = format!("{}/{}", secret.object.namespace(), *secret.object.name);
        Some((entry, format!("`{}` of Secret `{name}`", *entry.key)))
    })
}

fn of_thing(world: &World, thing: Thing<'_>) -> Option<String> {
    match thing {
        Thing::Upstream(at) => {
            let mapping = world.upstreams[at].mapping;
            let look = Look { width: 76, color: false, unicode: true, links: Links::Hidden };
            let text = resolve_text(world, |upstream| upstream.mapping == mapping, look);
            Some(format!("```text\n{}\n```", text.trim_end()))
        }
        Thing::Context(id) => Some(of_context(world, id)),
        Thing::Undefined(name) => Some(format!(
            "These files have no TLSContext `{name}`.{}",
            hang(world.undefined(name).len())
        )),
        Thing::Secret(namespace, name) => Some(of_secret(world, namespace, name)),
        _ => {
            let (kind, name) = thing.called(world);
            Some(format!("**{kind}** `{name}`"))
        }
    }
}

fn hang(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " 1 Mapping depends on it.".to_owned(),
        count => format!(" {count} Mappings depend on it."),
    }
}

fn of_context(world: &World, id: ContextId) -> String {
    let context = world.context(id);
    let state = match context.state {
        ContextState::Good => "can be used",
        ContextState::Gone => "is dropped, so Mappings that name it get no context",
        ContextState::Errored => "counts as undefined because of its errors",
    };
    let mut text = format!("**TLSContext** `{}/{}` {state}.", context.namespace, context.name);
    for message in context.messages() {
        let _ = write!(text, "\n- Ambassador's status message: {message}");
    }
    let now = world.settings.now;
    for (role, what) in
        [(CredentialRole::Certificate, "presents"), (CredentialRole::TrustedCa, "trusts")]
    {
        match world.credential(id, role) {
            Some(credential) => {
                let _ = write!(text, "\n\n{what} {}:", credential.name);
                chain(&mut text, &credential.chain, now);
            }
            None if role == CredentialRole::TrustedCa && context.trusted_ca.is_none() => {
                text += "\n\ntrusts any upstream certificate: no CA is set";
            }
            None => {}
        }
    }
    text + &users(world, id)
}

fn of_secret(world: &World, namespace: &str, name: &str) -> String {
    let mut text = format!("**Secret** `{namespace}/{name}`");
    match world.secret(namespace, name) {
        Some(secret) => {
            for entry in &secret.entries {
                let _ = write!(text, "\n\n`{}`: ", *entry.key);
                contents(&mut text, entry, world.settings.now);
            }
        }
        None if world.is_promised(namespace, name) => {
            text += " is not in these files, but something in them creates it.";
        }
        None => text += " is not in these files.",
    }
    for (index, context) in world.contexts.iter().enumerate() {
        let uses = context
            .lookups
            .iter()
            .any(|lookup| lookup.reference.namespace == namespace && lookup.reference.name == name);
        if uses {
            let _ = write!(text, "\n\nTLSContext `{}` uses it.", context.name);
            text += &users(world, ContextId(index));
        }
    }
    text
}

/// Where a file of the pod comes from, and its contents.
fn of_file(world: &World, file: &Located<Text>) -> String {
    let trail = world.trail(file);
    let mut text = format!("**File** `{}` of the Ambassador pod: {trail}", **file);
    if let Some((_, entry)) = trail.entry() {
        let _ = write!(text, "\n\n`{}`: ", *entry.key);
        contents(&mut text, entry, world.settings.now);
    }
    text
}

/// What depends on a context.
fn users(world: &World, id: ContextId) -> String {
    let names = world.users(id).map(|upstream| {
        let object = &world.mapping(upstream).object;
        format!("`{}/{}`", object.namespace(), *object.name)
    });
    let names: Vec<String> = names.collect();
    match names.len() {
        0 => "\n\nNo Mapping depends on it.".to_owned(),
        1 => format!("\n\n1 Mapping depends on it: {}", names[0]),
        count if count <= FEW => format!("\n\n{count} Mappings depend on it: {}", names.join(", ")),
        count => format!(
            "\n\n{count} Mappings depend on it: {}, and {} more",
            names[..FEW].join(", "),
            count - FEW
        ),
    }
}

fn of_entry(world: &World, entry: &SecretEntry, name: &str) -> String {
    let mut text = format!("{name}: ");
    contents(&mut text, entry, world.settings.now);
    text
}

/// The contents of a Secret's entry. For a private key, only its kind is shown.
fn contents(text: &mut String, entry: &SecretEntry, now: Option<OffsetDateTime>) {
    let Some(bytes) = entry.bytes() else {
        text.push_str("not base64");
        return;
    };
    let file = scan(&bytes);
    let certificates = Chain::from_file(&file);
    let has_key = file.blocks().any(|block| block.label.is_private_key());
    let lists = Crl::from_pem(&bytes);
    let mut parts = Vec::new();
    if has_key {
        parts.push(match PrivateKey::from_pem(&bytes) {
            Ok(key) => format!("a private key ({})", key.kind()),
            Err(_) => "a private key that cannot be used".to_owned(),
        });
    }
    if !lists.is_empty() {
        parts.push(counted(lists.len(), "revocation list"));
    }
    if !certificates.is_empty() {
        parts.push(counted(certificates.certificates().len(), "certificate"));
    }
    if parts.is_empty() {
        parts.push(counted(bytes.len(), "byte"));
    }
    text.push_str(&parts.join(", "));
    chain(text, &certificates, now);
}

fn chain(text: &mut String, chain: &Chain, now: Option<OffsetDateTime>) {
    for certificate in chain.certificates() {
        let _ = write!(text, "\n- {}", of_certificate(certificate, now));
    }
}

/// A certificate in one line: its subject, its issuer, and when it expires.
pub(super) fn of_certificate(certificate: &Certificate, now: Option<OffsetDateTime>) -> String {
    if let Some(fault) = &certificate.fault {
        return format!("an unreadable certificate: {fault}");
    }
    let what = if certificate.is_ca() { "CA " } else { "" };
    let mut text = format!("{what}`{}`", certificate.subject);
    if certificate.subject.to_string() != certificate.issuer.to_string() {
        let _ = write!(text, ", issued by `{}`", certificate.issuer);
    }
    if let Some(validity) = &certificate.validity {
        let _ = write!(text, ", expires on {}", validity.not_after.date());
        if let Some(now) = now {
            let _ = write!(text, " ({})", days(validity.days_left(now)));
        }
    }
    text
}

/// The time until expiry.
pub(super) fn days(left: i64) -> String {
    match left {
        0 => "within a day".to_owned(),
        1 => "in 1 day".to_owned(),
        left if left > 0 => format!("in {left} days"),
        left => format!("{} ago", counted(left.unsigned_abs() as usize, "day")),
    }
}

/// The documentation of the field at a position.
fn of_field(view: &View<'_>, id: SourceId, at: Position) -> Option<(String, Bytes<usize>)> {
    let text = view.text(id);
    let byte = view.byte(id, at);
    let (start, end) = {
        let lines = view.lines(id);
        lines.bounds(text, lines.line(byte))
    };
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let left = text[start..byte].rfind(|c| !word(c)).map_or(start, |at| start + at + 1);
    let left = text.ceil_char_boundary(left);
    let right = text[byte..end].find(|c| !word(c)).map_or(end, |at| byte + at);
    let name = text.get(left..right).filter(|name| !name.is_empty())?;
    // A cursor at the start of a key is outside its value.
    let cursor = Cursor::at(text, left);
    let cursor = if cursor.key.is_some() { Cursor::at(text, byte) } else { cursor };
    if cursor.key.is_some() {
        return None;
    }
    let schema = schema_at(&cursor)?;
    let field = schema.field(name)?;
    let profile = worlds(view.judged, id).next().map(|world| world.settings.profile)?;
    let kind = cursor.kind?;
    let words = described(kind, in_spec(&cursor)?, field, profile);
    Some((format!("**{name}** of {kind}\n\n{words}"), left..right))
}
