//! Floor 0: the text we were given, and places in it.

mod gather;
mod read;
mod repository;
mod source;
mod span;

pub use gather::{Selection, Unreadable, gather, shown};
pub use read::{read_bytes, read_file, read_stream, reason};
pub use repository::{path_in_repository, repository_root};
pub use source::{Position, Source, Sources};
pub use span::{SourceId, Span};
