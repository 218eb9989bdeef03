//! What must not affect findings does not: order, files, neighbours, comments, line breaks, styles;
//! and every place in a report is correct.

use crate::support::{manifests, resolved};
use std::fs;
use std::path::Path;

use mtlsctl::cert::pem::HIDDEN_KEY;
use mtlsctl::diagnostic::{Diagnostic, Label};
use mtlsctl::document::{Field, Relevance, Scalar, Tree, split};
use mtlsctl::lint::lint;
use mtlsctl::resource::relevance;
use mtlsctl::source::{Source, Sources};
use mtlsctl::world::{Horizon, Settings, World};
use serde_json::Value;
use time::macros::datetime;

/// The manifests of a set of fixtures, each a separate world.
fn fixtures() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let found = manifests::below(&["rule", "resolve"]).into_iter();
    let mut fixtures: Vec<(String, String)> =
        found.map(|path| (name(&path, &root), fs::read_to_string(path).unwrap())).collect();
    let bookinfo = manifests::below(&["bookinfo"]);
    let texts = bookinfo.iter().map(|path| fs::read_to_string(path).unwrap());
    fixtures.push(("bookinfo".to_owned(), texts.collect::<Vec<_>>().join("\n---\n")));
    fixtures.sort();
    assert!(fixtures.len() > 200, "only {} fixtures", fixtures.len());
    fixtures
}

fn name(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap().display().to_string()
}

fn world<S: AsRef<str>>(texts: &[S]) -> World {
    let mut sources = Sources::default();
    for (number, text) in texts.iter().enumerate() {
        sources.add(format!("{number}.yaml"), text.as_ref().to_owned());
    }
    let now = Some(datetime!(2026-06-01 0:00 UTC));
    let settings = Settings { now, horizon: Horizon::of_files(), ..Settings::default() };
    World::read(sources, settings, &relevance())
}

/// Findings and resolved upstreams without places, sorted.
#[derive(Debug, PartialEq)]
struct Said {
    findings: Vec<String>,
    upstreams: Vec<String>,
}

fn said(world: &World) -> Said {
    let mut findings: Vec<String> = lint(world).iter().map(words).collect();
    findings.sort();
    let report = resolved::json(world);
    let list = |name: &str| report[name].as_array().unwrap().iter().map(settled);
    let mut upstreams: Vec<String> =
        list("upstreams").chain(list("contexts")).chain(list("freezes")).collect();
    upstreams.sort();
    Said { findings, upstreams }
}

/// A value with its lists of names sorted.
fn settled(value: &Value) -> String {
    let mut value = without_places(value);
    if let Some(shared) = value.pointer_mut("/cluster/shared_with").and_then(Value::as_array_mut) {
        shared.sort_by_key(ToString::to_string);
    }
    value.to_string()
}

/// A value without files, lines and columns at any depth.
fn without_places(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let place = ["path", "line", "column", "end_line", "end_column", "place"];
            let kept = fields.iter().filter(|(name, _)| !place.contains(&name.as_str()));
            kept.map(|(name, value)| (name.clone(), without_places(value))).collect()
        }
        Value::Array(items) => items.iter().map(without_places).collect(),
        other => other.clone(),
    }
}

/// A finding without its places; the number of files is part of a message.
fn words(found: &Diagnostic) -> String {
    let Diagnostic { rule, severity, message, object, field, notes, help, .. } = found;
    let related = found.related.len();
    let labels = &found.primary.text;
    let text = format!(
        "{severity} {rule}: {message} | {object:?} {field} | {labels} +{related} | {notes:?} | {help:?}"
    );
    let words = text.split("files given").map(|part| match part.rsplit_once(" in the ") {
        Some((before, count)) if count.trim().parse::<usize>().is_ok() => {
            format!("{before} in this input")
        }
        _ => part.to_owned(),
    });
    words.collect()
}

