//! Floor 2: YAML with places, read as `kubectl` reads it.

mod align;
mod build;
mod embedded;
mod explain;
mod field;
mod located;
mod problem;
mod relevance;
mod scalar;
mod split;
mod tree;

pub use embedded::embedded_documents;
pub use field::{Entry, Field};
pub use located::Located;
pub use problem::{Problem, ProblemKind};
pub use relevance::Relevance;
pub use scalar::Scalar;
pub use split::{Slice, SliceKind, split};
pub use tree::{Comment, DuplicateKey, Tree};
