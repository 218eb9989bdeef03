//! `lint --fix`, `--diff` and `--unsafe-fixes`: what is found is mended, or shown mended.

use clap::Args;

use crate::cli::common::look;
use crate::console::Console;
use crate::diagnostic::{Applicability, Diagnostic, counted};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::fix::{Limits, MAX_ROUNDS, fix, write};
use crate::lint::Outcome;
use crate::report::lint_diff;
use crate::source::Sources;
use crate::world::{Settings, World};

use super::scope::Reach;

/// Flags of fixes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fixes")]
pub(super) struct FixArgs {
    /// Mend what can be mended safely, in the files themselves; what is left is reported. With -,
    /// print the mended text, and report on standard error.
    #[arg(long)]
    fix: bool,
    /// Show what --fix would change, and change nothing; fail if there is anything.
    #[arg(long, conflicts_with = "update_baseline")]
    diff: bool,
    /// Make also fixes that somebody should look at.
    #[arg(long, env = "MTLSCTL_UNSAFE_FIXES")]
    unsafe_fixes: bool,
}

/// A world, and what was found in it.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) world: World,
    pub(super) outcome: Outcome,
}

/// How a call goes on after fixes.
pub(super) enum Next {
    /// What is left is reported.
    Report(Judged),
    /// Everything is said.
    End(Exit),
}

/// What standard input is called.
const STDIN: &str = "<stdin>";

impl FixArgs {
    /// Whether anything is to be mended or shown.
    pub(super) fn is_wanted(&self) -> bool {
        self.fix || self.diff
    }

    /// Whether standard output belongs to the mended text.
    pub(super) fn fills_output(&self, world: &World) -> bool {
        self.fix && world.sources.iter().any(|source| source.name == STDIN)
    }

    /// Makes fixes until none is left, and writes or shows the result.
    ///
    /// # Errors
    /// A file that cannot be written, and errors of `judge`.
    pub(super) fn run(
        &self,
        judged: Judged,
        judge: impl Fn(Sources, Settings, &mut Console<'_>) -> Result<Judged, Failure>,
        reach: &Reach,
        concerns: &dyn Fn(&Diagnostic) -> bool,
        quiet: bool,
        console: &mut Console<'_>,
    ) -> Result<Next, Failure> {
        let may_change = |name: &str| reach.holds_file(name);
        let limits = Limits { unsafe_too: self.unsafe_fixes, concerns, may_change: &may_change };
        let fixed = fix(
            &judged,
            limits,
            |sources| judge(sources, judged.world.settings.clone(), console),
            |judged| (&judged.outcome.findings, &judged.world.sources),
        )?;
        if fixed.unsettled {
            writeln!(console.err, "warning: fixing did not come to an end in {MAX_ROUNDS} rounds")?;
        }
        let last = fixed.judged.as_ref().unwrap_or(&judged);
        let (before, after) = (&judged.world.sources, &last.world.sources);
        if self.diff {
            return show(&judged.world, after, fixed.count, quiet, console);
        }
        let changed = before.iter().zip(after.iter()).filter(|(old, new)| old.text != new.text);
        let changed: Vec<_> = changed.collect();
        let files = changed.iter().filter(|(old, _)| old.name != STDIN);
        let files =
            files.map(|(old, new)| (old.name.as_str(), old.text.as_str(), new.text.as_str()));
        write(files).map_err(|(path, source)| Failure::Unwritable { path, source })?;
        if let Some(stdin) = after.iter().find(|source| source.name == STDIN) {
            console.out.write_all(stdin.text.as_bytes())?;
        }
        if !quiet && fixed.count > 0 {
            let (count, files) = (counted(fixed.count, "finding"), counted(changed.len(), "file"));
            let left = last.outcome.findings.iter().filter(|found| concerns(found)).count();
            console.out.flush()?;
            writeln!(console.err, "fixed {count} in {files}, {left} left")?;
        }
        Ok(Next::Report(fixed.judged.unwrap_or(judged)))
    }
}

fn show(
    original: &World,
    after: &Sources,
    count: usize,
    quiet: bool,
    console: &mut Console<'_>,
) -> Result<Next, Failure> {
    let differences = lint_diff(original, after, look(console));
    console.out.write_all(differences.text.as_bytes())?;
    console.out.flush()?;
    for name in &differences.unshown {
        writeln!(
            console.err,
            "note: `{name}` would change on a line that also holds Secret data, which is not shown"
        )?;
    }
    let nothing = differences.text.is_empty() && differences.unshown.is_empty();
    if !quiet {
        match count {
            0 => writeln!(console.err, "nothing would be fixed")?,
            count => writeln!(console.err, "would fix {}", counted(count, "finding"))?,
        }
    }
    Ok(Next::End(if nothing { Exit::Clean } else { Exit::Found }))
}

/// Says on standard error how much can be fixed, and how.
pub(super) fn tell_fixable(
    outcome: &Outcome,
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
