//! Running rules.

mod baseline;
mod config;
mod identity;
mod ignores;
mod lint;
mod meant;
mod outcome;
mod removal;
mod scope;
mod selection;
mod session;
mod tally;
mod threshold;
mod worlds;

pub use baseline::Baseline;
pub use config::{
    Application, Config, ConfigFile, FileChoice, IngestChoice, Level, Levels, Override, TwoConfigs,
    Unfit, config_schema, find_config,
};
pub use identity::{FindingKey, fingerprints};
pub use lint::{check, lint};
pub use meant::meant_rule;
pub use outcome::{Outcome, Suppressed, SuppressedBy};
pub use scope::Scope;
pub use selection::{Preset, RuleSelection, UnknownRule};
pub use session::{Judged, Part, Policy, Session};
pub use tally::Tally;
pub use threshold::Threshold;
pub use worlds::{Division, Plan};
