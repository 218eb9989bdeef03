//! The loop that keeps sinks up to date, with its health endpoint.

mod clock;
mod holding;
mod serve;
mod status;
mod sync;

pub use clock::Clock;
pub use serve::HealthEndpoint;
pub use status::SyncStatus;
pub use sync::{LogLevel, SyncPlan, sync};
