//! Text after `...`, which `kubectl` drops.

use crate::diagnostic::Severity;
use crate::document::ProblemKind;
use crate::world::World;

use crate::rule::{Findings, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "document-after-end",
    severity: Severity::Error,
    tag: None,
    summary: "everything after `...` is silently ignored",
    rows: &[],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/document-after-end/bad.yaml"),
    good: include_str!("../../../testdata/rule/document-after-end/good.yaml"),
    check,
};

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

const EXPLAIN: &str = "\
What it finds
Text after a line `...`, which ends a YAML document, without a `---` between them.

Why it matters
`kubectl` splits its input at `---` only and reads the first document of each part. What follows
`...` is dropped without a message: the objects in it are never applied.

How to fix it
Write `---` between documents, and leave `...` out.
";
