//! Completion: names that resolve from a position, fields, and values.

use std::collections::HashSet;

use ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionResponse, CompletionTextEdit,
    Documentation, MarkupContent, MarkupKind, Position, TextEdit,
};

use crate::envoy::{CURVES, cipher_suite_names};
use crate::resource::schema::{FieldSchema, Schema};
use crate::source::SourceId;
use crate::world::World;

use super::cursor::Cursor;
use super::field_words::{described, exists, in_spec, inner, schema_at};
use super::hover::of_certificate;
use super::names::worlds;
use super::value_words;
use super::view::View;

/// Kinds with known fields.
const KINDS: [(&str, &str); 9] = [
    ("Mapping", "A route to an upstream."),
    ("TLSContext", "A certificate, its key, trust anchors and settings under one name."),
    ("Host", "A name for which Ambassador terminates TLS."),
    ("TCPMapping", "A route for TCP connections."),
    ("Module", "Settings for all of Ambassador."),
    ("ConsulResolver", "Services are looked up in Consul."),
    ("KubernetesEndpointResolver", "Services are looked up as endpoints."),
    ("AuthService", "A service that authorizes requests."),
    ("RateLimitService", "A service that limits requests."),
];

/// A completion item: text, kind and details.
struct Offer {
    label: String,
    kind: CompletionItemKind,
    detail: String,
    words: Option<String>,
    insert: String,
}

impl Offer {
    fn value(
        label: impl Into<String>,
        kind: CompletionItemKind,
        detail: impl Into<String>,
    ) -> Self {
        let label = label.into();
        Self { insert: label.clone(), label, kind, detail: detail.into(), words: None }
    }

    /// The same with documentation.
    fn meaning(self, words: impl Into<String>) -> Self {
        Self { words: Some(words.into()).filter(|words| !words.is_empty()), ..self }
    }
}

/// The maximum number of items; the editor asks again when more has been typed.
const MOST: usize = 100;

/// The completions at a position.
pub(super) fn complete(view: &View<'_>, id: SourceId, at: Position) -> CompletionResponse {
    let text = view.text(id);
    let byte = view.byte(id, at);
    let cursor = Cursor::at(text, byte);
    let typed = text.get(cursor.word.start..byte).unwrap_or_default().to_lowercase();
    let mut known: HashSet<String> = HashSet::new();
    let mut offers: Vec<Offer> = Vec::new();
    let mut is_incomplete = false;
    for world in worlds(view.judged, id) {
        let all = offers_in(world, &cursor);
        let are_many = all.len() > MOST;
        for offer in all.into_iter().filter(|offer| !are_many || holds(&offer.label, &typed)) {
            if offers.len() == MOST {
                is_incomplete = true;
                break;
            }
            if known.insert(offer.label.clone()) {
                offers.push(offer);
            }
        }
        is_incomplete |= are_many;
    }
    let range = view.range_of(id, cursor.word.start.min(byte)..cursor.word.end.max(byte));
    // There is a space after a colon.
    let tight = text[..cursor.word.start.min(byte)].ends_with(':');
    let item = |(at, offer): (usize, Offer)| {
        let new_text = if tight { format!(" {}", offer.insert) } else { offer.insert };
        CompletionItem {
            filter_text: Some(offer.label.clone()),
            sort_text: Some(format!("{at:04}")),
            label: offer.label,
            kind: Some(offer.kind),
            detail: Some(offer.detail),
            documentation: offer.words.map(|value| {
                Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value })
            }),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
            ..CompletionItem::default()
        }
    };
    let items = offers.into_iter().enumerate().map(item).collect();
    match is_incomplete {
        true => CompletionResponse::List(CompletionList { is_incomplete, items }),
        false => CompletionResponse::Array(items),
    }
}

