//! Floor 6: running rules.

mod baseline;
mod identity;
mod ignores;
mod lint;
mod outcome;
mod removal;
mod scope;
mod selection;
mod tally;
mod threshold;

pub use baseline::Baseline;
pub use identity::{FindingKey, fingerprints};
pub use lint::{check, lint};
pub use outcome::{Outcome, Suppressed, SuppressedBy};
pub use scope::Scope;
pub use selection::{RuleSelection, UnknownRule};
pub use tally::Tally;
pub use threshold::Threshold;
