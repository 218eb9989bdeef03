//! The spec of each kind, parsed from `fields.txt` on first use.
//!
//! A line has a field, its type and the releases that have it; deeper lines belong to it. A `*`
//! marks required fields. Types: `string`, `integer`, `boolean`, `any`, `open` (an object whose
//! contents are not checked), `object`, `single` (exactly one of the fields below), `"a" "b"`
//! (choices), `100..599`, `code 301 302`, `/pattern/`, `[item]` (`+`: not empty), `{value}` (a map;
//! `!`: exactly one key), `a|b` (one of several types).

use std::iter::Peekable;
use std::str::Lines;
use std::sync::OnceLock;

use super::SchemaVersion;
use super::model::{FieldSchema, Pattern, Schema};
use super::release::Lifetime;

/// Facts from the CRDs of all releases from 2.1.2 to 4.1.0.
const FACTS: &str = include_str!("fields.txt");

/// Kinds with a schema.
const KINDS: [&str; 14] = [
    "AuthService",
    "ConsulResolver",
    "DevPortal",
    "Host",
    "KubernetesEndpointResolver",
    "KubernetesServiceResolver",
    "Listener",
    "LogService",
    "Mapping",
    "Module",
    "RateLimitService",
    "TCPMapping",
    "TLSContext",
    "TracingService",
];

/// The schemas parsed so far: for each kind, the specs of v2 and v3alpha1.
static READ: [[OnceLock<Option<Schema>>; 2]; KINDS.len()] =
    [const { [const { OnceLock::new() }; 2] }; KINDS.len()];

/// The schema of a kind's `spec`; `None` if that version does not have the kind.
///
/// Kinds are case-sensitive, as in Kubernetes. The specs of v1 are those of v2.
pub fn spec_schema(version: SchemaVersion, kind: &str) -> Option<&'static Schema> {
    // v1 has no Hosts.
    if version == SchemaVersion::V1 && kind == "Host" {
        return None;
    }
    let slot = KINDS.iter().position(|known| *known == kind)?;
    let (column, name) = match version {
        SchemaVersion::V1 | SchemaVersion::V2 => (0, "v2"),
        SchemaVersion::V3alpha1 => (1, "v3alpha1"),
    };
    READ[slot][column].get_or_init(|| section(kind, name)).as_ref()
}

/// Parses the lines below a heading such as `Mapping v2`.
fn section(kind: &str, version: &str) -> Option<Schema> {
    let heading = format!("\n{kind} {version}\n");
    let start = FACTS.find(&heading)? + heading.len();
    Some(Schema::Object(fields(&mut FACTS[start..].lines().peekable(), 1)))
}

/// Parses the fields at a depth, each with the lines below it.
fn fields(lines: &mut Peekable<Lines<'static>>, depth: usize) -> Vec<FieldSchema> {
    let mut found = Vec::new();
    while let Some(line) = lines.next_if(|line| depth_of(line) == depth) {
        let (name, rest) = line.trim_start().split_once(' ').unwrap_or((line, "any"));
        let border = rest.find(" since ").unwrap_or(rest.len());
        let (word, lifetime) = rest.split_at(border);
        let below = fields(lines, depth + 1);
        found.push(FieldSchema {
            name: name.trim_end_matches('*'),
            is_required: name.ends_with('*'),
            schema: schema(word, &mut Some(below)),
            lifetime: Lifetime::parse(lifetime.split(' ')),
        });
    }
    found
}

/// The depth of a line, which is two spaces per level.
fn depth_of(line: &str) -> usize {
    (line.len() - line.trim_start().len()) / 2
}

/// Parses a type; `below` has the fields of its object.
fn schema(word: &'static str, below: &mut Option<Vec<FieldSchema>>) -> Schema {
    let inside = |open: char, close: char| word.strip_prefix(open)?.strip_suffix(close);
    let mut inner = |word| Box::new(schema(word, below));
    if let Some(item) = inside('[', ']') {
        return Schema::List(inner(item));
    }
    if let Some(item) = word.strip_prefix('[').and_then(|rest| rest.strip_suffix("]+")) {
        return Schema::NonEmptyList(inner(item));
    }
    if let Some(value) = inside('{', '}') {
        return Schema::Map(inner(value));
    }
    if let Some(value) = word.strip_prefix('{').and_then(|rest| rest.strip_suffix("}!")) {
        return Schema::Single(Box::new(Schema::Map(inner(value))));
    }
    if let Some(pattern) = PATTERNS.iter().find(|pattern| inside('/', '/') == Some(pattern.text)) {
        return Schema::Pattern(pattern);
    }
    if word.starts_with('"') {
        let quoted = word.split(' ').map(|choice| choice.trim_matches('"'));
        return Schema::Choice(quoted.collect());
    }
    if let Some(codes) = word.strip_prefix("code ") {
        return Schema::Code(codes.split(' ').filter_map(|code| code.parse().ok()).collect());
    }
    if let Some((least, most)) = word.split_once("..")
        && let (Ok(least), Ok(most)) = (least.parse(), most.parse())
    {
        return Schema::Range(least, most);
    }
    if word.contains('|') {
        return Schema::OneOf(word.split('|').map(|word| schema(word, below)).collect());
    }
    match word {
        "string" => Schema::String,
        "integer" => Schema::Integer,
        "boolean" => Schema::Boolean,
        "open" => Schema::AnyObject,
        "object" => Schema::Object(below.take().unwrap_or_default()),
        "single" => Schema::Single(Box::new(Schema::Object(below.take().unwrap_or_default()))),
        _ => Schema::Any,
    }
}

/// The patterns in the facts, each with an equivalent function.
static PATTERNS: [Pattern; 1] = [Pattern {
    text: "^([hH][tT][tT][pP][sS]?://)?$",
    matches: |text| matches!(text.to_ascii_lowercase().as_str(), "" | "http://" | "https://"),
}];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_in_the_facts_is_known() {
        for line in FACTS.lines().filter(|line| line.starts_with(' ')) {
            let word = line.trim_start().split_once(' ').unwrap().1;
            let word = word.split(" since ").next().unwrap();
            let core = word.trim_matches(|c| "[]{}+!".contains(c));
            let read = schema(core, &mut Some(Vec::new()));
            assert!(core == "any" || !matches!(read, Schema::Any), "{line}");
        }
    }

    #[test]
    fn every_heading_in_the_facts_is_a_kind() {
        let headings = FACTS.lines().filter(|line| !line.starts_with([' ', '#']));
        for heading in headings {
            let (kind, version) = heading.split_once(' ').unwrap();
            let version = SchemaVersion::parse(version).unwrap();
            assert!(spec_schema(version, kind).is_some(), "{heading}");
        }
    }
}
