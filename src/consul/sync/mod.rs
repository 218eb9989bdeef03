//! The loop that keeps sinks up to date, with its health endpoint.

mod holding;
mod serve;
mod status;
mod sync;

pub use serve::Endpoint;
pub use status::Status;
pub use sync::{Clock, Plan, Weight, sync};
