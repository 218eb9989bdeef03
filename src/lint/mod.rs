//! Floor 6: running rules.

mod lint;
mod tally;

pub use lint::lint;
pub use tally::Tally;
