//! An ignore that covers no finding.

use crate::diagnostic::Severity;
use crate::world::World;

use crate::rule::{Findings, Rule, Tag};

pub(crate) static RULE: Rule = Rule {
    id: "ignore-unused",
    severity: Severity::Warning,
    tag: Some(Tag::Unnecessary),
    summary: "an ignore covers nothing",
    rows: &[],
    explain: EXPLAIN,
    bad: include_str!("../../../testdata/rule/ignore-unused/bad.yaml"),
    good: include_str!("../../../testdata/rule/ignore-unused/good.yaml"),
    check,
};

/// Only after all other rules have spoken can `lint` tell, so it writes these findings itself.
fn check(_: &World, _: &mut Findings) {}

const EXPLAIN: &str = "\
What it finds
An ignore of a rule that finds nothing there: a comment, an annotation, or an override in
`.mtlsctl.yaml` whose files or objects were read.

Why it matters
The problem it suppressed is gone. If it stays, it would hide the next mistake in the same place.

How to fix it
Remove the rule from it, or all of it.
";
