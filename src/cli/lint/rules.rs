//! Flags that select rules and findings, for `lint` and the language server.

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use crate::cert::ExpiryMargin;
use crate::cli::config::{Layers, Shown, choice};
use crate::cli::shared::candidates;
use crate::failure::Failure;
use crate::lint::{Levels, Preset, RuleSelection, Threshold};

/// Rule flags.
#[derive(Debug, Clone, Args)]
pub(crate) struct RuleArgs {
    /// Run only rules whose id matches this glob; repeatable.
    #[arg(long, value_name = "RULE", env = "MTLSCTL_SELECT", value_delimiter = ',',
          add = ArgValueCandidates::new(candidates::rules))]
    pub(super) select: Vec<String>,
    /// Skip rules whose id matches this glob; repeatable.
    #[arg(long, value_name = "RULE", env = "MTLSCTL_IGNORE", value_delimiter = ',',
          add = ArgValueCandidates::new(candidates::rules))]
    pub(super) ignore: Vec<String>,
    /// Also report findings that comments and annotations ignore.
    #[arg(long, env = "MTLSCTL_NO_IGNORES")]
    pub(super) no_ignores: bool,
    /// Which rules run: the regular ones, or also the opt-in rules for CI gates, with unverified
    /// upstreams as errors (strict).
    #[arg(long, value_enum, value_name = "PRESET", default_value_t, env = "MTLSCTL_PRESET")]
    pub(super) preset: PresetChoice,
    /// Show only findings of at least this severity.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = Threshold::Note,
          env = "MTLSCTL_MIN_SEVERITY")]
    pub(super) min_severity: Threshold,
    /// When a certificate counts as expiring soon: a time (30d, 12h) or a share of its life (25%)
    /// [default: 30 days or a third of its life, whichever is shorter].
    #[arg(long, value_name = "MARGIN", env = "MTLSCTL_EXPIRES_IN")]
    pub(super) expires_in: Option<ExpiryMargin>,
}

/// Which rules run by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum PresetChoice {
    /// All except the opt-in rules.
    #[default]
    Regular,
    /// All rules, with unverified upstreams as errors.
    Strict,
}

impl From<PresetChoice> for Preset {
    fn from(choice: PresetChoice) -> Self {
        match choice {
            PresetChoice::Regular => Self::Regular,
            PresetChoice::Strict => Self::Strict,
        }
    }
}

impl Shown for PresetChoice {
    fn shown(&self) -> String {
        choice(self)
    }
}

impl RuleArgs {
    /// Fills in what no flag or variable sets.
    pub(super) fn settle(&mut self, layers: &mut Layers<'_>) {
        layers.settle("select", &mut self.select, |config| {
            let globs = config.select.clone()?;
            Some(globs.map(|globs| globs.into_iter().map(|glob| glob.value.0).collect()))
        });
        layers.settle("ignore", &mut self.ignore, |config| {
            let globs = config.ignore.clone()?;
            Some(globs.map(|globs| globs.into_iter().map(|glob| glob.value.0).collect()))
        });
        layers.settle("min_severity", &mut self.min_severity, |c| c.min_severity.clone());
        layers.expires_in(&mut self.expires_in);
        layers.note("no_ignores", &mut self.no_ignores);
        layers.note("preset", &mut self.preset);
    }

    /// The rules that run, without those that are turned off.
    ///
    /// # Errors
    /// A glob that no rule matches.
    pub(super) fn selection(&self, levels: Option<&Levels>) -> Result<RuleSelection, Failure> {
        let preset = self.preset.into();
        let selection = RuleSelection::with(preset, &self.select, &self.ignore);
        let selection = selection.map_err(|unknown| {
            let message = unknown.to_string();
            Failure::Usage { message, hint: unknown.hint }
        })?;
        Ok(selection.without_off(levels, &self.select))
    }
}
