//! Every limit: input at the limit is read, input beyond it is reported, and nothing takes
//! disproportionately long.

use std::fmt::Write;

use mtlsctl::diagnostic::Diagnostic;
use mtlsctl::document::{ProblemKind, Relevance, Tree};
use mtlsctl::lint::lint;
use mtlsctl::source::Sources;
use mtlsctl::world::{Settings, World};

const CONTEXT: &str = "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\n\
    metadata: {name: c}\nspec: {secret: s}\n";

fn world(text: &str) -> World {
    let mut sources = Sources::default();
    sources.add("a.yaml".to_owned(), text.to_owned());
    World::read(sources, Settings::default(), &Relevance::everything())
}

/// The findings about a document that was not read completely.
fn told(text: &str) -> Vec<Diagnostic> {
    let unread =
        |found: &Diagnostic| ["document-unreadable", "annotation-unreadable"].contains(&found.rule);
    lint(&world(text)).into_iter().filter(unread).collect()
}

/// Asserts that one document is read, and that another one gets this message and hides nothing.
#[track_caller]
fn bound(within: &str, past: &str, message: &str) {
    assert_eq!(told(within), Vec::new());
    let past = format!("{past}\n---\n{CONTEXT}");
    let found = told(&past);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].message.contains(message), "{}", found[0].message);
    assert!(!found[0].help.is_empty(), "{found:?}");
    assert_eq!(world(&past).resources.contexts.len(), 1, "another document is lost");
}

/// The parser's problem with a document.
fn problem(text: &str) -> Option<ProblemKind> {
    let mut sources = Sources::default();
    let id = sources.add("a.yaml".to_owned(), String::new());
    Tree::parse(id, 0, text).err().map(|problem| problem.kind)
}

#[test]
fn documents_are_read_to_a_depth_of_a_hundred() {
    let message = "nested deeper than 100 levels";
    let flow = |depth: usize| format!("kind: X\na: {}{}", "[".repeat(depth), "]".repeat(depth));
    bound(&flow(99), &flow(101), message);
    let map = |depth: usize| format!("kind: X\na: {}b{}", "{a: ".repeat(depth), "}".repeat(depth));
    bound(&map(99), &map(101), message);
    let json =
        |depth| format!("{{\"kind\":\"X\",\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(told(&json(98)), Vec::new());
    assert!(told(&json(101))[0].message.contains(message));
    let block = |depth: usize| {
        (0..depth).fold("kind: X\n".to_owned(), |mut text, level| {
            writeln!(text, "{}a:", " ".repeat(level)).unwrap();
            text
        })
    };
    bound(&block(99), &block(101), message);
    let dashes = |depth: usize| format!("kind: X\na:\n{}x", "- ".repeat(depth));
    bound(&dashes(98), &dashes(101), message);
}

#[test]
fn a_hundred_thousand_levels_do_not_overflow_the_stack() {
    let deep = 100_000;
    for text in [
        format!("kind: X\na: {}", "[".repeat(deep)),
        format!("kind: X\na: {}", "{a: ".repeat(deep)),
        format!("kind: X\na:\n{}", "- ".repeat(deep)),
        format!("kind: X\n{}", "? ".repeat(deep)),
        format!("kind: X\na: {}", "!!map ".repeat(deep)),
        format!("{{\"kind\":\"X\",\"a\":{}{}}}", "[".repeat(deep), "]".repeat(deep)),
        format!("{{\"kind\":\"X\",\"a\":{}", "{\"a\":".repeat(deep)),
        (0..2_000).fold("kind: X\n".to_owned(), |text, level| text + &" ".repeat(level) + "a:\n"),
    ] {
        let text = format!("{text}\n---\n{CONTEXT}");
        // A JSON stream has no `---`, so an error may affect what follows.
        assert!(!told(&text).is_empty(), "{:.40}", text);
    }
}

#[test]
fn documents_hold_up_to_five_million_values() {
    let values = |count: usize| format!("a:\n{}", "-\n".repeat(count));
    // The mapping, its key and the list count, too.
    assert_eq!(problem(&values(5_000_000 - 3)), None);
    let found = told(&values(5_000_000 - 2));
    assert_eq!(found[0].message, "the document has more than 5000000 keys, values and items");
    // For either reader: these are plain enough for the quick one.
    let limit = 5_000_000;
    let lines = |count: usize| format!("a:\n{}", "- b\n".repeat(count));
    assert_eq!(problem(&lines(limit - 3)), None);
    assert_eq!(problem(&lines(limit - 2)), Some(ProblemKind::TooManyValues { limit }));
    let flow = |count: usize| format!("a: [{}b]\n", "b,".repeat(count - 1));
    assert_eq!(problem(&flow(limit - 2)), Some(ProblemKind::TooManyValues { limit }));
}

#[test]
fn documents_are_up_to_256_mebibytes_long() {
    let limit = 256 << 20;
    let mut text = "a: b\n...\n- x\n".to_owned();
    let padding = limit - text.len();
    text.extend(std::iter::repeat_n('#', padding));
    assert_eq!(problem(&text), None);
    text.push('#');
    assert_eq!(problem(&text), Some(ProblemKind::TooLong { limit }));
    let plain = format!("a: b\n{}", "#".repeat(limit));
    assert_eq!(problem(&plain), Some(ProblemKind::TooLong { limit }));
}

#[test]
fn aliases_lead_to_up_to_a_million_values() {
    let labels = |aliases: usize| {
        let mut text = "apiVersion: getambassador.io/v3alpha1\nkind: Mapping\n\
            metadata:\n  name: m\nx: &x {a: b, c: d}\nspec:\n  hostname: '*'\n  prefix: /m/\n  \
            service: m:80\n  headers:\n"
            .to_owned();
        for number in 0..aliases {
            writeln!(text, "    h{number}: *x").unwrap();
        }
        text
    };
    let message = "lead to more than 1000000 values";
    assert!(!told(&labels(100)).iter().any(|found| found.message.contains(message)));
    let found = told(&labels(300_000));
    assert!(found.iter().any(|found| found.message.contains(message)), "{found:?}");
    // A list that contains itself.
    let list = "&a\napiVersion: v1\nkind: List\nitems: [*a, *a, *a]\n";
    assert!(!told(list).is_empty());
    let merges = |depth: usize| {
        let mut text = "apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\n\
            metadata: {name: c}\nm0: &m0 {secret: s}\n"
            .to_owned();
        for level in 1..=depth {
            writeln!(text, "m{level}: &m{level} {{<<: *m{}}}", level - 1).unwrap();
        }
        text + &format!("spec: {{<<: *m{depth}}}\n")
    };
    let secret = |text: &str| world(text).resources.contexts[0].settings.secret.is_some();
    assert!(secret(&merges(15)) && told(&merges(15)).is_empty());
    assert!(!told(&merges(16)).is_empty(), "a merge that is not followed must be told");
}

#[test]
fn objects_have_up_to_a_hundred_thousand_fields() {
    let labels = |count: usize| {
        let mut text = format!(
            "{CONTEXT}\n---\napiVersion: getambassador.io/v3alpha1\n\
            kind: Mapping\nmetadata: {{name: m}}\nspec:\n  hostname: '*'\n  prefix: /m/\n  \
            service: m:80\n  headers:\n"
        );
        for number in 0..count {
            writeln!(text, "    h{number}: x").unwrap();
        }
        text
    };
    // The spec, its four fields and its headers count, too.
    assert_eq!(told(&labels(99_000)), Vec::new());
    let found = told(&labels(100_001));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].message, "the object has more than 100000 fields");
}
