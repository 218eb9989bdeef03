//! Applies a configuration's levels to findings; unused overrides are findings themselves.

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::document::Located;
use crate::rule::{ALL, Findings};
use crate::source::{PathGlobs, Sources, Span};

use super::overrides::Override;
use super::read::ConfigFile;
use crate::lint::levels::{Level, RuleGlob};
use crate::lint::meant::meant_rule;
use crate::lint::outcome::{LintOutcome, Suppressed, SuppressedBy};
use crate::lint::selection::RuleSelection;

/// How levels are applied.
#[derive(Debug, Clone, Copy)]
pub struct Application<'a> {
    /// The rules that ran.
    pub selection: &'a RuleSelection,
    /// Whether `off` in overrides is applied; not with `--no-ignores`.
    pub honour_ignores: bool,
    /// Whether all files were read, so that an override without a match is unused.
    pub whole: bool,
    /// The date of the check.
    pub today: time::Date,
}

/// An override that has not expired, with compiled globs.
struct Active<'c> {
    over: &'c Override,
    paths: Option<PathGlobs>,
    /// For each entry of its rules, whether a finding used it.
    used: Vec<bool>,
}

impl ConfigFile {
    /// Sets severities, and suppresses what the configuration turns off.
    pub fn apply(&self, outcome: &mut LintOutcome, sources: &mut Sources, call: Application<'_>) {
        for found in &mut outcome.findings {
            self.set_level(found);
        }
        let mut active = self.active(call);
        for mut found in std::mem::take(&mut outcome.findings) {
            match settle(&mut active, &mut found, sources, call.honour_ignores) {
                None => outcome.findings.push(found),
                Some(reason) => {
                    let by = SuppressedBy::Config;
                    outcome.suppressed.push(Suppressed { finding: found, by, reason });
                }
            }
        }
        let idle = self.idle(&active, sources, call);
        outcome.findings.extend(idle);
        outcome.findings.sort_by(|one, other| one.order(sources).cmp(&other.order(sources)));
    }

    fn set_level(&self, found: &mut Diagnostic) {
        if let Some(severity) = self.config.rules.of(found.rule).and_then(Level::severity) {
            found.severity = severity;
        }
    }

    fn is_over(over: &Override, today: time::Date) -> bool {
        over.until.as_ref().is_some_and(|until| today > until.value.0.0)
    }

    fn active(&self, call: Application<'_>) -> Vec<Active<'_>> {
        let overrides = self.config.overrides.iter().map(|over| &over.value);
        let holds = overrides.filter(|over| !Self::is_over(over, call.today));
        let compile = |over: &Override| {
            let globs = over.paths.as_ref()?.iter().map(|glob| glob.0.0.clone());
            // Each glob was compiled when the file was read; if all together are too large, they
            // match nothing, rather than everything.
            let compiled = PathGlobs::new(&self.folder, &globs.collect::<Vec<_>>());
            compiled.or_else(|_| PathGlobs::new(&self.folder, &[])).ok()
        };
        holds
            .map(|over| Active {
                over,
                paths: compile(over),
                used: vec![false; over.rules.0.len()],
            })
            .collect()
    }

    /// Overrides that are expired, misspelled or unused.
    fn idle(
        &self,
        active: &[Active<'_>],
        sources: &mut Sources,
        call: Application<'_>,
    ) -> Vec<Diagnostic> {
        let mut idle = Idle { file: self, expired: None, invalid: None, unused: None };
        idle.expired = finder("ignore-expired", call.selection);
        idle.invalid = finder("ignore-invalid", call.selection);
        if call.honour_ignores {
            idle.unused = finder("ignore-unused", call.selection);
        }
        for over in self.config.overrides.iter().map(|over| &over.value) {
            idle.judge_day(over, call.today);
            idle.judge_names(over);
        }
        for active in active {
            idle.judge_use(active, sources, call);
        }
        let mut found = idle.findings(sources);
        let Some(source) = self.source().filter(|_| !found.is_empty()) else { return Vec::new() };
        // Reports can only show locations in known sources.
        let id = sources.add(source.name.clone(), source.text.clone());
        for one in &mut found {
            let labels = std::iter::once(&mut one.primary).chain(&mut one.related);
            labels.for_each(|label| label.span.source = id);
            self.set_level(one);
        }
        found
    }
}

/// Applies overrides to one finding, the last match first; returns the reason if it is turned off.
fn settle(
    active: &mut [Active<'_>],
    found: &mut Diagnostic,
    sources: &Sources,
    honour_ignores: bool,
) -> Option<String> {
    // Findings about ignores cannot be ignored.
    if found.rule.starts_with("ignore-") {
        return None;
    }
    let mut decided = None;
    for active in active {
        let Some(at) = active.over.rules.deciding(found.rule) else { continue };
        if !active.covers(found, sources) {
            continue;
        }
        active.used[at] = true;
        let level = active.over.rules.0[at].1;
        if level != Level::Off || honour_ignores {
            decided = Some((level, &active.over.reason.0.0));
        }
    }
    let (level, reason) = decided?;
    match level.severity() {
        Some(severity) => {
            found.severity = severity;
            None
        }
        None => Some(reason.clone()),
    }
}

impl Active<'_> {
    fn covers(&self, found: &Diagnostic, sources: &Sources) -> bool {
        let name = &sources.get(found.primary.span.source).name;
        self.covers_file(name) && self.over.covers_object(found)
    }

    fn covers_file(&self, name: &str) -> bool {
        self.paths.as_ref().is_none_or(|globs| globs.cover(Path::new(name), false))
    }
}

/// Findings about overrides without effect; a rule that does not run has no findings.
struct Idle<'c> {
    file: &'c ConfigFile,
    expired: Option<Findings<'static>>,
    invalid: Option<Findings<'static>>,
    unused: Option<Findings<'static>>,
}

fn finder(id: &str, selection: &RuleSelection) -> Option<Findings<'static>> {
    let rule = ALL.iter().find(|rule| rule.id == id && selection.holds(id))?;
    Some(rule.findings())
}

