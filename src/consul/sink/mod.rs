//! Places that `consul sync` writes a pair to: a Secret, a folder, a manifest.

mod directory;
mod file;
mod manifest;
mod placed;
mod secret;
mod sink;
mod stored;

pub use directory::{Directory, DirectoryError};
pub use manifest::{SecretName, as_json, as_yaml};
pub use placed::{Placed, SinkError};
pub use secret::SecretSink;
pub use sink::Sink;
pub(crate) use stored::Stored;
