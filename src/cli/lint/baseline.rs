//! `--baseline` and `--update-baseline`: what was found before is set aside.

use std::path::PathBuf;

use clap::Args;

use crate::cli::shared::{Output, deliver};
use crate::console::Console;
use crate::failure::Failure;
use crate::lint::{Baseline, Outcome};
use crate::source::{Sources, read_file};

/// Flags of the baseline.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Baseline")]
pub(super) struct BaselineArgs {
    /// Set aside the findings that this file knows, by rule, object and field.
    #[arg(long, value_name = "FILE", env = "MTLSCTL_BASELINE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write the findings of this call into the baseline instead.
    #[arg(long)]
    pub(super) update_baseline: bool,
}

impl BaselineArgs {
    /// Sets known findings aside, after writing the baseline if that is asked for.
    ///
    /// # Errors
    /// A baseline that cannot be read or written.
    pub(super) fn apply(
        &self,
        outcome: &mut Outcome,
        sources: &Sources,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let Some(path) = &self.baseline else {
            if self.update_baseline {
                return Err(Failure::Usage {
                    message: "there is no baseline to update".to_owned(),
                    hint: "name it with --baseline FILE, or as `baseline` in .mtlsctl.yaml".into(),
                });
            }
            return Ok(());
        };
        if self.update_baseline {
            let baseline = Baseline::of(outcome, sources);
            let output = Output { format: (), path: Some(path.clone()) };
            deliver(&output, &baseline.text(), console)?;
            baseline.apply(outcome, sources);
            return Ok(());
        }
        if !path.exists() {
            return Err(Failure::Usage {
                message: format!("there is no baseline `{}` yet", path.display()),
                hint: "add --update-baseline to this call once, to write what is found now into it"
                    .into(),
            });
        }
        let unreadable =
            |reason: String| Failure::Unreadable { path: path.display().to_string(), reason };
        let text = read_file(path).map_err(unreadable)?;
        Baseline::parse(&text).map_err(unreadable)?.apply(outcome, sources);
        Ok(())
    }
}