/// The documents of a text; `None` if they cannot be separated.
fn documents(text: &str) -> Option<Vec<String>> {
    let slices = split(text);
    let proper = slices.iter().all(|slice| {
        let body = &text[slice.start..slice.end];
        !body.trim_start().starts_with('%') && slice.kind == mtlsctl::document::SliceKind::Proper
    });
    let documents = slices.iter().map(|slice| {
        let body = &text[slice.start..slice.end];
        if body.ends_with('\n') { body.to_owned() } else { format!("{body}\n") }
    });
    proper.then(|| documents.filter(|body| !body.trim().is_empty()).collect())
}

/// Objects defined twice: which one is used depends on the order (`kubectl apply`).
fn has_doubles(world: &World) -> bool {
    lint(world).iter().any(|found| {
        let double = ["object-defined-twice", "object-given-twice", "context-name-collision"];
        double.contains(&found.rule)
    })
}

#[track_caller]
fn same(name: &str, what: &str, before: &Said, after: &Said) {
    assert_eq!(before.findings, after.findings, "{name}: {what} changes findings");
    assert_eq!(before.upstreams, after.upstreams, "{name}: {what} changes upstreams");
}

#[test]
fn splitting_a_file_changes_nothing() {
    for (name, text) in fixtures() {
        let Some(documents) = documents(&text) else { continue };
        // Two rules count objects per file, another one asks which files a kustomization lists.
        let said = |world: &World| {
            let mut said = said(world);
            let by_file =
                ["object-api-version-outdated", "document-bare", "kustomize-name-not-followed"];
            said.findings.retain(|found| !by_file.iter().any(|rule| found.contains(rule)));
            said
        };
        let whole = said(&world(&[&text]));
        same(&name, "one file for each document", &whole, &said(&world(&documents)));
        let middle = documents.len() / 2;
        let halves = [documents[..middle].join("---\n"), documents[middle..].join("---\n")];
        same(&name, "two files", &whole, &said(&world(&halves)));
    }
}

#[test]
fn the_order_of_documents_changes_only_the_order_of_findings() {
    let mut compared = 0;
    for (name, text) in fixtures() {
        let Some(mut documents) = documents(&text) else { continue };
        let before = world(&[documents.join("---\n")]);
        if has_doubles(&before) {
            continue;
        }
        // Notes may name the first of several, which depends on the order.
        let said = |world: &World| {
            let mut said = said(world);
            let by_file =
                ["object-api-version-outdated", "document-bare", "kustomize-name-not-followed"];
            said.findings.retain(|found| !by_file.iter().any(|rule| found.contains(rule)));
            for found in &mut said.findings {
                let notes = found.match_indices(" | ").nth(2).map(|(at, _)| at);
                found.truncate(notes.unwrap_or(found.len()));
            }
            said.findings.sort();
            said
        };
        let before = said(&before);
        compared += 1;
        documents.reverse();
        same(&name, "reversing documents", &before, &said(&world(&[documents.join("---\n")])));
        same(&name, "reversing files", &before, &said(&world(&documents)));
        let middle = documents.len() / 2;
        documents.rotate_left(middle);
        same(&name, "another order", &before, &said(&world(&[documents.join("---\n")])));
    }
    assert!(compared > 200, "only {compared} fixtures compared");
}

#[test]
fn unrelated_objects_change_nothing() {
    let strangers = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  \
        namespace: elsewhere\ndata:\n  tls: |\n    kind: Mapping\n    tls: gone\n---\n\
        apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, \
        namespace: elsewhere}\nspec: {podSelector: {}}\n---\n\
        apiVersion: example.com/v1\nkind: Mapping\nmetadata: {name: not-ours, namespace: \
        elsewhere}\nspec: {tls: gone}\n";
    for (name, text) in fixtures() {
        let Some(documents) = documents(&text) else { continue };
        let before = said(&world(&[&text]));
        let text = documents.join("---\n");
        let behind = format!("{text}---\n{strangers}");
        same(&name, "strangers behind", &before, &said(&world(&[behind])));
        let around = [strangers.to_owned(), text.clone(), strangers.replace(": deny", ": x")];
        same(&name, "strangers around", &before, &said(&world(&around)));
        // Also if every document is parsed.
        let mut sources = Sources::default();
        sources.add("0.yaml".to_owned(), format!("{strangers}---\n{text}"));
        let settings = Settings {
            now: Some(datetime!(2026-06-01 0:00 UTC)),
            horizon: Horizon::of_files(),
            ..Settings::default()
        };
        let all = World::read(sources, settings, &Relevance::everything());
        let parsed = said(&all);
        for finding in &before.findings {
            assert!(parsed.findings.contains(finding), "{name}: parsing all hides {finding}");
        }
        assert_eq!(before.upstreams, parsed.upstreams, "{name}");
    }
}

