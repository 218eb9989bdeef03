//! Manifests rendered from a kustomization or a chart, with places that map back to the original
//! files.

mod align;
mod helm;
mod kustomize;
mod program;

pub use helm::helm;
pub use kustomize::kustomize;
pub use program::RenderError;
