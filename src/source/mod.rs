//! The input texts, and places in them.

mod extract;
mod gather;
mod globs;
mod line_changes;
mod origin;
mod path;
mod read;
mod repository;
mod revision;
mod said;
mod shelves;
mod source;
mod sources;
mod span;

pub use extract::{Extract, PassedOver};
pub use gather::{FoundFile, Listing, Selection, Unreadable, is_manifest_name, list, read_each};
pub use globs::{PathGlobs, valid_glob};
pub use line_changes::{LineChange, line_changes};
pub use origin::{STDIN, SourceOrigin};
pub use path::{absolute, common_folder, joined, relative, shown};
pub use read::{read_bytes, read_file, read_stream, reason};
pub use repository::{path_in_repository, repository_root};
pub use revision::{FileChange, GitError, GitRevision, changes, head};
pub(crate) use said::first_line;
pub(crate) use shelves::Shelves;
pub use source::{Position, Source};
pub use sources::Sources;
pub use span::{SourceId, Span};
