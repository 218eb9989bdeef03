//! Which findings are new and which are gone since the previous run.

use std::collections::HashMap;

use crate::console::Console;
use crate::diagnostic::Diagnostic;
use crate::failure::Failure;
use crate::lint::FindingKey;
use crate::report::lint_concise;
use crate::world::World;

/// How many of each are listed.
const LISTED: usize = 5;

/// The findings of one run: an identity that does not depend on line numbers, and one line for
/// each.
#[derive(Debug, Default)]
pub(super) struct Seen(Vec<(FindingKey, String)>);

/// The difference between two runs, one line per finding.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    new: Vec<String>,
    fixed: Vec<String>,
}

impl Seen {
    /// The findings in a world.
    pub(super) fn of(world: &World, findings: &[Diagnostic]) -> Self {
        let each = findings.iter().map(|found| {
            let line = lint_concise(world, std::slice::from_ref(found));
            (FindingKey::of(found, &world.sources), line.trim_end().to_owned())
        });
        Self(each.collect())
    }

    /// What is new and gone since another run.
    pub(super) fn since(&self, before: &Self) -> Changed {
        Changed { new: self.without(before), fixed: before.without(self) }
    }

    /// Findings in one list but not in the other; of identical ones, the surplus.
    fn without(&self, other: &Self) -> Vec<String> {
        let mut there: HashMap<&FindingKey, usize> = HashMap::new();
        for (key, _) in &other.0 {
            *there.entry(key).or_default() += 1;
        }
        let mut only = Vec::new();
        for (key, line) in &self.0 {
            match there.get_mut(key).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => only.push(line.clone()),
            }
        }
        only
    }
}

impl Changed {
    /// Prints how many are new and how many are fixed, and which.
    ///
    /// # Errors
    /// A closed standard error.
    pub(super) fn tell(&self, console: &mut Console<'_>) -> Result<(), Failure> {
        let (hour, minute, second) = console.now.time().as_hms();
        let counts = [(self.new.len(), "new"), (self.fixed.len(), "fixed")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, word)| format!("{count} {word}")).collect();
        let what = if counts.is_empty() { "no change".to_owned() } else { counts.join(", ") };
        writeln!(console.err, "{hour:02}:{minute:02}:{second:02} UTC: {what}")?;
        for (word, lines) in [("new", &self.new), ("fixed", &self.fixed)] {
            for line in lines.iter().take(LISTED) {
                writeln!(console.err, "  {word:<5}  {line}")?;
            }
            if let Some(more) = lines.len().checked_sub(LISTED).filter(|more| *more > 0) {
                writeln!(console.err, "  {word:<5}  and {more} more")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(findings: &[(&str, &str)]) -> Seen {
        let key = |rule: &str| FindingKey {
            rule: rule.to_owned(),
            object: "Mapping shop/cart".to_owned(),
            field: String::new(),
        };
        Seen(findings.iter().map(|(rule, line)| (key(rule), (*line).to_owned())).collect())
    }

    #[test]
    fn what_only_moved_is_neither_new_nor_fixed() {
        let before = seen(&[("a", "a.yaml:1:1: a"), ("b", "a.yaml:2:1: b")]);
        let after = seen(&[("a", "a.yaml:5:1: a"), ("c", "a.yaml:6:1: c")]);
        let changed = after.since(&before);
        assert_eq!(changed.new, ["a.yaml:6:1: c"]);
        assert_eq!(changed.fixed, ["a.yaml:2:1: b"]);
        assert_eq!(after.since(&after), Changed::default());
    }

    #[test]
    fn one_of_two_alike_is_fixed_once() {
        let before = seen(&[("a", "1"), ("a", "2")]);
        assert_eq!(seen(&[("a", "1")]).since(&before).fixed.len(), 1);
    }
}
