//! Inspects certificates in files, Secrets and contexts.
//!
//! Bytes or manifests become [`Subject`]s; a [`Question`] sets the time and the Envoy version;
//! [`survey`] answers it with verdicts and [`Remark`]s.

mod dependents;
mod from_bytes;
mod from_world;
mod mounted;
mod question;
mod store;
mod subject;
mod survey;
mod unread;
mod verdict;

pub use dependents::{Dependent, DependentRoute};
pub use from_bytes::{from_bytes, looks_like_manifest};
pub use from_world::{all_secrets, context, secret};
pub use mounted::{Mounted, MountedStep};
pub use question::Question;
pub use store::Store;
pub use subject::{KeyFact, Remark, Subject, SubjectOrigin};
pub use survey::survey;