/// Whether a label contains these lower-case letters in order, as editors match it.
fn holds(label: &str, typed: &str) -> bool {
    let mut letters = label.chars().flat_map(char::to_lowercase);
    typed.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

fn offers_in(world: &World, cursor: &Cursor<'_>) -> Vec<Offer> {
    match (cursor.key, cursor.path.as_slice()) {
        (Some("kind"), []) => {
            let kinds = KINDS.iter();
            kinds
                .map(|(name, what)| Offer::value(*name, CompletionItemKind::CLASS, *what))
                .collect()
        }
        (Some("apiVersion"), []) => {
            let profile = world.settings.profile;
            let newest = Offer::value(
                "getambassador.io/v3alpha1",
                CompletionItemKind::CONSTANT,
                format!("read by Emissary {profile}"),
            );
            vec![newest]
        }
        (None, []) if !cursor.is_bare => ["apiVersion", "kind", "metadata", "spec"]
            .iter()
            .filter(|name| !cursor.beside.contains(name))
            .map(|name| key(name, String::new(), None, false, cursor))
            .collect(),
        (None, ["metadata"]) if !cursor.is_bare => ["name", "namespace", "labels", "annotations"]
            .iter()
            .filter(|name| !cursor.beside.contains(name))
            .map(|name| key(name, String::new(), None, false, cursor))
            .collect(),
        (_, path) => {
            let values = values(world, cursor, path);
            match (values.is_empty(), cursor.key) {
                (true, None) => fields(world, cursor),
                _ => values,
            }
        }
    }
}

/// The fields that the release knows and that are not set yet.
fn fields(world: &World, cursor: &Cursor<'_>) -> Vec<Offer> {
    let (Some(schema), Some(kind)) = (schema_at(cursor), cursor.kind) else { return Vec::new() };
    let profile = world.settings.profile;
    let path = in_spec(cursor).unwrap_or_default();
    let wanted = |field: &&FieldSchema| {
        // Fields for v2's own conversion are not for users.
        exists(field, profile)
            && !cursor.beside.contains(&field.name())
            && !field.name().starts_with("v2")
    };
    let mut fields: Vec<&'static FieldSchema> = schema.fields().iter().filter(wanted).collect();
    fields.sort_by_key(|field| !field.is_required());
    let offer = |field: &'static FieldSchema| {
        let words = described(kind, path, field, profile);
        let is_list = matches!(field.schema(), Schema::List(_) | Schema::NonEmptyList(_));
        let is_object = !inner(field.schema()).fields().is_empty();
        let nests = is_list || is_object;
        key(field.name(), words, field.schema().type_name(), nests, cursor)
    };
    fields.into_iter().map(offer).collect()
}

fn key(
    name: &str,
    words: String,
    form: Option<&'static str>,
    nests: bool,
    cursor: &Cursor<'_>,
) -> Offer {
    let nests = nests || matches!(name, "metadata" | "spec" | "labels" | "annotations");
    let break_ = format!("\n{}", " ".repeat(cursor.indentation + 2));
    Offer {
        label: name.to_owned(),
        kind: CompletionItemKind::FIELD,
        detail: form.unwrap_or_default().to_owned(),
        words: Some(words).filter(|words| !words.is_empty()),
        insert: format!("{name}:{}", if nests { break_.as_str() } else { " " }),
    }
}

/// The possible values of the field at a position.
fn values(world: &World, cursor: &Cursor<'_>, path: &[&str]) -> Vec<Offer> {
    let spec = in_spec(cursor);
    let field = cursor.key.or(if cursor.is_item { path.last().copied() } else { None });
    let Some(field) = field else { return Vec::new() };
    let kind = cursor.kind.unwrap_or_default();
    let value =
        |name: &'static str, what: &str| Offer::value(name, CompletionItemKind::VALUE, what);
    let is_context = kind == "TLSContext" || kind == "Host" && path.contains(&"tls");
    match (kind, field) {
        ("Mapping" | "TCPMapping" | "AuthService" | "RateLimitService", "tls")
            if spec == Some(&[]) =>
        {
            contexts(world)
        }
        ("Host", "name") if path.ends_with(&["tlsContext"]) => contexts(world),
        ("Host", "name") if path.ends_with(&["tlsSecret"]) => secrets(world, cursor, false),
        (_, "secret" | "ca_secret" | "crl_secret") if is_context => secrets(world, cursor, true),
        (_, "secretName") if path.ends_with(&["secret"]) => secrets(world, cursor, false),
        (_, "cipher_suites") if is_context => cipher_suite_names()
            .map(|name| value(name, "cipher suite").meaning(value_words::cipher_suite(name)))
            .collect(),
        (_, "ecdh_curves") if is_context => CURVES
            .iter()
            .map(|name| value(name, "key exchange group").meaning(value_words::curve(name)))
            .collect(),
        (_, "alpn_protocols") if is_context => ["h2", "http/1.1", "h2,http/1.1", "istio"]
            .map(|name| value(name, "ALPN").meaning(value_words::alpn(name)))
            .into(),
        (_, "resolver") => resolvers(world),
        ("Mapping" | "TCPMapping", "service") if spec == Some(&[]) => services(world, cursor),
        _ => choices(cursor, field),
    }
}

