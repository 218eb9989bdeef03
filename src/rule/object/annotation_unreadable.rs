//! A configuration annotation with a document that cannot be parsed.

use crate::document::ProblemKind;
use crate::resource::RefusalReason;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "annotation-unreadable",
    severity: Error,
    tag: BreaksOff,
    summary: "one unreadable document discards a whole annotation",
    rows: [95],
    finds: "A `getambassador.io/config` annotation in which at least one document is not YAML, or \
            is not an object with a `kind`.",
    matters: "Ambassador discards every document of that annotation, including the valid ones. \
              `kubectl apply` does not look into annotations and reports success; only \
              Ambassador's log mentions it.",
    remedy: "Correct the marked line, or remove the document. `kubectl apply` would check separate \
             objects in place of the annotation.",
}

fn check(world: &World, found: &mut Findings) {
    for refusal in &world.resources.refusals {
        let RefusalReason::AnnotationUnreadable { problem, documents } = &refusal.reason else {
            continue;
        };
        let (what, hint) = match problem {
            Some(problem) => unparsed(problem),
            None => {
                ("no object with a `kind`".to_owned(), Some("add `kind`, or remove the document"))
            }
        };
        let (kind, name) = (&refusal.object.kind, &refusal.object.name);
        let lost = match documents {
            1 => "its only document is lost".to_owned(),
            count => format!("all {count} documents in it are lost"),
        };
        found
            .at(
                refusal.place,
                format!("the annotation of {kind} `{name}` cannot be read, and {lost}"),
            )
            .about_name(refusal.object.clone())
            .label(what)
            .note("Ambassador drops the whole annotation and reports it only in its log")
            .help(hint.unwrap_or("correct the line, or the bracket or quote before it"));
    }
}

/// Why a document cannot be parsed, and what probably happened.
fn unparsed(problem: &ProblemKind) -> (String, Option<&'static str>) {
    match problem {
        ProblemKind::Syntax { message, hint } => (message.clone(), *hint),
        ProblemKind::Template => ("it is a template".to_owned(), Some("render it first")),
        ProblemKind::Separator => ("`---` is followed by text".to_owned(), None),
        ProblemKind::Directive => ("it begins with a `%` directive".to_owned(), None),
        ProblemKind::AfterEnd => ("text follows `...`".to_owned(), None),
        ProblemKind::TooDeep { limit } => (format!("deeper than {limit} levels"), None),
        ProblemKind::TooManyAliases { limit } => (format!("more than {limit} aliases"), None),
        ProblemKind::TooManyFields { limit } | ProblemKind::TooManyValues { limit } => {
            (format!("more than {limit} values"), None)
        }
        ProblemKind::TooLong { limit } => (format!("longer than {} MiB", limit >> 20), None),
    }
}
