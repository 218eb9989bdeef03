//! What a rule is: facts, a check, an explanation, and two examples that are also its tests.

use crate::diagnostic::{Diagnostic, Severity};
use crate::resource::Looks;
use crate::world::{Changed, World};

use super::findings::Findings;
use super::memory::{Memory, RuleFindings};

/// One rule; its file, its folder in `testdata/rule`, its id and its anchor share one name.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case, subject first: `mapping-context-undefined`.
    pub id: &'static str,
    /// How bad its findings are, unless a finding says otherwise.
    pub severity: Severity,
    /// Set if its findings are more specific than a fault.
    pub tag: Option<Tag>,
    /// What is wrong, in one line without a full stop.
    pub summary: &'static str,
    /// Rows of the misconfiguration catalogue that it covers.
    pub rows: &'static [u16],
    /// What it finds; as in the next two, an empty line parts paragraphs.
    pub finds: &'static str,
    /// Why it matters.
    pub matters: &'static str,
    /// How to fix it.
    pub remedy: &'static str,
    /// A manifest with a finding.
    pub bad: &'static str,
    /// The same manifest, fixed; no rule finds anything in it.
    pub good: &'static str,
    /// The check itself: reads the world and reports findings; resolution is left to the world.
    pub check: fn(&World, &mut Findings<'_>),
}

impl Rule {
    /// Its explanation, in parts: a title, and paragraphs with empty lines between them.
    pub fn explanation(&self) -> [(&'static str, &'static str); 3] {
        [
            ("What it finds", self.finds),
            ("Why it matters", self.matters),
            ("How to fix it", self.remedy),
        ]
    }
}

/// The `RULE` of a rule's file, from the file's `check` and from the examples in the folder of its id.
macro_rules! rule {
    (
        id: $id:literal,
        severity: $severity:ident,
        $(tag: $tag:ident,)?
        summary: $summary:expr,
        $(rows: [$($row:literal),+ $(,)?],)?
        finds: $finds:literal,
        matters: $matters:literal,
        remedy: $remedy:literal,
    ) => {
        pub(crate) static RULE: $crate::rule::Rule = $crate::rule::Rule {
            id: $id,
            severity: $crate::diagnostic::Severity::$severity,
            tag: [$(Some($crate::rule::Tag::$tag),)? None][0],
            summary: $summary,
            rows: &[$($($row),+)?],
            finds: $finds,
            matters: $matters,
            remedy: $remedy,
            bad: $crate::rule::example!($id, "bad"),
            good: $crate::rule::example!($id, "good"),
            check,
        };
    };
}

/// The text of a rule's example.
macro_rules! example {
    ($id:literal, $which:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/testdata/rule/",
            $id,
            "/",
            $which,
            ".yaml"
        ))
    };
}

pub(crate) use {example, rule};

/// How editors may mark a finding, besides its severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// The marked text has no effect and can be removed.
    Unnecessary,
    /// The marked text is obsolete in newer releases of Emissary.
    Deprecated,
    /// The text ends early, so part of it cannot be read.
    BreaksOff,
}

/// Rules that run only if a preset enables them or they are selected by name.
const OPT_IN: [&str; 2] = ["upstream-not-mutual", "upstream-plaintext"];

impl Rule {
    /// Whether it runs only if a preset enables it or it is selected by name.
    pub fn is_opt_in(&self) -> bool {
        OPT_IN.contains(&self.id)
    }

    /// An empty list for its findings.
    pub fn findings(&'static self) -> Findings<'static> {
        Findings::of(self.id, self.severity)
    }

    /// Runs the check.
    pub fn run(&'static self, world: &World) -> Vec<Diagnostic> {
        self.check_with(world, self.findings()).0
    }

    /// Runs the check again on a world in which only the given traffic has changed; findings that
    /// the change cannot affect are reused.
    pub fn run_after(
        &'static self,
        world: &World,
        before: Option<(&RuleFindings, &Changed)>,
    ) -> RuleFindings {
        let ((list, memory), looks) =
            Looks::of(|| self.check_with(world, self.findings().remembering(Memory::new(before))));
        memory.map_or_else(RuleFindings::default, |memory| memory.keep(list, looks))
    }

    fn check_with<'m>(
        &'static self,
        world: &World,
        mut findings: Findings<'m>,
    ) -> (Vec<Diagnostic>, Option<Memory<'m>>) {
        (self.check)(world, &mut findings);
        let memory = findings.memory.take();
        let list = match findings.propose_fixes() {
            true => findings.into_list(&world.sources),
            // No check reads the texts.
            false => findings.without_fixes(),
        };
        (list, memory)
    }
}
