//! Floor 0: the text we were given, and places in it.

mod gather;
mod read;
mod source;
mod span;

pub use gather::{Selection, Unreadable, gather};
pub use source::{Position, Source, Sources};
pub use span::{SourceId, Span};
