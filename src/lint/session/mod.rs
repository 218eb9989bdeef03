//! From texts to findings, as one call or an editor asks for them.

mod baseline;
mod scope;
mod session;

pub use baseline::Baseline;
pub use scope::Scope;
pub use session::{Judged, Policy, Session, SingleWorld};