impl Idle<'_> {
    fn judge_day(&mut self, over: &Override, today: time::Date) {
        let (Some(found), Some(until)) = (&mut self.expired, &over.until) else { return };
        if ConfigFile::is_over(over, today) {
            let message = format!("this override expired on {}", until.value.0.0);
            found
                .at(until.span, message)
                .label("no longer applies")
                .help("fix the problem, or give it a later date and a reason");
        }
    }

    fn judge_names(&mut self, over: &Override) {
        let Some(found) = &mut self.invalid else { return };
        for (glob, _) in over.rules.0.iter().filter(|(glob, _)| !glob.is_known()) {
            let name = &glob.value.0;
            found
                .at(glob.span, format!("no rule is called `{name}`, so this has no effect"))
                .label("no effect")
                .help(meant_rule(name));
        }
    }

    fn judge_use(&mut self, active: &Active<'_>, sources: &Sources, call: Application<'_>) {
        let Some(found) = &mut self.unused else { return };
        // An override for files that this run did not read may be used in another run.
        let was_read = match active.over.objects {
            Some(_) => call.whole,
            None => call.whole || sources.iter().any(|one| active.covers_file(&one.name)),
        };
        if !was_read {
            return;
        }
        let ran = |glob: &Located<RuleGlob>| {
            call.selection.rules().iter().any(|rule| glob.covers(rule.id))
        };
        let entries = active.over.rules.0.iter().zip(&active.used);
        for ((glob, _), _) in entries.filter(|((glob, _), used)| !**used && ran(glob)) {
            found
                .at(glob.span, format!("nothing uses this override of `{}`", glob.value.0))
                .label("unused")
                .help("remove it, so it does not hide the next finding");
        }
    }

    fn findings(self, sources: &Sources) -> Vec<Diagnostic> {
        let all = [self.expired, self.invalid, self.unused].into_iter().flatten();
        let mut found: Vec<Diagnostic> = all.flat_map(|one| one.into_list(sources)).collect();
        for one in &mut found {
            one.field = self.file.path_at(one.primary.span).to_owned();
        }
        found
    }
}

impl ConfigFile {
    /// The path of a location's override, so that two of them differ.
    fn path_at(&self, span: Span) -> &str {
        let holds =
            |over: &&Located<Override>| over.span.start <= span.start && span.end <= over.span.end;
        self.config.overrides.iter().find(holds).map_or("", |over| &over.path)
    }
}
