//! The time, handed in.

use std::sync::Arc;

use time::OffsetDateTime;

/// What time it is; nobody below the command line asks the system.
pub type Clock = Arc<dyn Fn() -> OffsetDateTime + Send + Sync>;
