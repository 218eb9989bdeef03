//! The Ambassador in question: its workload, its ID, and what it watches.

mod ambassador_workload;
mod installation;
mod selector;
mod stated_release;
mod watch;

pub use ambassador_workload::is_connector;
pub(crate) use ambassador_workload::is_sync;
pub use installation::Installation;
pub use stated_release::StatedRelease;
pub use watch::{Restriction, Watched};