/// Enumerations and booleans of the schema.
fn choices(cursor: &Cursor<'_>, field: &str) -> Vec<Offer> {
    let schema = match cursor.key {
        Some(_) => {
            schema_at(cursor).and_then(|schema| schema.field(field)).map(FieldSchema::schema)
        }
        None => schema_at(cursor),
    };
    let of = |values: &[&str]| -> Vec<Offer> {
        let values = values.iter().filter(|value| !value.is_empty());
        let offer = |value: &&str| {
            let offer = Offer::value(*value, CompletionItemKind::ENUM_MEMBER, field);
            match field {
                "min_tls_version" | "max_tls_version" => offer.meaning(value_words::version(value)),
                _ => offer,
            }
        };
        values.map(offer).collect()
    };
    match schema {
        Some(Schema::Choice(values)) => of(values),
        Some(Schema::Boolean) => of(&["true", "false"]),
        Some(Schema::OneOf(forms)) if forms.iter().any(|form| matches!(form, Schema::Boolean)) => {
            of(&["true", "false"])
        }
        _ => Vec::new(),
    }
}

fn contexts(world: &World) -> Vec<Offer> {
    let named = world.tls_contexts().map(|(_, context, object)| {
        let state = if context.is_good() { "" } else { ", cannot be used" };
        let detail = format!("TLSContext in {}{state}", object.object.namespace());
        Offer::value(context.name.as_str(), CompletionItemKind::REFERENCE, detail)
    });
    named.collect()
}

/// Secrets, by the name that resolves to them from here.
fn secrets(world: &World, cursor: &Cursor<'_>, crosses: bool) -> Vec<Offer> {
    let own = cursor.namespace.unwrap_or(crate::resource::DEFAULT_NAMESPACE);
    let now = world.settings.now;
    let mut offers = Vec::new();
    for secret in &world.resources.secrets {
        let object = &secret.object;
        let (name, namespace) = (object.name.as_str(), object.namespace());
        let label = match namespace == own {
            true => name.to_owned(),
            false if crosses => format!("{name}.{namespace}"),
            false => continue,
        };
        let mut offer = Offer::value(
            label,
            CompletionItemKind::REFERENCE,
            format!("Secret in {namespace}, {}", secret.type_name()),
        );
        let chain = secret.entry("tls.crt").and_then(crate::resource::SecretEntry::bytes);
        let chain = chain.map(|bytes| crate::cert::Chain::from_pem(&bytes));
        offer.words = chain
            .and_then(|chain| chain.leaf().map(|certificate| of_certificate(certificate, now)));
        offers.push(offer);
    }
    for promise in &world.resources.promises {
        let namespace = promise.namespace.as_deref().unwrap_or(own);
        let label = match namespace == own {
            true => promise.secret.value.to_string(),
            false if crosses => format!("{}.{namespace}", promise.secret.value),
            false => continue,
        };
        let detail = format!("Secret created by {}", promise.by.identity());
        offers.push(Offer::value(label, CompletionItemKind::REFERENCE, detail));
    }
    // Nearby names come first.
    offers.sort_by_key(|offer| offer.label.contains('.'));
    offers
}

fn resolvers(world: &World) -> Vec<Offer> {
    let own = world.resources.resolvers.iter().map(|resolver| {
        let object = &resolver.object;
        Offer::value(object.name.as_str(), CompletionItemKind::REFERENCE, object.kind.as_str())
    });
    let built_in = ["kubernetes-service", "kubernetes-endpoint"]
        .map(|name| Offer::value(name, CompletionItemKind::VALUE, "built in"));
    own.chain(built_in).collect()
}

fn services(world: &World, cursor: &Cursor<'_>) -> Vec<Offer> {
    let own = cursor.namespace.unwrap_or(crate::resource::DEFAULT_NAMESPACE);
    let of_service = |service: &std::sync::Arc<crate::resource::Service>| -> Vec<Offer> {
        let (name, namespace) = (service.object.name.as_str(), service.object.namespace());
        let host = match namespace == own {
            true => name.to_owned(),
            false => format!("{name}.{namespace}"),
        };
        let ports = service.ports.iter().map(|port| port.port);
        let labels = ports.map(|port| format!("{host}:{port}"));
        let labels: Vec<String> = labels.collect();
        let labels = if labels.is_empty() { vec![host] } else { labels };
        let detail = format!("Service in {namespace}");
        let kind = CompletionItemKind::REFERENCE;
        labels.into_iter().map(|label| Offer::value(label, kind, detail.clone())).collect()
    };
    world.resources.services.iter().flat_map(of_service).collect()
}
