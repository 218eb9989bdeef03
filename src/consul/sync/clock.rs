//! The current time, as a parameter.

use std::sync::Arc;

use time::OffsetDateTime;

/// Returns the current time; only the command line reads the system clock.
pub type Clock = Arc<dyn Fn() -> OffsetDateTime + Send + Sync>;
