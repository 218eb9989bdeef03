//! `.mtlsctl.yaml`: the settings of a repository.

mod apply;
mod config;
mod discovery;
mod overrides;
mod read;
mod schema;
mod text;

pub use apply::Application;
pub use config::{Config, FileChoice, IngestChoice};
pub use discovery::{TwoConfigs, find_config};
pub use overrides::Override;
pub use read::{ConfigFile, Unfit};
pub use schema::config_schema;
