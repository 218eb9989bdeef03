//! From documents to resources: which documents are read, as what, and which are refused.

mod annotation;
mod bare;
mod documents;
mod file;
mod ingest;
mod join;
mod keep;
mod list;
mod read;
mod read_ambassador;
mod read_core;
mod refusal;
mod release;
mod resources;
mod words;

pub use documents::{Documents, Reading};
pub use ingest::Ingest;
pub use join::Joined;
pub use list::List;
pub use refusal::{Refusal, RefusalReason};
pub use release::ReleaseFacts;
pub use resources::{Duplicate, Resources};
pub use words::relevance;
