//! YAML with places, read as `kubectl` reads it.

mod align;
mod block;
mod build;
mod change;
mod comment_line;
mod deserialize;
mod duplicates;
mod embedded;
mod explain;
mod field;
mod glance;
mod located;
mod misread;
mod placed;
mod problem;
mod relevance;
mod revise;
mod scalar;
mod split;
mod tape;
mod tree;

pub use change::{Change, NewValue};
pub use comment_line::CommentLines;
pub use deserialize::AS_WRITTEN;
pub use duplicates::DuplicateKey;
pub use embedded::embedded_documents;
pub use field::{Entry, Field};
pub use glance::{Glance, Glanced, directive_in, namespaces_in};
pub use located::{Located, Rare};
pub use misread::Misread;
pub use problem::{Problem, ProblemKind};
pub use relevance::{Bearing, Relevance, Signs, Vocabulary};
pub use revise::{Reviser, Revision};
pub use scalar::Scalar;
pub use split::{Slice, SliceKind, split};
pub use tree::{Comment, Tree};
