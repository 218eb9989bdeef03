//! Floor 3: typed Kubernetes and Ambassador objects.

pub mod schema;
