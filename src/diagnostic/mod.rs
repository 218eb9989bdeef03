//! Findings about a source.

mod cause;
mod counted;
mod diagnostic;
mod fix;
mod label;
mod nearest;
mod severity;

pub use cause::Cause;
pub use counted::counted;
pub use diagnostic::{Diagnostic, ObjectName};
pub use fix::{Applicability, Edit, Fix};
pub use label::Label;
pub use nearest::{Likeness, Names, likeness, nearest};
pub use severity::Severity;
