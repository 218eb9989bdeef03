//! Floor 6: running rules.

mod identity;
mod lint;
mod outcome;
mod tally;

pub use identity::{FindingKey, fingerprints};
pub use lint::lint;
pub use outcome::{Outcome, Suppressed, SuppressedBy};
pub use tally::Tally;
