//! Text after `...`, which `kubectl` drops.

use crate::document::ProblemKind;
use crate::world::World;

use crate::rule::{Findings, rule};

rule! {
    id: "document-after-end",
    severity: Error,
    summary: "everything after `...` is silently ignored",
    finds: "Text after a line `...`, which ends a YAML document, without a `---` between them.",
    matters: "`kubectl` splits its input at `---` only and reads the first document of each part. \
              What follows `...` is dropped without a message: the objects in it are never \
              applied.",
    remedy: "Write `---` between documents, and leave `...` out.",
}

fn check(world: &World, found: &mut Findings) {
    let problems = world.resources.problems.iter();
    for problem in problems.filter(|problem| problem.kind == ProblemKind::AfterEnd) {
        found
            .at(problem.span, "text after `...` is not part of any document")
            .label("ignored from here")
            .note("`kubectl apply` reads what is before `...` and silently drops the rest")
            .help("separate documents with `---`");
    }
}
