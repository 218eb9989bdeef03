//! `lint --fix`, `--diff`, `--unsafe-fixes` and `--add-ignores`: fixes or ignores findings, in the
//! files or as a diff.

use crate::cli::shared::look;
use crate::console::Console;
use crate::diagnostic::{Applicability, Diagnostic, counted};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fix::{Limits, MAX_ROUNDS, fix, write};
use crate::lint::{Judged, LintOutcome};
use crate::report::lint_diff;
use crate::source::{Source, Sources};
use crate::world::World;

use super::add_ignores::add_ignores;
use super::done::Done;
use super::fix_args::FixArgs;
use super::scope::Reach;

/// How a run continues after fixes.
pub(super) enum Next {
    /// Remaining findings are reported.
    Report(Box<Judged>),
    /// Nothing else is reported.
    End(Exit),
}

impl FixArgs {
    /// Applies fixes until none is left, and writes or shows the result.
    ///
    /// # Errors
    /// A file that cannot be written, and errors of `judge`.
    pub(super) fn run(
        &self,
        judged: Judged,
        judge: impl Fn(&Sources) -> Judged,
        reach: &Reach,
        concerns: &dyn Fn(&Diagnostic) -> bool,
        quiet: bool,
        console: &mut Console<'_>,
    ) -> Result<Next, Failure> {
        let may_change = |source: &Source| {
            let can_change = source.origin.file().is_some() || source.origin.is_stdin();
            can_change && reach.holds_file(&source.name)
        };
        let limits = Limits { unsafe_too: self.unsafe_fixes, concerns, may_change: &may_change };
        let judge = |sources: Sources| Ok(judge(&sources));
        let done = match &self.add_ignores {
            Some(reason) => add_ignores(&judged, reason, limits, judge)?,
            None => make_fixes(&judged, limits, judge)?,
        };
        let last = done.judged.as_ref().unwrap_or(&judged);
        let (before, after) = (&judged.world.sources, &last.world.sources);
        for warning in &done.warnings {
            writeln!(console.err, "warning: {warning}")?;
        }
        if self.diff {
            return show(&judged.world, after, &done, quiet, console);
        }
        let changed = before.iter().zip(after.iter()).filter(|(old, new)| old.text != new.text);
        let changed: Vec<_> = changed.collect();
        let files = changed.iter().filter_map(|(old, new)| {
            Some((old.origin.file()?, old.text.as_str(), new.text.as_str()))
        });
        write(files).map_err(|(path, source)| Failure::Unwritable { path, source })?;
        if let Some(stdin) = after.iter().find(|source| source.origin.is_stdin()) {
            console.out.write_all(stdin.text.as_bytes())?;
        }
        if !quiet && done.count > 0 {
            let (count, files) = (counted(done.count, "finding"), counted(changed.len(), "file"));
            let left = last.outcome.findings.iter().filter(|found| concerns(found)).count();
            console.out.flush()?;
            writeln!(console.err, "{} {count} in {files}, {left} left", done.verb.0)?;
        }
        Ok(Next::Report(Box::new(done.judged.unwrap_or(judged))))
    }
}

fn make_fixes(
    judged: &Judged,
    limits: Limits<'_>,
    judge: impl FnMut(Sources) -> Result<Judged, Failure>,
) -> Result<Done, Failure> {
    let fixed = fix(judged, limits, judge, |judged| {
        (judged.outcome.findings.as_slice(), &judged.world.sources)
    })?;
    let endless = format!("fixing did not converge in {MAX_ROUNDS} rounds");
    Ok(Done {
        judged: fixed.judged,
        count: fixed.count,
        verb: ("fixed", "fix"),
        warnings: fixed.unsettled.then_some(endless).into_iter().collect(),
    })
}

fn show(
    original: &World,
    after: &Sources,
    done: &Done,
    quiet: bool,
    console: &mut Console<'_>,
) -> Result<Next, Failure> {
    let differences = lint_diff(original, after, look(console));
    console.out.write_all(differences.text.as_bytes())?;
    console.out.flush()?;
    for name in &differences.unshown {
        writeln!(
            console.err,
            "note: `{name}` would change on a line that also has Secret data, which is not shown"
        )?;
    }
    let nothing = differences.text.is_empty() && differences.unshown.is_empty();
    if !quiet {
        match done.count {
            0 => writeln!(console.err, "nothing would change")?,
            count => {
                writeln!(console.err, "would {} {}", done.verb.1, counted(count, "finding"))?;
            }
        }
    }
    Ok(Next::End(if nothing { Exit::Clean } else { Exit::Found }))
}

/// Prints on standard error how many findings can be fixed, and how.
pub(super) fn tell_fixable(
    outcome: &LintOutcome,
    fixed: bool,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let count = |applicability| {
        let fixes = outcome.findings.iter().filter_map(|found| found.fix.as_ref());
        fixes.filter(|fix| fix.applicability == applicability).count()
    };
    let (safe, unsafe_only) = (count(Applicability::Safe), count(Applicability::Unsafe));
    match (safe, unsafe_only) {
        (0, 0) => {}
        (0, more) => writeln!(console.err, "{more} can be fixed with --fix --unsafe-fixes")?,
        (safe, 0) if !fixed => writeln!(console.err, "{safe} can be fixed with --fix")?,
        (safe, more) if !fixed => {
            writeln!(
                console.err,
                "{safe} can be fixed with --fix, {more} more with --unsafe-fixes"
            )?;
        }
        (_, 0) => {}
        (_, more) => writeln!(console.err, "{more} can be fixed with --unsafe-fixes")?,
    }
    Ok(())
}
