//! A document that is not YAML, or not YAML that `kubectl` accepts.

use crate::document::ProblemKind;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "document-unreadable",
    severity: Error,
    tag: BreaksOff,
    summary: "a document cannot be read as YAML",
    finds: "A document that the YAML parser rejects, that begins with a `%` directive, that \
            follows a `---` with something else on its line, or that is nested or aliased too \
            deeply.",
    matters: "What the document should configure does not exist: `kubectl apply` rejects it, and \
              all other findings are made without it. If a TLSContext is lost this way, its \
              Mappings fall back to plaintext.",
    remedy: "Correct the marked line. Unclosed quotes and brackets are noticed only later, so look \
             above it, too.",
}

fn check(world: &World, found: &mut Findings) {
    for problem in &world.resources.problems {
        let (message, label, help) = match &problem.kind {
            ProblemKind::Syntax { message, hint } => (
                format!("this document is not YAML: {message}"),
                "the parser stops here",
                hint.unwrap_or("correct the line, or the bracket, quote or indentation before it"),
            ),
            ProblemKind::Separator => (
                "`---` is followed by something else on its line".to_owned(),
                "nothing but a comment may follow",
                "put `---` on a line of its own",
            ),
            ProblemKind::Directive => (
                "the file begins with a `%` directive".to_owned(),
                "`kubectl` rejects this",
                "remove the line",
            ),
            ProblemKind::TooDeep { limit } => (
                format!("the document is nested deeper than {limit} levels"),
                "too deep here",
                "check the indentation, or an unclosed bracket before this place",
            ),
            ProblemKind::TooManyAliases { limit } => (
                format!("aliases and merge keys of this document lead to more than {limit} values"),
                "only a part of it was read",
                "write out the repeated values",
            ),
            ProblemKind::TooManyValues { limit } => (
                format!("the document has more than {limit} keys, values and items"),
                "too many from here on",
                "split it into several documents",
            ),
            ProblemKind::TooManyFields { limit } => (
                format!("the object has more than {limit} fields"),
                "not checked from here on",
                "split it into several objects",
            ),
            ProblemKind::TooLong { limit } => (
                format!("the document is longer than {} MiB", limit >> 20),
                "too long",
                "split it into several documents",
            ),
            ProblemKind::Template | ProblemKind::AfterEnd => continue,
        };
        found
            .at(problem.span, message)
            .label(label)
            .note(match problem.kind {
                ProblemKind::Directive => "`kubectl apply` rejects all directives",
                ProblemKind::TooManyAliases { .. } | ProblemKind::TooManyFields { .. } => {
                    "anything beyond the limit is not checked"
                }
                ProblemKind::TooManyValues { .. } | ProblemKind::TooLong { .. } => {
                    "nothing of this document is checked"
                }
                _ => "nothing of this document is checked, and `kubectl apply` rejects it",
            })
            .help(help);
    }
}
