//! Running rules.

mod config;
mod identity;
mod ignores;
mod levels;
mod lint;
mod meant;
mod outcome;
mod removal;
mod selection;
mod session;
mod tally;
mod threshold;
mod worlds;

pub use config::{
    Application, Config, ConfigFile, FileChoice, IngestChoice, Override, TwoConfigs, Unfit,
    config_schema, find_config,
};
pub use identity::{FindingKey, fingerprints};
pub use levels::{Level, Levels};
pub use lint::{check, lint};
pub use meant::meant_rule;
pub use outcome::{LintOutcome, Suppressed, SuppressedBy};
pub use selection::{Preset, RuleSelection, UnknownRule};
pub use session::{Baseline, Judged, Policy, Scope, Session, SingleWorld};
pub use tally::Tally;
pub use threshold::Threshold;
pub use worlds::{Division, Planned, WorldPlan};