#[test]
fn comments_blank_lines_and_line_breaks_change_nothing() {
    for (name, text) in fixtures() {
        let before = said(&world(&[&text]));
        let unix = text.replace("\r\n", "\n");
        if !text.contains('\r') {
            let windows = unix.replace('\n', "\r\n");
            same(&name, "CRLF", &before, &said(&world(&[windows])));
        }
        // `kubectl` does not recognise a separator line after a byte order mark.
        if documents(&text).is_some() {
            same(&name, "a mark", &before, &said(&world(&[format!("\u{feff}{text}")])));
        }
        let above = format!("# a comment: with 'quotes\n\n{text}");
        if !text.starts_with('%') {
            same(&name, "a comment above", &before, &said(&world(&[above])));
        }
        let below = format!("{}\n# [a comment\n", text.trim_end_matches('\n'));
        same(&name, "a comment below", &before, &said(&world(&[below])));
        // Comments for mtlsctl apply to the next line.
        if !text.contains("mtlsctl:") {
            let between: String = unix
                .split_inclusive('\n')
                .map(|line| match line.strip_prefix("spec:") {
                    Some(_) => format!("# what follows\n\n{line}"),
                    None => line.to_owned(),
                })
                .collect();
            same(&name, "comments between", &before, &said(&world(&[between])));
        }
    }
}

/// The style of a rewritten document.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Style {
    Json,
    Flow,
    Block { indent: usize },
    SingleQuotes,
}

/// The document with the same values in another style.
fn written(field: &Field<'_>, style: Style, depth: usize, out: &mut String) {
    let indent = match style {
        Style::Block { indent } => indent,
        _ => 2,
    };
    let inline = matches!(style, Style::Json | Style::Flow);
    let pad = " ".repeat(indent * depth);
    if field.is_mapping() {
        let entries = field.entries();
        if entries.is_empty() || inline {
            out.push('{');
            for (number, entry) in entries.iter().enumerate() {
                out.push_str(if number > 0 { ", " } else { "" });
                out.push_str(&Value::from(&*entry.key).to_string());
                out.push_str(": ");
                written(&entry.value, style, depth + 1, out);
            }
            out.push('}');
            return;
        }
        for entry in entries {
            out.push_str(&format!("\n{pad}{}:", quoted(&entry.key, style)));
            out.push(' ');
            written(&entry.value, style, depth + 1, out);
        }
        return;
    }
    if field.is_sequence() {
        let items: Vec<_> = field.items().collect();
        if items.is_empty() || inline {
            out.push('[');
            for (number, item) in items.iter().enumerate() {
                out.push_str(if number > 0 { ", " } else { "" });
                written(item, style, depth + 1, out);
            }
            out.push(']');
            return;
        }
        for item in items {
            out.push_str(&format!("\n{pad}- "));
            written(&item, style, depth + 1, out);
        }
        return;
    }
    match field.scalar() {
        Some(Scalar::Text(text)) => out.push_str(&quoted(&text, style)),
        Some(Scalar::Bool(value)) => out.push_str(&value.to_string()),
        Some(Scalar::Integer(value)) => out.push_str(&value.to_string()),
        Some(Scalar::Float(value)) => out.push_str(&format!("{value:?}")),
        Some(Scalar::Null) | None => out.push_str("null"),
    }
}

