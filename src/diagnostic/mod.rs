//! Floor 1: what can be said about a source.

mod diagnostic;
mod label;
mod severity;

pub use diagnostic::{Diagnostic, ObjectName};
pub use label::Label;
pub use severity::Severity;
