//! The Ambassador installation: its workload, its id, and what it watches.

mod ambassador_workload;
mod installation;
mod order;
mod selector;
mod stated_release;
mod superseded;
mod watch;
mod watched;

pub use ambassador_workload::is_connector;
pub(crate) use ambassador_workload::{is_sync, runs_ambassador};
pub use installation::Installation;
pub(crate) use order::{Filed, Storages, store};
pub use order::{Shadowed, Storage, Stored};
pub use stated_release::StatedRelease;
pub(crate) use superseded::Superseded;
pub use watched::{Restriction, Watched};
