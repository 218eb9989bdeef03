//! The text we were given, and places in it.

mod extract;
mod gather;
mod globs;
mod path;
mod read;
mod repository;
mod said;
mod source;
mod span;

pub use extract::{Extract, Keep, PassedOver};
pub use gather::{STDIN, Selection, Unreadable, gather, shown};
pub use globs::{PathGlobs, valid_glob};
pub use path::{absolute, common_folder, relative};
pub use read::{read_bytes, read_file, read_stream, reason};
pub use repository::{path_in_repository, repository_root};
pub(crate) use said::first_line;
pub use source::{Position, Source, Sources};
pub use span::{SourceId, Span};