fn quoted(text: &str, style: Style) -> String {
    if style == Style::SingleQuotes && !text.contains(['\n', '\r', '\t']) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    Value::from(text).to_string()
}

/// A text in another style; `None` if the style of a document has a meaning.
fn restyled(text: &str, style: Style) -> Option<String> {
    documents(text)?;
    let mut sources = Sources::default();
    let id = sources.add("a.yaml".to_owned(), text.to_owned());
    let mut again = Vec::new();
    for slice in split(text) {
        let body = &text[slice.start..slice.end];
        let (tree, after) = Tree::parse(id, slice.start as u32, body).ok()?;
        // Duplicate keys, comments for mtlsctl, templates, text after `...`, and annotations, whose
        // documents have their own places.
        let odd = !tree.duplicates.is_empty() || !tree.comments.is_empty() || after.is_some();
        if odd || body.contains("{{") || body.contains("getambassador.io/config") {
            return None;
        }
        let root = tree.root().filter(Field::is_mapping)?;
        let mut out = String::new();
        written(&root, style, 0, &mut out);
        // Private keys are not returned, so they cannot be written again.
        if out.contains(HIDDEN_KEY) {
            return None;
        }
        again.push(out.trim_start().to_owned() + "\n");
    }
    Some(again.join(if style == Style::Json { "" } else { "---\n" }))
}

/// Rules about how something is written.
const ABOUT_STYLE: [&str; 3] =
    ["object-name-not-text", "document-directive", "mapping-tls-boolean-in-quotes"];

#[test]
fn block_style_flow_style_json_quotes_and_indentation_are_equivalent() {
    let styles = [
        Style::Json,
        Style::Flow,
        Style::Block { indent: 2 },
        Style::Block { indent: 7 },
        Style::SingleQuotes,
    ];
    let mut compared = 0;
    for (name, text) in fixtures() {
        let world_before = world(&[&text]);
        if lint(&world_before).iter().any(|found| ABOUT_STYLE.contains(&found.rule)) {
            continue;
        }
        let before = said(&world_before);
        for style in styles {
            let Some(text) = restyled(&text, style) else { continue };
            same(&name, &format!("{style:?}"), &before, &said(&world(&[&text])));
            compared += 1;
        }
    }
    assert!(compared > 800, "only {compared} comparisons");
}

/// The byte at a line and column, both from 1.
fn byte_at(text: &str, line: u32, column: u32) -> usize {
    let start: usize = text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
    let within = text[start..].char_indices().nth(column as usize - 1);
    within.map_or(text.len(), |(at, _)| start + at)
}

fn check_place(name: &str, source: &Source, label: &Label) {
    let (start, end) = (label.span.start as usize, label.span.end as usize);
    let text = source.text.get(start..end);
    let text = text.unwrap_or_else(|| panic!("{name}: {label:?} lies not inside its file"));
    assert_eq!(text, text.trim_start(), "{name}: {label:?} begins with blanks");
    let position = source.position(label.span.start);
    assert_eq!(byte_at(&source.text, position.line, position.column), start, "{name}: {label:?}");
}

#[test]
fn every_place_is_inside_its_file_and_quotes_its_value() {
    let mut quoted = 0;
    for (name, text) in fixtures() {
        for text in [text.clone(), format!("\u{feff}# grüße 🦀\r\n{}", text.replace('\n', "\r\n"))]
        {
            if text.contains("\r\r") {
                continue;
            }
            let world = world(&[&text]);
            for found in lint(&world) {
                for label in std::iter::once(&found.primary).chain(&found.related) {
                    check_place(&name, world.sources.get(label.span.source), label);
                }
                // A name in the message whose value is at that place is quoted there exactly.
                let place = world.sources.text(found.primary.span).trim_matches(['"', '\'']);
                let says = found.message.split('`').skip(1).step_by(2).any(|said| said == place);
                quoted += usize::from(says && !place.is_empty());
            }
        }
    }
    assert!(quoted > 150, "only {quoted} findings quote their place");
}
