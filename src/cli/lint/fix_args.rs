//! Flags for fixes.

use clap::Args;

use crate::resource::Ignore;

/// Flags for fixes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Fixes")]
pub(super) struct FixArgs {
    /// Apply the safe fixes in place.
    ///
    /// Remaining findings are reported. With -, the fixed text is printed, and the report goes to
    /// standard error.
    #[arg(long)]
    pub(super) fix: bool,
    /// Show what --fix would change without changing it; fail if there is anything to change.
    #[arg(long, conflicts_with = "update_baseline")]
    pub(super) diff: bool,
    /// Also apply fixes that need a review.
    #[arg(long, env = "MTLSCTL_UNSAFE_FIXES")]
    pub(super) unsafe_fixes: bool,
    /// Write a comment `# mtlsctl: ignore[RULE] REASON` above each finding; the reason may end in
    /// `until=2027-12-31`. With --diff, only show them.
    #[arg(long, value_name = "REASON", conflicts_with_all = ["fix", "no_ignores"],
          value_parser = reason)]
    pub(super) add_ignores: Option<String>,
}

impl FixArgs {
    /// Whether fixes should be applied or shown.
    pub(super) fn is_wanted(&self) -> bool {
        self.fix || self.diff || self.add_ignores.is_some()
    }

    /// Whether standard output is used for the fixed text.
    pub(super) fn fills_output(&self, stdin: Option<&str>) -> bool {
        (self.fix || self.add_ignores.is_some()) && stdin.is_some()
    }
}

/// A reason that an ignore allows.
fn reason(text: &str) -> Result<String, String> {
    match Ignore::fault_of_reason(text) {
        Some(fault) => Err(fault),
        None => Ok(text.trim().to_owned()),
    }
}
