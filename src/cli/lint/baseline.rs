//! `--baseline` and `--update-baseline`: known findings are suppressed.

use std::path::PathBuf;

use clap::Args;

use crate::cli::config::Layers;
use crate::cli::shared::{Output, deliver};
use crate::console::Console;
use crate::diagnostic::counted;
use crate::failure::Failure;
use crate::lint::{Baseline, Judged, Policy, Session};
use crate::report::one_line;
use crate::source::{read_file, shown};

/// Baseline flags.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Baseline")]
pub(super) struct BaselineArgs {
    /// Suppress the findings recorded in this file, by rule, object and field.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_BASELINE")]
    pub(super) baseline: Option<PathBuf>,
    /// Record the current findings in the baseline instead.
    #[arg(long)]
    pub(super) update_baseline: bool,
}

impl BaselineArgs {
    /// A baseline that is only read.
    pub(super) fn of(baseline: Option<PathBuf>) -> Self {
        Self { baseline, update_baseline: false }
    }

    /// Uses the configuration's baseline unless a flag or a variable sets one.
    pub(super) fn settle(&mut self, layers: &mut Layers<'_>) {
        let said = layers.file().and_then(|file| file.config.baseline.clone());
        let said = said.map(|path| path.map(|path| Some(layers.seen_here(&path))));
        layers.settle("baseline", &mut self.baseline, |_| said);
    }

    /// The known findings; none if the baseline is being written.
    ///
    /// # Errors
    /// A baseline that cannot be read, or no baseline.
    pub(super) fn read(&self) -> Result<Option<Baseline>, Failure> {
        let Some(path) = &self.baseline else {
            if self.update_baseline {
                return Err(Failure::Usage {
                    message: "no baseline to update".to_owned(),
                    hint: "set it with --baseline FILE, or as `baseline` in .mtlsctl.yaml".into(),
                });
            }
            return Ok(None);
        };
        if self.update_baseline {
            return Ok(None);
        }
        if !path.exists() {
            return Err(Failure::Usage {
                message: format!("the baseline `{}` does not exist yet", path.display()),
                hint: "run once with --update-baseline to record the current findings in it".into(),
            });
        }
        let unreadable =
            |reason: String| Failure::Unreadable { path: path.display().to_string(), reason };
        let text = read_file(path).map_err(unreadable)?;
        Baseline::parse(&text).map(Some).map_err(unreadable)
    }

    /// Writes a session's findings as the baseline, and applies it from now on.
    ///
    /// # Errors
    /// A baseline that cannot be written.
    pub(super) fn update(
        &self,
        session: &mut Session,
        quiet: bool,
        console: &mut Console<'_>,
    ) -> Result<Judged, Failure> {
        let mut judged = session.judge_all();
        let baseline = Baseline::of(&judged.outcome, &judged.world.sources);
        let output = Output { format: (), path: self.baseline.clone() };
        deliver(&output, &baseline.text(), console)?;
        if let Some(path) = self.baseline.as_deref().filter(|_| !quiet) {
            let findings = counted(judged.outcome.findings.len(), "finding");
            writeln!(console.err, "wrote {findings} to {}", one_line(&shown(path)))?;
        }
        session.set_policy(Policy { baseline: Some(baseline.clone()), ..session.policy().clone() });
        baseline.apply(&mut judged.outcome, &judged.world.sources);
        session.narrow(&mut judged);
        Ok(judged)
    }
}
