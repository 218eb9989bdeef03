//! Kubernetes kinds that TLS depends on: Secrets, Services, ConfigMaps, workloads, access rules.

mod access;
mod config_map;
mod secret;
mod service;
pub(crate) mod workload;

pub use access::{AccessRule, BoundAccount, Role, RoleBinding};
pub use config_map::ConfigMap;
pub use secret::{Secret, SecretEntry};
pub use service::{Service, ServicePort};
pub(crate) use service::{labels, string_map};
