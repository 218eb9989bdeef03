//! From texts to findings, for one run or for an editor.

mod baseline;
mod scope;
mod session;

pub use baseline::Baseline;
pub use scope::Scope;
pub use session::{Judged, Policy, Session, SingleWorld};
