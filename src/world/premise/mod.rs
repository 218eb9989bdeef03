//! What a world is resolved with besides manifests: settings, the Emissary release, the
//! environment, and objects that exist elsewhere.

mod behaviour;
mod environment;
mod external;
mod horizon;
mod profile;
mod settings;

pub use behaviour::Behaviour;
pub(crate) use environment::Environment;
pub use external::External;
pub use horizon::{Completeness, Horizon};
pub use profile::Profile;
pub use settings::{FilePolicy, Settings};
